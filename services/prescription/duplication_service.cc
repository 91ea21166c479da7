#include "services/prescription/duplication_service.h"

#include <utility>

#include "services/platform/drug_master/file.h"
#include "services/platform/status/macros.h"
#include "services/prescription/duplication/projection.h"

namespace tsunagu::prescription {

absl::StatusOr<std::unique_ptr<DuplicationService>> DuplicationService::Create(
    rpc::Host& host, const record::DrugCatalogue* catalogue) {
  const auto& config = host.config();
  if (config.look_back_days() < 0 || config.look_back_days() > duplication::kKeptDays) {
    return absl::InvalidArgumentError("look_back_days must be 0 to 180");
  }
  ASSIGN_OR_RETURN(auto master, drug_master::OpenMaster(config.drug_master_file()));
  ASSIGN_OR_RETURN(auto pairs, duplication::OpenPairs(config.contraindicated_pairs_file()));
  return std::unique_ptr<DuplicationService>(
      new DuplicationService(host, std::move(master), std::move(pairs), catalogue));
}

DuplicationService::DuplicationService(rpc::Host& host,
                                       std::unique_ptr<const drug_master::DrugMaster> master,
                                       std::unique_ptr<const duplication::PairTable> pairs,
                                       const record::DrugCatalogue* catalogue)
    : dispatcher_(host.dispatcher()),
      handlers_(host, std::move(master), std::move(pairs), catalogue) {}

grpc::ServerUnaryReactor* DuplicationService::Prepare(grpc::CallbackServerContext* context,
                                                      const v1::PrepareRequest* request,
                                                      v1::PrepareResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &DuplicationHandlers::Prepare);
}

grpc::ServerUnaryReactor* DuplicationService::CheckDraft(grpc::CallbackServerContext* context,
                                                         const v1::CheckDraftRequest* request,
                                                         v1::CheckReport* response) {
  return dispatcher_.Run(context, request, response, handlers_, &DuplicationHandlers::CheckDraft);
}

grpc::ServerUnaryReactor* DuplicationService::CheckAcceptance(
    grpc::CallbackServerContext* context, const v1::CheckAcceptanceRequest* request,
    v1::CheckReport* response) {
  return dispatcher_.Run(context, request, response, handlers_,
                         &DuplicationHandlers::CheckAcceptance);
}

grpc::ServerUnaryReactor* DuplicationService::CheckDraftResult(
    grpc::CallbackServerContext* context, const v1::CheckDraftResultRequest* request,
    v1::CheckReport* response) {
  return dispatcher_.Run(context, request, response, handlers_,
                         &DuplicationHandlers::CheckDraftResult);
}

}  // namespace tsunagu::prescription
