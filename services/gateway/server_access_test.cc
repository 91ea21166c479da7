// What a caller may do: local users, care contexts, rates.
#include <gtest/gtest.h>

#include "services/gateway/server_test_support.h"
#include "services/platform/access/metadata.h"

namespace tsunagu::gateway {
namespace {

TEST_F(GatewayTest, AC005AnOrganisationWithoutLocalUserIsRefused) {
  ExpectRefused(Connect("insurer-1").Call(kLoad), grpc::StatusCode::PERMISSION_DENIED,
                "LOCAL_USER_MISSING", "AC-005");
}

TEST_F(GatewayTest, GW010ALocalUserHasItsForm) {
  Client insurer = Connect("insurer-1");
  for (const char* user : {"two words", "", "<script>"}) {
    ExpectRefused(insurer.Call(kLoad, {{access::kLocalUserKey, user}}),
                  grpc::StatusCode::INVALID_ARGUMENT, "METADATA_INVALID", "GW-010");
  }
  ExpectRefused(insurer.Call(kLoad, {{access::kLocalUserKey, "a"}, {access::kLocalUserKey, "b"}}),
                grpc::StatusCode::INVALID_ARGUMENT, "METADATA_INVALID", "GW-010");
}

TEST_F(GatewayTest, APractitionerActsForHimself) {
  ExpectOk(Connect("clinic-1-doctor").Call(kRegister, {{access::kLocalUserKey, "other"}}));
  EXPECT_EQ(SeenPrincipal().local_user(), "");
}

TEST_F(GatewayTest, AC004AFacilitysCertificateCannotPrescribe) {
  ExpectRefused(Connect("clinic-1-terminal").Call(kRegister, {{access::kLocalUserKey, "desk"}}),
                grpc::StatusCode::PERMISSION_DENIED, "ORGANISATION_NOT_ALLOWED", "AC-004");
}

TEST_F(GatewayTest, ACareContextOpensWhatItHolds) {
  const Metadata metadata = Presenting(Context(kClinic));
  ExpectOk(Connect("clinic-1-doctor").Call(kHistory, metadata));
  const auto seen = backend_->TakeSeen();
  ASSERT_EQ(seen.size(), 1u);
  ASSERT_EQ(seen[0].metadata.count(access::kCareContextKey), 1u);
  EXPECT_EQ(seen[0].metadata.find(access::kCareContextKey)->second, metadata[0].second);
}

TEST_F(GatewayTest, AC008WithoutCareContextNothingIsRead) {
  ExpectRefused(Connect("clinic-1-doctor").Call(kHistory), grpc::StatusCode::PERMISSION_DENIED,
                "CARE_CONTEXT_MISSING", "AC-008");
}

TEST_F(GatewayTest, AC009ACareContextOfAnotherFacilityIsRefused) {
  ExpectRefused(Connect("clinic-1-doctor").Call(kHistory, Presenting(Context(kPharmacy))),
                grpc::StatusCode::PERMISSION_DENIED, "CARE_CONTEXT_OTHER_FACILITY", "AC-009");
}

TEST_F(GatewayTest, AC010AnExpiredCareContextIsRefused) {
  Client doctor = Connect("clinic-1-doctor");
  ExpectOk(doctor.Call(kHistory, Presenting(Context(kClinic))));
  seconds_later_ = 3600;
  ExpectRefused(doctor.Call(kHistory, Presenting(Context(kClinic))),
                grpc::StatusCode::PERMISSION_DENIED, "CARE_CONTEXT_EXPIRED", "AC-010");
}

TEST_F(GatewayTest, AC011TheScopeMustBeThere) {
  auto context = Context(kClinic);
  context.clear_scopes();
  context.add_scopes(access::v1::SCOPE_CHECKUP);
  ExpectRefused(Connect("clinic-1-doctor").Call(kHistory, Presenting(context)),
                grpc::StatusCode::PERMISSION_DENIED, "SCOPE_MISSING", "AC-011");
}

TEST_F(GatewayTest, ACareContextOfAForeignKeyIsRefused) {
  Client doctor = Connect("clinic-1-doctor");
  const std::string forged = Sign(Context(kClinic), "eligibility", "gateway-principal.key.pem");
  ExpectRefused(doctor.Call(kHistory, {{access::kCareContextKey, forged}}),
                grpc::StatusCode::PERMISSION_DENIED, "CARE_CONTEXT_SIGNATURE_BAD", "AC-014");
  const std::string other = Sign(Context(kClinic), "emergency", "emergency-context.key.pem");
  ExpectRefused(doctor.Call(kHistory, {{access::kCareContextKey, other}}),
                grpc::StatusCode::PERMISSION_DENIED, "CARE_CONTEXT_SOURCE", "AC-017");
}

// GW-015
TEST_F(GatewayTest, GW015AContextThatIsNotNeededIsNotPassedOn) {
  ExpectOk(Connect("clinic-1-doctor").Call(kRegister, {{access::kCareContextKey, "nonsense"}}));
  const auto seen = backend_->TakeSeen();
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].metadata.count(access::kCareContextKey), 0u);
}

TEST_F(GatewayTest, AParamedicBreaksGlassWithoutContext) {
  ExpectOk(Connect("ambulance-1-paramedic").Call(kSummary));
  ExpectOk(Connect("ambulance-1-terminal").Call(kSummary, {{access::kLocalUserKey, "crew-7"}}));
  ExpectRefused(Connect("clinic-1-doctor").Call(kSummary), grpc::StatusCode::PERMISSION_DENIED,
                "FACILITY_KIND_NOT_ALLOWED", "AC-003");
}

TEST_F(GatewayTest, GW011ACertificateHasItsRate) {
  Start("calls_per_second: 0.1 burst: 3");
  Client doctor = Connect("clinic-1-doctor");
  for (int i = 0; i < 3; ++i) ExpectOk(doctor.Call(kRegister));
  const Answer answer = doctor.Call(kRegister);
  ExpectRefused(answer, grpc::StatusCode::RESOURCE_EXHAUSTED, "RATE_LIMITED", "GW-011");
  ExpectOk(Connect("pharmacy-1-pharmacist").Call(kAccept));
}

TEST_F(GatewayTest, GW015AClientsOwnPrincipalIsDropped) {
  ExpectOk(Connect("clinic-1-doctor")
               .Call(kRegister, {{access::kPrincipalKey, "forged"}, {"x-other", "value"}}));
  const auto seen = backend_->TakeSeen();
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].metadata.count(access::kPrincipalKey), 1u);
  EXPECT_NE(seen[0].metadata.find(access::kPrincipalKey)->second, "forged");
  EXPECT_EQ(seen[0].metadata.count("x-other"), 0u);
}

}  // namespace
}  // namespace tsunagu::gateway
