// The digest and signature algorithms that a signature may use. Everything not here is refused.
#ifndef SERVICES_PLATFORM_HPKI_XADES_ALGORITHMS_H_
#define SERVICES_PLATFORM_HPKI_XADES_ALGORITHMS_H_

#include <openssl/evp.h>

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tsunagu::xades {

inline constexpr char kSha256Uri[] = "http://www.w3.org/2001/04/xmlenc#sha256";
inline constexpr char kRsaSha256Uri[] = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
inline constexpr char kEcdsaSha256Uri[] = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";

// RSA keys shorter than this are refused (CRYPTREC: 112 bits of security).
inline constexpr int kMinRsaBits = 2048;

// SHA-256, SHA-384 or SHA-512 by its XML name; null for any other. Never freed.
const EVP_MD* DigestOf(absl::string_view uri);

std::string Hash(const EVP_MD* digest, absl::string_view bytes);

struct SignatureMethod {
  int key_type = 0;  // EVP_PKEY_RSA or EVP_PKEY_EC
  const EVP_MD* digest = nullptr;
};

// RSA PKCS#1 v1.5 with SHA-256, -384 or -512, or ECDSA on P-256 with SHA-256.
std::optional<SignatureMethod> SignatureMethodOf(absl::string_view uri);

// Whether the key may be used with that method: its type, its length or its curve.
bool Fits(const SignatureMethod& method, const EVP_PKEY* key);

// `value` as XML Signature has it: an ECDSA value is r and s of 32 bytes each. The key must fit.
bool VerifyValue(const SignatureMethod& method, EVP_PKEY* key, absl::string_view bytes,
                 absl::string_view value);

// Makes such a value. INVALID_ARGUMENT when the key does not fit.
absl::StatusOr<std::string> MakeValue(const SignatureMethod& method, EVP_PKEY* key,
                                      absl::string_view bytes);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_ALGORITHMS_H_
