#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "services/prescription/envelope/xmlmsg.h"
#include "tools/terminal/test_exchange.h"
#include "tsunagu/prescription/v1/copy.pb.h"
#include "tsunagu/prescription/v1/facility.pb.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::terminal {
namespace {

using prescription::envelope::Answer;
using prescription::envelope::Fields;
using prescription::envelope::ResultStatus;
namespace v1 = prescription::v1;

class FacilityCallsTest : public ExchangeTest {
 protected:
  static void Add(const std::string& id, const std::vector<std::string>& results,
                  v1::ListDispensedResponse& list) {
    auto& one = *list.add_prescriptions();
    one.set_prescription_id(id);
    one.set_status(v1::STATUS_DISPENSED);
    for (const std::string& result : results) {
      auto& added = *one.add_results();
      added.set_result_id(result);
      added.set_use(one.results_size());
    }
  }
};

TEST_F(FacilityCallsTest, TheCopyIsADocument) {
  v1::GetCopyResponse response;
  response.set_pdf(std::string("%PDF-1.7\n\0\xFF", 11));
  gateway_.Answer(response);
  const Answer answer = Ask(211, {{"PrescriptionId", "p-7"}});
  EXPECT_EQ(answer.fields.at("PrescriptionCopyPdf"), response.pdf());
  EXPECT_EQ(answer.fields.at("PrescriptionId"), "p-7");
}

TEST_F(FacilityCallsTest, AListHasARowForEachResultAndOneWhereThereIsNone) {
  v1::ListIssuedResponse response;
  response.set_next_page_token("20260512/p-8");
  response.set_left_off(3);
  auto& refill = *response.add_prescriptions();
  refill.set_prescription_id("p-7");
  refill.set_status(v1::STATUS_REGISTERED);
  refill.set_issue_type(v1::ISSUE_TYPE_PAPER);
  refill.set_issuer("1311234567");
  refill.set_issued_on("20260512");
  refill.set_use_by("20260515");
  for (const char* id : {"r-1", "r-2"}) {
    auto& result = *refill.add_results();
    result.set_result_id(id);
    result.set_use(refill.results_size());
    result.set_pharmacy("1341234567");
    result.set_dispensed_on("20260513");
  }
  response.add_prescriptions()->set_prescription_id("p-8");
  gateway_.Answer(response);
  const Answer answer = Ask(213, {});
  EXPECT_EQ(answer.fields, (Fields{{"NextPageToken", "20260512/p-8"}, {"LeftOffCount", "3"}}));
  ASSERT_EQ(answer.rows.size(), 3u);
  EXPECT_EQ(answer.rows[1], (Fields{{"PrescriptionId", "p-7"},
                                    {"PrescriptionStatus", "薬局未受付"},
                                    {"IssueType", "2"},
                                    {"IssuerCode", "1311234567"},
                                    {"IssueDate", "20260512"},
                                    {"ExpirationDate", "20260515"},
                                    {"DispensingResultId", "r-2"},
                                    {"DispensingCount", "2"},
                                    {"DispensingDate", "20260513"},
                                    {"PharmacyCode", "1341234567"}}));
  EXPECT_EQ(answer.rows[2], (Fields{{"PrescriptionId", "p-8"}, {"IssueType", "1"}}));
}

TEST_F(FacilityCallsTest, ADispensedPrescriptionIsBothStampedDocumentsAndWhatWasWritten) {
  v1::GetResultResponse response;
  response.set_prescription_id("p-7");
  response.set_document("<Result/>");
  response.set_prescription("<Document/>");
  response.set_status(v1::STATUS_DISPENSED);
  response.set_dispensed_on("20260513");
  response.mutable_notes()->set_use(1);
  response.mutable_notes()->add_inquiries("残薬を\n確認 ");
  auto& message = *response.mutable_notes()->add_messages();
  message.set_kind(30);
  message.set_text(std::string(5000, 'x'));
  gateway_.Answer(response);
  for (const int interface : {215, 316}) {
    const Answer answer = Ask(interface, {{"DispensingResultId", "r-1"}});
    EXPECT_EQ(answer.fields, (Fields{{"DispensingResultId", "r-1"},
                                     {"PrescriptionId", "p-7"},
                                     {"PrescriptionStatus", "調剤済み"},
                                     {"DispensingDate", "20260513"},
                                     {"MessageFlg", "2"},
                                     {"DispensingInfo", "<Result/>"},
                                     {"PrescriptionInfo", "<Document/>"}}));
    ASSERT_EQ(answer.rows.size(), 2u);
    EXPECT_EQ(answer.rows[0], (Fields{{"DispensingCount", "1"},
                                      {"RecordNumber", "511"},
                                      {"MessageText", "残薬を 確認"}}));
    EXPECT_EQ(answer.rows[1].at("MessageKind"), "30");
    EXPECT_TRUE(absl::EndsWith(answer.rows[1].at("MessageText"), "x…"));
  }
}

TEST_F(FacilityCallsTest, RX511TheStatusSaysWhetherThereIsAMessage) {
  EXPECT_EQ(Ask(217, {{"PrescriptionId", "p-7"}}).fields.at("MessageFlg"), "1");
  v1::GetStatusResponse response;
  response.set_has_message(true);
  auto& notes = *response.add_notes();
  notes.set_result_id("r-1");
  notes.add_remarks("次回確認");
  gateway_.Answer(response);
  const Answer answer = Ask(217, {{"PrescriptionId", "p-7"}});
  EXPECT_EQ(answer.fields.at("MessageFlg"), "2");
  ASSERT_EQ(answer.rows.size(), 1u);
  EXPECT_EQ(answer.rows[0].at("RecordNumber"), "501");
}

TEST_F(FacilityCallsTest, TM027AResultIsLookedForInAllPages) {
  v1::ListDispensedResponse first;
  Add("p-6", {"r-0"}, first);
  first.set_next_page_token("t-1");
  v1::ListDispensedResponse second;
  Add("p-7", {"r-1", "r-2"}, second);
  gateway_.Answer(first);
  gateway_.Answer(second);
  const Answer answer = Ask(322, {{"PrescriptionId", "p-7"}, {"FromDate", "20260501"}});
  EXPECT_EQ(answer.fields, (Fields{{"PrescriptionId", "p-7"},
                                   {"PrescriptionStatus", "調剤済み"},
                                   {"DispensingResultId", "r-2"}}));
  EXPECT_EQ(answer.rows.size(), 2u);
  ASSERT_EQ(gateway_.calls().size(), 2u);
  EXPECT_TRUE(absl::StrContains(gateway_.calls()[1].second, "page_token: \"t-1\""));
  EXPECT_TRUE(absl::StrContains(gateway_.calls()[1].second, "from_day: \"20260501\""));
}

TEST_F(FacilityCallsTest, TM027AResultThatIsNotThereIsNotFound) {
  v1::ListDispensedResponse list;
  Add("p-6", {"r-0"}, list);
  gateway_.Answer(list);
  const Answer answer = Ask(322, {{"PrescriptionId", "p-7"}});
  EXPECT_EQ(answer.status, ResultStatus::kError);
  EXPECT_EQ(answer.result_code, "RESULT_NOT_FOUND");
  EXPECT_EQ(answer.result_message, "調剤結果が見つかりません。");
}

}  // namespace
}  // namespace tsunagu::terminal
