// A value that one coroutine waits for and other code of the same loop sets once.
#ifndef SERVICES_PLATFORM_ASYNC_ONE_SHOT_H_
#define SERVICES_PLATFORM_ASYNC_ONE_SHOT_H_

#include <asio.hpp>
#include <chrono>
#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace tsunagu {

// Not thread safe: everything happens on the executor's one thread. It must outlive the wait (hold
// it by shared_ptr where the setter may come late).
template <typename T>
class OneShot {
 public:
  explicit OneShot(asio::any_io_executor executor)
      : timer_(std::move(executor), std::chrono::steady_clock::time_point::max()) {}

  // Only the first value counts.
  void Set(T value) {
    if (value_.has_value()) return;
    value_.emplace(std::move(value));
    timer_.cancel();
  }

  bool IsSet() const { return value_.has_value(); }

  // Takes the value; at most one coroutine waits.
  asio::awaitable<T> Wait() {
    if (!value_.has_value()) {
      asio::error_code ignored;
      co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    co_return std::move(*value_);
  }

  // The value, or nothing when the deadline came first.
  asio::awaitable<std::optional<T>> WaitUntil(absl::Time deadline) {
    if (!value_.has_value()) {
      timer_.expires_after(absl::ToChronoNanoseconds(deadline - absl::Now()));
      asio::error_code ignored;
      co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    co_return std::move(value_);
  }

 private:
  asio::steady_timer timer_;
  std::optional<T> value_;
};

// Suspends the coroutine for that long.
inline asio::awaitable<void> Sleep(absl::Duration duration) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  timer.expires_after(absl::ToChronoNanoseconds(duration));
  asio::error_code ignored;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

}  // namespace tsunagu

#endif  // SERVICES_PLATFORM_ASYNC_ONE_SHOT_H_
