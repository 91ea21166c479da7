// Redis from a coroutine: one pipelined asynchronous connection that belongs to one loop.
#ifndef SERVICES_PLATFORM_VIEW_REDIS_H_
#define SERVICES_PLATFORM_VIEW_REDIS_H_

#include <asio.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace tsunagu::view {

// A reply as a value.
struct Reply {
  enum class Kind { kNil, kText, kInteger, kArray };
  Kind kind = Kind::kNil;
  std::string text;             // kText
  int64_t integer = 0;          // kInteger
  std::vector<Reply> elements;  // kArray
};

// The words of a command. (GCC 12 cannot compile a braced list inside a co_await expression.)
template <typename... Word>
std::vector<std::string> Words(const Word&... words) {
  std::vector<std::string> result;
  result.reserve(sizeof...(words));
  (result.emplace_back(words), ...);
  return result;
}

// Commands that are sent while others wait go out together. When the connection breaks, everything
// that waits ends with UNAVAILABLE (it may or may not have been applied), and the client reconnects
// by itself.
//
// Not thread safe: use it on the loop's one thread only. It must outlive the coroutines that wait
// on it.
class Redis {
 public:
  // `address` is "host:port". Connects when the first command comes.
  Redis(asio::io_context& loop, std::string address);
  ~Redis();
  Redis(const Redis&) = delete;

  // Runs one command. An error reply becomes FAILED_PRECONDITION with Redis's text.
  asio::awaitable<absl::StatusOr<Reply>> Command(std::vector<std::string> arguments);

  // Hands every message of the channels that match `pattern` to `on_message`; `on_connected` runs
  // after each (re)connection, when messages may have been missed. A client that subscribes serves
  // nothing else. Call it once.
  void Subscribe(
      std::string pattern,
      std::function<void(const std::string& channel, const std::string& message)> on_message,
      std::function<void()> on_connected);

  // The state of the connection; shared with hiredis's callbacks.
  class Connection;

 private:
  std::shared_ptr<Connection> connection_;
};

}  // namespace tsunagu::view

#endif  // SERVICES_PLATFORM_VIEW_REDIS_H_
