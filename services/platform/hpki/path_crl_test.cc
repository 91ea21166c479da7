#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "services/platform/hpki/path.h"
#include "services/platform/hpki/test_pki.h"

namespace tsunagu::hpki {
namespace {

using hpki::Verdict;  // and the overload below

std::string Verdict(const Certificate& leaf, Purpose purpose, const CrlSet& crls = TestPki::Crls(),
                    absl::Time at = TestPki::Now(), const ValidateOptions& options = {}) {
  return Verdict(TestPki::Validator().Validate(leaf, {}, purpose, crls, at, options));
}

// PKI-007
TEST(PathCrlTest, EveryListOfThePathIsNeeded) {
  const Certificate doctor = TestPki::Leaf("clinic-1-doctor");
  for (const char* list : {"auth/crl.pem", "root/sarl.pem", "root/rarl.pem"}) {
    EXPECT_EQ(Verdict(doctor, Purpose::kAuthentication, TestPki::CrlsWithout({list})),
              "CRL_MISSING")
        << list;
  }
  EXPECT_EQ(Verdict(doctor, Purpose::kAuthentication, CrlSet()), "CRL_MISSING");
  EXPECT_EQ(Verdict(doctor, Purpose::kAuthentication, TestPki::CrlsWithout({"sign/crl.pem"})),
            "OK");
}

// PKI-012
TEST(PathCrlTest, OnlyTheAnchorsOwnListIsExcused) {
  const Certificate signer = TestPki::Leaf("clinic-1-doctor", "sign-cert.pem");
  const ValidateOptions excuse = {.excuse_anchor_crl = true};
  const absl::Time now = TestPki::Now();
  const auto verdict = [&](const Certificate& leaf, const std::vector<std::string>& without) {
    return Verdict(leaf, Purpose::kSigning, TestPki::CrlsWithout(without), now, excuse);
  };
  EXPECT_EQ(verdict(signer, {"root/rarl.pem"}), "OK");
  EXPECT_EQ(verdict(signer, {}), "OK");
  EXPECT_EQ(verdict(signer, {"root/rarl.pem", "root/sarl.pem"}), "CRL_MISSING");
  EXPECT_EQ(verdict(signer, {"root/sarl.pem"}), "CRL_MISSING");
  EXPECT_EQ(verdict(signer, {"root/rarl.pem", "sign/crl.pem"}), "CRL_MISSING");
  EXPECT_EQ(verdict(TestPki::Leaf("doctor-revoked-signer", "sign-cert.pem"), {"root/rarl.pem"}),
            "CERTIFICATE_REVOKED");
  EXPECT_EQ(Verdict(signer, Purpose::kSigning, TestPki::CrlsWithout({"root/rarl.pem"}),
                    now + absl::Hours(97), excuse),
            "CRL_EXPIRED");
}

// PKI-008
TEST(PathCrlTest, ListsCloseTheDoorWhenTheyExpire) {
  const Certificate doctor = TestPki::Leaf("clinic-1-doctor");
  const CrlSet crls = TestPki::Crls();
  const absl::Time end = crls.earliest_next_update();
  EXPECT_EQ(Verdict(doctor, Purpose::kAuthentication, crls, end - absl::Seconds(1)), "OK");
  EXPECT_EQ(Verdict(doctor, Purpose::kAuthentication, crls, end + absl::Seconds(1)), "CRL_EXPIRED");
  EXPECT_EQ(Verdict(doctor, Purpose::kAuthentication, crls, TestPki::Now() + absl::Hours(97)),
            "CRL_EXPIRED");
  EXPECT_EQ(Verdict(doctor, Purpose::kAuthentication, crls, TestPki::Now() - absl::Hours(2)),
            "CRL_NOT_YET_VALID");
}

TEST(PathCrlTest, AListSignedByAnotherKeyIsNotBelieved) {
  // The signature is the end of the DER, and of the text.
  std::string pem = TestPki::Read("ca/auth/crl.pem");
  const size_t last_line = pem.rfind("\n-----END") - 8;
  pem[last_line] = pem[last_line] == 'A' ? 'B' : 'A';
  const auto crls =
      CrlSet::FromPem(pem + TestPki::Read("ca/root/sarl.pem") + TestPki::Read("ca/root/rarl.pem"));
  ASSERT_TRUE(crls.ok()) << crls.status();
  EXPECT_EQ(Verdict(TestPki::Leaf("clinic-1-doctor"), Purpose::kAuthentication, *crls),
            "CRL_INVALID");
}

// PKI-027
TEST(RefusalTest, ReasonsAreStableAndNeverNameTheSubject) {
  std::set<std::string> reasons;
  for (int i = 0; i <= static_cast<int>(Refusal::kBadCertificate); ++i) {
    reasons.insert(std::string(ReasonOf(static_cast<Refusal>(i))));
  }
  EXPECT_EQ(reasons.size(), static_cast<size_t>(Refusal::kBadCertificate) + 1);
  const absl::Status revoked =
      TestPki::Validator().Validate(TestPki::Leaf("doctor-revoked"), {}, Purpose::kAuthentication,
                                    TestPki::Crls(), TestPki::Now());
  EXPECT_TRUE(absl::StartsWith(revoked.message(), "CERTIFICATE_REVOKED: ")) << revoked;
  EXPECT_FALSE(absl::StrContains(revoked.ToString(), "Hachiro"));
  EXPECT_FALSE(absl::StrContains(revoked.ToString(), "T0000008"));
  EXPECT_EQ(revoked.code(), absl::StatusCode::kUnauthenticated);
}

TEST(RefusalTest, StaleListsAreOurFault) {
  const absl::Status stale =
      TestPki::Validator().Validate(TestPki::Leaf("clinic-1-doctor"), {}, Purpose::kAuthentication,
                                    TestPki::Crls(), TestPki::Now() + absl::Hours(97));
  EXPECT_EQ(stale.code(), absl::StatusCode::kUnavailable);
}

TEST(RefusalTest, OtherStatusesHoldNoRefusal) {
  EXPECT_EQ(RefusalOf(absl::OkStatus()), std::nullopt);
  EXPECT_EQ(RefusalOf(absl::UnauthenticatedError("CERTIFICATE_REVOKED: but not ours")),
            std::nullopt);
}

}  // namespace
}  // namespace tsunagu::hpki
