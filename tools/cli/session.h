// A connection to the gateway under one identity.
#ifndef TOOLS_CLI_SESSION_H_
#define TOOLS_CLI_SESSION_H_

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>
#include <type_traits>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/status/macros.h"

namespace tsunagu::cli {

struct SessionOptions {
  std::string identity;  // folder with cert.pem, key.pem, chain.pem (tools/pki)
  std::string ca_file;   // PEM: who issued the gateway's certificate
  std::string gateway;   // host:port
  std::string user;      // account at an organisation; sent by practitioners too, and ignored there
  std::string facility;  // for whom the caller works now; empty: its only one
  absl::Duration deadline = absl::Seconds(30);  // of each call
};

// Connects lazily, at the first call. A call on a connection that was lost waits up to two seconds
// for the next one, then says UNAVAILABLE: whoever sends again gets through soon after the gateway
// is back.
class Session {
 public:
  // NOT_FOUND names the file of the identity that cannot be read.
  static absl::StatusOr<Session> Open(const SessionOptions& options);

  // Calls a method of a generated stub: session.Call(&Audit::Stub::GetAccessHistory, request).
  // `care_context` is a token as check-in gave it; empty: none. An error carries the details that
  // the server sent (reason, rule, fields, findings). Thread safe.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                             Response*),
                                const Request& request,
                                const std::string& care_context = "") const {
    AwaitConnection();
    grpc::ClientContext context;
    Prepare(care_context, &context);
    Stub stub(channel_);
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return ToStatus(status);
    return response;
  }

  // Calls a method that answers with a stream, and hands each message to `on_message`. It has no
  // deadline: the server ends it. Thread safe.
  template <typename Stub, typename Request, typename Response>
  absl::Status Follow(
      std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(grpc::ClientContext*,
                                                                    const Request&),
      const Request& request,
      const std::type_identity_t<std::function<void(const Response&)>>& on_message) const {
    AwaitConnection();
    grpc::ClientContext context;
    PrepareStream(&context);
    Stub stub(channel_);
    const auto reader = (stub.*method)(&context, request);
    for (Response response; reader->Read(&response);) on_message(response);
    const grpc::Status status = reader->Finish();
    return status.ok() ? absl::OkStatus() : ToStatus(status);
  }

 private:
  Session() = default;
  void AwaitConnection() const;
  void Prepare(const std::string& care_context, grpc::ClientContext* context) const;
  void PrepareStream(grpc::ClientContext* context) const;
  absl::Status ToStatus(const grpc::Status& status) const;

  std::shared_ptr<grpc::Channel> channel_;
  SessionOptions options_;
};

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_SESSION_H_
