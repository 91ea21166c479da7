// What the process of this service is made of: its folds and its gRPC services.
#ifndef SERVICES_PRESCRIPTION_PROCESS_H_
#define SERVICES_PRESCRIPTION_PROCESS_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "services/platform/journal/folder.h"
#include "services/platform/rpc/host.h"
#include "services/prescription/copy_service.h"
#include "services/prescription/duplication/in_house_fold.h"
#include "services/prescription/duplication_service.h"
#include "services/prescription/erasure_service.h"
#include "services/prescription/facility_service.h"
#include "services/prescription/given_service.h"
#include "services/prescription/insured_fold.h"
#include "services/prescription/journal_domain.h"
#include "services/prescription/service.h"
#include "services/prescription/service_clock.h"

namespace tsunagu::prescription {

// Must outlive the host that folds with them.
class Folds {
 public:
  std::vector<journal::FoldedTopic> topics() const;

 private:
  const JournalDomain domain_;
  const journal::JournalFolder folder_{domain_};
  const InsuredFolder insured_;
  const duplication::InHouseFolder in_house_;
};

class Services {
 public:
  // As PrescriptionService::Create and DuplicationService::Create. `host` must outlive this, and
  // Run() must have ended before it goes.
  static absl::StatusOr<std::unique_ptr<Services>> Create(rpc::Host& host, Clock clock = absl::Now);

  // For Host::Run.
  std::vector<grpc::Service*> all();

 private:
  Services(rpc::Host& host, std::unique_ptr<PrescriptionService> prescriptions,
           std::unique_ptr<DuplicationService> duplication);

  const std::unique_ptr<PrescriptionService> prescriptions_;
  const std::unique_ptr<DuplicationService> duplication_;
  CopyService copies_;
  ErasureService erasures_;
  FacilityService facility_;
  GivenService given_;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_PROCESS_H_
