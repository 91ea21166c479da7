#include "services/gateway/admission.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "services/platform/access/test_key.h"
#include "services/platform/access/timestamp.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/rpc/text_proto.h"
#include "services/platform/status/error.h"

namespace tsunagu::gateway {
namespace {

using hpki::TestPki;

constexpr char kRegister[] = "/tsunagu.prescription.v1.Prescriptions/Register";
constexpr char kHistory[] = "/tsunagu.medication.v1.Medication/GetHistory";

access::TestKey Key(char seed) { return access::MakeTestKey(std::string(32, seed)); }

std::string EnrolmentFile() {
  const std::string path = absl::StrCat(std::getenv("TEST_TMPDIR"), "/enrolment.txtpb");
  std::ofstream(path) << "facilities { code: \"1311234567\" kind: FACILITY_KIND_CLINIC }\n"
                      << "practitioners { key_sha256: \""
                      << TestPki::Leaf("clinic-1-doctor").key_fingerprint()
                      << "\" facilities: \"1311234567\" }\n";
  return path;
}

class AdmissionTest : public testing::Test {
 protected:
  CallHead Head(absl::string_view path) const {
    return {.path = path, .leaf_pem = leaf_, .chain_pem = chain_};
  }

  std::string Context(absl::Time now) const {
    access::v1::CareContext context;
    context.set_facility("1311234567");
    context.add_scopes(access::v1::SCOPE_MEDICATION);
    context.set_source(access::v1::CONTEXT_SOURCE_ORAL);
    *context.mutable_issued_at() = access::ToTimestamp(now);
    *context.mutable_expires_at() = access::ToTimestamp(now + absl::Hours(1));
    return access::TokenSigner::Create("e", Key('e').private_pem)->Sign(context);
  }

  const std::string leaf_ = TestPki::Read("identities/clinic-1-doctor/cert.pem");
  const std::string chain_ = TestPki::Read("identities/clinic-1-doctor/chain.pem");
  std::unique_ptr<hpki::CrlStore> crls_ = *hpki::CrlStore::Open(TestPki::PathOf("trust/crls.pem"));
  CredentialChecker credentials_{TestPki::Validator(), crls_.get()};
  std::unique_ptr<access::EnrolmentStore> enrolment_ =
      *access::EnrolmentStore::Open(EnrolmentFile());
  access::RateLimiter limiter_{1, 3};
  PrincipalIssuer issuer_{*access::TokenSigner::Create("g", Key('g').private_pem)};
  std::unique_ptr<access::TokenVerifier> verifier_ = *access::TokenVerifier::Create(
      {.principals = {},
       .care_contexts = {{"e", Key('e').public_pem, {access::v1::CONTEXT_SOURCE_ORAL}}}});
  Admission admission_{{.credentials = &credentials_,
                        .enrolment = enrolment_.get(),
                        .limiter = &limiter_,
                        .issuer = &issuer_,
                        .verifier = verifier_.get()}};
};

TEST_F(AdmissionTest, AnAdmittedCallHasItsPrincipalAndMethod) {
  const Decision decision = admission_.Admit(Head(kRegister), TestPki::Now());
  ASSERT_TRUE(decision.status.ok()) << decision.status;
  EXPECT_EQ(decision.method->path, kRegister);
  EXPECT_EQ(decision.principal->principal.facility(), "1311234567");
  EXPECT_FALSE(decision.with_care_context);
}

TEST_F(AdmissionTest, ARefusalShowsTheStartOfTheCertificatesHashOnly) {
  const Decision decision =
      admission_.Admit(Head("/tsunagu.prescription.v1.Prescriptions/Accept"), TestPki::Now());
  EXPECT_EQ(ReasonOf(decision.status), "ROLE_NOT_ALLOWED");
  EXPECT_EQ(decision.credential, TestPki::Leaf("clinic-1-doctor").fingerprint().substr(0, 12));
  EXPECT_EQ(decision.status.message().find("1311234567"), absl::string_view::npos);
}

TEST_F(AdmissionTest, GW001AnUnknownMethodIsRefused) {
  EXPECT_EQ(RuleOf(admission_.Admit({.path = "/a/b"}, TestPki::Now()).status), "GW-002");
  const Decision decision = admission_.Admit(Head("/a/b"), TestPki::Now());
  EXPECT_EQ(decision.status.code(), absl::StatusCode::kUnimplemented);
  EXPECT_EQ(RuleOf(decision.status), "GW-001");
  EXPECT_EQ(decision.method, nullptr);
}

TEST_F(AdmissionTest, GW002ACallWithoutCertificateIsRefused) {
  const Decision decision = admission_.Admit({.path = kRegister}, TestPki::Now());
  EXPECT_EQ(RuleOf(decision.status), "GW-002");
  EXPECT_EQ(decision.credential, "");
}

TEST_F(AdmissionTest, ACareContextThatIsNeededAndGoodGoesOn) {
  CallHead head = Head(kHistory);
  const std::string token = Context(TestPki::Now());
  head.care_context.value = token;
  const Decision decision = admission_.Admit(head, TestPki::Now());
  EXPECT_TRUE(decision.status.ok()) << decision.status;
  EXPECT_TRUE(decision.with_care_context);
}

TEST_F(AdmissionTest, GW010WhatMayComeOnceIsRefusedTwice) {
  CallHead twice = Head(kHistory);
  const std::string token = Context(TestPki::Now());
  twice.care_context = {.value = token, .repeated = true};
  EXPECT_EQ(RuleOf(admission_.Admit(twice, TestPki::Now()).status), "GW-010");
  CallHead facility = Head(kRegister);
  facility.facility = {.value = "1311234567", .repeated = true};
  EXPECT_EQ(RuleOf(admission_.Admit(facility, TestPki::Now()).status), "GW-010");
}

TEST_F(AdmissionTest, GW011TheRateCountsRefusedCallsToo) {
  for (int i = 0; i < 3; ++i) admission_.Admit(Head(kHistory), TestPki::Now());
  const Decision decision = admission_.Admit(Head(kRegister), TestPki::Now());
  EXPECT_EQ(ReasonOf(decision.status), "RATE_LIMITED");
  EXPECT_TRUE(admission_.Admit(Head(kRegister), TestPki::Now() + absl::Seconds(1)).status.ok());
}

TEST_F(AdmissionTest, GW011TheRateCountsCallsWithABadCertificateToo) {
  CallHead head = Head(kRegister);
  const std::string revoked = TestPki::Read("identities/doctor-revoked/cert.pem");
  head.leaf_pem = revoked;
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(ReasonOf(admission_.Admit(head, TestPki::Now()).status), "CERTIFICATE_REVOKED");
  }
  EXPECT_EQ(ReasonOf(admission_.Admit(head, TestPki::Now()).status), "RATE_LIMITED");
  EXPECT_TRUE(admission_.Admit(Head(kRegister), TestPki::Now()).status.ok());
}

}  // namespace
}  // namespace tsunagu::gateway
