// Counters in Redis beside the views: how often something was tried, over all replicas. They are no
// truth and no log knows them: a Redis that loses them opens every gate (docs/decisions/0010).
#ifndef SERVICES_PLATFORM_VIEW_GATES_H_
#define SERVICES_PLATFORM_VIEW_GATES_H_

#include <asio.hpp>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/view/redis.h"

namespace tsunagu::view {

// How much passes a gate.
struct GateLimit {
  int tries = 1;  // in one window, which begins with its first try
  absl::Duration window;
  // A gate closes with the last of its tries, for a window; each further time for twice as long, up
  // to this. Equal to `window`: it never grows.
  absl::Duration longest;
};

// What came of a try.
struct Passage {
  absl::Duration wait;  // zero: it may go on, and counts until it is given back
  int left = 0;         // tries that are left after this one
};

// Not thread safe (see Redis).
class Gates {
 public:
  // `redis` must outlive this. `service` stands in the names of the keys.
  Gates(Redis& redis, std::string service) : redis_(redis), service_(std::move(service)) {}

  // Counts a try before it is made, so that tries side by side cannot pass together. UNAVAILABLE,
  // VIEW_UNREACHABLE when Redis does not answer: then nothing may go on.
  asio::awaitable<absl::StatusOr<Passage>> Take(std::string gate, GateLimit limit, absl::Time now);

  // The try was none of those that are limited. What is lost here costs one try of the window.
  asio::awaitable<void> GiveBack(std::string gate, GateLimit limit);

 private:
  std::string Key(const std::string& gate) const;

  Redis& redis_;
  const std::string service_;
};

}  // namespace tsunagu::view

#endif  // SERVICES_PLATFORM_VIEW_GATES_H_
