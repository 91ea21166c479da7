// The states of ltc.journal: packages, their files, and the mailboxes that list them.
#ifndef SERVICES_LTC_FOLD_H_
#define SERVICES_LTC_FOLD_H_

#include <optional>
#include <string>
#include <vector>

#include "services/platform/journal/folder.h"

namespace tsunagu::ltc {

// Aggregate "package/<package id>" (v1.Package); projections "files/<package id>" (v1.Files),
// "mailbox/<pseudonym>" (v1.Mailbox), where the pseudonym is the entry's subject, and
// "contents/<digest>" (v1.Contents). Publishes nothing. Pure and stateless, thread safe.
class PackageDomain : public journal::Domain {
 public:
  std::vector<std::string> Projections(const tsunagu::journal::v1::Entry& entry) const override;
  std::string Evolve(const tsunagu::journal::v1::Entry& entry, absl::string_view state,
                     journal::States& states,
                     std::optional<std::string>& public_event) const override;
};

}  // namespace tsunagu::ltc

#endif  // SERVICES_LTC_FOLD_H_
