#include "services/platform/view/redis.h"

#include <hiredis/async.h>
#include <hiredis/hiredis.h>

#include <deque>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/platform/async/one_shot.h"

namespace tsunagu::view {
namespace {

constexpr absl::Duration kReconnectDelay = absl::Milliseconds(50);

Reply ToReply(const redisReply& raw) {
  Reply reply;
  switch (raw.type) {
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
    case REDIS_REPLY_ERROR:
      reply.kind = Reply::Kind::kText;
      reply.text.assign(raw.str, raw.len);
      break;
    case REDIS_REPLY_INTEGER:
      reply.kind = Reply::Kind::kInteger;
      reply.integer = raw.integer;
      break;
    case REDIS_REPLY_ARRAY:
      reply.kind = Reply::Kind::kArray;
      reply.elements.reserve(raw.elements);
      for (size_t i = 0; i < raw.elements; ++i) reply.elements.push_back(ToReply(*raw.element[i]));
      break;
    default:
      break;
  }
  return reply;
}

absl::StatusOr<Reply> ToResult(const redisReply* raw) {
  if (raw == nullptr) return absl::UnavailableError("the connection to Redis broke");
  if (raw->type == REDIS_REPLY_ERROR) {
    return absl::FailedPreconditionError(absl::string_view(raw->str, raw->len));
  }
  return ToReply(*raw);
}

using Callback = std::function<void(absl::StatusOr<Reply>)>;

}  // namespace

// Bridges hiredis's event hooks to the loop. Each hiredis context lives as long as its descriptor
// is watched.
class Redis::Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(asio::io_context& loop, std::string address)
      : loop_(loop), descriptor_(loop), retry_(loop), address_(std::move(address)) {}

  asio::any_io_executor executor() { return loop_.get_executor(); }

  void Send(const std::vector<std::string>& arguments, Callback callback) {
    if (context_ == nullptr && !Connect()) {
      callback(absl::UnavailableError("Redis cannot be reached"));
      return;
    }
    std::vector<const char*> texts;
    std::vector<size_t> lengths;
    for (const std::string& argument : arguments) {
      texts.push_back(argument.data());
      lengths.push_back(argument.size());
    }
    auto* boxed = new Callback(std::move(callback));
    // hiredis takes no command on a connection that it is about to end, and forgets the callback.
    if (redisAsyncCommandArgv(context_, &OnReply, boxed, static_cast<int>(texts.size()),
                              texts.data(), lengths.data()) != REDIS_OK) {
      OnReply(context_, nullptr, boxed);
    }
  }

  void Subscribe(std::string pattern,
                 std::function<void(const std::string&, const std::string&)> on_message,
                 std::function<void()> on_connected) {
    pattern_ = std::move(pattern);
    on_message_ = std::move(on_message);
    on_connected_ = std::move(on_connected);
    SendSubscription();
  }

  void Close() {
    closed_ = true;
    retry_.cancel();
    if (context_ != nullptr) redisAsyncFree(context_);
  }

 private:
  bool Connect() {
    if (closed_) return false;
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(address_, absl::MaxSplits(':', 1));
    int port = 0;
    if (!absl::SimpleAtoi(parts.second, &port)) return false;
    context_ = redisAsyncConnect(parts.first.c_str(), port);
    if (context_ == nullptr) return false;
    if (context_->err != 0) {
      redisAsyncFree(std::exchange(context_, nullptr));
      return false;
    }
    self_ = shared_from_this();  // released when hiredis lets go of the context
    descriptor_.assign(context_->c.fd);
    context_->data = this;
    context_->ev.data = this;
    context_->ev.addRead = [](void* self) { static_cast<Connection*>(self)->Watch(true); };
    context_->ev.delRead = [](void* self) { static_cast<Connection*>(self)->reading_ = false; };
    context_->ev.addWrite = [](void* self) { static_cast<Connection*>(self)->Watch(false); };
    context_->ev.delWrite = [](void* self) { static_cast<Connection*>(self)->writing_ = false; };
    context_->ev.cleanup = [](void* self) { static_cast<Connection*>(self)->Forget(); };
    Watch(false);  // hiredis finishes connecting at the first writable event
    return true;
  }

