// What prescription.journal makes of drugs that were given without a registered prescription.
//
//   px/<id>          v1::Given (inside the journal's Stored)
//   doc/<id>         v1::Document: as registered
//   given/<subject>  v1::GivenOfPerson
//   given-as/<id>    v1::GivenAs: by the id that a record would have which came by a change
//
// and prescription.events: v1::PrescriptionChanged with another origin than a prescription.
#ifndef SERVICES_PRESCRIPTION_GIVEN_FOLD_H_
#define SERVICES_PRESCRIPTION_GIVEN_FOLD_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/platform/journal/folder.h"

namespace tsunagu::prescription {

// Of a person's records that we keep in the list (RX-490).
inline constexpr int kMaxGiven = 300;

// Names of states. The id leads to its partition.
std::string GivenName(absl::string_view given_id);
std::string GivenOfPersonName(absl::string_view subject);
std::string GivenAsName(absl::string_view record_id);

// Whether the entry is of such an aggregate.
bool IsGiven(const tsunagu::journal::v1::Entry& entry);

// Pure and total. Thread safe.
class GivenDomain : public journal::Domain {
 public:
  std::vector<std::string> Projections(const tsunagu::journal::v1::Entry& entry) const override;
  std::string Evolve(const tsunagu::journal::v1::Entry& entry, absl::string_view state,
                     journal::States& states,
                     std::optional<std::string>& public_event) const override;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_GIVEN_FOLD_H_
