// How many calls may be made with one key (a certificate, a facility's reads of a prescription): a
// token bucket for each, without locks on the way.
#ifndef SERVICES_PLATFORM_ACCESS_RATE_LIMITER_H_
#define SERVICES_PLATFORM_ACCESS_RATE_LIMITER_H_

#include <atomic>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/access/verdict_cache.h"

namespace tsunagu::access {

// Thread safe. Remembers the keys that were used last (kBuckets); one that was forgotten
// starts with a full bucket.
class RateLimiter {
 public:
  static constexpr size_t kBuckets = 65'536;

  // `calls_per_second` > 0, `burst` >= 1.
  RateLimiter(double calls_per_second, int burst);

  // Takes one call from the bucket of `key`. Zero: it may go on. Otherwise nothing was
  // taken, and the next call may come after this time.
  absl::Duration Take(absl::string_view key, absl::Time now);

 private:
  // The instant, in nanoseconds since the epoch, at which the bucket will be full again (GCRA).
  struct Bucket {
    mutable std::atomic<int64_t> full_at{0};
  };

  const int64_t interval_;   // nanoseconds between calls at the full rate
  const int64_t tolerance_;  // how far ahead of that pace calls may run
  VerdictCache<Bucket> buckets_;
};

}  // namespace tsunagu::access

#endif  // SERVICES_PLATFORM_ACCESS_RATE_LIMITER_H_
