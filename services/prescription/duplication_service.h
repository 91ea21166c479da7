// The gRPC service tsunagu.prescription.v1.DuplicationCheck: a thin adapter over its handlers.
#ifndef SERVICES_PRESCRIPTION_DUPLICATION_SERVICE_H_
#define SERVICES_PRESCRIPTION_DUPLICATION_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include <memory>

#include "absl/status/statusor.h"
#include "services/platform/rpc/host.h"
#include "services/prescription/duplication_handlers.h"
#include "services/prescription/record/catalogue.h"
#include "tsunagu/prescription/v1/duplication.grpc.pb.h"

namespace tsunagu::prescription {

class DuplicationService : public v1::DuplicationCheck::CallbackService {
 public:
  // Reads what host.config() names in drug_master_file and contraindicated_pairs_file.
  // INVALID_ARGUMENT for a table that is wrong, or a look_back_days that is more than the folds
  // keep. `catalogue` may be null. `host` and `catalogue` must outlive the service, and Run() must
  // have ended before it goes.
  static absl::StatusOr<std::unique_ptr<DuplicationService>> Create(
      rpc::Host& host, const record::DrugCatalogue* catalogue);

  grpc::ServerUnaryReactor* Prepare(grpc::CallbackServerContext* context,
                                    const v1::PrepareRequest* request,
                                    v1::PrepareResponse* response) override;
  grpc::ServerUnaryReactor* CheckDraft(grpc::CallbackServerContext* context,
                                       const v1::CheckDraftRequest* request,
                                       v1::CheckReport* response) override;
  grpc::ServerUnaryReactor* CheckAcceptance(grpc::CallbackServerContext* context,
                                            const v1::CheckAcceptanceRequest* request,
                                            v1::CheckReport* response) override;
  grpc::ServerUnaryReactor* CheckDraftResult(grpc::CallbackServerContext* context,
                                             const v1::CheckDraftResultRequest* request,
                                             v1::CheckReport* response) override;

 private:
  DuplicationService(rpc::Host& host, std::unique_ptr<const drug_master::DrugMaster> master,
                     std::unique_ptr<const duplication::PairTable> pairs,
                     const record::DrugCatalogue* catalogue);

  rpc::Dispatcher& dispatcher_;
  DuplicationHandlers handlers_;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_DUPLICATION_SERVICE_H_
