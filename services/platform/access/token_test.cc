#include "services/platform/access/token.h"

#include <gtest/gtest.h>

#include <thread>

#include "services/platform/access/test_key.h"
#include "services/platform/access/timestamp.h"
#include "services/platform/status/error.h"

namespace tsunagu::access {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

TestKey Key(char seed) { return MakeTestKey(std::string(32, seed)); }

TokenSigner Signer(const char* id, char seed) {
  return *TokenSigner::Create(id, Key(seed).private_pem);
}

TrustedKeys Trusted() {
  return {.principals = {{"gateway", Key('g').public_pem}},
          .care_contexts = {
              {"eligibility",
               Key('e').public_pem,
               {v1::CONTEXT_SOURCE_CARD_READER, v1::CONTEXT_SOURCE_ORAL}},
              {"emergency", Key('m').public_pem, {v1::CONTEXT_SOURCE_EMERGENCY}},
          }};
}

class TokenTest : public testing::Test {
 protected:
  TokenTest() : verifier_(*TokenVerifier::Create(Trusted())) {}

  v1::Principal MakePrincipal() const {
    v1::Principal principal;
    principal.set_credential(v1::CREDENTIAL_PRACTITIONER);
    principal.set_actor("a1");
    principal.set_facility("1311111111");
    *principal.mutable_issued_at() = ToTimestamp(kNow);
    *principal.mutable_expires_at() = ToTimestamp(kNow + absl::Minutes(1));
    return principal;
  }

  v1::CareContext MakeContext(v1::ContextSource source = v1::CONTEXT_SOURCE_ORAL) const {
    v1::CareContext context;
    context.set_id("c1");
    context.add_subjects("00112233445566778899aabbccddeeff");
    context.set_facility("1311111111");
    context.set_source(source);
    *context.mutable_issued_at() = ToTimestamp(kNow);
    *context.mutable_expires_at() = ToTimestamp(kNow + absl::Hours(24));
    return context;
  }

  template <typename Result>
  void ExpectRefused(const Result& result, absl::StatusCode code, const char* reason,
                     const char* rule) {
    EXPECT_EQ(result.status().code(), code);
    EXPECT_EQ(ReasonOf(result.status()), reason);
    EXPECT_EQ(RuleOf(result.status()), rule);
  }

  void ExpectPrincipalRefused(const std::string& token, const char* reason, const char* rule) {
    ExpectRefused(verifier_->VerifyPrincipal(token, kNow), absl::StatusCode::kUnauthenticated,
                  reason, rule);
  }

  void ExpectContextRefused(const std::string& token, const char* reason, const char* rule) {
    ExpectRefused(verifier_->VerifyCareContext(token, kNow), absl::StatusCode::kPermissionDenied,
                  reason, rule);
  }

