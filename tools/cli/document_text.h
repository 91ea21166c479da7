// A prescription or dispensing document in words, for the person who has the patient before them.
#ifndef TOOLS_CLI_DOCUMENT_TEXT_H_
#define TOOLS_CLI_DOCUMENT_TEXT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tsunagu::cli {

// Who the patient is, who wrote, signed and when, and every drug with amount, quantity, usage and
// notes. Says whether the signature fits the document; whether the certificate is valid only the
// service can tell. INVALID_ARGUMENT for any other file; for one whose record breaks rules, with
// the findings.
absl::StatusOr<std::string> DocumentText(absl::string_view xml);

// The same; of what cannot be shown, that.
std::string DocumentTextIfAny(absl::string_view xml);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_DOCUMENT_TEXT_H_
