#include "services/platform/hpki/certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/x509v3.h>

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/platform/hpki/path.h"
#include "services/platform/hpki/test_pki.h"

namespace tsunagu::hpki {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Role> RolesOf(absl::string_view identity) {
  const auto roles = TestPki::Leaf(identity).Roles();
  EXPECT_TRUE(roles.ok()) << roles.status();
  return roles.value_or(std::vector<Role>());
}

TEST(CertificateTest, APractitionersCertificateIsRead) {
  const Certificate doctor = TestPki::Leaf("clinic-1-doctor");
  EXPECT_EQ(doctor.subject().common_name, "Taro Shiken");
  EXPECT_EQ(doctor.subject().organization, "TSUNAGU CLINIC");
  EXPECT_EQ(doctor.subject().organizational_unit, "");
  EXPECT_EQ(doctor.subject().serial_number, "T0000001");
  EXPECT_EQ(doctor.subject().japanese_name, "試験　太郎");
  EXPECT_EQ(doctor.issuer(),
            "CN=HPKI-01-TestAuthCA-forAuthentication-forIndividual,OU=TEST HPKI CA,O=TEST MEDIS,"
            "C=JP");
  EXPECT_EQ(doctor.key_usage(), static_cast<uint32_t>(KU_DIGITAL_SIGNATURE));
  EXPECT_THAT(doctor.policies(), ElementsAre(std::string(kAuthenticationPolicy)));
  EXPECT_LT(doctor.not_before(), TestPki::Now());
  EXPECT_GT(doctor.not_after(), TestPki::Now());
}

TEST(CertificateTest, ValidityIsToTheSecond) {
  const Certificate doctor = TestPki::Leaf("clinic-1-doctor");
  const auto utc = absl::UTCTimeZone();
  EXPECT_EQ(doctor.not_before(), absl::FromCivil(absl::CivilSecond(2025, 6, 1, 15, 0, 0), utc));
  EXPECT_EQ(doctor.not_after(), absl::FromCivil(absl::CivilSecond(2030, 6, 1, 14, 59, 59), utc));
}

TEST(CertificateTest, AFacilitysCertificateNamesTheTerminal) {
  const Certificate terminal = TestPki::Leaf("pharmacy-1-terminal");
  EXPECT_EQ(terminal.subject().common_name, "pharmacy-1-counter");
  EXPECT_EQ(terminal.subject().organization, "TSUNAGU PHARMACY");
  EXPECT_EQ(terminal.subject().organizational_unit, "1341234563");
  EXPECT_EQ(terminal.subject().japanese_name, "");
  EXPECT_THAT(*terminal.Roles(), IsEmpty());
}

// PKI-019
TEST(CertificateTest, ARepeatedAttributeOfTheSubjectHasNoValue) {
  const auto root = Certificate::FromPem(TestPki::Read("trust/hpki-root.pem"));
  ASSERT_TRUE(root.ok()) << root.status();
  EXPECT_EQ(root->subject().organization, "TEST Ministry of Health");
  EXPECT_EQ(root->subject().organizational_unit, "");  // it has two
  EXPECT_EQ(root->subject().common_name, "");
}

TEST(CertificateTest, RolesAreThoseOfTheTable) {
  EXPECT_THAT(RolesOf("clinic-1-doctor"), ElementsAre(Role::kMedicalDoctor));
  EXPECT_THAT(RolesOf("clinic-1-dentist"), ElementsAre(Role::kDentist));
  EXPECT_THAT(RolesOf("pharmacy-2-pharmacist"), ElementsAre(Role::kPharmacist));
  EXPECT_THAT(RolesOf("hospital-1-nurse"), ElementsAre(Role::kGeneralNurse));
  EXPECT_THAT(RolesOf("ambulance-1-paramedic"), ElementsAre(Role::kEmergencyMedicalTechnician));
  EXPECT_THAT(RolesOf("clinic-1-director"), ElementsAre(Role::kDirectorOfClinic));
}

// PKI-025
TEST(CertificateTest, TwoRolesInOneCertificateAreBothThere) {
  EXPECT_THAT(RolesOf("doctor-two-roles"),
              ::testing::UnorderedElementsAre(Role::kMedicalDoctor, Role::kPharmacist));
}

// PKI-021
TEST(CertificateTest, AnUnknownTextAndNoTextGiveNoRole) {
  EXPECT_THAT(RolesOf("role-unknown"), IsEmpty());
  EXPECT_THAT(*TestPki::Leaf("role-unknown").role_names(), ElementsAre("Care Manager"));
  EXPECT_THAT(RolesOf("no-hcrole"), IsEmpty());
  EXPECT_THAT(*TestPki::Leaf("no-hcrole").role_names(), IsEmpty());
}

// PKI-023
TEST(CertificateTest, AMalformedHcRoleIsAnErrorAndNotNoRole) {
  for (const char* value : {"DER:3000", "DER:05", "DER:04024142"}) {
    const Certificate bad = TestPki::Mint({.extensions = {{"subjectDirectoryAttributes", value}}});
    EXPECT_EQ(bad.Roles().status().code(), absl::StatusCode::kInvalidArgument) << value;
  }
}

// PKI-023
TEST(CertificateTest, TheExtensionTwiceIsAnError) {
  const char kDoctor[] =
      "DER:303430320606288185420001312831263024A0223120A00C060A2A830886910F01060101A2100C0E4D6564"
      "6963616C20446F63746F72";
  const Certificate once = TestPki::Mint({.extensions = {{"2.5.29.9", kDoctor}}});
  EXPECT_THAT(*once.Roles(), ElementsAre(Role::kMedicalDoctor));
  const auto twice =
      TestPki::TryMint({.extensions = {{"2.5.29.9", kDoctor}, {"2.5.29.9", kDoctor}}});
  EXPECT_FALSE(twice.ok() && twice->Roles().ok());
}

TEST(CertificateTest, FingerprintsTellCertificatesAndKeysApart) {
  const Certificate doctor = TestPki::Leaf("clinic-1-doctor");
  const Certificate same = TestPki::Leaf("clinic-1-doctor");
  const Certificate signer = TestPki::Leaf("clinic-1-doctor", "sign-cert.pem");
  EXPECT_EQ(doctor.fingerprint().size(), 64u);
  EXPECT_EQ(doctor.key_fingerprint().size(), 64u);
  EXPECT_EQ(doctor.fingerprint(), same.fingerprint());
  EXPECT_NE(doctor.fingerprint(), signer.fingerprint());
  EXPECT_NE(doctor.key_fingerprint(), signer.key_fingerprint());
  EXPECT_NE(doctor.fingerprint(), doctor.key_fingerprint());
}

TEST(CertificateTest, DerComesBackAsItWas) {
  const Certificate doctor = TestPki::Leaf("clinic-1-doctor");
  const auto again = Certificate::FromDer(doctor.ToDer());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->fingerprint(), doctor.fingerprint());
  EXPECT_EQ(EVP_PKEY_eq(again->public_key(), doctor.public_key()), 1);
}

