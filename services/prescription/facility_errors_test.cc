#include "services/prescription/facility_errors.h"

#include <gtest/gtest.h>

#include "services/platform/status/error.h"

namespace tsunagu::prescription {
namespace {

TEST(FacilityErrorsTest, EachHasItsCodeReasonAndRule) {
  struct Case {
    absl::Status status;
    absl::StatusCode code;
    const char* reason;
    const char* rule;
  };
  const Case cases[] = {
      {CardReaderNeeded(), absl::StatusCode::kPermissionDenied, "CARD_READER_NEEDED", "RX-482"},
      {ResultNotFound(), absl::StatusCode::kNotFound, "RESULT_NOT_FOUND", "RX-493"},
      {NotTogether("prescription_ids[1]", "another issuer"), absl::StatusCode::kFailedPrecondition,
       "NOT_TOGETHER", "RX-500"},
      {TogetherIncomplete(1, 3, GivenNotFound()), absl::StatusCode::kUnavailable,
       "TOGETHER_INCOMPLETE", "RX-501"},
      {ResultShared(), absl::StatusCode::kFailedPrecondition, "RESULT_SHARED", "RX-503"},
      {GivenNotFound(), absl::StatusCode::kNotFound, "GIVEN_NOT_FOUND", "RX-484"},
      {GivenExists("id"), absl::StatusCode::kAlreadyExists, "GIVEN_EXISTS", "RX-485"},
      {GivenCancelled(), absl::StatusCode::kFailedPrecondition, "GIVEN_CANCELLED", "RX-484"},
      {GivenDiffers(), absl::StatusCode::kFailedPrecondition, "GIVEN_DIFFERS", "RX-486"},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(one.status.code(), one.code) << one.reason;
    EXPECT_EQ(ReasonOf(one.status), one.reason);
    EXPECT_EQ(RuleOf(one.status), one.rule);
  }
}

}  // namespace
}  // namespace tsunagu::prescription
