// The RPCs of eligibility.proto.
#ifndef SERVICES_ELIGIBILITY_SERVICE_H_
#define SERVICES_ELIGIBILITY_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include <asio.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/eligibility/check.h"
#include "services/platform/access/token.h"
#include "services/platform/rpc/call.h"
#include "services/platform/rpc/host.h"
#include "tsunagu/eligibility/v1/eligibility.grpc.pb.h"

namespace tsunagu::eligibility {

// Thread safe, as gRPC calls it. Folds of the host: {"eligibility.journal", JournalFolder of a
// PersonDomain, "eligibility.events"}.
class EligibilityService : public v1::Eligibility::CallbackService {
 public:
  // Both must outlive this. `contexts` signs care contexts.
  EligibilityService(rpc::Host& host, const access::TokenSigner& contexts)
      : host_(host), contexts_(contexts), topic_(host.Topic("eligibility.journal")) {}

  grpc::ServerUnaryReactor* LoadInsured(grpc::CallbackServerContext* context,
                                        const v1::LoadInsuredRequest* request,
                                        v1::LoadInsuredResponse* response) override;
  grpc::ServerUnaryReactor* Check(grpc::CallbackServerContext* context,
                                  const v1::CheckRequest* request,
                                  v1::CheckResponse* response) override;
  grpc::ServerUnaryReactor* CheckIn(grpc::CallbackServerContext* context,
                                    const v1::CheckInRequest* request,
                                    v1::CheckInResponse* response) override;

 private:
  asio::awaitable<absl::Status> HandleLoad(rpc::Call& call, const v1::LoadInsuredRequest& request,
                                           v1::LoadInsuredResponse& response);
  asio::awaitable<absl::Status> HandleCheck(rpc::Call& call, const v1::CheckRequest& request,
                                            v1::CheckResponse& response);
  asio::awaitable<absl::Status> HandleCheckIn(rpc::Call& call, const v1::CheckInRequest& request,
                                              v1::CheckInResponse& response);

  // Those that the question may mean, with what is known of them; records none of them.
  asio::awaitable<absl::StatusOr<std::vector<Candidate>>> Find(Question question,
                                                               absl::Time deadline);
  asio::awaitable<absl::StatusOr<v1::Person>> ReadPerson(national::Subject subject,
                                                         absl::Time deadline);
  // What is answered about a long-term-care card, and the identities of its holder; none when it is
  // somebody else's.
  asio::awaitable<absl::StatusOr<std::vector<national::Subject>>> ReadCard(
      Question card, v1::CheckResponse* answer, absl::Time deadline);
  // All identities of the candidate's person, the candidate first.
  asio::awaitable<absl::StatusOr<std::vector<national::Subject>>> Identities(Candidate candidate,
                                                                             absl::Time deadline);

  rpc::Host& host_;
  const access::TokenSigner& contexts_;
  const std::string topic_;
};

}  // namespace tsunagu::eligibility

#endif  // SERVICES_ELIGIBILITY_SERVICE_H_
