#include "services/gateway/principal.h"

#include <gtest/gtest.h>

#include "services/platform/access/test_key.h"

namespace tsunagu::gateway {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
const Facility kClinic = {"1311234567", access::v1::FACILITY_KIND_CLINIC};
const Facility kPharmacy = {"1341234563", access::v1::FACILITY_KIND_PHARMACY};

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
  const Facility changed = {kClinic.code, access::v1::FACILITY_KIND_HOSPITAL};
  EXPECT_EQ(issuer_.Issue(Doctor(), changed, "", kNow)->principal.facility_kind(), changed.kind);
}

}  // namespace
}  // namespace tsunagu::gateway
