// Whom `tsunagu check` believes: certificates and revocation lists that its user names.
#ifndef TOOLS_CLI_CHECK_TRUST_H_
#define TOOLS_CLI_CHECK_TRUST_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/platform/hpki/xades/standing.h"

namespace tsunagu::cli {

// Paths are PEM files, or folders of which all *.pem are read. In `signers` a self-signed
// certificate is a root and any other a CA below one; every certificate in `authorities` is
// believed. INVALID_ARGUMENT (SIG-069) for a path without certificate or list, or with a bad one.
absl::StatusOr<xades::Anchors> ReadAnchors(const std::vector<std::string>& signers,
                                           const std::vector<std::string>& authorities);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_CHECK_TRUST_H_
