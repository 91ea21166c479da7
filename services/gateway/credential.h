// What a client certificate proves: whose it is and which licences it asserts, if it can be
// believed.
#ifndef SERVICES_GATEWAY_CREDENTIAL_H_
#define SERVICES_GATEWAY_CREDENTIAL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/access/verdict_cache.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/crl_store.h"
#include "services/platform/hpki/path.h"
#include "tsunagu/access/v1/access.pb.h"

namespace tsunagu::gateway {

// How long a verdict is remembered at most: the certificates above the leaf end, too.
inline constexpr absl::Duration kMaxVerdictAge = absl::Hours(1);
// How long a refusal is remembered. Short, for the chain that was presented with the certificate
// may be at fault, and the next connection may present a better one.
inline constexpr absl::Duration kRefusalAge = absl::Seconds(10);
inline constexpr size_t kRememberedVerdicts = 16'384;

// A certificate that was believed. For metrics and logs use the start of the fingerprint.
struct Credential {
  access::v1::Credential kind = access::v1::CREDENTIAL_UNSPECIFIED;
  std::string fingerprint;              // SHA-256 of the certificate, hex
  std::string key_fingerprint;          // SHA-256 of its public key, hex
  std::string issuer;                   // RFC 2253
  std::string serial;                   // hex
  std::vector<access::v1::Role> roles;  // licences of a practitioner, at least one
  std::string facility_code;            // OU of an organisation's certificate
};

// The verdict on one certificate.
struct Verdict {
  absl::Status status;  // why not; `credential` then has at most its fingerprint
  Credential credential;
  uint64_t crl_generation;  // of the lists it was checked against
  absl::Time good_until;    // ask again from then on
};

// Checks certificates against the pinned root and the current revocation lists, and remembers the
// verdicts by the certificate: until the lists change, the first of them expires, or the
// certificate ends. Thread safe.
class CredentialChecker {
 public:
  // `crls` must outlive the checker.
  CredentialChecker(hpki::PathValidator validator, hpki::CrlStore* crls)
      : validator_(std::move(validator)), crls_(crls), verdicts_(kRememberedVerdicts) {}

  // `leaf_pem` and `chain_pem`: what the TLS peer presented. Never null.
  std::shared_ptr<const Verdict> Check(absl::string_view leaf_pem, absl::string_view chain_pem,
                                       absl::Time now);

 private:
  Verdict Examine(absl::string_view leaf_pem, absl::string_view chain_pem,
                  const hpki::CrlStore::Snapshot& lists, absl::Time now) const;

  const hpki::PathValidator validator_;
  hpki::CrlStore* const crls_;
  access::VerdictCache<Verdict> verdicts_;
};

// The roles of access rules among the licences of hcRole. A manager qualification is none
// (PKI-022).
std::vector<access::v1::Role> LicencesOf(const std::vector<hpki::Role>& roles);

}  // namespace tsunagu::gateway

#endif  // SERVICES_GATEWAY_CREDENTIAL_H_
