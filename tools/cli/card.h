// What this machine can know of a certificate before anybody is asked. Whether it is revoked, and
// whether anyone believes it, only the gateway can tell.
#ifndef TOOLS_CLI_CARD_H_
#define TOOLS_CLI_CARD_H_

#include <span>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/hpki/role.h"

namespace tsunagu::cli {

// CL-006: refuses a certificate (PEM) that is not valid at `now`. The other side refuses it in the
// TLS handshake, where nobody says why.
absl::Status CheckCard(absl::string_view pem, absl::Time now);

// CL-020: refuses a certificate (PEM) that is not for authentication, as HPKI's signing ones are
// not, and a private key (PEM) that does not belong to it. The TLS handshake would not say why.
absl::Status CheckAuthentication(absl::string_view pem, absl::string_view key_pem);

// RX-026: refuses a certificate without any of the licences.
absl::Status CheckLicence(absl::string_view pem, std::span<const hpki::Role> wanted);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_CARD_H_
