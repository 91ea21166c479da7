#include "tests/load/figures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace tsunagu::load {
namespace {

std::vector<float> OneTo(int last) {
  std::vector<float> samples(static_cast<size_t>(last));
  std::iota(samples.begin(), samples.end(), 1.0f);
  std::reverse(samples.begin(), samples.end());
  return samples;
}

TEST(Percentile, IsTheNearestRank) {
  EXPECT_EQ(Percentile(OneTo(100), 0.5), 50);
  EXPECT_EQ(Percentile(OneTo(100), 0.99), 99);
  EXPECT_EQ(Percentile(OneTo(1000), 0.99), 990);
  EXPECT_EQ(Percentile(OneTo(10), 0.99), 10);
  EXPECT_EQ(Percentile(OneTo(3), 0.5), 2);
}

TEST(Percentile, EndsAreTheSmallestAndTheLargest) {
  EXPECT_EQ(Percentile(OneTo(7), 0), 1);
  EXPECT_EQ(Percentile(OneTo(7), 1), 7);
}

TEST(Percentile, OfNothingIsZero) { EXPECT_EQ(Percentile({}, 0.99), 0); }

TEST(Median, IsTheMiddleAndTheLowerOfTwo) {
  EXPECT_EQ(Median({3, 1, 2}), 2);
  EXPECT_EQ(Median({4, 1}), 1);
  EXPECT_EQ(Median({}), 0);
}

TEST(Summarise, CountsCallsBySuccess) {
  const Figures figures = Summarise(OneTo(200), 5, 4);
  EXPECT_EQ(figures.calls, 200u);
  EXPECT_EQ(figures.errors, 5u);
  EXPECT_EQ(figures.PerSecond(), 50);
  EXPECT_EQ(figures.p50_ms, 100);
  EXPECT_EQ(figures.p99_ms, 198);
}

TEST(Summarise, OfNoTimeHasNoRate) { EXPECT_EQ(Summarise({}, 0, 0).PerSecond(), 0); }

TEST(MedianOf, TakesEachFigureByItself) {
  const Figures figures =
      MedianOf({{100, 1, 1, 1.0, 9.0}, {300, 0, 1, 3.0, 5.0}, {200, 0, 1, 2.0, 7.0}});
  EXPECT_EQ(figures.calls, 600u);
  EXPECT_EQ(figures.errors, 1u);
  EXPECT_DOUBLE_EQ(figures.PerSecond(), 200);
  EXPECT_EQ(figures.p50_ms, 2);
  EXPECT_EQ(figures.p99_ms, 7);
}

TEST(TableLine, HasAsManyCellsAsItsHead) {
  const std::string head = TableHead();
  const std::string line = TableLine("a", "b", {10, 0, 2, 0.5, 1.25}, "c");
  const std::string first = head.substr(0, head.find('\n'));
  EXPECT_EQ(std::count(first.begin(), first.end(), '|'), std::count(line.begin(), line.end(), '|'));
  EXPECT_NE(line.find(" 1.25 "), std::string::npos);
}

}  // namespace
}  // namespace tsunagu::load
