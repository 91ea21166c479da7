#include "services/gateway/test_backend.h"

#include <grpcpp/alarm.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <limits>
#include <utility>

#include "services/platform/rpc/grpc_status.h"
#include "services/platform/status/error.h"
#include "tests/support/bytes.h"

namespace tsunagu::gateway {
namespace {

using tests::BytesOf;

absl::Status Refused() {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "SERVICE_REFUSED", "no")
      .Rule("AC-001");
}

class Echo : public grpc::ServerGenericBidiReactor {
 public:
  explicit Echo(std::atomic<int>& open_streams) : open_streams_(open_streams) {
    StartRead(&message_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status(grpc::StatusCode::INTERNAL, "no message"));
    const std::string bytes = BytesOf(message_);
    if (bytes == kFailRequest) return Finish(ToGrpcStatus(Refused()));
    if (bytes == kBareRequest) return Finish(grpc::Status(grpc::StatusCode::INTERNAL, "bare"));
    if (bytes == kUnreadRequest || bytes == kLackingRequest)
      return Finish(grpc::Status(grpc::StatusCode::UNIMPLEMENTED, ""));
    if (bytes == kEndlessRequest || bytes == kThriceRequest) {
      ++open_streams_;
      left_ = bytes == kThriceRequest ? 3 : std::numeric_limits<int>::max();
      return StartWrite(&message_);
    }
    if (bytes != kSlowRequest) return Answer();
    const auto at = std::chrono::system_clock::now() + absl::ToChronoMilliseconds(kSlow);
    alarm_.Set(at, [this](bool) { Answer(); });
  }

  // Of a stream.
  void OnWriteDone(bool ok) override {
    if (ok && --left_ > 0) {
      const auto at = std::chrono::system_clock::now() + absl::ToChronoMilliseconds(kTick);
      return alarm_.Set(at, [this](bool) { StartWrite(&message_); });
    }
    --open_streams_;
    Finish(ToGrpcStatus(Refused()));
  }

  void OnDone() override { delete this; }

 private:
  void Answer() { StartWriteAndFinish(&message_, grpc::WriteOptions(), grpc::Status::OK); }

  std::atomic<int>& open_streams_;
  int left_ = 0;  // messages of a stream
  grpc::ByteBuffer message_;
  grpc::Alarm alarm_;
};

}  // namespace

TestBackend::TestBackend(const std::string& ca, const std::string& certificate,
                         const std::string& key) {
  grpc::SslServerCredentialsOptions options(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_root_certs = ca;
  options.pem_key_cert_pairs.push_back({key, certificate});
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(options), &port_);
  builder.RegisterCallbackGenericService(this);
  server_ = builder.BuildAndStart();
}

std::vector<SeenCall> TestBackend::TakeSeen() {
  absl::MutexLock lock(&mutex_);
  return std::exchange(seen_, {});
}

grpc::ServerGenericBidiReactor* TestBackend::CreateReactor(
    grpc::GenericCallbackServerContext* context) {
  SeenCall call;
  call.path = context->method();
  for (const auto& [key, value] : context->client_metadata()) {
    call.metadata.emplace(std::string(key.data(), key.size()),
                          std::string(value.data(), value.size()));
  }
  call.time_left = absl::FromChrono(context->deadline()) - absl::Now();
  {
    absl::MutexLock lock(&mutex_);
    seen_.push_back(std::move(call));
  }
  return new Echo(open_streams_);
}

}  // namespace tsunagu::gateway
