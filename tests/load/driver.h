// Puts load on something: a fixed number of calls in flight, or a fixed rate whatever becomes of
// the calls.
#ifndef TESTS_LOAD_DRIVER_H_
#define TESTS_LOAD_DRIVER_H_

#include <cstddef>
#include <functional>
#include <limits>

#include "absl/time/time.h"
#include "tests/load/figures.h"

namespace tsunagu::load {

using Done = std::function<void(bool ok)>;

// Starts call `index` (0, 1, 2 ...) and returns; calls `done` once, later and on any thread. Called
// from several threads at once.
using Issue = std::function<void(size_t index, Done done)>;

// Ends when either is reached.
struct Extent {
  size_t calls = std::numeric_limits<size_t>::max();
  absl::Duration time = absl::InfiniteDuration();
};

// Keeps `in_flight` calls under way. Latency counts from the start of each call.
Figures RunClosed(const Issue& issue, int in_flight, Extent extent);

// Starts `per_second` calls a second at even distances, however long they take. Latency counts from
// the moment a call was due, so a stall is charged to every call that it delayed.
Figures RunOpen(const Issue& issue, double per_second, Extent extent);

}  // namespace tsunagu::load

#endif  // TESTS_LOAD_DRIVER_H_
