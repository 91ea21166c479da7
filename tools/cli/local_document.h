// Reading a prescription or dispensing document that somebody names.
#ifndef TOOLS_CLI_LOCAL_DOCUMENT_H_
#define TOOLS_CLI_LOCAL_DOCUMENT_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/platform/hpki/xades/document.h"

namespace tsunagu::cli {

// As xades::ReadDocument: no signature is verified. INVALID_ARGUMENT with the findings about `what`
// where that names rules only.
absl::StatusOr<xades::UnverifiedDocument> ReadLocalDocument(absl::string_view what,
                                                            absl::string_view xml);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_LOCAL_DOCUMENT_H_
