#include "tools/cli/error_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "absl/time/time.h"
#include "services/platform/status/error.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

common::v1::Findings SomeFindings() {
  common::v1::Findings findings;
  auto* record = findings.add_record();
  record->set_rule("RX-112");
  record->set_severity(common::v1::SEVERITY_ERROR);
  record->set_record(17);
  record->set_field("201.dose");
  record->set_text_ja("用量がありません。");
  record->set_text_en("The dose is missing.");
  auto* signature = findings.add_signature();
  signature->set_rule("SIG-023");
  signature->set_severity(common::v1::SEVERITY_WARNING);
  signature->set_text_ja("署名がありません。");
  signature->set_text_en("No signature.");
  return findings;
}

TEST(ErrorText, APlainErrorIsItsCodeInWordsAndItsMessage) {
  EXPECT_EQ(ErrorText(absl::UnavailableError("no route")),
            "エラー error: UNAVAILABLE: "
            "ゲートウェイに接続できません（停止中か、この証明書の認証局が信頼されていません）。\n  "
            "no route\n");
}

TEST(ErrorText, AReasonHasItsSentenceInJapanese) {
  const absl::Status status =
      ErrorBuilder(absl::StatusCode::kFailedPrecondition, "TAKEN", "another pharmacy has it");
  EXPECT_THAT(ErrorText(status), HasSubstr("FAILED_PRECONDITION: 処方箋はほかの薬局で"));
  EXPECT_THAT(ErrorText(status), HasSubstr("\n  another pharmacy has it\n"));
}

// The server can only name its metadata.
TEST(ErrorText, WhatIsMissingIsNamedAsAnOption) {
  const absl::Status status = ErrorBuilder(absl::StatusCode::kFailedPrecondition,
                                           "FACILITY_AMBIGUOUS", "name one (tsunagu-facility).");
  EXPECT_THAT(ErrorText(status), HasSubstr("name one with --facility."));
  EXPECT_THAT(ErrorText(status), Not(HasSubstr("tsunagu-facility")));
}

TEST(ErrorText, SaysReasonRuleFieldAndWhenToComeAgain) {
  const absl::Status status =
      ErrorBuilder(absl::StatusCode::kResourceExhausted, "BUSY", "too many commands")
          .Rule("GW-011")
          .Metadata("prescription_id", "12ab")
          .Field("identity.branch", "is missing")
          .RetryAfter(absl::Milliseconds(250));
  const std::string text = ErrorText(status);
  EXPECT_THAT(text, HasSubstr("RESOURCE_EXHAUSTED: 上限を超えています。\n  too many commands\n"));
  EXPECT_THAT(text, HasSubstr("reason: BUSY"));
  EXPECT_THAT(text, HasSubstr("rule: GW-011"));
  EXPECT_THAT(text, HasSubstr("prescription_id: 12ab"));
  EXPECT_THAT(text, HasSubstr("identity.branch: is missing"));
  EXPECT_THAT(text, HasSubstr("約 1 秒 (about 1 second)"));
}

// CL-041
TEST(ErrorText, EveryFindingWithItsPlaceInBothLanguages) {
  const absl::Status status =
      ErrorBuilder(absl::StatusCode::kInvalidArgument, "INVALID_DOCUMENT", "wrong")
          .Detail(SomeFindings());
  const std::string text = ErrorText(status);
  EXPECT_THAT(
      text, HasSubstr("記録 record:\n  エラー error RX112E RX-112 17 行目 line 201 レコード record "
                      "201.dose\n"
                      "    用量がありません。\n    The dose is missing.\n"));
  EXPECT_THAT(text, HasSubstr("署名 signature:\n  警告 warning SIG023W SIG-023\n"));
  EXPECT_THAT(text, Not(HasSubstr("envelope")));
}

TEST(ErrorText, AServersTextCannotCommandTheTerminal) {
  EXPECT_THAT(ErrorText(absl::UnknownError("\x1b[2J")), Not(HasSubstr("\x1b")));
}

