// The fold of prescription.journal.
//
//   rx/<id>                 v1::Prescription (inside the journal's Stored)
//   doc/<id>                v1::Document: the prescription as registered, stamped
//   doc/<id>/before         the same, before the last change
//   result/<id>             v1::Document: the result of its first use, stamped
//   result/<id>/<use>       the same of a later use or part; of what was erased a v1::Tombstone in
//   it person/<subject>        v1::OpenPrescriptions document/<fingerprint>  v1::RegisteredDocument
//   due/<day>/<bucket>, swept  due.h
//   taking/<subject>        v1::Taking (duplication/projection.h)
//   and the indexes of facilities (facility_index.h)
//
// It settles two races that span aggregates: a document that is registered a second time leaves its
// aggregate without a prescription (RX-043), and an access code that is taken becomes the next free
// one (RX-018). So what came of a registration stands in the state, not in the event.
//
// and prescription.events: v1::PrescriptionChanged for every change.
#ifndef SERVICES_PRESCRIPTION_FOLD_H_
#define SERVICES_PRESCRIPTION_FOLD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/platform/journal/folder.h"
#include "tsunagu/prescription/v1/erasure.pb.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::prescription {

// With so many open prescriptions a person is registered no other (RX-019); nor with so many of all
// whose last day of use is not over, dispensed and cancelled ones too (RX-545). Registrations side
// by side, and what comes back, may lead beyond: nothing is lost for that.
inline constexpr int kMaxOpen = 100;
inline constexpr int kMaxOfPerson = 300;

// How many access codes there are: six digits.
inline constexpr uint32_t kAccessCodes = 1'000'000;

// Names of states. The id of a prescription and a fingerprint lead to their partition.
std::string AggregateName(absl::string_view prescription_id);
std::string DocumentName(absl::string_view prescription_id);
std::string DocumentBeforeName(absl::string_view prescription_id);
std::string ResultName(absl::string_view prescription_id, int use);
std::string PersonName(absl::string_view subject);
std::string FingerprintName(absl::string_view fingerprint);

// Of that document of the prescription, or of drugs given without one.
std::string NameOf(absl::string_view id, const v1::ErasedDocument& document);

// Puts a tombstone in the place of each document.
void Erase(absl::string_view id, const v1::Erased& erased, journal::States& states);

// Whether the person may have another prescription on that day.
bool HasRoom(const v1::OpenPrescriptions& person, absl::CivilDay today);

// Whether another prescription than `id` with the same record file stands there, cancelled ones not
// counted (RX-552).
bool HasContent(const v1::OpenPrescriptions& person, absl::string_view content_id,
                absl::string_view id);

// The access code with that number, from 0 to kAccessCodes - 1.
std::string AccessCode(uint32_t number);

// The prescription with that access code, whatever became of it (RX-044): an open one before a
// cancelled one, whose code may have been given out again. PRESCRIPTION_NOT_FOUND when there is
// none.
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
