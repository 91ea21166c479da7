#include "services/medication/errors.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::medication {
namespace {

using national::Severity;

national::Finding Make(Severity severity, int record) {
  return {"MH-013", severity, record, "RE#1/HO[2]", "数字ではありません", "is not a number"};
}

tsunagu::common::v1::Findings DetailOf(const absl::Status& status) {
  tsunagu::common::v1::Findings findings;
  const google::rpc::Status rpc = ToRpcStatus(status);
  for (const auto& detail : rpc.details()) detail.UnpackTo(&findings);
  return findings;
}

TEST(MedicationErrorsTest, MH100ARefusedFileNamesItsFindingsErrorsFirst) {
  const absl::Status status =
      FileHasErrors({Make(Severity::kWarning, 1), Make(Severity::kError, 2)});
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(RuleOf(status), "MH-100");
  const auto findings = DetailOf(status);
  ASSERT_EQ(findings.record_size(), 2);
  EXPECT_EQ(findings.record(0).record(), 2);
  EXPECT_EQ(findings.record(0).severity(), tsunagu::common::v1::SEVERITY_ERROR);
  EXPECT_EQ(findings.record(0).field(), "RE#1/HO[2]");
  EXPECT_EQ(findings.record(0).text_ja(), "数字ではありません");
  EXPECT_EQ(findings.record(1).severity(), tsunagu::common::v1::SEVERITY_WARNING);
}

TEST(MedicationErrorsTest, ADetailFitsIntoTheMetadataOfAnyClient) {
  const national::Findings many(1000, Make(Severity::kError, 7));
  const absl::Status status = FileHasErrors(many);
  EXPECT_LT(ToRpcStatus(status).ByteSizeLong(), 6u * 1024);
  const auto findings = DetailOf(status);
  EXPECT_GT(findings.record_size(), 10);
  EXPECT_NE(std::string(status.message()).find("of 1000 findings"), std::string::npos);
}

TEST(MedicationErrorsTest, AFileThatIsTooLargeSaysWhatToDo) {  // MH-101
  EXPECT_EQ(RuleOf(FileTooLarge()), "MH-101");
  EXPECT_EQ(ReasonOf(FileTooLarge()), "FILE_TOO_LARGE");
}

TEST(MedicationErrorsTest, WrongMonthsAreNamedTogether) {
  google::rpc::BadRequest bad;
  const google::rpc::Status rpc =
      ToRpcStatus(MonthsOutOfRange({{"from_month", "x"}, {"to_month", "y"}}));
  for (const auto& detail : rpc.details()) detail.UnpackTo(&bad);
  EXPECT_EQ(bad.field_violations_size(), 2);
}

}  // namespace
}  // namespace tsunagu::medication
