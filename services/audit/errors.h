// The errors of the audit service.
#ifndef SERVICES_AUDIT_ERRORS_H_
#define SERVICES_AUDIT_ERRORS_H_

#include "absl/status/status.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::audit {

// AU-010. PAGE_SIZE_OUT_OF_RANGE.
absl::Status PageSizeOutOfRange();

// AU-011. PAGE_TOKEN_UNKNOWN: not ours, or of another person.
absl::Status PageTokenUnknown();

// AU-012. OK when the identity names one person for certain: insurer, number, and branch where one
// is needed. Otherwise IDENTITY_INCOMPLETE with every field at fault.
absl::Status CheckComplete(const tsunagu::common::v1::InsuredIdentity& identity);

// AU-014. INSURER_NOT_OWN: the caller is not enrolled for that insurer number.
absl::Status InsurerNotOwn();

}  // namespace tsunagu::audit

#endif  // SERVICES_AUDIT_ERRORS_H_
