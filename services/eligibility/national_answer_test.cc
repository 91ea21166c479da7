#include "services/eligibility/national_answer.h"

#include <gtest/gtest.h>

#include "services/eligibility/oqs/answer.h"
#include "services/platform/national/jst.h"

namespace tsunagu::eligibility {
namespace {

const absl::Time kNow = national::JstMidnight(absl::CivilDay(2026, 5, 12)) + absl::Hours(9) +
                        absl::Minutes(30) + absl::Seconds(15);

v1::CheckRequest Request() {
  v1::CheckRequest request;
  request.mutable_identity()->set_insurer("01130012");
  request.mutable_identity()->set_symbol("12-34");
  request.mutable_identity()->set_number("10");
  request.mutable_identity()->set_branch("00");
  request.set_birth_date("19700415");
  return request;
}

v1::CheckResponse Response(v1::Validity validity) {
  v1::CheckResponse response;
  response.set_validity(validity);
  auto* q = response.mutable_qualification();
  *q->mutable_identity() = Request().identity();
  q->set_name("見本　花子");
  q->set_name_kana("ﾐﾎﾝ ﾊﾅｺ");
  q->set_sex("2");
  q->set_birth_date("19700415");
  q->set_relation("1");
  q->set_valid_from("20240401");
  q->set_valid_to("20260331");
  q->set_loss_reason("03");
  q->set_copay_percent("30");
  q->set_insurer_name("見本健保");
  q->set_address("東京都");
  q->set_postal_code("100-0005");
  return response;
}

oqs::Answer Make(const v1::CheckRequest& request, const v1::CheckResponse& response) {
  return MakeNationalAnswer(request, response, "1319999913", kNow);
}

TEST(NationalAnswerTest, WhatIsWrittenCanBeRead) {
  const oqs::Answer answer = Make(Request(), Response(v1::VALIDITY_INVALID_NEWER_EXISTS));
  const auto xml = oqs::WriteAnswer(answer);
  ASSERT_TRUE(xml.ok()) << xml.status();
  const oqs::AnswerResult read = oqs::ReadAnswer(*xml);
  ASSERT_TRUE(read.answer.has_value());
  EXPECT_TRUE(read.findings.empty());
  EXPECT_EQ(read.answer->validity, oqs::Validity::kInvalidNewerExists);
  EXPECT_EQ(read.answer->results, answer.results);
}

TEST(NationalAnswerTest, TellsEveryFieldThatWeKnow) {
  const oqs::Answer answer = Make(Request(), Response(v1::VALIDITY_VALID));
  EXPECT_EQ(answer.process_execution_time, "20260512093015");
  EXPECT_EQ(answer.confirmation_date, absl::CivilDay(2026, 5, 12));
  EXPECT_EQ(answer.institution_code, "1319999913");
  ASSERT_EQ(answer.results.size(), 1u);
  const oqs::Qualification& q = answer.results[0];
  EXPECT_EQ(q.identity, (national::InsuredIdentity{"01130012", "12-34", "10", "00"}));
  EXPECT_EQ(q.name, "見本　花子");
  EXPECT_EQ(q.insured_name, "見本　花子");
  EXPECT_EQ(q.name_kana, "ﾐﾎﾝ ﾊﾅｺ");
  EXPECT_EQ(q.sex, "2");
  EXPECT_EQ(q.birth_date, absl::CivilDay(1970, 4, 15));
  EXPECT_EQ(q.valid_from, absl::CivilDay(2024, 4, 1));
  EXPECT_EQ(q.expires, absl::CivilDay(2026, 3, 31));
  EXPECT_EQ(q.contribution_ratio, "030");
  EXPECT_EQ(q.reason_of_loss, "03");
  EXPECT_EQ(q.insurer_name, "見本健保");
  EXPECT_EQ(q.address, "東京都");
  EXPECT_EQ(q.post_number, "100-0005");
}

TEST(NationalAnswerTest, TheInsuredOfADependantIsNotKnown) {
  v1::CheckResponse response = Response(v1::VALIDITY_VALID);
  response.mutable_qualification()->set_relation("2");
  EXPECT_EQ(Make(Request(), response).results[0].insured_name, "");
}

TEST(NationalAnswerTest, AnOpenEndStaysOpen) {
  v1::CheckResponse response = Response(v1::VALIDITY_VALID);
  response.mutable_qualification()->clear_valid_to();
  EXPECT_EQ(Make(Request(), response).results[0].expires, std::nullopt);
}

TEST(NationalAnswerTest, EveryClassHasItsNationalNumber) {
  for (int number = 1; number <= 5; ++number) {
    v1::CheckResponse response;
    response.set_validity(static_cast<v1::Validity>(number));
    EXPECT_EQ(static_cast<int>(Make(Request(), response).validity), number);
  }
}

TEST(NationalAnswerTest, NobodyFoundIsAnAnswerWithoutResults) {
  v1::CheckResponse response;
  response.set_validity(v1::VALIDITY_NONE);
  const oqs::Answer answer = Make(Request(), response);
  EXPECT_TRUE(answer.results.empty());
  EXPECT_EQ(answer.search.identity.number, "10");
  EXPECT_TRUE(oqs::WriteAnswer(answer).ok());
}

TEST(NationalAnswerTest, TheDayOfTheRequestIsEchoed) {
  v1::CheckRequest request = Request();
  request.set_date("20260401");
  EXPECT_EQ(Make(request, {}).confirmation_date, absl::CivilDay(2026, 4, 1));
}

}  // namespace
}  // namespace tsunagu::eligibility
