#include "services/gateway/credential.h"

#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/status/error.h"

namespace tsunagu::gateway {
namespace {

using hpki::TestPki;

class CredentialTest : public testing::Test {
 protected:
  CredentialTest()
      : path_(absl::StrCat(std::getenv("TEST_TMPDIR"), "/lists.pem")), crls_(OpenLists()) {}

  std::unique_ptr<hpki::CrlStore> OpenLists() {
    WriteLists(TestPki::Read("trust/crls.pem"));
    return *hpki::CrlStore::Open(path_);
  }

  void WriteLists(const std::string& pem) { std::ofstream(path_, std::ios::binary) << pem; }

  std::shared_ptr<const Verdict> Check(const std::string& identity,
                                       absl::Time now = TestPki::Now()) {
    return checker_.Check(TestPki::Read(absl::StrCat("identities/", identity, "/cert.pem")),
                          TestPki::Read(absl::StrCat("identities/", identity, "/chain.pem")), now);
  }

  void ExpectRefused(const std::string& identity, absl::StatusCode code, const char* reason,
                     const char* rule) {
    const absl::Status status = Check(identity)->status;
    EXPECT_EQ(status.code(), code) << identity;
    EXPECT_EQ(ReasonOf(status), reason) << identity;
    EXPECT_EQ(RuleOf(status), rule) << identity;
  }

