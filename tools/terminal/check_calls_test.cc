#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "services/platform/status/error.h"
#include "services/prescription/envelope/xmlmsg.h"
#include "tools/terminal/test_exchange.h"
#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/prescription/v1/duplication.pb.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::terminal {
namespace {

using prescription::envelope::Answer;
using prescription::envelope::Call;
using prescription::envelope::Fields;
using prescription::envelope::ResultStatus;
namespace v1 = prescription::v1;

v1::CheckReport Report() {
  v1::CheckReport report;
  report.set_group_count(1);
  report.set_alert_count(2);
  report.set_next_page_token("1-ab");
  report.set_look_back_from("20260201");
  report.mutable_freshness()->mutable_prescriptions()->set_seconds(1'778'511'600);
  auto& group = *report.add_groups();
  group.set_category(v1::ALERT_CATEGORY_DUPLICATE);
  group.set_ingredient_name("アムロジピンベシル酸塩");
  group.set_message_ja("同じ成分・同じ投与経路の薬剤を服用中です。");
  group.set_reason("継続のため");
  auto& drug = *group.add_drugs();
  drug.set_code_kind(2);
  drug.set_code("620009999");
  drug.set_name("合成錠５ｍｇ");
  drug.set_amount("1");
  drug.set_unit("錠");
  drug.set_form(1);
  for (const int days : {7, 3}) {
    auto& past = *group.add_past();
    past.mutable_drug()->set_form(1);
    past.set_start("20260501");
    past.set_end("20260514");
    past.set_overlapping_days(days);
    past.set_dispensed(true);
    past.set_pharmacy_name(days == 7 ? "合成薬局" : "");
  }
  auto& left = *report.add_not_compared();
  left.mutable_drug()->set_name("合成テープ");
  left.set_reason_ja("特定器材は対象外です。");
  return report;
}

class CheckCallsTest : public ExchangeTest {};

TEST_F(CheckCallsTest, ThePreparationSaysHowManyDrugsAndHowFresh) {
  v1::PrepareResponse response;
  response.set_drugs(4);
  response.set_look_back_from("20260201");
  response.mutable_freshness()->mutable_receipts()->set_seconds(1'778'511'600);
  response.mutable_freshness()->set_without_receipts(true);
  gateway_.Answer(response);
  const Answer answer =
      Ask(101, {{"InsurerNumber", "01130012"}, {"InsuredIdentificationNumber", "10"}});
  EXPECT_EQ(answer.fields, (Fields{{"TakingDrugCount", "4"},
                                   {"LookBackFrom", "20260201"},
                                   {"ReceiptsAsOf", "20260512000000"},
                                   {"WithoutReceiptsFlg", "2"}}));
}

TEST_F(CheckCallsTest, ADraftsAlertsAreRowsAndWhatWasNotComparedIsAWarning) {
  gateway_.Answer(Report());
  for (const int interface : {219, 409}) {
    const Answer answer = Ask(interface, {{"PrescriptionInfo", "<Document/>"},
                                          {"SameMedicalInstitutionAlertFlg", "2"},
                                          {"ReplacedPrescriptionId", "p-7"},
                                          {"PageToken", "t"}});
    EXPECT_EQ(gateway_.calls().back().second,
              "document: \"<Document/>\" options { own_facility: true page_token: \"t\" } "
              "replaces: \"p-7\"");
    EXPECT_EQ(answer.fields, (Fields{{"DuplicateCheckResult", "0"},
                                     {"AlertGroupCount", "1"},
                                     {"AlertCount", "2"},
                                     {"PastNotComparedCount", "0"},
                                     {"OwnFacilityLeftOutCount", "0"},
                                     {"MaskedFlg", "1"},
                                     {"WithoutPairsFlg", "1"},
                                     {"LookBackFrom", "20260201"},
                                     {"WithoutReceiptsFlg", "1"},
                                     {"PrescriptionsAsOf", "20260512000000"},
                                     {"NextPageToken", "1-ab"}}));
    ASSERT_EQ(answer.rows.size(), 2u);
    EXPECT_EQ(answer.rows[0],
              (Fields{{"AlertCategory", "2"},
                      {"IngredientName", "アムロジピンベシル酸塩"},
                      {"AlertMessage", "同じ成分・同じ投与経路の薬剤を服用中です。"},
                      {"ReasonComment", "継続のため"},
                      {"ThisDrugCodeType", "2"},
                      {"ThisDrugCode", "620009999"},
                      {"ThisDrugName", "合成錠５ｍｇ"},
                      {"ThisDrugAmount", "1錠"},
                      {"ThisDrugForm", "1"},
                      {"PastDrugForm", "1"},
                      {"PastFromDate", "20260501"},
                      {"PastToDate", "20260514"},
                      {"PastToEstimatedFlg", "1"},
                      {"OverlappingDays", "7"},
                      {"PastDispensedFlg", "2"},
                      {"PastPharmacyName", "合成薬局"}}));
    ASSERT_EQ(answer.record_findings.size(), 1u);
    EXPECT_EQ(answer.record_findings[0].rule, "RX-408");
    EXPECT_EQ(answer.record_findings[0].text_ja, "合成テープ 特定器材は対象外です。");
  }
}

TEST_F(CheckCallsTest, WhatIsLimitedInAReportIsFlagged) {
  v1::CheckReport report;
  report.set_result(v1::CHECK_RESULT_NONE);
  report.set_masked(true);
  report.set_without_pairs(true);
  report.set_past_not_compared(2);
  report.set_left_out(3);
  report.mutable_freshness()->set_without_receipts(true);
  gateway_.Answer(report);
  const Answer answer = Ask(315, {{"PrescriptionId", "p-7"}, {"DispensingInfo", "<Result/>"}});
  EXPECT_EQ(answer.fields.at("DuplicateCheckResult"), "2");
  for (const char* flag : {"MaskedFlg", "WithoutPairsFlg", "WithoutReceiptsFlg"}) {
    EXPECT_EQ(answer.fields.at(flag), "2") << flag;
  }
  EXPECT_EQ(answer.fields.at("PastNotComparedCount"), "2");
  EXPECT_EQ(answer.fields.at("OwnFacilityLeftOutCount"), "3");
  EXPECT_TRUE(answer.rows.empty());
}

TEST_F(CheckCallsTest, AlertsBeyondTheRoomOfAnAnswerAreCountedOnly) {
  v1::CheckReport report = Report();
  for (int i = 0; i < 400; ++i) *report.mutable_groups(0)->add_past() = report.groups(0).past(0);
  report.set_alert_count(402);
  gateway_.Answer(report);
  const Answer answer = Ask(219, {{"PrescriptionInfo", "<Document/>"}});
  EXPECT_EQ(answer.rows.size(), static_cast<size_t>(prescription::envelope::kMaxRows));
  EXPECT_EQ(answer.fields.at("AlertCount"), "402");
}

TEST_F(CheckCallsTest, TM021APageThatIsNoMoreIsRefusedAndNotAskedAgain) {
  gateway_.RefuseNext(ErrorBuilder(absl::StatusCode::kAborted, "CHECK_CHANGED", "other alerts"));
  const Answer answer = Ask(219, {{"PrescriptionInfo", "<Document/>"}, {"PageToken", "t"}});
  EXPECT_EQ(answer.status, ResultStatus::kError);
  EXPECT_EQ(answer.result_code, "CHECK_CHANGED");
}

TEST_F(CheckCallsTest, TM028AnElectronicPrescriptionIsCheckedAtItsAcceptance) {
  v1::AcceptResponse accepted;
  accepted.set_prescription_id("p-7");
  accepted.set_issue_type(v1::ISSUE_TYPE_ELECTRONIC);
  gateway_.Answer(accepted);
  gateway_.Answer(Report());
  const Answer answer = Ask(301, {{"PrescriptionId", "p-7"}});
  EXPECT_EQ(gateway_.calls().back().first, Call::kCheckAcceptance);
  EXPECT_TRUE(absl::StrContains(gateway_.calls().back().second, "prescription_id: \"p-7\""));
  EXPECT_EQ(answer.fields.at("DuplicateCheckResult"), "0");
  EXPECT_EQ(answer.rows.size(), 2u);
}

TEST_F(CheckCallsTest, TM028APaperOneIsNot) {
  v1::AcceptResponse accepted;
  accepted.set_prescription_id("p-7");
  accepted.set_issue_type(v1::ISSUE_TYPE_PAPER);
  gateway_.Answer(accepted);
  EXPECT_FALSE(Ask(301, {{"PrescriptionId", "p-7"}}).fields.contains("DuplicateCheckResult"));
  EXPECT_EQ(gateway_.calls().size(), 1u);
}

TEST_F(CheckCallsTest, TM028ACheckThatFailsStopsNoAcceptance) {
  v1::AcceptResponse accepted;
  accepted.set_prescription_id("p-7");
  accepted.set_issue_type(v1::ISSUE_TYPE_ELECTRONIC);
  gateway_.Answer(accepted);
  gateway_.Refuse(Call::kCheckAcceptance, absl::UnavailableError("away"));
  const Answer answer = Ask(301, {{"PrescriptionId", "p-7"}});
  EXPECT_EQ(answer.status, ResultStatus::kOk);
  EXPECT_EQ(answer.fields.at("PrescriptionId"), "p-7");
  EXPECT_FALSE(answer.fields.contains("DuplicateCheckResult"));
}

}  // namespace
}  // namespace tsunagu::terminal
