#include "services/platform/rpc/dispatcher.h"

#include <map>

#include "google/protobuf/descriptor.h"
#include "services/platform/access/authorise.h"
#include "services/platform/access/metadata.h"
#include "services/platform/rpc/grpc_status.h"
#include "services/platform/rpc/log.h"
#include "services/platform/rpc/request_text.h"
#include "services/platform/status/error.h"

namespace tsunagu::rpc {
namespace {

// Left of the deadline for the answer's way back.
constexpr absl::Duration kReserve = absl::Milliseconds(5);

absl::Status NotTheGateway() {
  return ErrorBuilder(absl::StatusCode::kUnauthenticated, "NOT_THE_GATEWAY",
                      "services take calls from the gateway only")
      .Rule("AC-020");
}

absl::Status PrincipalMissing() {
  return ErrorBuilder(absl::StatusCode::kUnauthenticated, "PRINCIPAL_MISSING",
                      "the call does not say who makes it")
      .Rule("AC-021");
}

absl::Status RecordMissing() {
  return ErrorBuilder(absl::StatusCode::kInternal, "AUDIT_RECORD_MISSING",
                      "the handler did not say whose data it touched")
      .Rule("AU-001");
}

// An error that nobody has given a reason.
absl::Status Unforeseen(const absl::Status& status) {
  return ErrorBuilder(status.code(), "UNFORESEEN", status.message()).Rule("PF-002");
}

std::string CommonNameOfPeer(const grpc::ServerContextBase& context) {
  const auto names = context.auth_context()->FindPropertyValues(GRPC_X509_CN_PROPERTY_NAME);
  return names.empty() ? "" : std::string(names[0].data(), names[0].size());
}

absl::string_view Metadata(const grpc::ServerContextBase& context, const char* key) {
  const auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return {};
  return {found->second.data(), found->second.size()};
}

// The caller is the gateway, which has cut what is too long.
absl::Time DeadlineOf(const grpc::ServerContextBase& context, absl::Time now,
                      absl::Duration fallback) {
  const auto raw = context.deadline();
  const bool none = raw == std::chrono::system_clock::time_point::max();
  return (none ? now + fallback : absl::FromChrono(raw)) - kReserve;
}

// A refusal tells of somebody too: that there is such a prescription, or that there is none. Not so
// the errors of the platform, which must not be hidden: OUTCOME_UNKNOWN comes at the deadline, when
// no record can be written any more.
bool MayTellOfAPerson(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kUnavailable:
      return false;
    default:
      return true;
  }
}

}  // namespace

const access::Method* MethodOfRequest(const google::protobuf::Descriptor* request) {
  static const auto* const methods = [] {
    auto* made = new std::map<const google::protobuf::Descriptor*, const access::Method*>();
    for (const access::Method& method : access::AllMethods()) {
      const auto* service =
          google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(method.service);
      const std::string name = method.path.substr(method.path.rfind('/') + 1);
      (*made)[service->FindMethodByName(name)->input_type()] = &method;
    }
    return made;
  }();
  const auto found = methods->find(request);
  return found == methods->end() ? nullptr : found->second;
}

absl::StatusOr<Call> Dispatcher::Admit(grpc::CallbackServerContext& context,
                                       const access::Method* method, absl::Time now,
                                       absl::Status& refusal) {
  if (CommonNameOfPeer(context) != options_.gateway_name) return NotTheGateway();
  const absl::string_view principal_token = Metadata(context, access::kPrincipalKey);
  if (principal_token.empty()) return PrincipalMissing();
  auto principal = tokens_.VerifyPrincipal(principal_token, now);
  if (!principal.ok()) return principal.status();
  std::shared_ptr<const tsunagu::access::v1::CareContext> care_context;
  if (const absl::string_view token = Metadata(context, access::kCareContextKey); !token.empty()) {
    auto verified = tokens_.VerifyCareContext(token, now);
    if (!verified.ok()) return verified.status();
    care_context = *std::move(verified);
  }
  refusal = access::Authorise(method->rule, **principal, care_context.get(), now);
  if (method->rule == nullptr) return refusal;
  return Call(*method->rule, *std::move(principal), std::move(care_context), now,
              DeadlineOf(context, now, options_.default_deadline));
}

asio::awaitable<absl::Status> Dispatcher::Serve(grpc::CallbackServerContext* context,
                                                const access::Method* method, absl::Time start,
                                                const google::protobuf::Message& request,
                                                Handler handler) {
  absl::Status status;
  auto admitted = Admit(*context, method, start, status);
  if (!admitted.ok()) co_return admitted.status();
  Call call = *std::move(admitted);
  const bool audited = !method->rule->audit().empty();
  if (status.ok()) {
    status = CheckTexts(request);
    if (status.ok()) status = co_await handler(call);
    if (status.ok() && audited && !call.says_whom()) status = RecordMissing();
  } else if (call.care_context() != nullptr) {
    // Somebody who may not tried to read about these.
    for (const std::string& subject : call.care_context()->subjects()) {
      call.Touch(subject, tsunagu::audit::v1::OUTCOME_REFUSED, {});
    }
  }
  if (!audited) co_return status;
  const absl::Status recorded = co_await trail_.Write(call.Records(!status.ok()), call.deadline());
  co_return MayTellOfAPerson(status) && !recorded.ok() ? recorded : status;
}

grpc::Status Dispatcher::Conclude(const access::Method& method, absl::Time start,
                                  absl::Status status) {
  if (!status.ok() && ReasonOf(status).empty()) status = Unforeseen(status);
  const std::string reason = ReasonOf(status);
  const std::string code = absl::StatusCodeToString(status.code());
  metrics_.CountCall(method.path, code, reason, absl::Now() - start);
  if (!status.ok()) {
    Log(Level::kInfo, "call.refused",
        {{"method", method.path}, {"code", code}, {"reason", reason}, {"rule", RuleOf(status)}});
  }
  return ToGrpcStatus(status);
}

}  // namespace tsunagu::rpc