  const std::string path_;
  std::unique_ptr<hpki::CrlStore> crls_;
  CredentialChecker checker_{TestPki::Validator(), crls_.get()};
};

TEST_F(CredentialTest, APractitionerHasLicences) {
  const auto verdict = Check("pharmacy-1-pharmacist");
  ASSERT_TRUE(verdict->status.ok()) << verdict->status;
  EXPECT_EQ(verdict->credential.kind, access::v1::CREDENTIAL_PRACTITIONER);
  EXPECT_EQ(verdict->credential.roles, std::vector<access::v1::Role>{access::v1::ROLE_PHARMACIST});
  const auto leaf = TestPki::Leaf("pharmacy-1-pharmacist");
  EXPECT_EQ(verdict->credential.fingerprint, leaf.fingerprint());
  EXPECT_EQ(verdict->credential.key_fingerprint, leaf.key_fingerprint());
}

TEST_F(CredentialTest, AnOrganisationHasItsFacilitysCode) {
  const auto verdict = Check("insurer-1");
  ASSERT_TRUE(verdict->status.ok()) << verdict->status;
  EXPECT_EQ(verdict->credential.kind, access::v1::CREDENTIAL_ORGANISATION);
  EXPECT_EQ(verdict->credential.facility_code, "1300000018");
  EXPECT_TRUE(verdict->credential.roles.empty());
}

TEST_F(CredentialTest, TwoLicencesAreTwoRoles) {
  EXPECT_EQ(Check("doctor-two-roles")->credential.roles.size(), 2u);
}

// GW-003
TEST_F(CredentialTest, WhatThePathRefusesIsRefusedWithItsReason) {
  constexpr auto kCode = absl::StatusCode::kUnauthenticated;
  ExpectRefused("doctor-test-policy", kCode, "POLICY_MISSING", "GW-003");
  ExpectRefused("doctor-revoked", kCode, "CERTIFICATE_REVOKED", "GW-003");
  ExpectRefused("doctor-expired", kCode, "CERTIFICATE_EXPIRED", "GW-003");
  ExpectRefused("doctor-foreign-root", kCode, "UNTRUSTED_ROOT", "GW-003");
  ExpectRefused("doctor-signing-as-tls", kCode, "WRONG_PURPOSE", "GW-003");
}

TEST_F(CredentialTest, GW006WithoutLicenceThereIsNoRight) {
  for (const char* identity : {"no-hcrole", "role-unknown", "clinic-1-director"}) {
    ExpectRefused(identity, absl::StatusCode::kPermissionDenied, "NO_LICENCE", "GW-006");
  }
}

TEST_F(CredentialTest, GW002BytesThatAreNoCertificateAreRefused) {
  for (const char* pem : {"", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n"}) {
    const auto verdict = checker_.Check(pem, "", TestPki::Now());
    EXPECT_EQ(ReasonOf(verdict->status), "CERTIFICATE_UNREADABLE");
    EXPECT_EQ(RuleOf(verdict->status), "GW-002");
  }
}

TEST_F(CredentialTest, GW005AMalformedHcRoleIsRefusedAsSuch) {
  hpki::TestCertificate wanted;
  wanted.extensions = {{"keyUsage", "critical,digitalSignature"},
                       {"extendedKeyUsage", "clientAuth"},
                       {"certificatePolicies", "critical,1.2.392.100495.1.5.1.2.3.1"},
                       {"subjectKeyIdentifier", "hash"},
                       {"authorityKeyIdentifier", "keyid:always"},
                       {"subjectDirectoryAttributes", "DER:30:03:02:01:05"}};
  const auto minted = hpki::TestPki::Mint(wanted);
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, minted.get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  const std::string pem(data, static_cast<size_t>(size));
  BIO_free(bio);
  const auto verdict = checker_.Check(pem, TestPki::Read("ca/auth/ca.pem"), TestPki::Now());
  EXPECT_EQ(ReasonOf(verdict->status), "HCROLE_MALFORMED") << verdict->status;
  EXPECT_EQ(RuleOf(verdict->status), "GW-005");
}

TEST_F(CredentialTest, AVerdictIsRemembered) {
  EXPECT_EQ(Check("clinic-1-doctor").get(), Check("clinic-1-doctor").get());
}

TEST_F(CredentialTest, ARefusalIsRememberedForAMomentOnly) {
  const auto first = Check("doctor-revoked");
  EXPECT_EQ(Check("doctor-revoked").get(), first.get());
  EXPECT_NE(Check("doctor-revoked", TestPki::Now() + kRefusalAge).get(), first.get());
}

TEST_F(CredentialTest, NewListsEndEveryVerdict) {
  const auto first = Check("clinic-1-doctor");
  WriteLists("# the same lists, in a file that changed\n" + TestPki::Read("trust/crls.pem"));
  ASSERT_TRUE(*crls_->Reload());
  EXPECT_NE(Check("clinic-1-doctor").get(), first.get());
}

TEST_F(CredentialTest, GW004AVerdictEndsWithTheLists) {
  const auto verdict = Check("clinic-1-doctor");
  EXPECT_LE(verdict->good_until, crls_->current().crls.earliest_next_update());
  EXPECT_LE(verdict->good_until, TestPki::Now() + kMaxVerdictAge);
  const auto late = Check("clinic-1-doctor", TestPki::Now() + absl::Hours(97));
  EXPECT_EQ(late->status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(late->status), "CRL_EXPIRED");
  EXPECT_EQ(RuleOf(late->status), "GW-004");
}

TEST(LicencesTest, OnlyLicencesThatRulesCanName) {
  EXPECT_EQ(LicencesOf({hpki::Role::kDirectorOfHospital, hpki::Role::kSupervisorOfPharmacy,
                        hpki::Role::kDirector, hpki::Role::kMidwife}),
            std::vector<access::v1::Role>{});
  EXPECT_EQ(LicencesOf({hpki::Role::kDirectorOfHospital, hpki::Role::kMedicalDoctor}),
            std::vector<access::v1::Role>{access::v1::ROLE_MEDICAL_DOCTOR});
}

// The number of each role of ours is that of the national table, so none is mapped to another.
TEST(LicencesTest, EveryRoleOfOursComesFromALicence) {
  for (const hpki::RoleInfo& info : hpki::AllRoles()) {
    for (const access::v1::Role role : LicencesOf({info.role})) {
      EXPECT_TRUE(info.licence);
      EXPECT_EQ(static_cast<int>(role), static_cast<int>(info.role) + 1) << info.text;
    }
  }
}

}  // namespace
}  // namespace tsunagu::gateway
