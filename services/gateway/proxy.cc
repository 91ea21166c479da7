#include "services/gateway/proxy.h"

#include <grpcpp/client_context.h>
#include <grpcpp/security/auth_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/proto_buffer_reader.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "services/gateway/errors.h"
#include "services/gateway/upstream_stream.h"
#include "services/platform/access/metadata.h"
#include "services/platform/rpc/grpc_status.h"
#include "services/platform/rpc/log.h"
#include "services/platform/status/error.h"

namespace tsunagu::gateway {
namespace {

constexpr char kLeafProperty[] = "x509_pem_cert";
constexpr char kChainProperty[] = "x509_pem_cert_chain";

absl::string_view View(grpc::string_ref text) { return {text.data(), text.size()}; }

MetadataValue FindMetadata(const grpc::GenericCallbackServerContext& context, const char* key) {
  const auto [first, last] = context.client_metadata().equal_range(key);
  if (first == last) return {};
  return {.value = View(first->second), .repeated = std::next(first) != last};
}

// A refusal is of interest to those who run the gateway: which rule, for which method, and enough
// of the certificate's hash to find it in the facility's own records.
void LogRefusal(const Decision& decision) {
  rpc::Log(rpc::Level::kWarning, "call.refused",
           {{"method", decision.method == nullptr ? "unknown" : decision.method->path},
            {"reason", ReasonOf(decision.status)},
            {"rule", RuleOf(decision.status)},
            {"credential", decision.credential.empty() ? "unknown" : decision.credential}});
}

bool IsReadable(const access::Method& method, grpc::ByteBuffer request) {
  grpc::ProtoBufferReader bytes(&request);
  const std::unique_ptr<google::protobuf::Message> message(method.request->New());
  return message->ParseFromZeroCopyStream(&bytes);
}

// What the transport itself said gets a reason; what a service said stays as it is.
grpc::Status Explain(grpc::Status status, const access::Method& method,
                     const grpc::ByteBuffer& request) {
  if (status.ok() || !status.error_details().empty()) return status;
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
      return ToGrpcStatus(BackendUnavailable());
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return ToGrpcStatus(BackendTooSlow());
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return ToGrpcStatus(BackendTakesLess());
    case grpc::StatusCode::UNIMPLEMENTED:
      // So gRPC turns away what it cannot parse, and a method that this replica does not have.
      return ToGrpcStatus(IsReadable(method, request) ? MethodUnknown() : RequestUnreadable());
    default:
      return ToGrpcStatus(BackendFailed(static_cast<absl::StatusCode>(status.error_code())));
  }
}

// The longest that a stream may take: the services end theirs before.
constexpr absl::Duration kLongestStream = absl::Minutes(15);

// One call, from its head to its end. Deletes itself.
class Call : public grpc::ServerGenericBidiReactor, private StreamListener {
 public:
  Call(const ProxyParts& parts, grpc::GenericCallbackServerContext* context)
      : parts_(parts), context_(context), arrived_(absl::Now()) {}

  void Start() {
    decision_ = parts_.admission->Admit(Head(), parts_.clock());
    if (!decision_.status.ok()) return Refuse(decision_.status);
    stub_ = parts_.backends->Find(*decision_.method);
    if (stub_ == nullptr) return Refuse(BackendUnavailable());
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return Refuse(MessageMissing());
    if (request_.Length() > parts_.max_message_bytes) {
      return Refuse(MessageTooLarge(parts_.max_message_bytes));
    }
    Forward();
  }

  void OnWriteDone(bool ok) override { ok ? stream_->Next() : stream_->Stop(); }

  void OnCancel() override { upstream_.TryCancel(); }
  void OnDone() override { delete this; }

 private:
  // Of a stream: the caller is asked for again with every message.
  void OnMessage() override {
    const absl::Status again = parts_.admission->AdmitAgain(Head(), parts_.clock());
    if (again.ok()) return StartWrite(&stream_->message());
    decision_.status = again;
    parts_.metrics->Refused(ReasonOf(again));
    LogRefusal(decision_);
    stream_->Stop();
  }

