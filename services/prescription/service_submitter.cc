#include "services/prescription/service_submitter.h"

#include <optional>

#include "tsunagu/access/v1/access.pb.h"

namespace tsunagu::prescription {
namespace {

std::optional<hpki::Role> Signs(int role) {
  switch (role) {
    case tsunagu::access::v1::ROLE_MEDICAL_DOCTOR:
      return hpki::Role::kMedicalDoctor;
    case tsunagu::access::v1::ROLE_DENTIST:
      return hpki::Role::kDentist;
    case tsunagu::access::v1::ROLE_PHARMACIST:
      return hpki::Role::kPharmacist;
    default:
      return std::nullopt;
  }
}

}  // namespace

Submitter SubmitterOf(const rpc::Call& call, const std::string& command_id) {
  Submitter submitter{call.principal().facility(), {}, command_id, call.now()};
  for (const int role : call.principal().roles()) {
    if (const auto signs = Signs(role)) submitter.licences.push_back(*signs);
  }
  return submitter;
}

}  // namespace tsunagu::prescription
