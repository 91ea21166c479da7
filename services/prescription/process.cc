#include "services/prescription/process.h"

#include "services/platform/status/macros.h"

namespace tsunagu::prescription {

std::vector<journal::FoldedTopic> Folds::topics() const {
  return {{"prescription.journal", &folder_, "prescription.events"},
          {kInsuredTopic, &insured_, ""},
          {duplication::kReceiptsTopic, &in_house_, ""}};
}

absl::StatusOr<std::unique_ptr<Services>> Services::Create(rpc::Host& host, Clock clock) {
  ASSIGN_OR_RETURN(auto prescriptions, PrescriptionService::Create(host, std::move(clock)));
  ASSIGN_OR_RETURN(auto duplication,
                   DuplicationService::Create(host, prescriptions->handlers().catalogue()));
  return std::unique_ptr<Services>(
      new Services(host, std::move(prescriptions), std::move(duplication)));
}

Services::Services(rpc::Host& host, std::unique_ptr<PrescriptionService> prescriptions,
                   std::unique_ptr<DuplicationService> duplication)
    : prescriptions_(std::move(prescriptions)),
      duplication_(std::move(duplication)),
      copies_(host, prescriptions_->handlers()),
      erasures_(host, prescriptions_->handlers()),
      facility_(host, prescriptions_->handlers()),
      given_(host, prescriptions_->handlers().catalogue()) {}

std::vector<grpc::Service*> Services::all() {
  std::vector<grpc::Service*> services = prescriptions_->services();
  services.insert(services.end(), {duplication_.get(), &copies_, &erasures_, &facility_, &given_});
  return services;
}

}  // namespace tsunagu::prescription
