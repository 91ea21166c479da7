#include "services/platform/access/rate_limiter.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace tsunagu::access {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

// GW-011
TEST(RateLimiterTest, ABurstPassesAndThenTheRate) {
  RateLimiter limiter(/*calls_per_second=*/10, /*burst=*/5);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(limiter.Take("a", kNow), absl::ZeroDuration());
  EXPECT_EQ(limiter.Take("a", kNow), absl::Milliseconds(100));
  EXPECT_EQ(limiter.Take("a", kNow + absl::Milliseconds(99)), absl::Milliseconds(1));
  EXPECT_EQ(limiter.Take("a", kNow + absl::Milliseconds(100)), absl::ZeroDuration());
  EXPECT_GT(limiter.Take("a", kNow + absl::Milliseconds(100)), absl::ZeroDuration());
}

TEST(RateLimiterTest, ARefusalTakesNothing) {
  RateLimiter limiter(10, 1);
  EXPECT_EQ(limiter.Take("a", kNow), absl::ZeroDuration());
  for (int i = 0; i < 100; ++i) EXPECT_EQ(limiter.Take("a", kNow), absl::Milliseconds(100));
}

TEST(RateLimiterTest, EachKeyHasItsOwnBucket) {
  RateLimiter limiter(10, 1);
  EXPECT_EQ(limiter.Take("a", kNow), absl::ZeroDuration());
  EXPECT_EQ(limiter.Take("b", kNow), absl::ZeroDuration());
  EXPECT_GT(limiter.Take("a", kNow), absl::ZeroDuration());
}

TEST(RateLimiterTest, AfterAPauseTheBurstIsFullAndNotMore) {
  RateLimiter limiter(10, 5);
  for (int i = 0; i < 5; ++i) limiter.Take("a", kNow);
  const absl::Time later = kNow + absl::Hours(1);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(limiter.Take("a", later), absl::ZeroDuration());
  EXPECT_GT(limiter.Take("a", later), absl::ZeroDuration());
}

TEST(RateLimiterTest, OverTimeTheRateIsKept) {
  RateLimiter limiter(100, 10);
  int passed = 0;
  for (int ms = 0; ms < 10'000; ++ms) {
    if (limiter.Take("a", kNow + absl::Milliseconds(ms)) == absl::ZeroDuration()) ++passed;
  }
  EXPECT_NEAR(passed, 1010, 2);
}

TEST(RateLimiterTest, ThreadsShareOneBucket) {
  RateLimiter limiter(1, 1000);
  limiter.Take("a", kNow);  // the bucket is there
  std::atomic<int> passed = 1;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) {
        if (limiter.Take("a", kNow) == absl::ZeroDuration()) ++passed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(passed, 1000);
}

}  // namespace
}  // namespace tsunagu::access
