#include "tools/cli/eligibility_xml.h"

#include <gtest/gtest.h>

#include "services/eligibility/oqs/answer.h"

namespace tsunagu::cli {
namespace {

namespace oqs = eligibility::oqs;

oqs::Request SomeRequest() {
  oqs::Request request;
  request.institution_code = "1311234567";
  request.confirmation_date = absl::CivilDay(2026, 11, 23);
  request.file_identifier = "F1";
  request.identity = {"01130012", "12345678", "10", "00"};
  request.birth_date = absl::CivilDay(1970, 4, 15);
  request.search.identity = {"01130012", "１２３４５６７８", "１０", "00"};
  request.search.birth_date = request.birth_date;
  request.search.arbitrary_identifier = "A7";
  return request;
}

eligibility::v1::CheckResponse Valid() {
  eligibility::v1::CheckResponse response;
  response.set_validity(eligibility::v1::VALIDITY_VALID);
  auto* q = response.mutable_qualification();
  q->mutable_identity()->set_insurer("01130012");
  q->mutable_identity()->set_symbol("12345678");
  q->mutable_identity()->set_number("10");
  q->mutable_identity()->set_branch("00");
  q->set_name("合成　一郎");
  q->set_sex("1");
  q->set_birth_date("19700415");
  q->set_valid_from("20200401");
  q->set_copay_percent("30");
  return response;
}

oqs::Answer RoundTrip(const eligibility::v1::CheckResponse& response) {
  const auto xml = AnswerXml(SomeRequest(), response, absl::FromUnixSeconds(1'795'400'000));
  EXPECT_TRUE(xml.ok()) << xml.status();
  const auto read = oqs::ReadAnswer(*xml);
  EXPECT_TRUE(read.answer.has_value());
  return read.answer.value_or(oqs::Answer());
}

TEST(EligibilityXml, TheRequestBecomesACall) {
  const auto check = ToCheck(SomeRequest());
  EXPECT_EQ(check.identity().insurer(), "01130012");
  EXPECT_EQ(check.identity().symbol(), "12345678");
  EXPECT_EQ(check.identity().number(), "10");
  EXPECT_EQ(check.identity().branch(), "00");
  EXPECT_EQ(check.birth_date(), "19700415");
  EXPECT_EQ(check.date(), "20261123");
}

TEST(EligibilityXml, TheAnswerEchoesTheRequest) {
  const oqs::Answer answer = RoundTrip(Valid());
  EXPECT_EQ(answer.institution_code, "1311234567");
  EXPECT_EQ(answer.file_identifier, "F1");
  EXPECT_EQ(answer.search.arbitrary_identifier, "A7");
  EXPECT_EQ(answer.confirmation_date, absl::CivilDay(2026, 11, 23));
  EXPECT_EQ(answer.process_execution_time.size(), 14u);
}

TEST(EligibilityXml, TheAnswerHoldsTheQualification) {
  const oqs::Answer answer = RoundTrip(Valid());
  EXPECT_EQ(answer.validity, oqs::Validity::kValid);
  ASSERT_EQ(answer.results.size(), 1u);
  EXPECT_EQ(answer.results[0].name, "合成　一郎");
  EXPECT_EQ(answer.results[0].birth_date, absl::CivilDay(1970, 4, 15));
  EXPECT_EQ(answer.results[0].contribution_ratio, "030");
  EXPECT_FALSE(answer.results[0].expires.has_value());
}

TEST(EligibilityXml, EveryValidityHasItsCode) {
  const struct {
    eligibility::v1::Validity ours;
    oqs::Validity national;
  } kCases[] = {
      {eligibility::v1::VALIDITY_INVALID, oqs::Validity::kInvalid},
      {eligibility::v1::VALIDITY_INVALID_NEWER_EXISTS, oqs::Validity::kInvalidNewerExists},
      {eligibility::v1::VALIDITY_NONE, oqs::Validity::kNotFound},
      {eligibility::v1::VALIDITY_SEVERAL, oqs::Validity::kSeveral},
  };
  for (const auto& c : kCases) {
    eligibility::v1::CheckResponse response;
    response.set_validity(c.ours);
    EXPECT_EQ(RoundTrip(response).validity, c.national);
    EXPECT_TRUE(RoundTrip(response).results.empty());
  }
}

}  // namespace
}  // namespace tsunagu::cli
