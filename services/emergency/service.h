// The RPC of tsunagu.emergency.v1.Emergency.
#ifndef SERVICES_EMERGENCY_SERVICE_H_
#define SERVICES_EMERGENCY_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include <asio.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/emergency/request.h"
#include "services/emergency/summary.h"
#include "services/platform/drug_master/master.h"
#include "services/platform/rpc/call.h"
#include "services/platform/rpc/host.h"
#include "tsunagu/emergency/v1/emergency.grpc.pb.h"

namespace tsunagu::emergency {

// Topics, without the installation's prefix.
inline constexpr char kPersonsTopic[] = "eligibility.events";
inline constexpr char kReceiptsTopic[] = "medication.events";
inline constexpr char kPrescriptionsTopic[] = "prescription.events";

// The handler, without gRPC. Loop thread only.
class EmergencyHandlers {
 public:
  EmergencyHandlers(rpc::Host& host, const drug_master::DrugMaster* drugs)
      : host_(host), drugs_(drugs) {}

  asio::awaitable<absl::Status> GetSummary(rpc::Call& call,
                                           const tsunagu::emergency::v1::GetSummaryRequest& request,
                                           tsunagu::emergency::v1::GetSummaryResponse& response);

 private:
  asio::awaitable<absl::StatusOr<tsunagu::eligibility::v1::Person>> ReadPerson(std::string subject,
                                                                               absl::Time limit);
  // Makes sure of the person and finds the other identities, into `whom` and `known`.
  asio::awaitable<absl::Status> FollowIdentity(Whom& whom, Known& known, absl::Time limit);
  // The persons of a care context, as far as they can be read.
  asio::awaitable<void> ReadPersons(const Whom& whom, Known& known, absl::Time limit);
  asio::awaitable<void> ReadReceipts(std::string subject, absl::CivilDay today, Known& known,
                                     absl::Time limit);
  asio::awaitable<void> ReadPrescriptions(std::string subject, absl::CivilDay today, Known& known,
                                          absl::Time limit);
  // Which feeds of this subject's partition are not known to be complete as of a few seconds ago.
  void NoteLag(const std::string& subject, absl::Time now, Known& known) const;

  rpc::Host& host_;
  const drug_master::DrugMaster* const drugs_;
};

// Thread safe.
class EmergencyService final : public tsunagu::emergency::v1::Emergency::CallbackService {
 public:
  // `host` and `drugs` must outlive the service; null: drugs stay as they were recorded.
  EmergencyService(rpc::Host& host, const drug_master::DrugMaster* drugs)
      : dispatcher_(host.dispatcher()), handlers_(host, drugs) {}

  grpc::ServerUnaryReactor* GetSummary(
      grpc::CallbackServerContext* context,
      const tsunagu::emergency::v1::GetSummaryRequest* request,
      tsunagu::emergency::v1::GetSummaryResponse* response) override;

 private:
  rpc::Dispatcher& dispatcher_;
  EmergencyHandlers handlers_;
};

}  // namespace tsunagu::emergency

#endif  // SERVICES_EMERGENCY_SERVICE_H_
