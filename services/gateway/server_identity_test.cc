// Who comes in: certificates, revocation, enrolment.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/gateway/server_test_support.h"
#include "services/platform/access/metadata.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/rpc/text_proto.h"

namespace tsunagu::gateway {
namespace {

using hpki::TestPki;

TEST_F(GatewayTest, ADoctorPrescribes) {
  ExpectOk(Connect("clinic-1-doctor").Call(kRegister));
  const auto principal = SeenPrincipal();
  EXPECT_EQ(principal.credential(), access::v1::CREDENTIAL_PRACTITIONER);
  EXPECT_EQ(principal.actor(), TestPki::Leaf("clinic-1-doctor").fingerprint());
  EXPECT_EQ(principal.roles_size(), 1);
  EXPECT_EQ(principal.roles(0), access::v1::ROLE_MEDICAL_DOCTOR);
  EXPECT_EQ(principal.facility(), kClinic);
  EXPECT_EQ(principal.facility_kind(), access::v1::FACILITY_KIND_CLINIC);
  EXPECT_EQ(principal.local_user(), "");
}

TEST_F(GatewayTest, ADentistWithoutExtendedKeyUsagePrescribes) {
  ExpectOk(Connect("clinic-1-dentist").Call(kRegister));
}

TEST_F(GatewayTest, APharmacistAcceptsAndDoesNotPrescribe) {
  Client pharmacist = Connect("pharmacy-1-pharmacist");
  ExpectOk(pharmacist.Call(kAccept));
  ExpectRefused(pharmacist.Call(kRegister), grpc::StatusCode::PERMISSION_DENIED, "ROLE_NOT_ALLOWED",
                "AC-002");
}

TEST_F(GatewayTest, AnOrganisationActsForItsLocalUser) {
  ExpectOk(Connect("insurer-1").Call(kLoad, {{access::kLocalUserKey, "batch-1"}}));
  const auto principal = SeenPrincipal();
  EXPECT_EQ(principal.credential(), access::v1::CREDENTIAL_ORGANISATION);
  EXPECT_EQ(principal.facility_kind(), access::v1::FACILITY_KIND_INSURER);
  EXPECT_EQ(principal.local_user(), "batch-1");
  EXPECT_EQ(principal.roles_size(), 0);
}

TEST_F(GatewayTest, GW003ATestCardIsRefused) {
  ExpectRefused(Connect("doctor-test-policy").Call(kRegister), grpc::StatusCode::UNAUTHENTICATED,
                "POLICY_MISSING", "GW-003");
}

TEST_F(GatewayTest, GW003ARevokedCertificateIsRefused) {
  ExpectRefused(Connect("doctor-revoked").Call(kRegister), grpc::StatusCode::UNAUTHENTICATED,
                "CERTIFICATE_REVOKED", "GW-003");
}

TEST_F(GatewayTest, TlsItselfRefusesWhatIsNotOfThisTree) {
  for (const char* identity : {"doctor-foreign-root", "doctor-expired", "doctor-signing-as-tls"}) {
    ExpectNoConnection(Connect(identity).Call(kRegister));
  }
}

TEST_F(GatewayTest, GW006NoHcRoleUnknownRoleAndManagersHaveNoLicence) {
  for (const char* identity : {"no-hcrole", "role-unknown", "clinic-1-director"}) {
    ExpectRefused(Connect(identity).Call(kRegister), grpc::StatusCode::PERMISSION_DENIED,
                  "NO_LICENCE", "GW-006");
  }
}

TEST_F(GatewayTest, GW007ACertificateThatNoFacilityKnowsIsRefused) {
  ExpectRefused(Connect("doctor-not-enrolled").Call(kRegister), grpc::StatusCode::PERMISSION_DENIED,
                "NOT_ENROLLED", "GW-007");
}

TEST_F(GatewayTest, GW009SeveralFacilitiesNeedAChoice) {
  Client both = Connect("doctor-two-roles");
  ExpectRefused(both.Call(kRegister), grpc::StatusCode::FAILED_PRECONDITION, "FACILITY_AMBIGUOUS",
                "GW-009");
  ExpectOk(both.Call(kRegister, {{access::kFacilityKey, kClinic}}));
  EXPECT_EQ(SeenPrincipal().roles_size(), 2);
  ExpectOk(both.Call(kAccept, {{access::kFacilityKey, kPharmacy}}));
  ExpectRefused(both.Call(kRegister, {{access::kFacilityKey, kPharmacy}}),
                grpc::StatusCode::PERMISSION_DENIED, "FACILITY_KIND_NOT_ALLOWED", "AC-003");
}

TEST_F(GatewayTest, GW008TheChoiceIsAmongTheEnrolled) {
  ExpectRefused(Connect("clinic-1-doctor").Call(kRegister, {{access::kFacilityKey, kPharmacy}}),
                grpc::StatusCode::PERMISSION_DENIED, "FACILITY_NOT_ENROLLED", "GW-008");
  ExpectOk(Connect("clinic-1-doctor").Call(kRegister, {{access::kFacilityKey, kClinic}}));
}

TEST_F(GatewayTest, GW004StaleRevocationListsCloseTheDoorOnAnOpenConnection) {
  Client doctor = Connect("clinic-1-doctor");
  ExpectOk(doctor.Call(kRegister));
  seconds_later_ = 97 * 3600;
  ExpectRefused(doctor.Call(kRegister), grpc::StatusCode::UNAVAILABLE, "CRL_EXPIRED", "GW-004");
}

TEST_F(GatewayTest, GW004AMissingListClosesTheDoor) {
  Client doctor = Connect("clinic-1-doctor");
  ExpectOk(doctor.Call(kRegister));
  Write(crls_, TestPki::Read("ca/org/crl.pem") + TestPki::Read("ca/root/sarl.pem") +
                   TestPki::Read("ca/root/rarl.pem"));
  server_->ReloadFiles();
  ExpectRefused(doctor.Call(kRegister), grpc::StatusCode::UNAVAILABLE, "CRL_MISSING", "GW-004");
  ExpectOk(Connect("insurer-1").Call(kLoad, {{access::kLocalUserKey, "batch-1"}}));
}

TEST_F(GatewayTest, GW017WithAClosedDoorTheGatewayIsNotServing) {
  Client doctor = Connect("clinic-1-doctor");
  EXPECT_EQ(doctor.Call(kHealth, {}, "").bytes, kServing);
  EXPECT_EQ(ReadyGauge(), 1);

  seconds_later_ = 97 * 3600;
  server_->ReloadFiles();  // finds the same lists, which have expired
  EXPECT_EQ(doctor.Call(kHealth, {}, "").bytes, kNotServing);
  EXPECT_EQ(ReadyGauge(), 0);
  ExpectRefused(doctor.Call(kRegister), grpc::StatusCode::UNAVAILABLE, "CRL_EXPIRED", "GW-004");

  seconds_later_ = 0;
  server_->ReloadFiles();
  EXPECT_EQ(doctor.Call(kHealth, {}, "").bytes, kServing);
  // One CA without a list is no reason to send those of the others away.
  Write(crls_, TestPki::Read("ca/org/crl.pem") + TestPki::Read("ca/root/sarl.pem") +
                   TestPki::Read("ca/root/rarl.pem"));
  server_->ReloadFiles();
  EXPECT_EQ(doctor.Call(kHealth, {}, "").bytes, kServing);
  EXPECT_EQ(ReadyGauge(), 1);
  EXPECT_TRUE(HasFault("authorities"));
}

TEST_F(GatewayTest, AnUnreadableListLeavesThePresentOnesInForce) {
  Client doctor = Connect("clinic-1-doctor");
  const std::string before = *ReadFile(crls_);
  Write(crls_, "nonsense");
  server_->ReloadFiles();
  ExpectOk(doctor.Call(kRegister));
  EXPECT_TRUE(HasFault("crls"));
  EXPECT_FALSE(HasFault("authorities"));
  Write(crls_, before);
  server_->ReloadFiles();
  EXPECT_FALSE(HasFault("crls"));
}

TEST_F(GatewayTest, GW003ARevocationReachesAnOpenConnectionAtTheNextCall) {
  Client doctor = Connect("clinic-1-doctor");
  ExpectOk(doctor.Call(kRegister));
  Revoke("clinic-1-doctor");
  ExpectRefused(doctor.Call(kRegister), grpc::StatusCode::UNAUTHENTICATED, "CERTIFICATE_REVOKED",
                "GW-003");
  ExpectOk(Connect("pharmacy-1-pharmacist").Call(kAccept));
}

TEST_F(GatewayTest, ThePrincipalIsSignedOncePerMinute) {
  Client doctor = Connect("clinic-1-doctor");
  const auto token = [&] {
    ExpectOk(doctor.Call(kRegister));
    return backend_->TakeSeen()[0].metadata.find(access::kPrincipalKey)->second;
  };
  const std::string first = token();
  seconds_later_ = 59;
  EXPECT_EQ(token(), first);
  seconds_later_ = 60;
  EXPECT_NE(token(), first);
}

TEST_F(GatewayTest, TheEnrolmentIsReadAgain) {
  Client doctor = Connect("doctor-not-enrolled");
  const std::string file = Temporary("enrolment.txtpb");
  const std::string before = *ReadFile(file);
  Write(file, absl::StrCat(before, "practitioners { key_sha256: \"",
                           TestPki::Leaf("doctor-not-enrolled").key_fingerprint(),
                           "\" facilities: \"", kClinic, "\" }"));
  server_->ReloadFiles();
  ExpectOk(doctor.Call(kRegister));
  EXPECT_FALSE(HasFault("enrolment"));
  Write(file, "practitioners { }");  // wrong: what was in force stays
  server_->ReloadFiles();
  ExpectOk(doctor.Call(kRegister));
  EXPECT_TRUE(HasFault("enrolment"));
  Write(file, before);
  server_->ReloadFiles();
  EXPECT_FALSE(HasFault("enrolment"));
  ExpectRefused(doctor.Call(kRegister), grpc::StatusCode::PERMISSION_DENIED, "NOT_ENROLLED",
                "GW-007");
}

}  // namespace
}  // namespace tsunagu::gateway
