#include "services/eligibility/consent.h"

#include <gtest/gtest.h>

#include "services/platform/access/timestamp.h"
#include "services/platform/status/error.h"

namespace tsunagu::eligibility {
namespace {

using tsunagu::access::v1::CareContext;
using tsunagu::eligibility::v1::CheckInRequest;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

CheckInRequest Request(const std::vector<int>& scopes = {},
                       access::v1::ContextSource source = access::v1::CONTEXT_SOURCE_CARD_READER) {
  CheckInRequest request;
  for (const int scope : scopes) {
    request.add_consented(static_cast<access::v1::Scope>(scope));
  }
  request.set_source(source);
  return request;
}

CareContext Make(const CheckInRequest& request) {
  return MakeCareContext(request, {"new", "old"}, "1311234567", "id", kNow);
}

// EL-023
TEST(ConsentTest, OnlyAPersonAtTheCounterConsents) {
  EXPECT_TRUE(CheckConsent(Request({}, access::v1::CONTEXT_SOURCE_CARD_READER), "20260512").ok());
  EXPECT_TRUE(CheckConsent(Request({}, access::v1::CONTEXT_SOURCE_ORAL), "20260512").ok());
  for (const int source : {0, 3, 99}) {
    const absl::Status status =
        CheckConsent(Request({}, static_cast<access::v1::ContextSource>(source)), "20260512");
    EXPECT_EQ(ReasonOf(status), "SOURCE_NOT_ALLOWED") << source;
    EXPECT_EQ(RuleOf(status), "EL-023");
  }
}

// EL-020
TEST(ConsentTest, AConsentIsOfToday) {
  CheckInRequest request = Request();
  for (const char* date : {"20260511", "20260513", "rubbish"}) {
    request.mutable_check()->set_date(date);
    const absl::Status status = CheckConsent(request, "20260512");
    EXPECT_EQ(ReasonOf(status), "CHECK_IN_OF_ANOTHER_DAY") << date;
    EXPECT_EQ(RuleOf(status), "EL-020");
  }
  for (const char* date : {"", "20260512", "２０２６０５１２"}) {
    request.mutable_check()->set_date(date);
    EXPECT_TRUE(CheckConsent(request, "20260512").ok()) << date;
  }
}

// EL-022
TEST(ConsentTest, ScopesAreWhatWasConsentedWithoutEmergency) {
  const CareContext context =
      Make(Request({access::v1::SCOPE_TREATMENT, access::v1::SCOPE_EMERGENCY,
                    access::v1::SCOPE_MEDICATION, 0, 77, access::v1::SCOPE_TREATMENT}));
  ASSERT_EQ(context.scopes_size(), 2);
  EXPECT_EQ(context.scopes(0), access::v1::SCOPE_MEDICATION);
  EXPECT_EQ(context.scopes(1), access::v1::SCOPE_TREATMENT);
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
