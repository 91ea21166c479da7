// The fold of prescription.journal.
//
//   rx/<id>           v1::Prescription (inside the journal's Stored)
//   doc/<id>          v1::Document: the prescription as registered, stamped
//   result/<id>       v1::Document: its dispensing result, stamped
//   person/<subject>  v1::OpenPrescriptions
//
// and prescription.events: v1::PrescriptionChanged for every change of status.
#ifndef SERVICES_PRESCRIPTION_FOLD_H_
#define SERVICES_PRESCRIPTION_FOLD_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/platform/journal/folder.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::prescription {

// A person's open prescriptions that we keep (RX-019).
inline constexpr int kMaxOpen = 100;

// Names of states. The id of a prescription leads to its partition.
std::string AggregateName(absl::string_view prescription_id);
std::string DocumentName(absl::string_view prescription_id);
std::string ResultName(absl::string_view prescription_id);
std::string PersonName(absl::string_view subject);

// How many can still be accepted on that day.
int CountOpen(const v1::OpenPrescriptions& person, absl::CivilDay today);

// Six digits that none of the person's open prescriptions carries (RX-016). `draw` gives numbers
// from 0 to 999,999.
std::string PickAccessCode(const v1::OpenPrescriptions& person,
                           const std::function<uint32_t()>& draw);

// The open prescription with that access code: PRESCRIPTION_NOT_FOUND, or ACCESS_CODE_AMBIGUOUS
// when two carry it (RX-018).
absl::StatusOr<std::string> FindByCode(const v1::OpenPrescriptions& person, absl::string_view code);

// Pure and total. Thread safe.
class PrescriptionDomain : public journal::Domain {
 public:
  std::vector<std::string> Projections(const tsunagu::journal::v1::Entry& entry) const override;
  std::string Evolve(const tsunagu::journal::v1::Entry& entry, absl::string_view state,
                     journal::States& states,
                     std::optional<std::string>& public_event) const override;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_FOLD_H_