  void OnEnd(grpc::Status status) override {
    parts_.metrics->Forwarded(status.error_code(), absl::Now() - arrived_);
    if (!decision_.status.ok()) return Finish(ToGrpcStatus(decision_.status));
    Finish(Explain(std::move(status), *decision_.method, request_));
  }

  CallHead Head() const {
    const auto peer = context_->auth_context();
    const auto leaf = peer->FindPropertyValues(kLeafProperty);
    const auto chain = peer->FindPropertyValues(kChainProperty);
    return {
        .path = context_->method(),
        .leaf_pem = leaf.empty() ? absl::string_view() : View(leaf[0]),
        .chain_pem = chain.empty() ? absl::string_view() : View(chain[0]),
        .local_user = FindMetadata(*context_, access::kLocalUserKey),
        .facility = FindMetadata(*context_, access::kFacilityKey),
        .care_context = FindMetadata(*context_, access::kCareContextKey),
    };
  }

  void Refuse(const absl::Status& status) {
    decision_.status = status;
    parts_.metrics->Refused(ReasonOf(status));
    LogRefusal(decision_);
    Finish(ToGrpcStatus(status));
  }

  std::chrono::system_clock::time_point Deadline() const {
    const auto now = std::chrono::system_clock::now();
    const bool streams = decision_.method->streams;
    const auto longest =
        now + absl::ToChronoNanoseconds(streams ? kLongestStream : parts_.max_deadline);
    const auto usual =
        now + absl::ToChronoNanoseconds(streams ? kLongestStream : parts_.default_deadline);
    const auto asked = context_->deadline();
    // gRPC gives the end of time for a call without a deadline.
    if (asked == std::chrono::system_clock::time_point::max()) {
      return std::chrono::time_point_cast<std::chrono::system_clock::duration>(usual);
    }
    return std::min(asked,
                    std::chrono::time_point_cast<std::chrono::system_clock::duration>(longest));
  }

  void Forward() {
    upstream_.set_deadline(Deadline());
    upstream_.AddMetadata(access::kPrincipalKey, decision_.principal->token);
    if (decision_.with_care_context) {
      const MetadataValue token = FindMetadata(*context_, access::kCareContextKey);
      upstream_.AddMetadata(access::kCareContextKey, std::string(*token.value));
    }
    if (decision_.method->streams) {
      stream_.emplace(static_cast<StreamListener&>(*this), upstream_, request_);
      stub_->PrepareBidiStreamingCall(&upstream_, decision_.method->path, grpc::StubOptions(),
                                      &*stream_);
      return stream_->Start();
    }
    stub_->UnaryCall(&upstream_, decision_.method->path, grpc::StubOptions(), &request_, &answer_,
                     [this](grpc::Status status) { OnAnswer(std::move(status)); });
  }

  void OnAnswer(grpc::Status status) {
    parts_.metrics->Forwarded(status.error_code(), absl::Now() - arrived_);
    if (!status.ok()) {
      return Finish(Explain(std::move(status), *decision_.method, request_));
    }
    StartWriteAndFinish(&answer_, grpc::WriteOptions(), grpc::Status::OK);
  }

  const ProxyParts& parts_;
  grpc::GenericCallbackServerContext* const context_;
  const absl::Time arrived_;
  Decision decision_;
  grpc::GenericStub* stub_ = nullptr;
  grpc::ClientContext upstream_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer answer_;
  std::optional<UpstreamStream> stream_;
};

}  // namespace

grpc::ServerGenericBidiReactor* Proxy::CreateReactor(grpc::GenericCallbackServerContext* context) {
  auto* call = new Call(parts_, context);
  call->Start();
  return call;
}

}  // namespace tsunagu::gateway
