#include "services/eligibility/consent.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "google/rpc/details.pb.h"
#include "services/platform/access/timestamp.h"
#include "services/platform/status/error.h"

namespace tsunagu::eligibility {
namespace {

using tsunagu::access::v1::CareContext;
using tsunagu::access::v1::FACILITY_KIND_CLINIC;
using tsunagu::access::v1::FACILITY_KIND_EMERGENCY_HOSPITAL;
using tsunagu::access::v1::FACILITY_KIND_FIRE_DEPARTMENT;
using tsunagu::access::v1::FACILITY_KIND_HOSPITAL;
using tsunagu::access::v1::FACILITY_KIND_PHARMACY;
using tsunagu::access::v1::SCOPE_EMERGENCY;
using tsunagu::access::v1::SCOPE_MEDICATION;
using tsunagu::access::v1::SCOPE_TREATMENT;
using tsunagu::eligibility::v1::CheckInRequest;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

// The paths of the fields that an error names.
std::vector<std::string> FieldsOf(const absl::Status& status) {
  std::vector<std::string> paths;
  google::rpc::BadRequest bad;
  const google::rpc::Status rpc = ToRpcStatus(status);
  for (const auto& detail : rpc.details()) {
    if (!detail.UnpackTo(&bad)) continue;
    for (const auto& violation : bad.field_violations()) paths.push_back(violation.field());
  }
  return paths;
}

CheckInRequest Request(const std::vector<int>& scopes = {},
                       access::v1::ContextSource source = access::v1::CONTEXT_SOURCE_CARD_READER) {
  CheckInRequest request;
  for (const int scope : scopes) {
    request.add_consented(static_cast<access::v1::Scope>(scope));
  }
  request.set_source(source);
  return request;
}

absl::Status Check(const CheckInRequest& request,
                   access::v1::FacilityKind kind = FACILITY_KIND_CLINIC) {
  return CheckConsent(request, kind, "20260512");
}

CareContext Make(const CheckInRequest& request) {
  return MakeCareContext(request, {"new", "old"}, "1311234567", "id", kNow);
}

// EL-023
TEST(ConsentTest, OnlyAPersonAtTheCounterConsents) {
  EXPECT_TRUE(Check(Request({}, access::v1::CONTEXT_SOURCE_CARD_READER)).ok());
  EXPECT_TRUE(Check(Request({}, access::v1::CONTEXT_SOURCE_ORAL)).ok());
  for (const int source : {0, 3, 99}) {
    const absl::Status status = Check(Request({}, static_cast<access::v1::ContextSource>(source)));
    EXPECT_EQ(ReasonOf(status), "SOURCE_NOT_ALLOWED") << source;
    EXPECT_EQ(RuleOf(status), "EL-023");
  }
}

// EL-020
TEST(ConsentTest, AConsentIsOfToday) {
  CheckInRequest request = Request();
  for (const char* date : {"20260511", "20260513", "rubbish"}) {
    request.mutable_check()->set_date(date);
    const absl::Status status = Check(request);
    EXPECT_EQ(ReasonOf(status), "CHECK_IN_OF_ANOTHER_DAY") << date;
    EXPECT_EQ(RuleOf(status), "EL-020");
  }
  for (const char* date : {"", "20260512", "２０２６０５１２"}) {
    request.mutable_check()->set_date(date);
    EXPECT_TRUE(Check(request).ok()) << date;
  }
}

// EL-022
TEST(ConsentTest, ScopesAreExactlyWhatWasConsentedTo) {
  const CareContext context =
      Make(Request({SCOPE_TREATMENT, SCOPE_EMERGENCY, SCOPE_MEDICATION, SCOPE_TREATMENT}));
  ASSERT_EQ(context.scopes_size(), 3);
  EXPECT_EQ(context.scopes(0), SCOPE_MEDICATION);
  EXPECT_EQ(context.scopes(1), SCOPE_TREATMENT);
  EXPECT_EQ(context.scopes(2), SCOPE_EMERGENCY);
}

// EL-022
TEST(ConsentTest, AScopeThatDoesNotExistRefusesTheCheckInAndIsNamed) {
  const absl::Status status = Check(Request({SCOPE_MEDICATION, 0, 77}));
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "SCOPE_UNKNOWN");
  EXPECT_EQ(RuleOf(status), "EL-022");
  EXPECT_EQ(FieldsOf(status), (std::vector<std::string>{"consented[1]", "consented[2]"}));
}

// EL-026
TEST(ConsentTest, TheEmergencyScopeIsForEmergencyHospitalsAndFireDepartments) {
  EXPECT_TRUE(
      Check(Request({SCOPE_MEDICATION, SCOPE_EMERGENCY}), FACILITY_KIND_EMERGENCY_HOSPITAL).ok());
  EXPECT_TRUE(Check(Request({SCOPE_EMERGENCY}), FACILITY_KIND_FIRE_DEPARTMENT).ok());
  for (const auto kind : {FACILITY_KIND_HOSPITAL, FACILITY_KIND_CLINIC, FACILITY_KIND_PHARMACY}) {
    const absl::Status status = Check(Request({SCOPE_MEDICATION, SCOPE_EMERGENCY}), kind);
    EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied) << kind;
    EXPECT_EQ(ReasonOf(status), "SCOPE_NOT_FOR_FACILITY");
    EXPECT_EQ(RuleOf(status), "EL-026");
    EXPECT_EQ(FieldsOf(status), std::vector<std::string>{"consented[1]"});
  }
}

// EL-026
TEST(ConsentTest, AFireDepartmentHoldsNoOtherScope) {
  const absl::Status status =
      Check(Request({SCOPE_EMERGENCY, SCOPE_MEDICATION}), FACILITY_KIND_FIRE_DEPARTMENT);
  EXPECT_EQ(RuleOf(status), "EL-026");
  EXPECT_EQ(FieldsOf(status), std::vector<std::string>{"consented[1]"});
}

// EL-022
TEST(ConsentTest, WhoConsentsToNothingOpensNothing) { EXPECT_EQ(Make(Request()).scopes_size(), 0); }

// EL-025
TEST(ConsentTest, HoldsForThisFacilityAndADay) {
  const CareContext context = Make(Request());
  EXPECT_EQ(context.id(), "id");
  EXPECT_EQ(context.facility(), "1311234567");
  EXPECT_EQ(context.source(), access::v1::CONTEXT_SOURCE_CARD_READER);
  EXPECT_EQ(access::ToTime(context.issued_at()), kNow);
  EXPECT_EQ(access::ToTime(context.expires_at()), kNow + absl::Hours(24));
  ASSERT_EQ(context.subjects_size(), 2);
  EXPECT_EQ(context.subjects(0), "new");
}

}  // namespace
}  // namespace tsunagu::eligibility
