#include "services/platform/hpki/xades/signer_key.h"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include <string>

#include "services/platform/hpki/xades/test_keys.h"

namespace tsunagu::xades {
namespace {

// What OpenSSL says the key is.
hpki::KeyPtr Reference(const std::string& der) {
  const hpki::X509Ptr certificate = hpki::ReadX509(der);
  return hpki::KeyPtr(certificate == nullptr ? nullptr : X509_get_pubkey(certificate.get()));
}

TEST(SignerKeyTest, SIG016TheKeyIsTheOneThatOpensslReads) {
  const std::string certificates[] = {DoctorKey().cert_der, AuthorityKey().cert_der,
                                      MakeRsaKey(3072).cert_der, MakeEcKey("P-256").cert_der};
  for (const std::string& der : certificates) {
    const hpki::KeyPtr key = PublicKeyOf(der);
    ASSERT_NE(key, nullptr);
    EXPECT_EQ(EVP_PKEY_eq(key.get(), Reference(der).get()), 1);
  }
}

TEST(SignerKeyTest, SIG016NoCertificateMakesTheTwoDisagree) {
  // The path check trusts what OpenSSL reads: a certificate that we read otherwise must not exist.
  const std::string original = DoctorKey().cert_der;
  for (size_t at = 0; at < original.size(); ++at) {
    for (const int flip : {0x01, 0x80}) {
      std::string changed = original;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      const hpki::KeyPtr key = PublicKeyOf(changed);
      if (key == nullptr) continue;
      const hpki::KeyPtr reference = Reference(changed);
      if (reference == nullptr) continue;
      EXPECT_EQ(EVP_PKEY_eq(key.get(), reference.get()), 1) << at;
    }
  }
}

TEST(SignerKeyTest, SIG016WhatIsNoCertificateHasNoKey) {
  const std::string original = DoctorKey().cert_der;
  ERR_clear_error();
  for (size_t length = 0; length < original.size(); ++length) {
    EXPECT_EQ(PublicKeyOf(original.substr(0, length)), nullptr) << length;
  }
  for (const std::string& bytes :
       {original + "x", std::string("\x30\x80\x00\x00", 4), std::string("garbage"),
        std::string("\x30\x84\xff\xff\xff\xff", 6), AuthorityCrlDer()}) {
    EXPECT_EQ(PublicKeyOf(bytes), nullptr);
  }
  EXPECT_EQ(ERR_peek_error(), 0u);
}

}  // namespace
}  // namespace tsunagu::xades
