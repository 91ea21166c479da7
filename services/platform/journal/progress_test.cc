#include "services/platform/journal/progress.h"

#include <gtest/gtest.h>

namespace tsunagu::journal {
namespace {

constexpr absl::Time At(int seconds) {
  return absl::FromUnixSeconds(1'790'000'000) + absl::Seconds(seconds);
}

view::Position Folded(int64_t applied) { return {.applied = applied, .target = 0}; }

TEST(ProgressTest, AViewAtTheEndIsCompleteAsOfTheQuestion) {
  Progress progress;
  Advance(progress, Folded(7), {7, At(1)}, At(2));
  EXPECT_EQ(progress, (Progress{7, 0, absl::InfinitePast(), At(1)}));
}

TEST(ProgressTest, AViewThatFallsBehindStaysCompleteAsOfBefore) {
  Progress progress;
  Advance(progress, Folded(7), {7, At(1)}, At(2));
  Advance(progress, Folded(8), {10, At(3)}, At(4));
  EXPECT_EQ(progress, (Progress{8, 2, At(4), At(1)}));
  Advance(progress, Folded(11), {10, At(3)}, At(5));  // the log has grown since it was asked
  EXPECT_EQ(progress, (Progress{11, 0, At(5), At(3)}));
}

TEST(ProgressTest, ASilentLogMakesNothingNewer) {
  Progress progress;
  Advance(progress, Folded(7), {7, At(1)}, At(2));
  Advance(progress, Folded(7), {7, At(1)}, At(60));
  EXPECT_EQ(progress.complete, At(1));
}

TEST(ProgressTest, BeforeTheLogHasAnsweredNobodyKnows) {
  Progress progress;
  Advance(progress, Folded(7), {}, At(2));
  EXPECT_EQ(progress.complete, absl::InfinitePast());
}

TEST(ProgressTest, ALostOrRebuiltViewIsCompleteAsOfNever) {
  Progress progress;
  Advance(progress, Folded(7), {7, At(1)}, At(2));
  Advance(progress, std::nullopt, {7, At(3)}, At(4));
  EXPECT_EQ(progress, (Progress{0, 7, absl::InfinitePast(), absl::InfinitePast()}));
  Advance(progress, view::Position{.applied = 3, .target = 7}, {7, At(3)}, At(5));
  EXPECT_EQ(progress, (Progress{3, 4, At(5), absl::InfinitePast()}));
  Advance(progress, view::Position{.applied = 7, .target = 7}, {7, At(3)}, At(6));
  EXPECT_EQ(progress.complete, At(3));
}

}  // namespace
}  // namespace tsunagu::journal
