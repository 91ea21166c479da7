#include "services/gateway/principal.h"

#include <gtest/gtest.h>

#include "services/platform/access/authorise.h"
#include "services/platform/access/test_key.h"

namespace tsunagu::gateway {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
const access::Facility kClinic = {"1311234567", access::v1::FACILITY_KIND_CLINIC, {}, "見本診療所"};
const access::Facility kPharmacy = {"1341234563", access::v1::FACILITY_KIND_PHARMACY, {}, ""};

access::TestKey Key() { return access::MakeTestKey(std::string(32, 'g')); }

Credential Doctor() {
  Credential credential;
  credential.kind = access::v1::CREDENTIAL_PRACTITIONER;
  credential.fingerprint = std::string(64, 'd');
  credential.roles = {access::v1::ROLE_MEDICAL_DOCTOR};
  return credential;
}

class PrincipalTest : public testing::Test {
 protected:
  PrincipalIssuer issuer_{*access::TokenSigner::Create("gateway", Key().private_pem)};
};

TEST_F(PrincipalTest, TheTokenHoldsThePrincipal) {
  const auto issued = issuer_.Issue(Doctor(), kClinic, "", kNow);
  const auto verifier = *access::TokenVerifier::Create(
      {.principals = {{"gateway", Key().public_pem}}, .care_contexts = {}});
  const auto principal = verifier->VerifyPrincipal(issued->token, kNow);
  ASSERT_TRUE(principal.ok()) << principal.status();
  EXPECT_EQ((*principal)->SerializeAsString(), issued->principal.SerializeAsString());
  EXPECT_EQ((*principal)->facility(), kClinic.code);
  EXPECT_EQ((*principal)->facility_kind(), kClinic.kind);
  EXPECT_EQ((*principal)->facility_name(), kClinic.name);  // AU-016
}

TEST_F(PrincipalTest, ItIsSignedOncePerMinute) {
  const auto first = issuer_.Issue(Doctor(), kClinic, "", kNow);
  const absl::Time last = kNow + kPrincipalReuse - absl::Nanoseconds(1);
  EXPECT_EQ(issuer_.Issue(Doctor(), kClinic, "", last).get(), first.get());
  EXPECT_NE(issuer_.Issue(Doctor(), kClinic, "", kNow + kPrincipalReuse).get(), first.get());
}

TEST_F(PrincipalTest, OneThatIsReusedIsStillValidForItsCall) {
  EXPECT_GE(kPrincipalLifetime - kPrincipalReuse, absl::Minutes(1));  // max_deadline_ms
  EXPECT_LE(kPrincipalLifetime, access::kMaxPrincipalLifetime);
}

TEST_F(PrincipalTest, AnotherFacilityUserOrKindIsAnotherPrincipal) {
  const auto first = issuer_.Issue(Doctor(), kClinic, "", kNow);
  EXPECT_NE(issuer_.Issue(Doctor(), kPharmacy, "", kNow)->token, first->token);
  EXPECT_NE(issuer_.Issue(Doctor(), kClinic, "user", kNow)->token, first->token);
  const access::Facility changed = {kClinic.code, access::v1::FACILITY_KIND_HOSPITAL, {}, ""};
  EXPECT_EQ(issuer_.Issue(Doctor(), changed, "", kNow)->principal.facility_kind(), changed.kind);
}

// AC-018
TEST_F(PrincipalTest, AnInsurersNumbersTravelWithItAndAChangeIsInForceAtOnce) {
  access::Facility insurer = {"1300000018", access::v1::FACILITY_KIND_INSURER, {"01130012"}, ""};
  const auto first = issuer_.Issue(Doctor(), insurer, "user", kNow);
  EXPECT_TRUE(access::SpeaksFor(first->principal, "01130012"));
  EXPECT_EQ(issuer_.Issue(Doctor(), insurer, "user", kNow)->token, first->token);
  insurer.insurer_numbers = {"138057"};
  const auto changed = issuer_.Issue(Doctor(), insurer, "user", kNow);
  EXPECT_FALSE(access::SpeaksFor(changed->principal, "01130012"));
  EXPECT_TRUE(access::SpeaksFor(changed->principal, "138057"));
}

// GW-019
TEST_F(PrincipalTest, AsManyNumbersAsAnInsurerMayHaveFitIntoMetadata) {
  constexpr size_t kMetadataBytes =
      8 * 1024;  // what gRPC takes together, names and other values included
  access::Facility insurer = {
      "1300000018", access::v1::FACILITY_KIND_INSURER, {}, std::string(200, 'n')};
  insurer.insurer_numbers.assign(access::kMaxInsurerNumbers, "39131016");
  const std::string token = issuer_.Issue(Doctor(), insurer, std::string(64, 'u'), kNow)->token;
  EXPECT_LT(token.size() * 4 / 3, kMetadataBytes / 2);  // as base64
}

}  // namespace
}  // namespace tsunagu::gateway
