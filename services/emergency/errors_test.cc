#include "services/emergency/errors.h"

#include <gtest/gtest.h>

#include "services/platform/status/error.h"

namespace tsunagu::emergency {
namespace {

TEST(ErrorsTest, EM005AfterAllWasHeardNobodyIsKnown) {
  const absl::Status status = PersonNotFound(/*all_heard=*/true);
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(status), "PERSON_NOT_FOUND");
  EXPECT_EQ(RuleOf(status), "EM-005");
}

TEST(ErrorsTest, EM022WhileTheFeedIsBehindNobodyCanTell) {
  const absl::Status status = PersonNotFound(/*all_heard=*/false);
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "FEED_BEHIND");
  EXPECT_EQ(RuleOf(status), "EM-022");
}

}  // namespace
}  // namespace tsunagu::emergency
