// Reading submitted documents however wrong they are, so that all findings come at once. Internal
// to what judges documents. All functions are thread safe.
#ifndef SERVICES_PRESCRIPTION_SUBMISSION_READ_H_
#define SERVICES_PRESCRIPTION_SUBMISSION_READ_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/verify.h"
#include "services/platform/national/finding.h"
#include "services/prescription/errors.h"
#include "services/prescription/record/records.h"

namespace tsunagu::prescription {

void AppendFindings(const national::Findings& from, national::Findings& to);

// The content of a document whatever its signatures are worth, so that its record file is checked
// too. Nothing when the envelope is broken; its findings are in `verification`.
std::optional<xades::UnverifiedDocument> ReadContent(absl::string_view document,
                                                     xades::DocumentKind kind,
                                                     const xades::Verification& verification,
                                                     bool is_signed, DocumentFindings& findings);

// The file however wrong its lines are, so that they do not hide what else is wrong. What is
// missing or unreadable in it is told already and not to be judged again.
std::optional<record::RecordFile> ReadAnyway(absl::string_view payload, record::Format format);

inline bool IsKnown(absl::CivilDay day) { return day != absl::CivilDay(); }

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_SUBMISSION_READ_H_
