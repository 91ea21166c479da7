// The gateway, over a session of the command line.
#ifndef TOOLS_TERMINAL_SESSION_GATEWAY_H_
#define TOOLS_TERMINAL_SESSION_GATEWAY_H_

#include "tools/cli/session.h"
#include "tools/terminal/exchange.h"

namespace tsunagu::terminal {

class SessionGateway : public Gateway {
 public:
  // `session` outlives this.
  explicit SessionGateway(const cli::Session* session) : session_(session) {}

  absl::Status Call(prescription::envelope::Call call, const google::protobuf::Message& request,
                    google::protobuf::Message* response) override;
  absl::Status Check(const eligibility::v1::CheckRequest& request,
                     eligibility::v1::CheckResponse* response) override;

 private:
  const cli::Session* const session_;
};

}  // namespace tsunagu::terminal

#endif  // TOOLS_TERMINAL_SESSION_GATEWAY_H_
