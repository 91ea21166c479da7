#include "services/platform/access/rate_limiter.h"

#include <algorithm>

namespace tsunagu::access {
namespace {

constexpr double kNanosPerSecond = 1e9;

}  // namespace

RateLimiter::RateLimiter(double calls_per_second, int burst)
    : interval_(std::max<int64_t>(1, static_cast<int64_t>(kNanosPerSecond / calls_per_second))),
      tolerance_(interval_ * (burst - 1)),
      buckets_(kBuckets) {}

absl::Duration RateLimiter::Take(absl::string_view key, absl::Time now) {
  std::shared_ptr<const Bucket> bucket = buckets_.Find(key);
  if (bucket == nullptr) {
    // Two first calls at once may each make a bucket; the lost one costs a call of the limit.
    bucket = std::make_shared<const Bucket>();
    buckets_.Insert(key, bucket);
  }
  const int64_t at = absl::ToUnixNanos(now);
  int64_t full_at = bucket->full_at.load(std::memory_order_relaxed);
  while (true) {
    const int64_t ahead = full_at - at;
    if (ahead > tolerance_) return absl::Nanoseconds(ahead - tolerance_);
    const int64_t next = std::max(full_at, at) + interval_;
    if (bucket->full_at.compare_exchange_weak(full_at, next, std::memory_order_relaxed)) {
      return absl::ZeroDuration();
    }
  }
}

}  // namespace tsunagu::access
