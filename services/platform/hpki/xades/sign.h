// Signs e-prescription documents the way a clinic's or pharmacy's software does (level ES): three
// references, exclusive canonicalisation for KeyInfo and SignedProperties, no transform on the
// data.
#ifndef SERVICES_PLATFORM_HPKI_XADES_SIGN_H_
#define SERVICES_PLATFORM_HPKI_XADES_SIGN_H_

#include <openssl/evp.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/hpki/xades/layout.h"

namespace tsunagu::xades {

// A signing key with its certificate. Immutable and thread safe; copies share the key.
class Signer {
 public:
  // RSA of 2048 bits or more, or P-256. INVALID_ARGUMENT if one of the PEM texts cannot be read,
  // the key is of another kind, or the two do not belong together.
  static absl::StatusOr<Signer> Create(absl::string_view key_pem, absl::string_view cert_pem);

  // With a key that is elsewhere, such as on a card: its use may fail later (INTERNAL).
  static absl::StatusOr<Signer> WithKey(std::shared_ptr<EVP_PKEY> key, absl::string_view cert_pem);

  // `document` as document.h builds it: the element for the signature is there and empty
  // (FAILED_PRECONDITION otherwise; INVALID_ARGUMENT if the document cannot be read). Every byte
  // outside that element stays. `time` is written in Japan's time, to the second.
  absl::StatusOr<std::string> Sign(absl::string_view document, DocumentKind kind,
                                   absl::Time time) const;

 private:
  Signer() = default;

  std::shared_ptr<EVP_PKEY> key_;
  std::string certificate_;  // DER
  std::string method_;       // URI of the signature method
};

// One-off forms.
absl::StatusOr<std::string> SignPrescription(absl::string_view document, absl::string_view key_pem,
                                             absl::string_view cert_pem, absl::Time time);
absl::StatusOr<std::string> SignDispensing(absl::string_view document, absl::string_view key_pem,
                                           absl::string_view cert_pem, absl::Time time);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_SIGN_H_
