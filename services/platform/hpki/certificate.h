// One X.509 certificate and what HPKI says in it. Reading a certificate proves nothing: only
// PathValidator (path.h) says whether to believe it.
#ifndef SERVICES_PLATFORM_HPKI_CERTIFICATE_H_
#define SERVICES_PLATFORM_HPKI_CERTIFICATE_H_

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/hpki/role.h"

namespace tsunagu::hpki {

// Limits on what a peer may hand us. Genuine certificates have 1.2 to 1.6 kB of DER, chains two.
inline constexpr size_t kMaxCertificateBytes = 64 * 1024;
inline constexpr size_t kMaxPresentedCertificates = 8;

// The subject's attributes, in UTF-8. A value is empty when the attribute is absent, or occurs
// more than once: then nobody can say which one is meant.
// For a person: CN is the name in romaji, japanese_name as it is written, O (if any) what was
// applied for, which is not where the person works today. For a facility: O its name, OU its code
// of ten digits, CN the terminal.
struct SubjectName {
  std::string common_name;
  std::string organization;
  std::string organizational_unit;
  std::string serial_number;  // the subscriber's number at this CA; not the licence's number
  std::string japanese_name;  // CN of the directoryName in subjectAltName; some CAs write none
};

// Immutable and cheap to copy: copies share one parsed certificate. Thread safe.
class Certificate {
 public:
  // The first certificate in the text; what stands around it is ignored. INVALID_ARGUMENT when
  // there is none, when it is too long, or when an extension cannot be decoded.
  static absl::StatusOr<Certificate> FromPem(absl::string_view pem);

  // Exactly one certificate and nothing behind it.
  static absl::StatusOr<Certificate> FromDer(absl::string_view der);

  // Every certificate in the text, in its order; empty for a text without any. INVALID_ARGUMENT
  // when one is bad or there are more than `limit`.
  static absl::StatusOr<std::vector<Certificate>> ListFromPem(
      absl::string_view pem, size_t limit = kMaxPresentedCertificates);

  // SHA-256 of the DER, 64 lower-case hex digits: names this certificate and no other.
  const std::string& fingerprint() const;

  // SHA-256 of the SubjectPublicKeyInfo, 64 lower-case hex digits.
  const std::string& key_fingerprint() const;

  // The issuer's name in RFC 2253 form, and the serial number in upper-case hex without leading
  // zeros ("0" for zero). Together they name the certificate to its CA.
  const std::string& issuer() const;
  const std::string& serial() const;

  const SubjectName& subject() const;

  absl::Time not_before() const;
  absl::Time not_after() const;

  // Bits KU_* of OpenSSL. 0 when the extension is absent, which OpenSSL itself reports as all bits.
  uint32_t key_usage() const;

  // The OIDs of certificatePolicies in dotted form; empty when the extension is absent.
  const std::vector<std::string>& policies() const;

  // The texts in hcRole, known to us or not; empty when there is none. INVALID_ARGUMENT when the
  // extension is malformed or there twice.
  const absl::StatusOr<std::vector<std::string>>& role_names() const;

  // Those of role_names() that are in the table, each once. An unknown text gives no role. The
  // error of role_names() when that is malformed: then refuse, do not treat it as "no role".
  absl::StatusOr<std::vector<Role>> Roles() const;

  std::string ToDer() const;

  // Owned by the certificate. Never null.
  EVP_PKEY* public_key() const;
  X509* get() const;

 private:
  struct Data;
  explicit Certificate(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  static absl::StatusOr<Certificate> FromX509(X509* owned);

  std::shared_ptr<const Data> data_;
};

// What a TLS peer presented: its own certificate and the CA certificates it sent along.
struct PresentedChain {
  Certificate leaf;
  std::vector<Certificate> chain;
};

// From the two properties of gRPC's AuthContext: "x509_pem_cert" is the leaf; "x509_pem_cert_chain"
// holds the other certificates (on a server of gRPC 1.51 the leaf is not among them; were it, it
// would do no harm) and may be empty.
absl::StatusOr<PresentedChain> ReadPresentedChain(absl::string_view leaf_pem,
                                                  absl::string_view chain_pem);

}  // namespace tsunagu::hpki

#endif  // SERVICES_PLATFORM_HPKI_CERTIFICATE_H_
