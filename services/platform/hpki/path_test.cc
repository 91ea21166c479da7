#include "services/platform/hpki/path.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "services/platform/hpki/test_pki.h"

namespace tsunagu::hpki {
namespace {

using hpki::Verdict;  // and the overload below

constexpr char kAuthPolicy[] = "critical,1.2.392.100495.1.5.1.2.3.1";
constexpr char kSignPolicy[] = "critical,1.2.392.100495.1.5.1.1.3.1";

std::string Verdict(const Certificate& leaf, Purpose purpose, const CrlSet& crls = TestPki::Crls(),
                    absl::Time at = TestPki::Now(), const ValidateOptions& options = {}) {
  return Verdict(TestPki::Validator().Validate(leaf, {}, purpose, crls, at, options));
}

std::string AsPractitioner(absl::string_view identity) {
  return Verdict(TestPki::Validator().Validate(TestPki::Leaf(identity), TestPki::Chain(identity),
                                               Purpose::kAuthentication, TestPki::Crls(),
                                               TestPki::Now()));
}

std::string AsSigner(absl::string_view identity) {
  return Verdict(TestPki::Leaf(identity, "sign-cert.pem"), Purpose::kSigning);
}

TEST(PathTest, PractitionersAreBelieved) {
  for (const char* identity :
       {"clinic-1-doctor", "clinic-1-dentist", "hospital-1-doctor", "pharmacy-1-pharmacist",
        "pharmacy-2-pharmacist", "hospital-1-nurse", "ambulance-1-paramedic", "clinic-1-director",
        "doctor-two-roles", "doctor-not-enrolled", "role-unknown", "no-hcrole",
        "doctor-revoked-signer"}) {
    EXPECT_EQ(AsPractitioner(identity), "OK") << identity;
  }
}

TEST(PathTest, SignersAreBelieved) {
  for (const char* identity : {"clinic-1-doctor", "clinic-1-dentist", "hospital-1-doctor",
                               "pharmacy-1-pharmacist", "pharmacy-2-pharmacist"}) {
    EXPECT_EQ(AsSigner(identity), "OK") << identity;
  }
}

// PKI-004
TEST(PathTest, FacilitiesAreBelievedUnderTheirOwnPolicyOnly) {
  for (const char* identity : {"insurer-1", "payer-1", "pharmacy-1-terminal", "clinic-1-terminal",
                               "ambulance-1-terminal", "careplan-1-office", "homehelp-1-office"}) {
    const Certificate leaf = TestPki::Leaf(identity);
    EXPECT_EQ(Verdict(leaf, Purpose::kOrganisation), "OK") << identity;
    EXPECT_EQ(Verdict(leaf, Purpose::kAuthentication), "POLICY_MISSING") << identity;
  }
  EXPECT_EQ(Verdict(TestPki::Leaf("clinic-1-doctor"), Purpose::kOrganisation), "POLICY_MISSING");
}

// PKI-002
TEST(PathTest, ATestCardOfAProductionCaIsRefused) {
  EXPECT_EQ(AsPractitioner("doctor-test-policy"), "POLICY_MISSING");
}

// PKI-002
TEST(PathTest, NoPolicyAndAnyPolicyAreRefused) {
  const std::vector<std::pair<std::string, std::string>> usage = {
      {"keyUsage", "critical,digitalSignature"}, {"authorityKeyIdentifier", "keyid:always"}};
  EXPECT_EQ(Verdict(TestPki::Mint({.extensions = usage}), Purpose::kAuthentication),
            "POLICY_MISSING");
  auto any = usage;
  any.push_back({"certificatePolicies", "2.5.29.32.0"});
  EXPECT_EQ(Verdict(TestPki::Mint({.extensions = any}), Purpose::kAuthentication),
            "POLICY_MISSING");
}

// PKI-003
TEST(PathTest, TheSigningPolicyIsNeededToSign) {
  EXPECT_EQ(Verdict(TestPki::Leaf("clinic-1-doctor"), Purpose::kSigning), "POLICY_MISSING");
  // Without EKU nothing but the policy and the key usage keeps it from signing.
  EXPECT_EQ(Verdict(TestPki::Leaf("clinic-1-dentist"), Purpose::kSigning), "POLICY_MISSING");
}

// PKI-005
TEST(PathTest, ASigningCertificateDoesNotOpenTheDoor) {
  EXPECT_EQ(AsPractitioner("doctor-signing-as-tls"), "WRONG_PURPOSE");
}

// PKI-006
TEST(PathTest, OnlyNonRepudiationSigns) {
  const auto signer = [](const char* key_usage) {
    return TestPki::Mint({.ca = "sign",
                          .extensions = {{"keyUsage", key_usage},
                                         {"authorityKeyIdentifier", "keyid:always"},
                                         {"certificatePolicies", kSignPolicy}}});
  };
  EXPECT_EQ(Verdict(signer("critical,nonRepudiation"), Purpose::kSigning), "OK");
  EXPECT_EQ(Verdict(signer("critical,digitalSignature"), Purpose::kSigning), "KEY_USAGE");
}

// PKI-005
TEST(PathTest, ALeafWithoutKeyUsageIsRefused) {
  // OpenSSL takes an absent key usage for all bits.
  const Certificate leaf = TestPki::Mint({.extensions = {{"authorityKeyIdentifier", "keyid:always"},
                                                         {"certificatePolicies", kAuthPolicy}}});
  EXPECT_EQ(Verdict(leaf, Purpose::kAuthentication), "KEY_USAGE");
}

// PKI-005
TEST(PathTest, AnExtendedKeyUsageForServersIsRefused) {
  const Certificate leaf = TestPki::Mint({.extensions = {{"keyUsage", "critical,digitalSignature"},
                                                         {"extendedKeyUsage", "serverAuth"},
                                                         {"authorityKeyIdentifier", "keyid:always"},
                                                         {"certificatePolicies", kAuthPolicy}}});
  EXPECT_EQ(Verdict(leaf, Purpose::kAuthentication), "WRONG_PURPOSE");
}

TEST(PathTest, ACaIsNobodysIdentity) {
  const auto cas = Certificate::ListFromPem(TestPki::Read("trust/intermediates.pem"));
  ASSERT_TRUE(cas.ok());
  for (const Certificate& ca : *cas) {
    for (Purpose purpose : {Purpose::kAuthentication, Purpose::kSigning, Purpose::kOrganisation}) {
      EXPECT_NE(Verdict(ca, purpose), "OK");
    }
  }
  EXPECT_EQ(Verdict((*cas)[0], Purpose::kSigning), "WRONG_PURPOSE");
}

// PKI-010
TEST(PathTest, RevokedCertificatesAreRefused) {
  EXPECT_EQ(AsPractitioner("doctor-revoked"), "CERTIFICATE_REVOKED");
  EXPECT_EQ(AsSigner("doctor-revoked-signer"), "CERTIFICATE_REVOKED");
}

// PKI-015
TEST(PathTest, ValidityIsThatOfTheGivenTime) {
  EXPECT_EQ(AsPractitioner("doctor-expired"), "CERTIFICATE_EXPIRED");
  const Certificate early =
      TestPki::Mint({.not_before = "20260601020000Z",
                     .extensions = {{"keyUsage", "critical,digitalSignature"},
                                    {"authorityKeyIdentifier", "keyid:always"},
                                    {"certificatePolicies", kAuthPolicy}}});
  EXPECT_EQ(Verdict(early, Purpose::kAuthentication), "CERTIFICATE_NOT_YET_VALID");
  EXPECT_EQ(
      Verdict(early, Purpose::kAuthentication, TestPki::Crls(), TestPki::Now() + absl::Hours(1)),
      "OK");
}

// PKI-001
TEST(PathTest, TheSameNamesUnderAnotherRootAreRefused) {
  EXPECT_EQ(AsPractitioner("doctor-foreign-root"), "UNTRUSTED_ROOT");
  // The foreign root's own certificate does not help, nor does leaving the chain out. A root that
  // is not trusted counts as a CA of the path.
  std::vector<Certificate> chain = TestPki::Chain("doctor-foreign-root");
  chain.push_back(*Certificate::FromPem(TestPki::Read("ca/foreign-root/ca.pem")));
  const Certificate leaf = TestPki::Leaf("doctor-foreign-root");
  EXPECT_EQ(Verdict(TestPki::Validator().Validate(leaf, chain, Purpose::kAuthentication,
                                                  TestPki::Crls(), TestPki::Now())),
            "PATH_TOO_LONG");
  EXPECT_EQ(Verdict(leaf, Purpose::kAuthentication), "UNTRUSTED_ROOT");
}

// PKI-001
TEST(PathTest, APractitionerIsNoCa) {
  std::vector<Certificate> chain = TestPki::Chain("clinic-1-doctor");
  chain.push_back(TestPki::Leaf("clinic-1-doctor"));
  const auto internal = Certificate::FromPem(TestPki::Read("internal/gateway-client/cert.pem"));
  EXPECT_EQ(Verdict(TestPki::Validator().Validate(*internal, chain, Purpose::kAuthentication,
                                                  TestPki::Crls(), absl::Now())),
            "UNTRUSTED_ROOT");
}

// PKI-013
TEST(PathTest, ACaBelowAnIssuingCaIsRefused) {
  EXPECT_EQ(AsPractitioner("doctor-below-sub-ca"), "PATH_TOO_LONG");
}

TEST(PathTest, TooManyPresentedCertificatesAreRefusedUnread) {
  const std::vector<Certificate> chain(kMaxPresentedCertificates + 1,
                                       TestPki::Leaf("clinic-1-doctor"));
  EXPECT_EQ(Verdict(TestPki::Validator().Validate(TestPki::Leaf("clinic-1-doctor"), chain,
                                                  Purpose::kAuthentication, TestPki::Crls(),
                                                  TestPki::Now())),
            "PATH_TOO_LONG");
}

// PKI-014
TEST(PathTest, WeakKeysAreRefused) {
  const Certificate leaf = TestPki::Mint({.key_bits = 1024,
                                          .extensions = {{"keyUsage", "critical,digitalSignature"},
                                                         {"authorityKeyIdentifier", "keyid:always"},
                                                         {"certificatePolicies", kAuthPolicy}}});
  EXPECT_EQ(Verdict(leaf, Purpose::kAuthentication), "WEAK_KEY");
}

TEST(PathTest, RefusesAnUnknownCriticalExtension) {
  const Certificate leaf = TestPki::Mint({.extensions = {{"keyUsage", "critical,digitalSignature"},
                                                         {"authorityKeyIdentifier", "keyid:always"},
                                                         {"certificatePolicies", kAuthPolicy},
                                                         {"1.2.3.4", "critical,DER:0500"}}});
  EXPECT_EQ(Verdict(leaf, Purpose::kAuthentication), "BAD_CERTIFICATE");
}

class TimeStampTest : public ::testing::Test {
 protected:
  std::string Verdict(const Certificate& leaf) {
    const auto root = Certificate::FromPem(TestPki::Read("tsa/root.pem"));
    const auto validator = PathValidator::Create(*root, {});
    const auto crls = CrlSet::FromPem(TestPki::Read("tsa/crl.pem"));
    return hpki::Verdict(
        validator->Validate(leaf, {}, Purpose::kTimeStamping, *crls, TestPki::Now()));
  }
};

// PKI-016
TEST_F(TimeStampTest, OnlyTheCriticalPurposeTimeStampingStampsTimes) {
  EXPECT_EQ(Verdict(*Certificate::FromPem(TestPki::Read("tsa/cert.pem"))), "OK");
  const auto stamper = [](const char* usage) {
    return TestPki::Mint({.ca = "tsa-root",
                          .extensions = {{"keyUsage", "critical,digitalSignature"},
                                         {"authorityKeyIdentifier", "keyid:always"},
                                         {"extendedKeyUsage", usage}}});
  };
  EXPECT_EQ(Verdict(stamper("critical,timeStamping")), "OK");
  EXPECT_EQ(Verdict(stamper("timeStamping")), "WRONG_PURPOSE");
  EXPECT_EQ(Verdict(stamper("critical,timeStamping,clientAuth")), "WRONG_PURPOSE");
}

// PKI-016
TEST(PathTest, APractitionerStampsNoTimes) {
  EXPECT_EQ(Verdict(TestPki::Leaf("clinic-1-doctor"), Purpose::kTimeStamping), "WRONG_PURPOSE");
  EXPECT_EQ(Verdict(TestPki::Leaf("clinic-1-doctor", "sign-cert.pem"), Purpose::kTimeStamping),
            "WRONG_PURPOSE");
}

TEST(PathValidatorTest, TheAnchorMustSignItself) {
  const auto ca = Certificate::FromPem(TestPki::Read("trust/intermediates.pem"));
  EXPECT_EQ(PathValidator::Create(*ca, {}).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(PathValidatorTest, FilesThatAreNotThereOrHoldTooMuchAreErrors) {
  const std::string root = TestPki::PathOf("trust/hpki-root.pem");
  const std::string cas = TestPki::PathOf("trust/intermediates.pem");
  EXPECT_TRUE(PathValidator::Load(root, "").ok());
  EXPECT_FALSE(PathValidator::Load(cas, "").ok());
  EXPECT_FALSE(PathValidator::Load(root, "/nonexistent").ok());
  EXPECT_FALSE(PathValidator::Load("/nonexistent", cas).ok());
}

TEST(PathValidatorTest, TheChainMayComeFromThePeerAlone) {
  const auto validator = PathValidator::Load(TestPki::PathOf("trust/hpki-root.pem"), "");
  const Certificate doctor = TestPki::Leaf("clinic-1-doctor");
  EXPECT_EQ(Verdict(validator->Validate(doctor, TestPki::Chain("clinic-1-doctor"),
                                        Purpose::kAuthentication, TestPki::Crls(), TestPki::Now())),
            "OK");
  EXPECT_EQ(Verdict(validator->Validate(doctor, {}, Purpose::kAuthentication, TestPki::Crls(),
                                        TestPki::Now())),
            "UNTRUSTED_ROOT");
}

// Each round begins with certificates that nobody has used yet.
TEST(PathValidatorTest, ThreadsShareOneValidator) {
  const CrlSet crls = TestPki::Crls();
  for (int round = 0; round < 20; ++round) {
    const PathValidator validator = TestPki::Validator();
    const Certificate good = TestPki::Leaf("clinic-1-doctor");
    const Certificate revoked = TestPki::Leaf("doctor-revoked");
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 5; ++i) {
          const auto at = TestPki::Now();
          const auto status = validator.Validate(good, {}, Purpose::kAuthentication, crls, at);
          EXPECT_TRUE(status.ok()) << status;
          EXPECT_FALSE(validator.Validate(revoked, {}, Purpose::kAuthentication, crls, at).ok());
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
}

}  // namespace
}  // namespace tsunagu::hpki
