#include "services/platform/status/error.h"

#include <gtest/gtest.h>

namespace tsunagu {
namespace {

absl::Status Taken() {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "PRESCRIPTION_TAKEN", "taken")
      .Rule("RX-007")
      .Fields({{"prescription_id", "held by another pharmacy"}})
      .RetryAfter(absl::Milliseconds(1500));
}

TEST(ErrorTest, CarriesReasonAndRule) {
  EXPECT_EQ(Taken().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(Taken()), "PRESCRIPTION_TAKEN");
  EXPECT_EQ(RuleOf(Taken()), "RX-007");
}

TEST(ErrorTest, OtherStatusesHaveNeither) {
  EXPECT_EQ(ReasonOf(absl::InternalError("x")), "");
  EXPECT_EQ(RuleOf(absl::OkStatus()), "");
}

TEST(ErrorTest, MetadataIsWhatElseAProgramNeeds) {
  const absl::Status status = ErrorBuilder(absl::StatusCode::kAlreadyExists, "EXISTS", "there")
                                  .Rule("RX-001")
                                  .Metadata("prescription_id", "12ab");
  const std::map<std::string, std::string> expected = {{"prescription_id", "12ab"}};
  EXPECT_EQ(MetadataOf(FromRpcStatus(ToRpcStatus(status))), expected);
  EXPECT_EQ(RuleOf(status), "RX-001");
  EXPECT_TRUE(MetadataOf(Taken()).empty());
  EXPECT_TRUE(MetadataOf(absl::InternalError("x")).empty());
}

TEST(ErrorTest, DetailsSurviveTheWire) {
  const google::rpc::Status wire = ToRpcStatus(Taken());
  EXPECT_EQ(wire.details_size(), 3);
  const absl::Status back = FromRpcStatus(wire);
  EXPECT_EQ(back, Taken());
  EXPECT_EQ(RuleOf(back), "RX-007");
}

TEST(ErrorTest, FurtherDetailsAreKept) {
  google::rpc::BadRequest detail;
  detail.add_field_violations()->set_field("x");
  const absl::Status status =
      ErrorBuilder(absl::StatusCode::kInvalidArgument, "R", "m").Detail(detail);
  EXPECT_EQ(ToRpcStatus(status).details_size(), 2);
}

TEST(ErrorTest, TheRetryDelayIsExact) {
  const google::rpc::Status wire = ToRpcStatus(Taken());
  for (const auto& detail : wire.details()) {
    google::rpc::RetryInfo retry;
    if (!detail.UnpackTo(&retry)) continue;
    EXPECT_EQ(retry.retry_delay().seconds(), 1);
    EXPECT_EQ(retry.retry_delay().nanos(), 500'000'000);
    return;
  }
  FAIL() << "no RetryInfo";
}

}  // namespace
}  // namespace tsunagu
