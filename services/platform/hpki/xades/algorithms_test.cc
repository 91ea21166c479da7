#include "services/platform/hpki/xades/algorithms.h"

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "absl/strings/escaping.h"
#include "services/platform/hpki/openssl_ptr.h"
#include "services/platform/hpki/xades/test_keys.h"

namespace tsunagu::xades {
namespace {

hpki::KeyPtr Read(const TestKey& key) {
  const hpki::BioPtr bio = hpki::ReadOnlyBio(key.key_pem);
  return hpki::KeyPtr(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

// The examples of FIPS 180-4 for SHA-256, SHA-384 and SHA-512.
TEST(AlgorithmsTest, SIG011DigestsByName) {
  EXPECT_EQ(absl::BytesToHexString(Hash(DigestOf(kSha256Uri), "abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(absl::BytesToHexString(
                Hash(DigestOf("http://www.w3.org/2001/04/xmldsig-more#sha384"), "abc")),
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
            "8086072ba1e7cc2358baeca134c825a7");
  EXPECT_EQ(
      absl::BytesToHexString(Hash(DigestOf("http://www.w3.org/2001/04/xmlenc#sha512"), "abc")),
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
      "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
  EXPECT_EQ(DigestOf("http://www.w3.org/2000/09/xmldsig#sha1"), nullptr);
  EXPECT_EQ(DigestOf(""), nullptr);
}

TEST(AlgorithmsTest, SIG013KeysMustFitTheirMethod) {
  const SignatureMethod rsa = *SignatureMethodOf(kRsaSha256Uri);
  const SignatureMethod ecdsa = *SignatureMethodOf(kEcdsaSha256Uri);
  const hpki::KeyPtr rsa2048 = Read(DoctorKey());
  const hpki::KeyPtr rsa1024 = Read(MakeRsaKey(1024));
  const hpki::KeyPtr p256 = Read(MakeEcKey("P-256"));
  const hpki::KeyPtr p384 = Read(MakeEcKey("P-384"));
  EXPECT_TRUE(Fits(rsa, rsa2048.get()));
  EXPECT_FALSE(Fits(rsa, rsa1024.get()));
  EXPECT_FALSE(Fits(rsa, p256.get()));
  EXPECT_TRUE(Fits(ecdsa, p256.get()));
  EXPECT_FALSE(Fits(ecdsa, p384.get()));
  EXPECT_FALSE(Fits(ecdsa, rsa2048.get()));
  EXPECT_FALSE(MakeValue(rsa, p256.get(), "bytes").ok());
}

TEST(AlgorithmsTest, SIG013EveryAcceptedMethodSignsAndVerifies) {
  const hpki::KeyPtr rsa = Read(DoctorKey());
  const hpki::KeyPtr ec = Read(MakeEcKey("P-256"));
  const char* const kMethods[] = {
      kRsaSha256Uri, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
      "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", kEcdsaSha256Uri};
  for (const char* uri : kMethods) {
    SCOPED_TRACE(uri);
    const SignatureMethod method = *SignatureMethodOf(uri);
    EVP_PKEY* key = method.key_type == EVP_PKEY_EC ? ec.get() : rsa.get();
    const std::string value = *MakeValue(method, key, "bytes");
    EXPECT_TRUE(VerifyValue(method, key, "bytes", value));
    EXPECT_FALSE(VerifyValue(method, key, "Bytes", value));
    std::string changed = value;
    changed[5] = static_cast<char>(changed[5] ^ 1);
    EXPECT_FALSE(VerifyValue(method, key, "bytes", changed));
  }
}

TEST(AlgorithmsTest, SIG013EcdsaValuesAreTwoNumbersOf32Bytes) {
  const hpki::KeyPtr key = Read(MakeEcKey("P-256"));
  const SignatureMethod method = *SignatureMethodOf(kEcdsaSha256Uri);
  // Small numbers are padded, so many values have the same length.
  for (int i = 0; i < 300; ++i) {
    const std::string value = *MakeValue(method, key.get(), std::to_string(i));
    ASSERT_EQ(value.size(), 64u);
    ASSERT_TRUE(VerifyValue(method, key.get(), std::to_string(i), value));
  }
}

TEST(AlgorithmsTest, SIG015NonsenseValuesFailAndLeaveNoErrorBehind) {
  const hpki::KeyPtr rsa = Read(DoctorKey());
  const hpki::KeyPtr ec = Read(MakeEcKey("P-256"));
  ERR_clear_error();
  for (const std::string& value :
       {std::string(), std::string("x"), std::string(64, '\0'), std::string(64, '\xff'),
        std::string(256, '\xff'), std::string(100000, 'a')}) {
    EXPECT_FALSE(VerifyValue(*SignatureMethodOf(kRsaSha256Uri), rsa.get(), "bytes", value));
    EXPECT_FALSE(VerifyValue(*SignatureMethodOf(kEcdsaSha256Uri), ec.get(), "bytes", value));
  }
  EXPECT_EQ(ERR_peek_error(), 0u);
}

TEST(AlgorithmsTest, SIG013OtherMethodsAreUnknown) {
  for (const char* uri : {"", "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
                          "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
                          "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1"}) {
    EXPECT_FALSE(SignatureMethodOf(uri)) << uri;
  }
}

}  // namespace
}  // namespace tsunagu::xades