  // Called by hiredis when the context ends, in whatever way.
  void Forget() {
    if (descriptor_.is_open()) descriptor_.release();
    reading_ = writing_ = false;
    read_armed_ = write_armed_ = false;
    context_ = nullptr;
    if (on_message_ && !closed_) Retry();
    // The context's last callbacks still run after this; let go of ourselves afterwards.
    asio::post(loop_, [self = std::move(self_)] {});
  }

  void Watch(bool read) {
    bool& wanted = read ? reading_ : writing_;
    bool& armed = read ? read_armed_ : write_armed_;
    wanted = true;
    if (armed) return;
    armed = true;
    descriptor_.async_wait(
        read ? asio::posix::stream_descriptor::wait_read
             : asio::posix::stream_descriptor::wait_write,
        [self = shared_from_this(), context = context_, read](asio::error_code error) {
          if (self->context_ != context || error) return;
          (read ? self->read_armed_ : self->write_armed_) = false;
          self->OnReady(read);
        });
  }

  void OnReady(bool read) {
    redisAsyncContext* context = context_;
    if (read && reading_) redisAsyncHandleRead(context);
    if (!read && writing_) redisAsyncHandleWrite(context);
    if (context_ != context) return;  // the handler ended it
    if (read && reading_) Watch(true);
    if (!read && writing_) Watch(false);
  }

  static void OnReply(redisAsyncContext*, void* raw, void* data) {
    const std::unique_ptr<Callback> callback(static_cast<Callback*>(data));
    (*callback)(ToResult(static_cast<redisReply*>(raw)));
  }

  // hiredis calls this for the confirmation and for every message, with the same data.
  static void OnMessage(redisAsyncContext*, void* raw, void* data) {
    auto* self = static_cast<Connection*>(data);
    if (raw == nullptr) return;
    const Reply reply = ToReply(*static_cast<redisReply*>(raw));
    if (reply.elements.size() == 4 && reply.elements[0].text == "pmessage") {
      self->on_message_(reply.elements[2].text, reply.elements[3].text);
    } else if (reply.elements.size() == 3 && reply.elements[0].text == "psubscribe") {
      self->on_connected_();
    }
  }

  void SendSubscription() {
    if (context_ == nullptr && !Connect()) {
      Retry();
      return;
    }
    const char* arguments[] = {"PSUBSCRIBE", pattern_.c_str()};
    const size_t lengths[] = {10, pattern_.size()};
    redisAsyncCommandArgv(context_, &OnMessage, this, 2, arguments, lengths);
  }

  void Retry() {
    retry_.expires_after(absl::ToChronoMilliseconds(kReconnectDelay));
    retry_.async_wait([self = shared_from_this()](asio::error_code error) {
      if (!error && !self->closed_) self->SendSubscription();
    });
  }

  asio::io_context& loop_;
  asio::posix::stream_descriptor descriptor_;
  asio::steady_timer retry_;
  const std::string address_;
  redisAsyncContext* context_ = nullptr;
  std::shared_ptr<Connection> self_;
  bool reading_ = false, writing_ = false;         // what hiredis wants
  bool read_armed_ = false, write_armed_ = false;  // what the loop watches
  bool closed_ = false;
  std::string pattern_;
  std::function<void(const std::string&, const std::string&)> on_message_;
  std::function<void()> on_connected_;
};

Redis::Redis(asio::io_context& loop, std::string address)
    : connection_(std::make_shared<Connection>(loop, std::move(address))) {}

Redis::~Redis() { connection_->Close(); }

asio::awaitable<absl::StatusOr<Reply>> Redis::Command(std::vector<std::string> arguments) {
  auto result = std::make_shared<OneShot<absl::StatusOr<Reply>>>(connection_->executor());
  connection_->Send(arguments,
                    [result](absl::StatusOr<Reply> reply) { result->Set(std::move(reply)); });
  co_return co_await result->Wait();
}

void Redis::Subscribe(std::string pattern,
                      std::function<void(const std::string&, const std::string&)> on_message,
                      std::function<void()> on_connected) {
  connection_->Subscribe(std::move(pattern), std::move(on_message), std::move(on_connected));
}

}  // namespace tsunagu::view
