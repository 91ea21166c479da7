// Who is insured.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/eligibility/test_service.h"
#include "services/platform/status/error.h"
#include "tsunagu/audit/v1/audit.pb.h"

namespace tsunagu::eligibility {
namespace {

TEST_F(EligibilityTest, WhoWasLoadedIsValidWhateverTheSpelling) {
  v1::LoadInsuredResponse loaded;
  ASSERT_TRUE(Load(absl::StrCat(kHeader, kFather), &loaded).ok());
  EXPECT_EQ(loaded.loaded(), 1);
  const auto response = Check(Father());
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->validity(), v1::VALIDITY_VALID);
  EXPECT_EQ(response->qualification().name(), "見本　父");
  const auto record = Tail<audit::v1::Record>("audit.records", SubjectOf(Father()));
  EXPECT_EQ(record.subject(), SubjectOf(Father()));
  EXPECT_EQ(record.action(), "eligibility.check");
  EXPECT_EQ(record.outcome(), audit::v1::OUTCOME_DISCLOSED);
}

TEST_F(EligibilityTest, EveryClassIsAnswered) {
  LoadFamily();
  EXPECT_EQ(ValidityOf(Father()), v1::VALIDITY_VALID);
  v1::CheckRequest before = Father();
  before.set_date("20240331");
  EXPECT_EQ(ValidityOf(before), v1::VALIDITY_INVALID);
  EXPECT_EQ(ValidityOf(Former()), v1::VALIDITY_INVALID_NEWER_EXISTS);
  EXPECT_EQ(ValidityOf(Question("01130012", "12", "11", "00", "19700415")), v1::VALIDITY_NONE);
  EXPECT_EQ(ValidityOf(Question("01130012", "12", "10", "", "20150101")), v1::VALIDITY_SEVERAL);
}

TEST_F(EligibilityTest, WithoutABranchTheBirthDateTellsTheMember) {
  LoadFamily();
  const auto response = Check(Question("01130012", "12", "10", "", "19700415"));
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->validity(), v1::VALIDITY_VALID);
  EXPECT_EQ(response->qualification().identity().branch(), "00");
}

// EL-012
TEST_F(EligibilityTest, ANumberWithAnotherBirthDateDisclosesNothing) {
  LoadFamily();
  const auto response = Check(Question("01130012", "12", "10", "00", "19700416"));
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->validity(), v1::VALIDITY_NONE);
  EXPECT_FALSE(response->has_qualification());
}

// EL-010
TEST_F(EligibilityTest, RubbishIsRefusedByItsRule) {
  EXPECT_EQ(RuleOf(Check({}).status()), "EL-010");
  EXPECT_EQ(RuleOf(CheckIn({}).status()), "EL-010");
}

// EL-007
TEST_F(EligibilityTest, LongTermCareIsNoMedicalInsurance) {
  ASSERT_TRUE(Load(CareCards()).ok());
  for (const char* branch : {"", "00"}) {
    EXPECT_EQ(ValidityOf(Question("131011", "", "0000012345", branch, "19700415")),
              v1::VALIDITY_NONE);
  }
}

}  // namespace
}  // namespace tsunagu::eligibility