  const TokenSigner gateway_ = Signer("gateway", 'g');
  const TokenSigner eligibility_ = Signer("eligibility", 'e');
  const TokenSigner emergency_ = Signer("emergency", 'm');
  std::unique_ptr<TokenVerifier> verifier_;
};

TEST_F(TokenTest, APrincipalArrivesAsItWasSigned) {
  const auto principal = verifier_->VerifyPrincipal(gateway_.Sign(MakePrincipal()), kNow);
  ASSERT_TRUE(principal.ok()) << principal.status();
  EXPECT_EQ((*principal)->SerializeAsString(), MakePrincipal().SerializeAsString());
}

TEST_F(TokenTest, ACareContextArrivesAsItWasSigned) {
  const auto context = verifier_->VerifyCareContext(eligibility_.Sign(MakeContext()), kNow);
  ASSERT_TRUE(context.ok()) << context.status();
  EXPECT_EQ((*context)->SerializeAsString(), MakeContext().SerializeAsString());
}

TEST_F(TokenTest, VerdictsAreRemembered) {
  const std::string token = gateway_.Sign(MakePrincipal());
  const auto first = verifier_->VerifyPrincipal(token, kNow);
  const auto second = verifier_->VerifyPrincipal(token, kNow + absl::Seconds(1));
  EXPECT_EQ(first->get(), second->get());  // the very same object: no second verification
  EXPECT_EQ(verifier_->remembered(), 1u);
}

TEST_F(TokenTest, BadTokensAreNotRemembered) {
  ExpectPrincipalRefused("nonsense", "PRINCIPAL_MALFORMED", "AC-012");
  ExpectPrincipalRefused(Signer("gateway", 'x').Sign(MakePrincipal()), "PRINCIPAL_SIGNATURE_BAD",
                         "AC-014");
  EXPECT_EQ(verifier_->remembered(), 0u);
}

TEST_F(TokenTest, AC007ARememberedPrincipalStillExpires) {
  const std::string token = gateway_.Sign(MakePrincipal());
  EXPECT_TRUE(verifier_->VerifyPrincipal(token, kNow + absl::Seconds(59)).ok());
  ExpectRefused(verifier_->VerifyPrincipal(token, kNow + absl::Minutes(1)),
                absl::StatusCode::kUnauthenticated, "PRINCIPAL_EXPIRED", "AC-007");
}

TEST_F(TokenTest, AC010ACareContextExpires) {
  const std::string token = eligibility_.Sign(MakeContext());
  EXPECT_TRUE(verifier_->VerifyCareContext(token, kNow + absl::Hours(23)).ok());
  ExpectRefused(verifier_->VerifyCareContext(token, kNow + absl::Hours(24)),
                absl::StatusCode::kPermissionDenied, "CARE_CONTEXT_EXPIRED", "AC-010");
}

TEST_F(TokenTest, AC012WhatIsNoTokenIsMalformed) {
  for (const std::string& bytes : {std::string(), std::string("\xff\xff"), std::string("{}"),
                                   std::string(kMaxTokenBytes + 1, '\0')}) {
    ExpectPrincipalRefused(bytes, "PRINCIPAL_MALFORMED", "AC-012");
    ExpectContextRefused(bytes, "CARE_CONTEXT_MALFORMED", "AC-012");
  }
}

TEST_F(TokenTest, AC012ATokenIsNotLongerThanTheLimit) {
  v1::CareContext context = MakeContext();
  context.set_id(std::string(kMaxTokenBytes, 'x'));
  ExpectContextRefused(eligibility_.Sign(context), "CARE_CONTEXT_MALFORMED", "AC-012");
}

TEST_F(TokenTest, AC013UnknownKeysAreRefused) {
  ExpectPrincipalRefused(Signer("other", 'g').Sign(MakePrincipal()), "PRINCIPAL_KEY_UNKNOWN",
                         "AC-013");
  ExpectContextRefused(Signer("other", 'e').Sign(MakeContext()), "CARE_CONTEXT_KEY_UNKNOWN",
                       "AC-013");
}

TEST_F(TokenTest, AC013AKeyServesOneKindOfTokenOnly) {
  ExpectPrincipalRefused(eligibility_.Sign(MakePrincipal()), "PRINCIPAL_KEY_UNKNOWN", "AC-013");
  ExpectContextRefused(gateway_.Sign(MakeContext()), "CARE_CONTEXT_KEY_UNKNOWN", "AC-013");
}

TEST_F(TokenTest, AC014ASignatureOfAnotherKeyIsRefused) {
  ExpectContextRefused(Signer("eligibility", 'x').Sign(MakeContext()), "CARE_CONTEXT_SIGNATURE_BAD",
                       "AC-014");
}

TEST_F(TokenTest, AC014NoByteMayChange) {
  const std::string token = eligibility_.Sign(MakeContext());
  for (size_t i = 0; i < token.size(); ++i) {
    std::string forged = token;
    forged[i] ^= 0x01;
    EXPECT_FALSE(verifier_->VerifyCareContext(forged, kNow).ok()) << i;
  }
}

TEST_F(TokenTest, AC014TheKeyIdIsSignedToo) {
  v1::SignedToken token;
  token.ParseFromString(emergency_.Sign(MakeContext(v1::CONTEXT_SOURCE_EMERGENCY)));
  token.set_key_id("eligibility");
  ExpectContextRefused(token.SerializeAsString(), "CARE_CONTEXT_SIGNATURE_BAD", "AC-014");
}

TEST_F(TokenTest, AC015ATokenMayNotLiveLongerThanItsKind) {
  v1::Principal principal = MakePrincipal();
  *principal.mutable_expires_at() = ToTimestamp(kNow + kMaxPrincipalLifetime + absl::Seconds(1));
  ExpectPrincipalRefused(gateway_.Sign(principal), "PRINCIPAL_LIFETIME_BAD", "AC-015");
  v1::CareContext context = MakeContext();
  *context.mutable_expires_at() = ToTimestamp(kNow + kMaxCareContextLifetime + absl::Seconds(1));
  ExpectContextRefused(eligibility_.Sign(context), "CARE_CONTEXT_LIFETIME_BAD", "AC-015");
}

TEST_F(TokenTest, AC015ATokenWithoutTimesIsNotValid) {
  v1::Principal timeless = MakePrincipal();
  timeless.clear_issued_at();
  ExpectPrincipalRefused(gateway_.Sign(timeless), "PRINCIPAL_LIFETIME_BAD", "AC-015");
  timeless.clear_expires_at();
  ExpectPrincipalRefused(gateway_.Sign(timeless), "PRINCIPAL_EXPIRED", "AC-007");
}

TEST_F(TokenTest, AC016ATokenOfTheFutureIsRefusedBeyondTheClocksSkew) {
  const std::string token = gateway_.Sign(MakePrincipal());
  EXPECT_TRUE(verifier_->VerifyPrincipal(token, kNow - kMaxClockSkew).ok());
  ExpectRefused(verifier_->VerifyPrincipal(token, kNow - kMaxClockSkew - absl::Seconds(1)),
                absl::StatusCode::kUnauthenticated, "PRINCIPAL_NOT_YET_VALID", "AC-016");
}

TEST_F(TokenTest, AC017AKeyIssuesOnlyItsSources) {
  const auto emergency = MakeContext(v1::CONTEXT_SOURCE_EMERGENCY);
  EXPECT_TRUE(verifier_->VerifyCareContext(emergency_.Sign(emergency), kNow).ok());
  ExpectContextRefused(eligibility_.Sign(emergency), "CARE_CONTEXT_SOURCE", "AC-017");
  ExpectContextRefused(emergency_.Sign(MakeContext()), "CARE_CONTEXT_SOURCE", "AC-017");
  ExpectContextRefused(eligibility_.Sign(MakeContext(v1::CONTEXT_SOURCE_UNSPECIFIED)),
                       "CARE_CONTEXT_SOURCE", "AC-017");
}

TEST_F(TokenTest, ManyThreadsMayVerify) {
  const std::string token = eligibility_.Sign(MakeContext());
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) EXPECT_TRUE(verifier_->VerifyCareContext(token, kNow).ok());
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(TokenSignerTest, NeedsAnIdAndAKey) {
  EXPECT_TRUE(TokenSigner::Create("id", Key('a').private_pem).ok());
  EXPECT_FALSE(TokenSigner::Create("", Key('a').private_pem).ok());
  EXPECT_FALSE(TokenSigner::Create(absl::string_view("a\0b", 3), Key('a').private_pem).ok());
  EXPECT_FALSE(TokenSigner::Create("id", Key('a').public_pem).ok());
}

TEST(TokenVerifierTest, ConfusedKeysAreRefused) {
  TrustedKeys twice = Trusted();
  twice.principals.push_back(twice.principals[0]);
  EXPECT_FALSE(TokenVerifier::Create(twice).ok());
  TrustedKeys context_twice = Trusted();
  context_twice.care_contexts.push_back(context_twice.care_contexts[0]);
  EXPECT_FALSE(TokenVerifier::Create(context_twice).ok());
  TrustedKeys shared = Trusted();
  shared.care_contexts[0].public_key_pem = shared.principals[0].public_key_pem;
  EXPECT_FALSE(TokenVerifier::Create(shared).ok());
  TrustedKeys powerless = Trusted();
  powerless.care_contexts[0].sources.clear();
  EXPECT_FALSE(TokenVerifier::Create(powerless).ok());
  TrustedKeys unreadable = Trusted();
  unreadable.principals[0].public_key_pem = "?";
  EXPECT_FALSE(TokenVerifier::Create(unreadable).ok());
}

TEST(TokenVerifierTest, WithoutKeysNothingIsTrusted) {
  const auto verifier = *TokenVerifier::Create({});
  v1::Principal principal;
  EXPECT_FALSE(verifier->VerifyPrincipal(Signer("gateway", 'g').Sign(principal), kNow).ok());
}

}  // namespace
}  // namespace tsunagu::access
