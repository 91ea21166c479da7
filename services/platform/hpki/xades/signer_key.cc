#include "services/platform/hpki/xades/signer_key.h"

#include <openssl/asn1.h>

namespace tsunagu::xades {
namespace {

// The content of AlgorithmIdentifier { rsaEncryption, NULL } (RFC 3279 2.3.1).
constexpr absl::string_view kRsaEncryption("\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01\x05\x00",
                                           13);
// What stands before subjectPublicKeyInfo in TBSCertificate behind the version (RFC 5280 4.1):
// serialNumber, signature, issuer, validity, subject.
constexpr int kTagsBeforeKey[] = {V_ASN1_INTEGER, V_ASN1_SEQUENCE, V_ASN1_SEQUENCE, V_ASN1_SEQUENCE,
                                  V_ASN1_SEQUENCE};

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Takes one element of definite length off `rest`; false if it is not that tag of that class.
bool Take(absl::string_view* rest, int tag, int tag_class, absl::string_view* content) {
  const unsigned char* at = Bytes(*rest);
  long length = 0;
  int found_tag = 0, found_class = 0;
  const int flags =
      ASN1_get_object(&at, &length, &found_tag, &found_class, static_cast<long>(rest->size()));
  // 0x80: an error or too long; 0x01: indefinite length, which DER has not.
  if ((flags & 0x81) != 0 || found_tag != tag || found_class != tag_class) return false;
  const size_t header = static_cast<size_t>(at - Bytes(*rest));
  *content = rest->substr(header, static_cast<size_t>(length));
  rest->remove_prefix(header + static_cast<size_t>(length));
  return true;
}

bool TakeUniversal(absl::string_view* rest, int tag, absl::string_view* content) {
  return Take(rest, tag, V_ASN1_UNIVERSAL, content);
}

// The content of subjectPublicKeyInfo.
bool FindKeyInfo(absl::string_view der, absl::string_view* key_info) {
  absl::string_view certificate, tbs, content;
  if (!TakeUniversal(&der, V_ASN1_SEQUENCE, &certificate) || !der.empty()) return false;
  if (!TakeUniversal(&certificate, V_ASN1_SEQUENCE, &tbs)) return false;
  Take(&tbs, 0, V_ASN1_CONTEXT_SPECIFIC, &content);  // the version, absent in version 1
  for (const int tag : kTagsBeforeKey) {
    if (!TakeUniversal(&tbs, tag, &content)) return false;
  }
  return TakeUniversal(&tbs, V_ASN1_SEQUENCE, key_info);
}

}  // namespace

hpki::KeyPtr PublicKeyOf(absl::string_view certificate_der) {
  const hpki::ScopedErrorMark mark;
  absl::string_view key_info, algorithm, key;
  if (!FindKeyInfo(certificate_der, &key_info) ||
      !TakeUniversal(&key_info, V_ASN1_SEQUENCE, &algorithm) ||
      !TakeUniversal(&key_info, V_ASN1_BIT_STRING, &key)) {
    return nullptr;
  }
  if (algorithm != kRsaEncryption) {
    const hpki::X509Ptr certificate = hpki::ReadX509(certificate_der);
    return hpki::KeyPtr(certificate == nullptr ? nullptr : X509_get_pubkey(certificate.get()));
  }
  if (key.empty() || key[0] != '\0') return nullptr;  // unused bits
  key.remove_prefix(1);
  const unsigned char* at = Bytes(key);
  hpki::KeyPtr result(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, static_cast<long>(key.size())));
  return at == Bytes(key) + key.size() ? std::move(result) : nullptr;
}

}  // namespace tsunagu::xades
