// Verifies RFC 3161 time-stamp tokens of the authorities we trust.
#ifndef SERVICES_PLATFORM_HPKI_TIMESTAMP_VERIFIER_H_
#define SERVICES_PLATFORM_HPKI_TIMESTAMP_VERIFIER_H_

#include <openssl/x509.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tsunagu::timestamp {

// Immutable and thread safe.
class Verifier {
 public:
  // `trusted` are PEM certificates: of authorities themselves (pinned) or of CAs that issue to
  // them. INVALID_ARGUMENT if there is none or one cannot be read.
  static absl::StatusOr<Verifier> Create(std::span<const std::string> trusted);

  // Trusts `certificate_der`, and the path above it that `others` (DER) hold, if any: whether it
  // made a token, not whether to believe it. A token that names its authority's CAs needs these.
  // INVALID_ARGUMENT if the certificate cannot be read.
  static absl::StatusOr<Verifier> Pin(absl::string_view certificate_der,
                                      std::span<const std::string> others = {});

  // The token's genTime (whole seconds) if it was made for `bytes` and signed by a trusted
  // authority whose certificate, for time-stamps only, was valid at genTime. INVALID_ARGUMENT for a
  // token that cannot be read, PERMISSION_DENIED otherwise; the message says why. Revocation is not
  // looked up: an authority that is no longer trusted is taken off the list.
  absl::StatusOr<absl::Time> Verify(absl::string_view token, absl::string_view bytes) const;

 private:
  Verifier() = default;

  std::vector<std::shared_ptr<X509>> trusted_;
  bool ends_anywhere_ = true;  // a trusted certificate ends the path, or a self-signed one only
};

}  // namespace tsunagu::timestamp

#endif  // SERVICES_PLATFORM_HPKI_TIMESTAMP_VERIFIER_H_
