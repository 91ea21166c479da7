// What a check-in gives.
#include <gtest/gtest.h>

#include "absl/time/time.h"
#include "services/eligibility/test_service.h"
#include "services/platform/access/timestamp.h"
#include "services/platform/status/error.h"
#include "tsunagu/audit/v1/audit.pb.h"

namespace tsunagu::eligibility {
namespace {

using access::v1::CareContext;

// EL-021 EL-022 EL-024 EL-025
TEST_F(EligibilityTest, ACheckInGivesACareContextOfAllIdentities) {
  LoadFamily();
  const auto response = CheckIn(Father());
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->check().validity(), v1::VALIDITY_VALID);
  const CareContext context = ContextOf(response->care_context());
  ASSERT_EQ(context.subjects_size(), 2);
  EXPECT_EQ(context.subjects(0), SubjectOf(Father()));
  EXPECT_EQ(context.subjects(1), SubjectOf(Former()));
  EXPECT_EQ(context.facility(), kPharmacy);
  ASSERT_EQ(context.scopes_size(), 1);
  EXPECT_EQ(context.scopes(0), access::v1::SCOPE_MEDICATION);
  ASSERT_EQ(response->granted_size(), 1);
  EXPECT_EQ(response->granted(0), access::v1::SCOPE_MEDICATION);
  EXPECT_EQ(context.id().size(), 32u);
  EXPECT_EQ(access::ToTime(response->expires_at()),
            access::ToTime(context.issued_at()) + absl::Hours(24));
  const auto record = Tail<audit::v1::Record>("audit.records", SubjectOf(Former()));
  EXPECT_EQ(record.subject(), SubjectOf(Former()));
  EXPECT_EQ(record.action(), "eligibility.check_in");
  EXPECT_EQ(record.items(0), "care_context/" + context.id());
}

// EL-026
TEST_F(EligibilityTest, ACrewWithOralConsentGetsTheEmergencyScopeAndNothingElse) {
  LoadFamily();
  const auto crew = rpc::Practitioner(access::v1::ROLE_EMERGENCY_MEDICAL_TECHNICIAN,
                                      access::v1::FACILITY_KIND_FIRE_DEPARTMENT, "1380000001");
  const auto response =
      CheckIn(Father(), access::v1::CONTEXT_SOURCE_ORAL, crew, access::v1::SCOPE_EMERGENCY);
  ASSERT_TRUE(response.ok()) << response.status();
  const CareContext context = ContextOf(response->care_context());
  ASSERT_EQ(context.scopes_size(), 1);
  EXPECT_EQ(context.scopes(0), access::v1::SCOPE_EMERGENCY);
  EXPECT_EQ(context.source(), access::v1::CONTEXT_SOURCE_ORAL);
  const auto refused = CheckIn(Father(), access::v1::CONTEXT_SOURCE_ORAL, crew);
  EXPECT_EQ(RuleOf(refused.status()), "EL-026");
}

// EL-027
TEST_F(EligibilityTest, ALongTermCareCardIsCoveredByTheCareContext) {
  LoadFamily();
  ASSERT_TRUE(Load(CareCards()).ok());
  const auto response = ShowCard(Father(), "0000012345");
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->long_term_care().validity(), v1::VALIDITY_VALID);
  EXPECT_EQ(response->findings_size(), 0);
  const national::Subject card = host_->subjects().MakeSubject({"131011", "", "0000012345", ""});
  const CareContext context = ContextOf(response->care_context());
  ASSERT_EQ(context.subjects_size(), 3);
  EXPECT_EQ(context.subjects(0), SubjectOf(Father()));
  EXPECT_EQ(context.subjects(1), SubjectOf(Former()));
  EXPECT_EQ(context.subjects(2), card);
  const auto record = Tail<audit::v1::Record>("audit.records", card);
  EXPECT_EQ(record.subject(), card);
  EXPECT_EQ(record.action(), "eligibility.check_in");
  EXPECT_EQ(record.items_size(), 2);
  EXPECT_EQ(ContextOf(CheckIn(Father())->care_context()).subjects_size(), 2);
}

// EL-027
TEST_F(EligibilityTest, TheCardOfSomebodyElseChangesNothing) {
  LoadFamily();
  ASSERT_TRUE(Load(CareCards()).ok());
  for (const char* foreign : {"0000012346", "0000099999"}) {
    const auto response = ShowCard(Father(), foreign);
    ASSERT_TRUE(response.ok()) << response.status();
    EXPECT_EQ(response->check().validity(), v1::VALIDITY_VALID);
    EXPECT_EQ(response->long_term_care().validity(), v1::VALIDITY_NONE);
    EXPECT_FALSE(response->long_term_care().has_qualification());
    ASSERT_EQ(response->findings_size(), 1);
    EXPECT_EQ(response->findings(0).rule(), "EL-027");
    EXPECT_EQ(response->findings(0).severity(), common::v1::SEVERITY_WARNING);
    EXPECT_EQ(ContextOf(response->care_context()).subjects_size(), 2);
  }
  EXPECT_EQ(RuleOf(ShowCard(Father(), "123").status()), "EL-027");
}

TEST_F(EligibilityTest, EveryCareContextHasAnIdOfItsOwn) {
  LoadFamily();
  EXPECT_NE(ContextOf(CheckIn(Father())->care_context()).id(),
            ContextOf(CheckIn(Father())->care_context()).id());
}

// EL-021
TEST_F(EligibilityTest, NoCareContextUnlessValid) {
  LoadFamily();
  for (const auto& request : {Former(), Question("01130012", "12", "10", "", "20150101"),
                              Question("01130012", "12", "10", "00", "19700416")}) {
    const auto response = CheckIn(request);
    ASSERT_TRUE(response.ok()) << response.status();
    EXPECT_NE(response->check().validity(), v1::VALIDITY_VALID);
    EXPECT_EQ(response->care_context(), "");
    EXPECT_FALSE(response->has_expires_at());
  }
}

// EL-020 EL-023
TEST_F(EligibilityTest, ACheckInIsOfTodayAndNoEmergency) {
  LoadFamily();
  v1::CheckRequest past = Father();
  past.set_date("20250101");
  EXPECT_EQ(RuleOf(CheckIn(past).status()), "EL-020");
  const auto emergency = CheckIn(Father(), access::v1::CONTEXT_SOURCE_EMERGENCY);
  EXPECT_EQ(RuleOf(emergency.status()), "EL-023");
}

}  // namespace
}  // namespace tsunagu::eligibility
