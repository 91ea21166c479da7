#include "services/platform/async/gather.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace tsunagu {
namespace {

asio::awaitable<int> After(absl::Duration wait, int value, std::vector<int>& order) {
  co_await Sleep(wait);
  order.push_back(value);
  co_return value;
}

asio::awaitable<int> Throws() {
  throw std::runtime_error("not ours");
  co_return 1;
}

std::vector<int> RunAll(asio::io_context& loop, std::vector<asio::awaitable<int>> coroutines) {
  std::vector<int> results;
  asio::co_spawn(
      loop,
      [&]() -> asio::awaitable<void> { results = co_await Gather(loop, std::move(coroutines)); },
      [](std::exception_ptr error) { EXPECT_EQ(error, nullptr); });
  loop.run();
  return results;
}

TEST(GatherTest, ResultsStandInTheOrderOfTheCoroutinesWhoeverEndsFirst) {
  asio::io_context loop;
  std::vector<int> order;
  std::vector<asio::awaitable<int>> coroutines;
  coroutines.push_back(After(absl::Milliseconds(30), 1, order));
  coroutines.push_back(After(absl::Milliseconds(1), 2, order));
  EXPECT_EQ(RunAll(loop, std::move(coroutines)), (std::vector<int>{1, 2}));
  EXPECT_EQ(order, (std::vector<int>{2, 1}));
}

TEST(GatherTest, NothingIsDoneAtOnce) {
  asio::io_context loop;
  EXPECT_TRUE(RunAll(loop, {}).empty());
}

TEST(GatherTest, AnExceptionLeavesTheDefaultAndTheOthersGoOn) {
  asio::io_context loop;
  std::vector<int> order;
  std::vector<asio::awaitable<int>> coroutines;
  coroutines.push_back(Throws());
  coroutines.push_back(After(absl::Milliseconds(1), 2, order));
  EXPECT_EQ(RunAll(loop, std::move(coroutines)), (std::vector<int>{0, 2}));
}

}  // namespace
}  // namespace tsunagu
