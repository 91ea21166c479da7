// The RPCs of tsunagu.medication.v1.Medication.
#ifndef SERVICES_MEDICATION_SERVICE_H_
#define SERVICES_MEDICATION_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include <asio.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/medication/history.h"
#include "services/medication/submission.h"
#include "services/platform/drug_master/master.h"
#include "services/platform/rpc/call.h"
#include "services/platform/rpc/host.h"
#include "tsunagu/medication/v1/events.pb.h"
#include "tsunagu/medication/v1/medication.grpc.pb.h"

namespace tsunagu::medication {

// Topics, without the installation's prefix.
inline constexpr char kJournalTopic[] = "medication.journal";
inline constexpr char kEventsTopic[] = "medication.events";
inline constexpr char kPrescriptionsTopic[] = "prescription.events";
inline constexpr char kPersonsTopic[] = "eligibility.events";

// The handlers, without gRPC. Loop thread only.
class MedicationHandlers {
 public:
  MedicationHandlers(rpc::Host& host, const drug_master::DrugMaster* drugs)
      : host_(host), drugs_(drugs) {}

  asio::awaitable<absl::Status> SubmitReceipts(
      rpc::Call& call, const tsunagu::medication::v1::SubmitReceiptsRequest& request,
      tsunagu::medication::v1::SubmitReceiptsResponse& response);
  asio::awaitable<absl::Status> GetHistory(
      rpc::Call& call, const tsunagu::medication::v1::GetHistoryRequest& request,
      tsunagu::medication::v1::GetHistoryResponse& response);

 private:
  using Dispensings = std::vector<tsunagu::medication::v1::Dispensing>;

  // All that is known of a subject in the range, from both sections, unmerged.
  asio::awaitable<absl::StatusOr<Dispensings>> ReadSubject(std::string subject, MonthRange range,
                                                           absl::Time deadline);
  // Who that identity is, as far as its registration has arrived.
  asio::awaitable<absl::StatusOr<tsunagu::medication::v1::KnownPerson>> ReadPerson(
      std::string subject, absl::Time deadline);

  rpc::Host& host_;
  const drug_master::DrugMaster* const drugs_;
};

// Thread safe.
class MedicationService final : public tsunagu::medication::v1::Medication::CallbackService {
 public:
  // `host` and `drugs` must outlive the service; null: drugs are neither named nor checked.
  MedicationService(rpc::Host& host, const drug_master::DrugMaster* drugs)
      : dispatcher_(host.dispatcher()), handlers_(host, drugs) {}

  grpc::ServerUnaryReactor* SubmitReceipts(
      grpc::CallbackServerContext* context,
      const tsunagu::medication::v1::SubmitReceiptsRequest* request,
      tsunagu::medication::v1::SubmitReceiptsResponse* response) override;
  grpc::ServerUnaryReactor* GetHistory(
      grpc::CallbackServerContext* context,
      const tsunagu::medication::v1::GetHistoryRequest* request,
      tsunagu::medication::v1::GetHistoryResponse* response) override;

 private:
  rpc::Dispatcher& dispatcher_;
  MedicationHandlers handlers_;
};

}  // namespace tsunagu::medication

#endif  // SERVICES_MEDICATION_SERVICE_H_
