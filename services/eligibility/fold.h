// The states of eligibility.journal: what is known of an identity, and who shares its household.
#ifndef SERVICES_ELIGIBILITY_FOLD_H_
#define SERVICES_ELIGIBILITY_FOLD_H_

#include <optional>
#include <string>
#include <vector>

#include "services/platform/journal/folder.h"

namespace tsunagu::eligibility {

// Aggregate "person/<subject>" (v1.Person), projection "household/<pseudonym>" (v1.Household).
// Publishes v1.PersonChanged when an event changed the person, so the same row again says nothing.
// Pure and stateless, thread safe.
class PersonDomain : public journal::Domain {
 public:
  std::vector<std::string> Projections(const tsunagu::journal::v1::Entry& entry) const override;
  std::string Evolve(const tsunagu::journal::v1::Entry& entry, absl::string_view state,
                     journal::States& states,
                     std::optional<std::string>& public_event) const override;
};

}  // namespace tsunagu::eligibility

#endif  // SERVICES_ELIGIBILITY_FOLD_H_
