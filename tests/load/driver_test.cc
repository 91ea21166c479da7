#include "tests/load/driver.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"

namespace tsunagu::load {
namespace {

// Answers each call from a thread of its own after a while.
class Slow {
 public:
  ~Slow() {
    // A call may be answered before whoever issued it has put its thread where it is found here.
    absl::MutexLock lock(&mutex_);
    for (std::thread& thread : threads_) thread.join();
  }

  Issue Answering(absl::Duration after, size_t every_nth_fails = 0) {
    return [this, after, every_nth_fails](size_t index, Done done) {
      const int now = ++in_flight_;
      absl::MutexLock lock(&mutex_);
      seen_.insert(index);
      most_ = std::max(most_, now);
      const bool ok = every_nth_fails == 0 || index % every_nth_fails != 0;
      threads_.emplace_back([this, after, ok, done = std::move(done)] {
        absl::SleepFor(after);
        --in_flight_;
        done(ok);
      });
    };
  }

  std::set<size_t> seen_;
  int most_ = 0;

 private:
  absl::Mutex mutex_;
  std::vector<std::thread> threads_;
  std::atomic<int> in_flight_ = 0;
};

TEST(RunClosed, KeepsThatManyCallsInFlight) {
  Slow slow;
  const Figures figures = RunClosed(slow.Answering(absl::Milliseconds(5)), 4, {.calls = 40});
  EXPECT_EQ(figures.calls, 40u);
  EXPECT_EQ(slow.most_, 4);
  EXPECT_EQ(slow.seen_.size(), 40u);
  EXPECT_EQ(*slow.seen_.rbegin(), 39u);
  EXPECT_GE(figures.p50_ms, 5);
}

TEST(RunClosed, EndsWithItsTime) {
  Slow slow;
  const Figures figures =
      RunClosed(slow.Answering(absl::Milliseconds(5)), 2, {.time = absl::Milliseconds(50)});
  EXPECT_GT(figures.calls, 0u);
  EXPECT_LE(figures.calls, 2u * 11);
}

TEST(RunClosed, FailuresAreCountedApart) {
  Slow slow;
  const Figures figures = RunClosed(slow.Answering(absl::Milliseconds(1), 4), 2, {.calls = 20});
  EXPECT_EQ(figures.errors, 5u);
  EXPECT_EQ(figures.calls, 15u);
}

TEST(RunOpen, StartsCallsByTheClockNotByTheAnswers) {
  Slow slow;
  const Figures figures = RunOpen(slow.Answering(absl::Milliseconds(60)), 200, {.calls = 20});
  EXPECT_EQ(figures.calls, 20u);
  EXPECT_GT(slow.most_, 5);
  EXPECT_GE(figures.seconds, 19 / 200.0);
}

TEST(RunOpen, AStallIsChargedToTheCallsThatItDelays) {
  const Issue issue = [](size_t index, Done done) {
    if (index == 0) absl::SleepFor(absl::Milliseconds(100));
    done(true);
  };
  const Figures figures = RunOpen(issue, 100, {.calls = 10});
  EXPECT_GE(figures.p50_ms, 40);  // the fifth was due after 40 ms and started after 100
}

TEST(RunOpen, NumberOfCallsFollowsFromTheTime) {
  const Issue issue = [](size_t, Done done) { done(true); };
  EXPECT_EQ(RunOpen(issue, 1000, {.time = absl::Milliseconds(30)}).calls, 30u);
}

}  // namespace
}  // namespace tsunagu::load
