// The fold of eligibility.events, in a section of its own:
//
//   person/<subject>  v1::KnownPerson: whose history it is
#ifndef SERVICES_MEDICATION_PERSON_FOLD_H_
#define SERVICES_MEDICATION_PERSON_FOLD_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/platform/journal/folder.h"

namespace tsunagu::medication {

// The name of the state.
std::string PersonName(absl::string_view subject);

// Drops what it has seen, by the version of the record, and puts aside what it cannot read. Thread
// safe.
class PersonFolder : public journal::Folder {
 public:
  std::vector<std::string> Touches(const journal::Record& record) const override;
  journal::Verdict Apply(const journal::Record& record, journal::States& states,
                         journal::Publications& publications) const override;
};

}  // namespace tsunagu::medication

#endif  // SERVICES_MEDICATION_PERSON_FOLD_H_
