// Runs coroutines side by side on one loop and waits for all of them.
#ifndef SERVICES_PLATFORM_ASYNC_GATHER_H_
#define SERVICES_PLATFORM_ASYNC_GATHER_H_

#include <asio.hpp>
#include <exception>
#include <memory>
#include <utility>
#include <vector>

#include "services/platform/async/one_shot.h"

namespace tsunagu {

// The results, in the order of the coroutines. Not thread safe: the caller runs on the loop's one
// thread. What a coroutine refers to must live until this returns. T is default constructible; an
// exception, which our code does not throw, leaves that default in its place.
template <typename T>
asio::awaitable<std::vector<T>> Gather(asio::any_io_executor executor,
                                       std::vector<asio::awaitable<T>> coroutines) {
  struct Progress {
    Progress(asio::any_io_executor executor, size_t count)
        : left(count), results(count), done(std::move(executor)) {}
    size_t left;
    std::vector<T> results;
    OneShot<bool> done;
  };
  if (coroutines.empty()) co_return std::vector<T>();
  const auto progress = std::make_shared<Progress>(executor, coroutines.size());
  for (size_t i = 0; i < coroutines.size(); ++i) {
    asio::co_spawn(executor, std::move(coroutines[i]), [progress, i](std::exception_ptr, T result) {
      progress->results[i] = std::move(result);
      if (--progress->left == 0) progress->done.Set(true);
    });
  }
  co_await progress->done.Wait();
  co_return std::move(progress->results);
}

template <typename T>
asio::awaitable<std::vector<T>> Gather(asio::io_context& loop,
                                       std::vector<asio::awaitable<T>> coroutines) {
  return Gather<T>(asio::any_io_executor(loop.get_executor()), std::move(coroutines));
}

}  // namespace tsunagu

#endif  // SERVICES_PLATFORM_ASYNC_GATHER_H_
