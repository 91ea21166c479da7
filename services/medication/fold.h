// The folds of the medication service: receipts from its own journal, e-prescriptions from
// prescription.events. Each writes a section of its own.
#ifndef SERVICES_MEDICATION_FOLD_H_
#define SERVICES_MEDICATION_FOLD_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/platform/journal/folder.h"
#include "tsunagu/medication/v1/events.pb.h"

namespace tsunagu::medication {

// Names of states. `month` is YYYYMM.
std::string MonthName(absl::string_view subject, absl::string_view month);
std::string HeldName(absl::string_view receipt_key);

// Puts the item in its place by key; one with that key already is replaced.
void PutItem(tsunagu::medication::v1::Month::Item item, tsunagu::medication::v1::Month& month);

// Folds medication.journal. The state "month/..." is a Month of receipts, "held/..." a Held.
// An event under the name of another aggregate changes nothing; so does a receipt that comes again
// as it was, and nothing is published then. Thread safe.
class MedicationDomain : public journal::Domain {
 public:
  std::vector<std::string> Projections(const tsunagu::journal::v1::Entry& entry) const override;
  std::string Evolve(const tsunagu::journal::v1::Entry& entry, absl::string_view state,
                     journal::States& states,
                     std::optional<std::string>& public_event) const override;
};

// Folds prescription.events into Months by the month of issue. A prescription stands there as
// prescribed until it is dispensed, then as dispensed; a cancelled one keeps its place without
// dispensings, so that an older event that comes again does not bring it back. Thread safe.
class PrescriptionFolder : public journal::Folder {
 public:
  std::vector<std::string> Touches(const journal::Record& record) const override;
  journal::Verdict Apply(const journal::Record& record, journal::States& states,
                         journal::Publications& publications) const override;
};

}  // namespace tsunagu::medication

#endif  // SERVICES_MEDICATION_FOLD_H_
