// The errors of the medication service.
#ifndef SERVICES_MEDICATION_ERRORS_H_
#define SERVICES_MEDICATION_ERRORS_H_

#include "absl/status/status.h"
#include "services/platform/national/finding.h"

namespace tsunagu::medication {

// MH-101. FILE_TOO_LARGE.
absl::Status FileTooLarge();

// MH-100. FINDINGS: the file has errors and nothing of it was taken. The details hold as many
// findings as fit.
absl::Status FileHasErrors(const national::Findings& findings);

// MH-110. MONTHS_OUT_OF_RANGE, with the fields at fault.
absl::Status MonthsOutOfRange(bool from_month, bool to_month);

}  // namespace tsunagu::medication

#endif  // SERVICES_MEDICATION_ERRORS_H_
