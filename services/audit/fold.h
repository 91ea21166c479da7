// Folds audit.records into heads and pages.
#ifndef SERVICES_AUDIT_FOLD_H_
#define SERVICES_AUDIT_FOLD_H_

#include <string>
#include <vector>

#include "services/platform/journal/folder.h"

namespace tsunagu::audit {

// A record is undecodable when it is no audit.v1.Record, has no id, or is keyed by another subject
// than its own. Thread safe.
class AccessFolder : public journal::Folder {
 public:
  // The head only. A full page is put without having been read: its name is not known before the
  // head is, and it never exists before.
  std::vector<std::string> Touches(const journal::Record& record) const override;
  journal::Verdict Apply(const journal::Record& record, journal::States& states,
                         journal::Publications& publications) const override;
};

}  // namespace tsunagu::audit

#endif  // SERVICES_AUDIT_FOLD_H_
