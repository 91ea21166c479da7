// What the rows of an insurer's file become: facts about identities. Pure.
#ifndef SERVICES_ELIGIBILITY_LOAD_H_
#define SERVICES_ELIGIBILITY_LOAD_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "services/eligibility/insurer_file/insured_person.h"
#include "services/platform/national/insured.h"
#include "tsunagu/eligibility/v1/events.pb.h"

namespace tsunagu::eligibility {

// Of one request (EL-001); some 8,000 persons.
inline constexpr size_t kMaxLoadBytes = 1024 * 1024;

// The identity whose pseudonym is a subject: normal form, and the late elderly (insurer 39) have no
// branch whatever a file or a card reader says (EL-005).
national::InsuredIdentity Canonical(const national::InsuredIdentity& identity);

// The state of that subject: "person/<subject>".
std::string PersonName(absl::string_view subject);

// The state of that household: "household/<pseudonym>".
std::string HouseholdName(absl::string_view pseudonym);

// One event about one identity.
struct PersonFact {
  national::Subject subject;
  tsunagu::eligibility::v1::Event event;
};

// One Registered of each identity, in the order of their first rows, with all its rows as periods
// (EL-003); then one Superseded of each identity that another one continues (EL-004). Identities of
// long-term care are in no household, so that no check of medical insurance finds them (EL-007).
std::vector<PersonFact> MakeFacts(std::span<const insurer_file::InsuredPerson> persons,
                                  const national::SubjectKey& key);

}  // namespace tsunagu::eligibility

#endif  // SERVICES_ELIGIBILITY_LOAD_H_
