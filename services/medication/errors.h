// The errors of the medication service.
#ifndef SERVICES_MEDICATION_ERRORS_H_
#define SERVICES_MEDICATION_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/platform/national/finding.h"
#include "services/platform/status/error.h"

namespace tsunagu::medication {

// MH-101. FILE_TOO_LARGE.
absl::Status FileTooLarge();

// MH-100. FINDINGS: the file has errors and nothing of it was taken. The details hold as many
// findings as fit.
absl::Status FileHasErrors(const national::Findings& findings);

// MH-110. MONTHS_OUT_OF_RANGE, with the fields at fault.
absl::Status MonthsOutOfRange(const std::vector<WrongField>& wrong);

// MH-115. MONTHS_TO_COME: all of the months asked for lie in the future.
absl::Status MonthsToCome();

}  // namespace tsunagu::medication

#endif  // SERVICES_MEDICATION_ERRORS_H_
