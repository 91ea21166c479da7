#include "tools/cli/duplication_text.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "services/platform/status/error.h"

namespace tsunagu::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

prescription::v1::CheckReport Report() {
  prescription::v1::CheckReport report;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(result: CHECK_RESULT_HIT
         groups {
           category: ALERT_CATEGORY_CONTRAINDICATED
           ingredient: "2171022" ingredient_name: "アムロジピン" other: "1124007"
           source: "添付文書" message_ja: "併用禁忌です" message_en: "contraindicated"
           drugs { name: "アムロジピン錠" amount: "1" unit: "錠" form: 1 quantity: 14 }
           past { drug { name: "トリアゾラム錠" amount: "1" unit: "錠" form: 1 } start: "20260601"
                  end: "20260614" overlapping_days: 5 dispensed: true issuer: "1311111111"
                  issuer_name: "つなぐ診療所" pharmacy: "1347654321" }
           past_count: 3
           reason: "少量のため"
         }
         group_count: 2 alert_count: 4 next_page_token: "1-ab" look_back_from: "20260301"
         not_compared { drug { name: "院内製剤" } reason_ja: "コードなし" reason_en: "no code" }
         past_not_compared: 2 left_out: 1 freshness { without_receipts: true })",
      &report));
  return report;
}

TEST(DuplicationTextTest, AnAlertIsSeenAtAGlance) {
  const std::string text = ReportText(Report());
  EXPECT_EQ(text.find("重複投薬等チェック: 2 成分、4 件"), 0u);
  for (const char* part :
       {"【併用禁忌 CONTRAINDICATED】アムロジピン (2171022/1124007)", "添付文書", "アムロジピン錠",
        "トリアゾラム錠", "2026-06-14", "5日", "つなぐ診療所 1311111111", "1347654321",
        "少量のため", "ほか 2 件", "--page 1-ab"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

// RX-408, RX-416: no alert must not look safe where something was not compared.
TEST(DuplicationTextTest, WhatWasNotComparedIsSaid) {
  auto report = Report();
  report.set_without_pairs(true);
  const std::string text = ReportText(report);
  for (const char* part :
       {"院内製剤", "コードなし", "2 件は成分がわからず", "処方した医療機関自身の処方 1 件",
        "併用禁忌の表がない", "照合していません", "不明 unknown"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

// RX-409
TEST(DuplicationTextTest, WithoutConsentNamesAreMasked) {
  auto report = Report();
  report.set_masked(true);
  const std::string text = ReportText(report);
  EXPECT_THAT(text, HasSubstr("同意がないため"));
  EXPECT_THAT(text, HasSubstr("以前の保険証の分は含みません"));  // CL-052
  EXPECT_THAT(text, HasSubstr("非表示 masked"));
  EXPECT_THAT(text, Not(HasSubstr("トリアゾラム錠")));
  EXPECT_THAT(text, Not(HasSubstr("つなぐ診療所")));
}

// RX-560
TEST(DuplicationTextTest, TheTableOfPairsIsNamed) {
  auto report = Report();
  EXPECT_THAT(ReportText(report), Not(HasSubstr("併用禁忌の表")));
  report.mutable_pairs_table()->set_pairs(3);
  EXPECT_THAT(ReportText(report), HasSubstr("3 組 pairs、時点 as of 不明 unknown"));
  EXPECT_THAT(ReportText(report), Not(HasSubstr("見本")));
  EXPECT_THAT(ReportText(report), Not(HasSubstr("以前の保険証")));
  report.mutable_pairs_table()->set_as_of("20261101");
  report.mutable_pairs_table()->set_example(true);
  EXPECT_THAT(ReportText(report), HasSubstr("as of 2026-11-01"));
  EXPECT_THAT(ReportText(report), HasSubstr("見本です"));
}

TEST(DuplicationTextTest, NoAlertIsSaid) {
  prescription::v1::CheckReport report;
  report.set_result(prescription::v1::CHECK_RESULT_NONE);
  EXPECT_EQ(ReportText(report).find("重複投薬等チェック: 該当なし"), 0u);
}

// CL-023
TEST(DuplicationTextTest, AReasonNamesItsAlert) {
  google::protobuf::RepeatedPtrField<prescription::v1::AcceptedAlert> alerts;
  ASSERT_TRUE(
      ReadReasons({"2171022=漸減=2週", "2171022/1124007=少量", "2171022/=少量"}, &alerts).ok());
  ASSERT_EQ(alerts.size(), 3);
  EXPECT_EQ(alerts[0].category(), prescription::v1::ALERT_CATEGORY_DUPLICATE);
  EXPECT_EQ(alerts[0].reason(), "漸減=2週");
  EXPECT_EQ(alerts[1].category(), prescription::v1::ALERT_CATEGORY_CONTRAINDICATED);
  EXPECT_EQ(alerts[1].other(), "1124007");
  EXPECT_EQ(alerts[2].category(), prescription::v1::ALERT_CATEGORY_CONTRAINDICATED);
  EXPECT_EQ(alerts[2].other(), "");
  EXPECT_THAT(AcceptedText(alerts), HasSubstr("2171022/1124007 医師の理由 reason: 少量"));
  for (const char* wrong : {"", "x", "=x", "2171022="}) {
    EXPECT_EQ(RuleOf(ReadReasons({wrong}, &alerts)), "CL-023") << wrong;
  }
}

}  // namespace
}  // namespace tsunagu::cli