TEST(CertificateTest, SerialsAreHexWithoutLeadingZeros) {
  EXPECT_EQ(TestPki::Mint({}).serial(), "1267");  // 4711
  EXPECT_EQ(Certificate::FromPem(TestPki::Read("trust/hpki-root.pem"))->serial(), "1");
}

TEST(CertificateTest, AbsentKeyUsageIsNoBits) {
  EXPECT_EQ(TestPki::Mint({}).key_usage(), 0u);
  EXPECT_THAT(TestPki::Mint({}).policies(), IsEmpty());
}

TEST(CertificateTest, WhatIsNotACertificateIsRefused) {
  const std::string der = TestPki::Leaf("clinic-1-doctor").ToDer();
  EXPECT_FALSE(Certificate::FromDer("").ok());
  EXPECT_FALSE(Certificate::FromDer(der + "x").ok());
  EXPECT_FALSE(Certificate::FromPem("").ok());
  EXPECT_FALSE(Certificate::FromPem("-----BEGIN CERTIFICATE-----\nAAAA\n").ok());
  EXPECT_FALSE(Certificate::FromPem(TestPki::Read("identities/clinic-1-doctor/key.pem")).ok());
  EXPECT_FALSE(Certificate::FromPem(std::string(kMaxCertificateBytes + 1, 'x')).ok());
  for (size_t size = 0; size < der.size(); ++size) {
    EXPECT_FALSE(Certificate::FromDer(der.substr(0, size)).ok()) << size;
  }
}

TEST(CertificateTest, CorruptedBytesAreReadWithoutHarm) {
  const std::string der = TestPki::Leaf("clinic-1-doctor").ToDer();
  for (size_t at = 0; at < der.size(); ++at) {
    for (int flip : {0x01, 0x80, 0xFF}) {
      std::string corrupted = der;
      corrupted[at] = static_cast<char>(corrupted[at] ^ flip);
      const auto certificate = Certificate::FromDer(corrupted);
      EXPECT_TRUE(!certificate.ok() || certificate->fingerprint().size() == 64u);
    }
  }
}

TEST(CertificateTest, ErrorsDoNotNameTheSubject) {
  std::string der = TestPki::Leaf("clinic-1-doctor").ToDer();
  der.pop_back();
  EXPECT_FALSE(absl::StrContains(Certificate::FromDer(der).status().ToString(), "Taro"));
}

TEST(CertificateListTest, AllCertificatesOfATextAreRead) {
  const auto list = Certificate::ListFromPem(TestPki::Read("trust/intermediates.pem"));
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->size(), 3u);
  EXPECT_THAT(*Certificate::ListFromPem(""), IsEmpty());
  EXPECT_THAT(*Certificate::ListFromPem("no certificate here"), IsEmpty());
}

TEST(CertificateListTest, OneBadCertificateSpoilsTheList) {
  std::string pem = TestPki::Read("trust/intermediates.pem");
  pem += "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  EXPECT_FALSE(Certificate::ListFromPem(pem).ok());
}

TEST(CertificateListTest, MoreThanTheLimitAreRefused) {
  const std::string one = TestPki::Read("trust/hpki-root.pem");
  std::string pem;
  for (size_t i = 0; i < kMaxPresentedCertificates; ++i) pem += one;
  EXPECT_TRUE(Certificate::ListFromPem(pem).ok());
  EXPECT_FALSE(Certificate::ListFromPem(pem + one).ok());
}

// PKI-017
TEST(PresentedChainTest, LeafAndChainComeFromTwoProperties) {
  const std::string leaf = TestPki::Read("identities/clinic-1-doctor/cert.pem");
  const std::string chain = TestPki::Read("identities/clinic-1-doctor/chain.pem");
  const auto presented = ReadPresentedChain(leaf, chain);
  ASSERT_TRUE(presented.ok()) << presented.status();
  EXPECT_EQ(presented->leaf.subject().serial_number, "T0000001");
  ASSERT_EQ(presented->chain.size(), 1u);
  EXPECT_NE(X509_check_ca(presented->chain[0].get()), 0);
  EXPECT_THAT(ReadPresentedChain(leaf, "")->chain, IsEmpty());
  EXPECT_FALSE(ReadPresentedChain("", chain).ok());
  EXPECT_FALSE(ReadPresentedChain(leaf, "-----BEGIN CERTIFICATE-----\n!\n").ok());
}

}  // namespace
}  // namespace tsunagu::hpki
