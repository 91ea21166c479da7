#include "services/platform/async/periodic.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>

#include "absl/time/clock.h"

namespace tsunagu {
namespace {

TEST(PeriodicTest, CallsAgainAndAgainUntilItIsDestroyed) {
  std::atomic<int> calls = 0;
  std::optional<Periodic> periodic(std::in_place, absl::Milliseconds(1), [&calls] { ++calls; });
  while (calls < 3) absl::SleepFor(absl::Milliseconds(1));
  periodic.reset();
  const int after = calls;
  absl::SleepFor(absl::Milliseconds(20));
  EXPECT_EQ(calls, after);
}

TEST(PeriodicTest, DestructionDoesNotWaitForTheInterval) {
  std::atomic<int> calls = 0;
  {
    const Periodic periodic(absl::Hours(1), [&calls] { ++calls; });
  }
  EXPECT_EQ(calls, 0);
}

TEST(PeriodicTest, DestructionWaitsForACallUnderWay) {
  std::atomic<bool> began = false, ended = false;
  std::optional<Periodic> periodic(std::in_place, absl::Milliseconds(1), [&] {
    began = true;
    absl::SleepFor(absl::Milliseconds(50));
    ended = true;
  });
  while (!began) absl::SleepFor(absl::Milliseconds(1));
  periodic.reset();
  EXPECT_TRUE(ended);
}

}  // namespace
}  // namespace tsunagu
