#include "services/platform/async/one_shot.h"

#include <gtest/gtest.h>

namespace tsunagu {
namespace {

class OneShotTest : public ::testing::Test {
 protected:
  void Run(asio::awaitable<void> coroutine) {
    asio::co_spawn(loop_, std::move(coroutine), asio::detached);
    loop_.run();
  }
  asio::io_context loop_;
};

TEST_F(OneShotTest, AWaiterGetsTheValueThatComesLater) {
  OneShot<int> shot(loop_.get_executor());
  int got = 0;
  asio::post(loop_, [&] { asio::post(loop_, [&] { shot.Set(7); }); });
  Run([](OneShot<int>& shot, int& got) -> asio::awaitable<void> { got = co_await shot.Wait(); }(
                                           shot, got));
  EXPECT_EQ(got, 7);
}

TEST_F(OneShotTest, AValueThatIsThereNeedsNoWait) {
  OneShot<int> shot(loop_.get_executor());
  shot.Set(1);
  shot.Set(2);
  EXPECT_TRUE(shot.IsSet());
  int got = 0;
  Run([](OneShot<int>& shot, int& got) -> asio::awaitable<void> { got = co_await shot.Wait(); }(
                                           shot, got));
  EXPECT_EQ(got, 1);
}

TEST_F(OneShotTest, TheDeadlineEndsTheWait) {
  OneShot<int> shot(loop_.get_executor());
  bool empty = false;
  Run([](OneShot<int>& shot, bool& empty) -> asio::awaitable<void> {
    const auto value = co_await shot.WaitUntil(absl::Now() + absl::Milliseconds(5));
    empty = !value.has_value();
  }(shot, empty));
  EXPECT_TRUE(empty);
}

TEST_F(OneShotTest, APassedDeadlineEndsAtOnce) {
  OneShot<int> shot(loop_.get_executor());
  bool empty = false;
  Run([](OneShot<int>& shot, bool& empty) -> asio::awaitable<void> {
    const auto value = co_await shot.WaitUntil(absl::Now() - absl::Seconds(1));
    empty = !value.has_value();
  }(shot, empty));
  EXPECT_TRUE(empty);
}

}  // namespace
}  // namespace tsunagu
