// What the RPCs of given.proto do. Loop thread only; XML goes to the CPU pool.
#ifndef SERVICES_PRESCRIPTION_GIVEN_SERVICE_HANDLERS_H_
#define SERVICES_PRESCRIPTION_GIVEN_SERVICE_HANDLERS_H_

#include <asio.hpp>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "services/platform/rpc/call.h"
#include "services/platform/rpc/host.h"
#include "services/prescription/given.h"
#include "services/prescription/given_submission.h"
#include "services/prescription/record/catalogue.h"
#include "tsunagu/prescription/v1/given.pb.h"

namespace tsunagu::prescription {

class GivenHandlers {
 public:
  // `catalogue` may be null. Both must outlive this and its calls.
  GivenHandlers(rpc::Host& host, const record::DrugCatalogue* catalogue);

  asio::awaitable<absl::Status> RegisterGiven(rpc::Call& call,
                                              const v1::RegisterGivenRequest& request,
                                              v1::RegisterGivenResponse& response);
  asio::awaitable<absl::Status> ChangeGiven(rpc::Call& call, const v1::ChangeGivenRequest& request,
                                            v1::ChangeGivenResponse& response);
  asio::awaitable<absl::Status> CancelGiven(rpc::Call& call, const v1::CancelGivenRequest& request,
                                            v1::CancelGivenResponse& response);
  asio::awaitable<absl::Status> SearchGiven(rpc::Call& call, const v1::SearchGivenRequest& request,
                                            v1::SearchGivenResponse& response);
  asio::awaitable<absl::Status> GetGiven(rpc::Call& call, const v1::GetGivenRequest& request,
                                         v1::GetGivenResponse& response);

 private:
  // One command on its way into the journal.
  struct Pending {
    std::string subject;
    std::string id;
    std::string command_id;
    const google::protobuf::Message& request;
    GivenCommand what;
    absl::Status refusal;  // what else speaks against it, once the state does not
  };
  struct Settled {
    v1::Given state;  // as it is now
    bool repeated = false;
  };
  asio::awaitable<absl::StatusOr<Settled>> Apply(rpc::Call& call, Pending pending);

  // Judges a document and compares the patient with the insured person.
  asio::awaitable<GivenVerdict> Judge(rpc::Call& call, const std::string& document, bool confirmed,
                                      GivenSubmitter submitter);
  // GIVEN_EXISTS when the record that would have that id stands, as registered or by a change, as
  // another than `given_id`. Two commands of the facility at the same moment may both pass.
  asio::awaitable<absl::Status> CheckIsNew(rpc::Call& call, std::string record_id,
                                           std::string given_id);
  // GIVEN_NOT_FOUND when there is none of this facility, BAD_FIELD when `id` is none of ours.
  asio::awaitable<absl::StatusOr<v1::Given>> Load(rpc::Call& call, std::string id,
                                                  tsunagu::audit::v1::Outcome outcome);
  asio::awaitable<absl::StatusOr<std::vector<std::string>>> Read(std::string id,
                                                                 std::vector<std::string> names,
                                                                 absl::Time deadline);
  asio::awaitable<absl::StatusOr<std::vector<v1::Given>>> ReadStates(std::string id,
                                                                     std::vector<std::string> ids,
                                                                     absl::Time deadline);

  rpc::Host& host_;
  const record::DrugCatalogue* const catalogue_;
  const std::string topic_;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_GIVEN_SERVICE_HANDLERS_H_