TEST(ErrorJson, HoldsTheSame) {
  const absl::Status status =
      ErrorBuilder(absl::StatusCode::kInvalidArgument, "INVALID_DOCUMENT", "wrong")
          .Rule("RX-001")
          .Metadata("prescription_id", "12ab")
          .Field("document", "is not valid")
          .RetryAfter(absl::Seconds(1))
          .Detail(SomeFindings());
  const auto json = nlohmann::json::parse(ErrorJson(status))["error"];
  EXPECT_EQ(json["code"], "INVALID_ARGUMENT");
  EXPECT_EQ(json["message_ja"], "指定された内容が正しくありません。");
  EXPECT_EQ(json["message"], "wrong");
  EXPECT_EQ(json["reason"], "INVALID_DOCUMENT");
  EXPECT_EQ(json["rule"], "RX-001");
  EXPECT_EQ(json["metadata"]["prescription_id"], "12ab");
  EXPECT_EQ(json["retry_after_ms"], 1000);
  EXPECT_EQ(json["fields"][0]["field"], "document");
  ASSERT_EQ(json["findings"].size(), 2u);
  EXPECT_EQ(json["findings"][0]["part"], "record");
  EXPECT_EQ(json["findings"][0]["line"], 17);
  EXPECT_EQ(json["findings"][0]["record"], 201);
  EXPECT_EQ(json["findings"][0]["code"], "RX112E");
  EXPECT_EQ(json["findings"][1]["severity"], "warning");
}

TEST(ErrorJson, LeavesOutWhatTheErrorDoesNotTell) {
  const auto json = nlohmann::json::parse(ErrorJson(absl::UnavailableError("no gateway")));
  EXPECT_EQ(json["error"].size(), 3u);
}

TEST(ErrorJson, SurvivesTextThatIsNoUtf8) {
  EXPECT_TRUE(nlohmann::json::accept(ErrorJson(absl::UnknownError("\xff\xfe"))));
}

// RX-043, RX-054
TEST(ErrorText, WhatThePrescriptionIsNowIsToldInWords) {
  const absl::Status status =
      ErrorBuilder(absl::StatusCode::kAlreadyExists, "PRESCRIPTION_EXISTS", "registered already")
          .Rule("RX-043")
          .Metadata("status", "STATUS_CANCELLED");
  EXPECT_NE(ErrorText(status).find("status: 取消 (cancelled)"), std::string::npos);
  EXPECT_NE(ErrorJson(status).find("STATUS_CANCELLED"), std::string::npos);
}

// CL-060
TEST(ErrorText, WhenToComeAgainIsToldInWords) {
  const struct {
    absl::Duration wait;
    const char* words;
  } kCases[] = {{absl::Milliseconds(5), "約 1 秒 (about 1 second)"},
                {absl::Seconds(90), "約 90 秒 (about 90 seconds)"},
                {absl::Milliseconds(599823), "約 10 分 (about 10 minutes)"},
                {absl::Minutes(91), "約 2 時間 (about 2 hours)"}};
  for (const auto& c : kCases) {
    const auto busy = ErrorBuilder(absl::StatusCode::kResourceExhausted, "BUSY", "busy");
    const std::string text = ErrorText(ErrorBuilder(busy).RetryAfter(c.wait));
    EXPECT_THAT(text, HasSubstr(c.words));
  }
}

// CL-015
TEST(ErrorText, WhatSaysWhenToComeAgainIsToBeRepeated) {
  const auto busy = ErrorBuilder(absl::StatusCode::kResourceExhausted, "BUSY", "busy");
  EXPECT_FALSE(IsToBeRepeated(busy));
  EXPECT_TRUE(IsToBeRepeated(ErrorBuilder(busy).RetryAfter(absl::Seconds(1))));
  EXPECT_TRUE(IsToBeRepeated(absl::DeadlineExceededError("late")));
  EXPECT_FALSE(IsToBeRepeated(absl::NotFoundError("none")));
}

}  // namespace
}  // namespace tsunagu::cli
