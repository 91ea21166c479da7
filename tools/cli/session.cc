#include "tools/cli/session.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/access/metadata.h"
#include "services/platform/rpc/grpc_status.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"
#include "tools/cli/files.h"

namespace tsunagu::cli {
namespace {

// The name in the gateway's certificate: it may be reached under any address.
constexpr char kGatewayName[] = "gateway";
constexpr int kMaxAnswerBytes = 64 << 20;
// A gateway that was away is looked for again after one to two seconds, however long it was.
constexpr int kMaxReconnectMs = 2000;
constexpr absl::Duration kReconnectLimit = absl::Seconds(2);

}  // namespace

absl::StatusOr<Session> Session::Open(const SessionOptions& options) {
  grpc::SslCredentialsOptions tls;
  ASSIGN_OR_RETURN(tls.pem_root_certs, ReadFile(options.ca_file));
  ASSIGN_OR_RETURN(tls.pem_private_key, ReadFile(options.identity + "/key.pem"));
  ASSIGN_OR_RETURN(const std::string certificate, ReadFile(options.identity + "/cert.pem"));
  ASSIGN_OR_RETURN(const std::string chain, ReadFile(options.identity + "/chain.pem"));
  tls.pem_cert_chain = absl::StrCat(certificate, chain);

  grpc::ChannelArguments arguments;
  arguments.SetSslTargetNameOverride(kGatewayName);
  arguments.SetMaxReceiveMessageSize(kMaxAnswerBytes);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kMaxReconnectMs);
  Session session;
  session.options_ = options;
  session.channel_ =
      grpc::CreateCustomChannel(options.gateway, grpc::SslCredentials(tls), arguments);
  return session;
}

// gRPC shakes hands only while somebody waits in it: calls that fail at once, sent again after
// pauses, would not see a new connection for minutes.
void Session::AwaitConnection() const {
  if (channel_->GetState(/*try_to_connect=*/false) != GRPC_CHANNEL_TRANSIENT_FAILURE) return;
  const absl::Duration limit = std::min(kReconnectLimit, options_.deadline);
  channel_->WaitForConnected(absl::ToChronoTime(absl::Now() + limit));
}

void Session::Prepare(const std::string& care_context, grpc::ClientContext* context) const {
  PrepareStream(context);
  context->set_deadline(absl::ToChronoTime(absl::Now() + options_.deadline));
  if (!care_context.empty()) context->AddMetadata(access::kCareContextKey, care_context);
}

void Session::PrepareStream(grpc::ClientContext* context) const {
  if (!options_.user.empty()) context->AddMetadata(access::kLocalUserKey, options_.user);
  if (!options_.facility.empty()) context->AddMetadata(access::kFacilityKey, options_.facility);
}

absl::Status Session::ToStatus(const grpc::Status& status) const {
  const absl::Status told = FromGrpcStatus(status);
  if (!absl::IsUnavailable(told) || !ReasonOf(told).empty()) return told;
  return absl::UnavailableError(
      absl::StrCat(told.message(), " (gateway at ", options_.gateway,
                   "; it hangs up on certificates of a root that it does not trust)"));
}

}  // namespace tsunagu::cli
