#include "tests/load/driver.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "absl/synchronization/blocking_counter.h"
#include "absl/time/clock.h"

namespace tsunagu::load {
namespace {

float Milliseconds(absl::Duration duration) {
  return static_cast<float>(absl::ToDoubleMilliseconds(duration));
}

class ClosedLoop {
 public:
  ClosedLoop(const Issue& issue, int in_flight, Extent extent)
      : issue_(issue), extent_(extent), slots_(static_cast<size_t>(in_flight)), left_(in_flight) {}

  Figures Run() {
    const absl::Time start = absl::Now();
    end_ = start + extent_.time;
    for (Slot& slot : slots_) Next(slot);
    left_.Wait();
    const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
    std::vector<float> samples;
    size_t errors = 0;
    for (const Slot& slot : slots_) {
      samples.insert(samples.end(), slot.samples.begin(), slot.samples.end());
      errors += slot.errors;
    }
    return Summarise(samples, errors, seconds);
  }

 private:
  // One call after the other; so its fields need no lock.
  struct Slot {
    absl::Time start;
    std::vector<float> samples;
    size_t errors = 0;
  };

  void Next(Slot& slot) {
    const size_t index = next_++;
    slot.start = absl::Now();
    if (index >= extent_.calls || slot.start >= end_) {
      left_.DecrementCount();
      return;
    }
    issue_(index, [this, &slot](bool ok) {
      if (ok) {
        slot.samples.push_back(Milliseconds(absl::Now() - slot.start));
      } else {
        ++slot.errors;
      }
      Next(slot);
    });
  }

  const Issue& issue_;
  const Extent extent_;
  std::vector<Slot> slots_;
  std::atomic<size_t> next_ = 0;
  absl::Time end_;
  absl::BlockingCounter left_;
};

}  // namespace

Figures RunClosed(const Issue& issue, int in_flight, Extent extent) {
  return ClosedLoop(issue, in_flight, extent).Run();
}

Figures RunOpen(const Issue& issue, double per_second, Extent extent) {
  constexpr float kFailed = -1;
  const double wanted = absl::ToDoubleSeconds(extent.time) * per_second;
  const size_t calls = std::min(extent.calls, static_cast<size_t>(std::min(wanted, 1e9)));
  std::vector<float> samples(calls, kFailed);
  absl::BlockingCounter left(static_cast<int>(calls));
  const absl::Time start = absl::Now();
  for (size_t i = 0; i < calls; ++i) {
    const absl::Time due = start + absl::Seconds(static_cast<double>(i) / per_second);
    if (due > absl::Now()) std::this_thread::sleep_until(absl::ToChronoTime(due));
    issue(i, [&samples, &left, i, due](bool ok) {
      if (ok) samples[i] = Milliseconds(absl::Now() - due);
      left.DecrementCount();
    });
  }
  left.Wait();
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  const size_t errors = std::erase(samples, kFailed);
  return Summarise(samples, errors, seconds);
}

}  // namespace tsunagu::load
