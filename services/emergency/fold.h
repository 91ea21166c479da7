// The folds of the emergency service: what it keeps of other services' public topics, each in a
// section of its own.
#ifndef SERVICES_EMERGENCY_FOLD_H_
#define SERVICES_EMERGENCY_FOLD_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/platform/journal/folder.h"

namespace tsunagu::emergency {

// Names of states. `month` is YYYYMM.
std::string PersonName(absl::string_view subject);
std::string MonthName(absl::string_view subject, absl::string_view month);

// Folds eligibility.events into KnownPerson. This and the others drop what they have seen, by the
// version of the record, and put aside what they cannot read. Thread safe.
class PersonFolder : public journal::Folder {
 public:
  std::vector<std::string> Touches(const journal::Record& record) const override;
  journal::Verdict Apply(const journal::Record& record, journal::States& states,
                         journal::Publications& publications) const override;
};

// Folds medication.events into KnownReceipts.
class ReceiptFolder : public journal::Folder {
 public:
  std::vector<std::string> Touches(const journal::Record& record) const override;
  journal::Verdict Apply(const journal::Record& record, journal::States& states,
                         journal::Publications& publications) const override;
};

// Folds prescription.events into KnownPrescriptions.
class PrescriptionFolder : public journal::Folder {
 public:
  std::vector<std::string> Touches(const journal::Record& record) const override;
  journal::Verdict Apply(const journal::Record& record, journal::States& states,
                         journal::Publications& publications) const override;
};

}  // namespace tsunagu::emergency

#endif  // SERVICES_EMERGENCY_FOLD_H_
