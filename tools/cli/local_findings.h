// Findings of checks that this program makes itself, as the error that a service would answer.
#ifndef TOOLS_CLI_LOCAL_FINDINGS_H_
#define TOOLS_CLI_LOCAL_FINDINGS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/platform/national/finding.h"

namespace tsunagu::cli {

// CL-011
inline constexpr national::Rule kEmptyFile = {"CL-011", national::Severity::kError,
                                              "ファイルが空です。", "the file is empty"};

// OK unless a finding is an error; then INVALID_ARGUMENT about `what` with all findings as its
// detail, as findings of the record.
absl::Status RefuseErrors(absl::string_view what, const national::Findings& findings);
// The same as RefuseErrors, as findings of the signature.
absl::Status RefuseSignature(absl::string_view what, const national::Findings& findings);

// Whether the record may have been cut off (RX-109).
bool IsCutOff(const national::Findings& findings);
// CL-018: refuses such a record, for who has not said --anyway.
absl::Status RefuseCutOff(absl::string_view what, const national::Findings& findings);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_LOCAL_FINDINGS_H_
