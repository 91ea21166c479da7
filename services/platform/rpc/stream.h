// Server streams: a handler that is a coroutine writes messages, each after its audit records are
// durable.
#ifndef SERVICES_PLATFORM_RPC_STREAM_H_
#define SERVICES_PLATFORM_RPC_STREAM_H_

#include <grpcpp/grpcpp.h>

#include <asio.hpp>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/platform/async/one_shot.h"
#include "services/platform/audit/trail.h"
#include "services/platform/rpc/call.h"

namespace tsunagu::rpc {

// What a handler writes to. Loop thread only.
template <typename Response>
class Stream {
 public:
  virtual ~Stream() = default;
  // Makes the records of what the call has touched since the last message durable, then sends.
  // CANCELLED: nobody listens any more. Any error: nothing was sent, and the handler ends.
  virtual asio::awaitable<absl::Status> Write(Call& call, Response message) = 0;
  // Nobody listens any more.
  virtual bool cancelled() const = 0;
};

// gRPC's side of it. Deletes itself when gRPC is done with it; the handler has returned before, for
// only then Finish is called.
template <typename Response>
class StreamReactor : public grpc::ServerWriteReactor<Response>, public Stream<Response> {
 public:
  StreamReactor(asio::io_context& loop, audit::Trail& trail)
      : loop_(loop), trail_(trail), shared_(std::make_shared<Shared>()) {}

  asio::awaitable<absl::Status> Write(Call& call, Response message) override {
    const absl::Status recorded =
        co_await trail_.Write(call.TakeRecords(), absl::Now() + kRecordLimit);
    if (!recorded.ok()) co_return recorded;
    if (cancelled()) co_return absl::CancelledError("nobody listens");
    message_ = std::move(message);
    const auto written = std::make_shared<OneShot<bool>>(loop_.get_executor());
    shared_->written = written;
    this->StartWrite(&message_);
    const bool good = co_await written->Wait();
    co_return good ? absl::OkStatus() : absl::CancelledError("nobody listens");
  }

  bool cancelled() const override { return shared_->cancelled; }

  // gRPC's threads.
  void OnWriteDone(bool ok) override {
    asio::post(loop_, [shared = shared_, ok] { shared->written->Set(ok); });
  }
  void OnCancel() override {
    asio::post(loop_, [shared = shared_] { shared->cancelled = true; });
  }
  void OnDone() override { delete this; }

 private:
  static constexpr absl::Duration kRecordLimit = absl::Seconds(10);

  // Outlives the reactor in what was posted.
  struct Shared {
    std::shared_ptr<OneShot<bool>> written;
    bool cancelled = false;
  };

  asio::io_context& loop_;
  audit::Trail& trail_;
  const std::shared_ptr<Shared> shared_;
  Response message_;
};

}  // namespace tsunagu::rpc

#endif  // SERVICES_PLATFORM_RPC_STREAM_H_
