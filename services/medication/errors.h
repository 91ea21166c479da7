// The errors of the medication service.
#ifndef SERVICES_MEDICATION_ERRORS_H_
#define SERVICES_MEDICATION_ERRORS_H_

#include <cstddef>

#include "absl/status/status.h"
#include "google/protobuf/repeated_field.h"
#include "services/platform/national/finding.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::medication {

// Findings in the details of an error may take this much: gRPC carries them as metadata, of which
// clients take 8 KiB.
inline constexpr size_t kMaxDetailBytes = 4 * 1024;

// Appends the findings, errors before warnings, each in their order, until `max_bytes` are full.
void AddFindings(const national::Findings& findings, size_t max_bytes,
                 google::protobuf::RepeatedPtrField<tsunagu::common::v1::Finding>* list);

// MH-101. FILE_TOO_LARGE.
absl::Status FileTooLarge();

// MH-100. FINDINGS: the file has errors and nothing of it was taken. The details hold as many
// findings as fit.
absl::Status FileHasErrors(const national::Findings& findings);

// MH-110. MONTHS_OUT_OF_RANGE, with the fields at fault.
absl::Status MonthsOutOfRange(bool from_month, bool to_month);

}  // namespace tsunagu::medication

#endif  // SERVICES_MEDICATION_ERRORS_H_
