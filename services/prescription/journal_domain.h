// The fold of prescription.journal: its aggregates by their prefix.
#ifndef SERVICES_PRESCRIPTION_JOURNAL_DOMAIN_H_
#define SERVICES_PRESCRIPTION_JOURNAL_DOMAIN_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/platform/journal/folder.h"
#include "services/prescription/fold.h"
#include "services/prescription/given_fold.h"

namespace tsunagu::prescription {

// Thread safe.
class JournalDomain : public journal::Domain {
 public:
  std::vector<std::string> Projections(const tsunagu::journal::v1::Entry& entry) const override {
    return Of(entry).Projections(entry);
  }
  std::string Evolve(const tsunagu::journal::v1::Entry& entry, absl::string_view state,
                     journal::States& states,
                     std::optional<std::string>& public_event) const override {
    return Of(entry).Evolve(entry, state, states, public_event);
  }

 private:
  const journal::Domain& Of(const tsunagu::journal::v1::Entry& entry) const {
    if (IsGiven(entry)) return given_;
    return prescriptions_;
  }

  PrescriptionDomain prescriptions_;
  GivenDomain given_;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_JOURNAL_DOMAIN_H_
