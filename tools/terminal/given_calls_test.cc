#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "services/prescription/envelope/xmlmsg.h"
#include "tools/terminal/test_exchange.h"
#include "tsunagu/prescription/v1/given.pb.h"

namespace tsunagu::terminal {
namespace {

using prescription::envelope::Answer;
using prescription::envelope::Fields;
namespace v1 = prescription::v1;

class GivenCallsTest : public ExchangeTest {};

TEST_F(GivenCallsTest, ARegistrationIsDoneOnceAndSaysSo) {
  v1::RegisterGivenResponse response;
  response.set_given_id("g-1");
  response.set_status(v1::GIVEN_STATUS_REGISTERED);
  response.add_findings()->set_rule("RX-171");
  gateway_.Answer(response);
  const Fields fields = {{"PrescriptionInfo", "<Document/>"}};
  Answer answer = Ask(401, fields);
  EXPECT_EQ(answer.fields,
            (Fields{{"InHousePrescriptionId", "g-1"}, {"InHousePrescriptionStatus", "登録"}}));
  EXPECT_EQ(answer.result_code, "");
  EXPECT_EQ(answer.record_findings.at(0).rule, "RX-171");
  answer = Ask(401, fields);
  EXPECT_EQ(answer.result_code, "REPEATED");
  EXPECT_EQ(gateway_.done().size(), 1u);
}

// CL-044
TEST_F(GivenCallsTest, AResultOfPaperWithoutANumberIsRegisteredAsGiven) {
  v1::RegisterGivenResponse response;
  response.set_given_id("g-2");
  response.set_status(v1::GIVEN_STATUS_REGISTERED);
  response.add_findings()->set_rule("RX-171");
  gateway_.Answer(response);
  const Fields fields = {
      {"DispensingInfo", "<Result/>"}, {"IssuerCode", "1311234567"}, {"IssueDate", "20260512"}};
  const Answer answer = Ask(307, fields);
  EXPECT_EQ(gateway_.calls().back().first, prescription::envelope::Call::kRegisterGiven);
  EXPECT_TRUE(
      absl::EndsWith(gateway_.calls().back().second,
                     "document: \"<Result/>\" issuer: \"1311234567\" issued_on: \"20260512\""))
      << gateway_.calls().back().second;
  EXPECT_EQ(answer.fields,
            (Fields{{"DispensingResultId", "g-2"}, {"PrescriptionStatus", "調剤済み"}}));
  EXPECT_EQ(answer.record_findings.at(0).rule, "RX-171");
  EXPECT_EQ(Ask(307, fields).result_code, "REPEATED");
}

TEST_F(GivenCallsTest, ACancellationSaysHowItStands) {
  v1::CancelGivenResponse response;
  response.set_status(v1::GIVEN_STATUS_CANCELLED);
  gateway_.Answer(response);
  const Answer answer = Ask(403, {{"InHousePrescriptionId", "g-1"}});
  EXPECT_EQ(answer.fields,
            (Fields{{"InHousePrescriptionId", "g-1"}, {"InHousePrescriptionStatus", "取消"}}));
}

TEST_F(GivenCallsTest, APersonsAreRowsAndOneByItsIdHasItsDocument) {
  v1::SearchGivenResponse list;
  for (const char* id : {"g-2", "g-1"}) {
    auto& given = *list.add_given();
    given.set_id(id);
    given.set_status(v1::GIVEN_STATUS_REGISTERED);
    given.set_given_on("20260512");
    given.add_drugs();
  }
  gateway_.Answer(list);
  Answer answer = Ask(407, {{"InsurerNumber", "01130012"},
                            {"InsuredIdentificationNumber", "10"},
                            {"FromDate", "20260501"}});
  EXPECT_TRUE(absl::StrContains(gateway_.calls().back().second, "from_day: \"20260501\""));
  EXPECT_EQ(answer.fields, (Fields{{"InHousePrescriptionCount", "2"}}));
  ASSERT_EQ(answer.rows.size(), 2u);
  EXPECT_EQ(answer.rows[0], (Fields{{"InHousePrescriptionId", "g-2"},
                                    {"InHousePrescriptionStatus", "登録"},
                                    {"GivenDate", "20260512"},
                                    {"DrugCount", "1"}}));

  v1::GetGivenResponse one;
  one.set_document("<Document/>");
  *one.mutable_given() = list.given(1);
  gateway_.Answer(one);
  answer = Ask(407, {{"InHousePrescriptionId", "g-1"}});
  EXPECT_EQ(answer.fields.at("PrescriptionInfo"), "<Document/>");
  EXPECT_EQ(answer.rows.at(0).at("InHousePrescriptionId"), "g-1");
}

}  // namespace
}  // namespace tsunagu::terminal
