// Whether a certificate can be believed: its path to the pinned root, its policy and purpose, and
// the revocation lists of the whole path.
#ifndef SERVICES_PLATFORM_HPKI_PATH_H_
#define SERVICES_PLATFORM_HPKI_PATH_H_

#include <openssl/x509.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/crl_store.h"

namespace tsunagu::hpki {

// Policies: 1.2.392.100495.1.5.1.<kind>.<level>.<version>, level 3 production and 0 test.
inline constexpr absl::string_view kSigningPolicy = "1.2.392.100495.1.5.1.1.3.1";
inline constexpr absl::string_view kAuthenticationPolicy = "1.2.392.100495.1.5.1.2.3.1";
// Inferred from the pattern of the other two, not seen anywhere.
inline constexpr absl::string_view kOrganisationPolicy = "1.2.392.100495.1.5.1.3.3.1";

// What the certificate is shown for.
enum class Purpose {
  kAuthentication,  // a practitioner in TLS
  kSigning,         // a practitioner under a document
  kOrganisation,    // a facility or terminal in TLS
  kTimeStamping,    // a time-stamp authority; its policies are its own and are not checked
};

// The rule that refused. Stable: the gateway tells it to the caller as the machine-readable reason.
enum class Refusal {
  kCertificateRevoked,
  kCertificateExpired,
  kCertificateNotYetValid,
  kCrlMissing,      // no list, or none of the right scope, for a certificate of the path
  kCrlExpired,      // past nextUpdate
  kCrlNotYetValid,  // before thisUpdate
  kCrlInvalid,      // a list's signature or form is bad
  kPolicyMissing,   // the path does not hold the policy of the purpose; also a test card
  kWrongPurpose,    // e.g. a signing certificate in TLS, or a CA's certificate as a leaf
  kKeyUsage,        // the bit that the purpose needs is not set
  kWeakKey,         // a key under 112 bits of strength, or a weak digest
  kUntrustedRoot,   // no path to the pinned root
  kPathTooLong,     // more CAs than HPKI has
  kBadCertificate,  // a certificate of the path breaks RFC 5280
};

// "CERTIFICATE_REVOKED" and so on.
absl::string_view ReasonOf(Refusal refusal);

// The refusal that Validate() put into the status. Nothing for any other status.
std::optional<Refusal> RefusalOf(const absl::Status& status);

// A file of configured intermediates may hold that many.
inline constexpr size_t kMaxConfiguredIntermediates = 256;

struct ValidateOptions {
  // Lets a missing list of the self-signed root itself pass, and nothing else: the evidence inside
  // a prescription holds the issuing CA's list and the SARL, never the RARL (PKI-012). For
  // signatures only; in TLS leave it off.
  bool excuse_anchor_crl = false;
};

// Validates against one root. Immutable after Create(). Thread safe. A call takes 0.2 ms of CPU,
// most of it RSA signatures of certificates and lists: validate once per connection, not per call.
class PathValidator {
 public:
  // `anchor`: the pinned root, self-signed. `intermediates`: CA certificates that complete a chain
  // when the peer does not send them; they are not trusted by being here.
  static absl::StatusOr<PathValidator> Create(const Certificate& anchor,
                                              std::vector<Certificate> intermediates);

  // From PEM files. `intermediates_path` may be empty.
  static absl::StatusOr<PathValidator> Load(const std::string& anchor_path,
                                            const std::string& intermediates_path);

  // OK when `leaf` can be believed for `purpose` at `at`: the path ends at the root, holds the
  // purpose's policy explicitly, every certificate is valid at that time, and no certificate of the
  // path (the root included) is revoked according to a list that is valid at that time.
  //
  // Otherwise UNAVAILABLE for kCrlMissing, kCrlExpired, kCrlNotYetValid and kCrlInvalid (our lists
  // are at fault, not the caller) and UNAUTHENTICATED for the rest. The message begins with the
  // reason and never names the subject; RefusalOf() gives the reason.
  //
  // `presented`: the CA certificates that came along, in any order; not trusted. `at`: now for TLS,
  // the time stamp's time for a signature.
  absl::Status Validate(const Certificate& leaf, std::span<const Certificate> presented,
                        Purpose purpose, const CrlSet& crls, absl::Time at,
                        const ValidateOptions& options = {}) const;

 private:
  PathValidator(std::shared_ptr<X509_STORE> anchors, std::vector<Certificate> intermediates);

  std::shared_ptr<X509_STORE> anchors_;
  std::vector<Certificate> intermediates_;
};

// Something that makes a path doubtful.
struct Doubt {
  Refusal refusal = Refusal::kBadCertificate;
  int depth = 0;                         // of the certificate in the path; 0: the leaf
  std::optional<absl::Time> revoked_at;  // with kCertificateRevoked
};

// All that is doubtful about a certificate, where Validate() ends with the first: for explaining a
// certificate of another day or of a CA that nobody here knows, not for letting anybody in. `roots`
// may be empty; `others` complete the path and are not trusted. Time-stamp authorities may be roots
// themselves. A list that was made after `at` is as good as one of that time, and the end of the
// path needs none (PKI-012). Each refusal once per certificate.
std::vector<Doubt> Examine(const Certificate& leaf, std::span<const Certificate> roots,
                           std::span<const Certificate> others, Purpose purpose, const CrlSet& crls,
                           absl::Time at);

}  // namespace tsunagu::hpki

#endif  // SERVICES_PLATFORM_HPKI_PATH_H_
