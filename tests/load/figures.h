// What a measurement comes to: rates and percentiles.
#ifndef TESTS_LOAD_FIGURES_H_
#define TESTS_LOAD_FIGURES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tsunagu::load {

// The smallest sample that at least that share (0 to 1) of all samples does not exceed (nearest
// rank); 0 when there is none.
double Percentile(std::vector<float> samples, double share);

// The middle value; the lower of two.
double Median(std::vector<double> values);

struct Figures {
  size_t calls = 0;  // that succeeded; only these count below
  size_t errors = 0;
  double seconds = 0;
  double p50_ms = 0;
  double p99_ms = 0;

  double PerSecond() const { return seconds > 0 ? static_cast<double>(calls) / seconds : 0; }
};

// Of latencies in milliseconds.
Figures Summarise(const std::vector<float>& samples, size_t errors, double seconds);

// Of several rounds of the same: sums of calls and errors, and per field the median of the rounds.
// The rate of the result is the median of the rates.
Figures MedianOf(const std::vector<Figures>& rounds);

// One line of a Markdown table, and its head.
std::string TableHead();
std::string TableLine(absl::string_view what, absl::string_view load, const Figures& figures,
                      absl::string_view note);

}  // namespace tsunagu::load

#endif  // TESTS_LOAD_FIGURES_H_
