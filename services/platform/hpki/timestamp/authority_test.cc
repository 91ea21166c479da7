#include "services/platform/hpki/timestamp/authority.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/hpki/timestamp/token.h"
#include "services/platform/hpki/timestamp/verifier.h"
#include "services/platform/hpki/xades/test_keys.h"

namespace tsunagu::timestamp {
namespace {

using xades::AuthorityKey;
using xades::DoctorKey;
using xades::PharmacistKey;

constexpr char kPolicy[] = "0.2.440.200185.1.1.1.1";
const absl::Time kTime = absl::FromUnixSeconds(1795000000);

absl::StatusOr<Authority> MakeAuthority(absl::Time time = kTime) {
  return Authority::Create(AuthorityKey().key_pem, AuthorityKey().cert_pem,
                           {kPolicy, [time] { return time; }});
}

Verifier TrustAuthority() {
  const std::vector<std::string> trusted = {AuthorityKey().cert_pem};
  return *Verifier::Create(trusted);
}

// SIG-025
TEST(AuthorityTest, SIG025ATokenNamesTimePolicyImprintAndAuthority) {
  const absl::StatusOr<std::string> der = MakeAuthority()->Stamp("bytes");
  ASSERT_TRUE(der.ok());
  const absl::StatusOr<Token> token = ReadToken(*der);
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ(token->gen_time, kTime);
  EXPECT_EQ(token->policy, kPolicy);
  EXPECT_EQ(token->imprint.size(), 32u);
  EXPECT_EQ(token->authority_certificate, AuthorityKey().cert_der);
  EXPECT_TRUE(IsImprintOf(*token, "bytes"));
  EXPECT_FALSE(IsImprintOf(*token, "Bytes"));
}

TEST(AuthorityTest, SIG025FractionsOfASecondAreCutOff) {
  const std::string der = *MakeAuthority(kTime + absl::Milliseconds(999))->Stamp("");
  EXPECT_EQ(ReadToken(der)->gen_time, kTime);
}

TEST(AuthorityTest, SIG025TokensOfTheSameBytesDiffer) {
  const Authority authority = *MakeAuthority();
  std::set<std::string> tokens;
  for (int i = 0; i < 20; ++i) tokens.insert(*authority.Stamp("bytes"));
  EXPECT_EQ(tokens.size(), 20u);
}

TEST(AuthorityTest, SIG025AnAuthorityWithAnEllipticKeyStampsToo) {
  const xades::TestKey key = xades::MakeEcKey("P-256", /*for_time_stamps=*/true);
  const Authority authority =
      *Authority::Create(key.key_pem, key.cert_pem, {kPolicy, [] { return kTime; }});
  const std::string token = *authority.Stamp("bytes");
  const std::vector<std::string> trusted = {key.cert_pem};
  EXPECT_EQ(*Verifier::Create(trusted)->Verify(token, "bytes"), kTime);
  EXPECT_TRUE(absl::IsPermissionDenied(TrustAuthority().Verify(token, "bytes").status()));
}

TEST(AuthorityTest, UnsuitableMaterialIsRefused) {
  const struct {
    const char* what;
    std::string key, certificate, policy;
  } kCases[] = {
      {"no key", "", AuthorityKey().cert_pem, kPolicy},
      {"no certificate", AuthorityKey().key_pem, "-----BEGIN", kPolicy},
      {"another key", DoctorKey().key_pem, AuthorityKey().cert_pem, kPolicy},
      {"not for time-stamps", DoctorKey().key_pem, DoctorKey().cert_pem, kPolicy},
      {"no policy", AuthorityKey().key_pem, AuthorityKey().cert_pem, ""},
      {"a policy that is no OID", AuthorityKey().key_pem, AuthorityKey().cert_pem, "policy"},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(Authority::Create(test.key, test.certificate, {test.policy}).status().code(),
              absl::StatusCode::kInvalidArgument)
        << test.what;
  }
}

TEST(AuthorityTest, ThreadsMayStampAtTheSameTime) {
  const Authority authority = *MakeAuthority();
  const Verifier verifier = TrustAuthority();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&authority, &verifier, t] {
      for (int i = 0; i < 10; ++i) {
        const std::string bytes = std::to_string(t * 100 + i);
        EXPECT_EQ(*verifier.Verify(*authority.Stamp(bytes), bytes), kTime);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// SIG-026
TEST(VerifierTest, SIG026ATrustedAuthoritysTokenGivesItsTime) {
  const std::string token = *MakeAuthority()->Stamp("bytes");
  EXPECT_EQ(*TrustAuthority().Verify(token, "bytes"), kTime);
}

TEST(VerifierTest, SIG026AnotherAuthoritysTokenIsRefused) {
  const std::vector<std::string> trusted = {DoctorKey().cert_pem, PharmacistKey().cert_pem};
  const std::string token = *MakeAuthority()->Stamp("bytes");
  EXPECT_EQ(Verifier::Create(trusted)->Verify(token, "bytes").status().code(),
            absl::StatusCode::kPermissionDenied);
}

TEST(VerifierTest, SIG026ATokenOfOtherBytesIsRefused) {
  const std::string token = *MakeAuthority()->Stamp("bytes");
  EXPECT_EQ(TrustAuthority().Verify(token, "other").status().code(),
            absl::StatusCode::kPermissionDenied);
}

TEST(VerifierTest, SIG026TheAuthoritysCertificateMustBeValidAtGenTime) {
  for (const absl::Time time :
       {absl::FromUnixSeconds(1500000000), absl::FromUnixSeconds(2600000000)}) {
    const std::string token = *MakeAuthority(time)->Stamp("bytes");
    EXPECT_EQ(TrustAuthority().Verify(token, "bytes").status().code(),
              absl::StatusCode::kPermissionDenied);
  }
}

TEST(VerifierTest, SIG026NoChangedByteOfATokenChangesItsTime) {
  const std::string token = *MakeAuthority()->Stamp("bytes");
  const Verifier verifier = TrustAuthority();
  for (size_t at = 0; at < token.size(); at += 3) {
    std::string changed = token;
    changed[at] = static_cast<char>(changed[at] ^ 0x01);
    const absl::StatusOr<absl::Time> time = verifier.Verify(changed, "bytes");
    EXPECT_EQ(time.value_or(kTime), kTime) << at;
  }
}

TEST(VerifierTest, SIG020GarbageAndTruncatedTokensAreRefused) {
  const std::string token = *MakeAuthority()->Stamp("bytes");
  const Verifier verifier = TrustAuthority();
  for (const std::string& bytes :
       {std::string(), std::string("x"), std::string("\x30\x80", 2), token + "x",
        AuthorityKey().cert_der, token.substr(0, token.size() - 1)}) {
    EXPECT_EQ(verifier.Verify(bytes, "bytes").status().code(), absl::StatusCode::kInvalidArgument);
  }
  for (size_t length = 0; length < token.size(); length += 17) {
    EXPECT_FALSE(ReadToken(token.substr(0, length)).ok()) << length;
  }
}

TEST(VerifierTest, TrustMustBeReadableAndNotEmpty) {
  EXPECT_FALSE(Verifier::Create({}).ok());
  const std::vector<std::string> trusted = {AuthorityKey().cert_pem, "nonsense"};
  EXPECT_FALSE(Verifier::Create(trusted).ok());
}

}  // namespace
}  // namespace tsunagu::timestamp
