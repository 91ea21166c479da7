#include "services/platform/access/ed25519.h"

#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "services/platform/access/test_key.h"

namespace tsunagu::access {
namespace {

// RFC 8032, 7.1, test 2.
constexpr char kSeed[] = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
constexpr char kSignature[] =
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
constexpr char kMessage[] = "\x72";

// A private key under a passphrase, made by openssl pkey -aes256.
constexpr char kEncrypted[] = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjiAXLyu16htAICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEENewWPEBbvGEwAT2X++JRC0EQMap
tYdhNdtBRe74B4Q7a8o1UszBlb2MeUZTXfO46cxDmfHy3mV6ZF8dMChp46OiglPe
1oF3eTzu6WPXkqVGs2w=
-----END ENCRYPTED PRIVATE KEY-----
)";

TestKey Rfc8032() { return MakeTestKey(absl::HexStringToBytes(kSeed)); }

TEST(Ed25519Test, SignsAsTheStandardSays) {
  const auto key = Ed25519PrivateKey::FromPem(Rfc8032().private_pem);
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(absl::BytesToHexString(key->Sign(kMessage)), kSignature);
}

TEST(Ed25519Test, VerifiesWhatTheStandardSigned) {
  const auto key = Ed25519PublicKey::FromPem(Rfc8032().public_pem);
  ASSERT_TRUE(key.ok());
  const std::string signature = absl::HexStringToBytes(kSignature);
  EXPECT_TRUE(key->Verify(kMessage, signature));
  EXPECT_FALSE(key->Verify("\x73", signature));
  EXPECT_FALSE(key->Verify("", signature));
  EXPECT_FALSE(key->Verify(kMessage, ""));
  EXPECT_FALSE(key->Verify(kMessage, signature.substr(1)));
}

TEST(Ed25519Test, NoBitOfASignatureMayFlip) {
  const auto key = Ed25519PublicKey::FromPem(Rfc8032().public_pem);
  const std::string signature = absl::HexStringToBytes(kSignature);
  for (size_t bit = 0; bit < 8 * signature.size(); ++bit) {
    std::string forged = signature;
    forged[bit / 8] ^= static_cast<char>(1 << (bit % 8));
    EXPECT_FALSE(key->Verify(kMessage, forged)) << bit;
  }
}

TEST(Ed25519Test, OtherTextIsNoKey) {
  for (const std::string& text : {std::string(), std::string("key"), std::string(kEncrypted),
                                  Rfc8032().public_pem.substr(0, 40)}) {
    EXPECT_EQ(Ed25519PrivateKey::FromPem(text).status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(Ed25519PublicKey::FromPem(text).status().code(), absl::StatusCode::kInvalidArgument);
  }
}

TEST(Ed25519Test, PublicAndPrivateAreNotTakenForEachOther) {
  EXPECT_FALSE(Ed25519PrivateKey::FromPem(Rfc8032().public_pem).ok());
  EXPECT_FALSE(Ed25519PublicKey::FromPem(Rfc8032().private_pem).ok());
}

TEST(Ed25519Test, EqualKeysAreEqual) {
  const auto key = Ed25519PublicKey::FromPem(Rfc8032().public_pem);
  const auto other = Ed25519PublicKey::FromPem(MakeTestKey(std::string(32, 'x')).public_pem);
  EXPECT_TRUE(*key == *Ed25519PublicKey::FromPem(Rfc8032().public_pem));
  EXPECT_FALSE(*key == *other);
}

}  // namespace
}  // namespace tsunagu::access
