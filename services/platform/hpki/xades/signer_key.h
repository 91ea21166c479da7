// The public key of a certificate, without decoding the rest of it.
#ifndef SERVICES_PLATFORM_HPKI_XADES_SIGNER_KEY_H_
#define SERVICES_PLATFORM_HPKI_XADES_SIGNER_KEY_H_

#include "absl/strings/string_view.h"
#include "services/platform/hpki/openssl_ptr.h"

namespace tsunagu::xades {

// Null if the bytes are not exactly one certificate with a readable key. OpenSSL 3.0 takes 0.2 ms
// to decode a certificate, nearly all of it for the key; an RSA key found by hand takes 1 µs. Other
// kinds of keys, which HPKI does not use yet, go the long way. Whatever else the certificate says
// is the path check's to read.
hpki::KeyPtr PublicKeyOf(absl::string_view certificate_der);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_SIGNER_KEY_H_
