#include "tests/load/figures.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace tsunagu::load {

double Percentile(std::vector<float> samples, double share) {
  if (samples.empty()) return 0;
  const double exact = std::ceil(share * static_cast<double>(samples.size()));
  const size_t rank = std::clamp<size_t>(static_cast<size_t>(exact), 1, samples.size());
  std::nth_element(samples.begin(), samples.begin() + static_cast<ptrdiff_t>(rank - 1),
                   samples.end());
  return samples[rank - 1];
}

double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[(values.size() - 1) / 2];
}

Figures Summarise(const std::vector<float>& samples, size_t errors, double seconds) {
  return {samples.size(), errors, seconds, Percentile(samples, 0.5), Percentile(samples, 0.99)};
}

Figures MedianOf(const std::vector<Figures>& rounds) {
  Figures result;
  std::vector<double> rates, p50, p99;
  for (const Figures& round : rounds) {
    result.calls += round.calls;
    result.errors += round.errors;
    rates.push_back(round.PerSecond());
    p50.push_back(round.p50_ms);
    p99.push_back(round.p99_ms);
  }
  const double rate = Median(rates);
  result.seconds = rate > 0 ? static_cast<double>(result.calls) / rate : 0;
  result.p50_ms = Median(p50);
  result.p99_ms = Median(p99);
  return result;
}

std::string TableHead() {
  return absl::StrFormat("| %-34s | %-14s | %9s | %8s | %8s | %6s | %s |\n", "what", "load",
                         "per s", "p50 ms", "p99 ms", "errors", "note") +
         "|---|---|--:|--:|--:|--:|---|";
}

std::string TableLine(absl::string_view what, absl::string_view load, const Figures& figures,
                      absl::string_view note) {
  return absl::StrFormat("| %-34s | %-14s | %9.0f | %8.2f | %8.2f | %6d | %s |", what, load,
                         figures.PerSecond(), figures.p50_ms, figures.p99_ms, figures.errors, note);
}

}  // namespace tsunagu::load
