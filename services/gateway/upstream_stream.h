// The service's side of a server stream that passes through the gateway: one message at a time.
#ifndef SERVICES_GATEWAY_UPSTREAM_STREAM_H_
#define SERVICES_GATEWAY_UPSTREAM_STREAM_H_

#include <grpcpp/grpcpp.h>
#include <grpcpp/support/byte_buffer.h>

namespace tsunagu::gateway {

// What the client's side does. On gRPC's threads, never two at a time.
class StreamListener {
 public:
  virtual ~StreamListener() = default;
  // A message is there; Next or Stop follows, then or later.
  virtual void OnMessage() = 0;
  // The last: nothing of the stream is touched after it.
  virtual void OnEnd(grpc::Status status) = 0;
};

// A hold keeps the call from ending while the client's side is busy with a message.
class UpstreamStream : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  UpstreamStream(StreamListener& listener, grpc::ClientContext& context,
                 const grpc::ByteBuffer& request)
      : listener_(listener), context_(context), request_(request) {}

  void Start() {
    AddHold();
    StartWriteLast(&request_, grpc::WriteOptions());
    StartRead(&message_);
    StartCall();
  }

  const grpc::ByteBuffer& message() const { return message_; }

  void Next() { StartRead(&message_); }

  // Nothing more is wanted.
  void Stop() {
    context_.TryCancel();
    RemoveHold();
  }

  void OnReadDone(bool ok) override { ok ? listener_.OnMessage() : RemoveHold(); }
  void OnDone(const grpc::Status& status) override { listener_.OnEnd(status); }

 private:
  StreamListener& listener_;
  grpc::ClientContext& context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer message_;
};

}  // namespace tsunagu::gateway

#endif  // SERVICES_GATEWAY_UPSTREAM_STREAM_H_
