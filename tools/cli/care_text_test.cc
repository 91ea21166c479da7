#include "tools/cli/care_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tsunagu::cli {
namespace {

using emergency::v1::FEED_STATE_BEHIND;
using emergency::v1::FEED_STATE_CURRENT;
using emergency::v1::FEED_STATE_NONE;
using emergency::v1::FEED_STATE_UNREADABLE;
using emergency::v1::GetSummaryResponse;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

void AddFeed(GetSummaryResponse& summary, const char* name, emergency::v1::FeedState state,
             const char* newest, const char* since) {
  auto& feed = *summary.add_feeds();
  feed.set_name(name);
  feed.set_state(state);
  feed.set_newest(newest);
  feed.set_since(since);
}

GetSummaryResponse Summary(
    emergency::v1::FeedState prescriptions = emergency::v1::FEED_STATE_NONE) {
  GetSummaryResponse summary;
  summary.mutable_person()->set_name("試験　花子");
  summary.mutable_person()->set_sex("2");
  summary.mutable_person()->set_birth_date("19481122");
  summary.set_age(78);
  summary.set_visits_since("20260822");
  AddFeed(summary, "eligibility", FEED_STATE_CURRENT, "20260401", "");
  AddFeed(summary, "medication", FEED_STATE_NONE, "", "20260822");
  AddFeed(summary, "prescription", prescriptions, "", "20261008");
  return summary;
}

TEST(SummaryText, AgeAndSexComeFirst) {
  const std::string text = SummaryText(Summary());
  EXPECT_THAT(text, StartsWith("年齢 age"));
  EXPECT_THAT(text.substr(0, text.find("氏名")), HasSubstr("78 歳"));
  EXPECT_THAT(text.substr(0, text.find("氏名")), HasSubstr("女 (female)"));
}

TEST(SummaryText, NoneRecordedAndCannotTellReadDifferently) {
  EXPECT_THAT(SummaryText(Summary()), HasSubstr("none recorded; every source was read"));
  EXPECT_THAT(SummaryText(Summary()), Not(HasSubstr("cannot tell")));
  for (const auto state : {FEED_STATE_BEHIND, FEED_STATE_UNREADABLE}) {
    const std::string text = SummaryText(Summary(state));
    EXPECT_THAT(text, HasSubstr("cannot tell: more may exist): 電子処方箋"));
    EXPECT_THAT(text, Not(HasSubstr("none recorded")));
  }
}

TEST(SummaryText, WhatMayBeMissingIsSaidAboveTheMedicinesToo) {
  GetSummaryResponse summary = Summary(FEED_STATE_UNREADABLE);
  summary.add_medicines()->set_name("合成アムロジピン錠");
  const std::string text = SummaryText(summary);
  EXPECT_LT(text.find("cannot tell"), text.find("合成アムロジピン錠"));
}

// EM-024
TEST(SummaryText, WhatIsPrescribedAndNotDispensedIsNotNothing) {
  EXPECT_THAT(SummaryText(Summary()), Not(HasSubstr("処方・未調剤")));
  GetSummaryResponse summary = Summary(FEED_STATE_CURRENT);
  auto& prescribed = *summary.add_undispensed();
  prescribed.set_prescribed_on("20261120");
  prescribed.set_prescriber("1311234599");
  prescribed.set_prescription_id("0001aaaa");
  std::string text = SummaryText(summary);
  EXPECT_THAT(text, Not(HasSubstr("none recorded")));
  EXPECT_THAT(text, HasSubstr("処方・未調剤 prescribed, not yet dispensed"));
  EXPECT_THAT(text, HasSubstr("薬品不明 drugs not known here"));
  EXPECT_THAT(text.substr(0, text.find("処方・未調剤")), Not(HasSubstr("none）")));
  auto& drug = *prescribed.add_drugs();
  drug.set_name("合成ワルファリン錠");
  drug.set_amount("2");
  drug.set_unit("錠");
  drug.set_form(1);
  drug.set_quantity(28);
  drug.set_usage("１日１回朝食後");
  text = SummaryText(summary);
  EXPECT_THAT(text, HasSubstr("合成ワルファリン錠  2026-11-20         1日 2錠"));
  EXPECT_THAT(text, HasSubstr("28 日分"));
  EXPECT_THAT(text, HasSubstr("１日１回朝食後  1311234599"));
  EXPECT_THAT(text, HasSubstr("0001aaaa"));
  EXPECT_THAT(text, Not(HasSubstr("drugs not known")));
}

TEST(SummaryText, WindowsAreSaidInWords) {
  const std::string text = SummaryText(Summary());
  EXPECT_THAT(text, HasSubstr("過去3か月 3 months (2026-08-22 から since)"));
  EXPECT_THAT(text, HasSubstr("過去45日 45 days (2026-10-08 から since)"));
}

TEST(SummaryText, ADrugIsOneLineWithAllOfItsLastDay) {
  GetSummaryResponse summary = Summary();
  auto& medicine = *summary.add_medicines();
  medicine.set_name("合成プレドニゾロン錠");
  medicine.set_generic_name("【般】合成プレドニゾロン");
  medicine.set_dispensed_on("20261120");
  medicine.set_times(4);
  medicine.add_facilities("1341234563");
  for (const char* amount : {"4", "2"}) {
    auto& drug = *medicine.add_latest();
    drug.set_amount(amount);
    drug.set_unit("錠");
    drug.set_form(1);
    drug.set_quantity(7);
    drug.set_usage("１日１回朝食後");
    drug.set_usage_code("006");
  }
  const std::string text = SummaryText(summary);
  EXPECT_THAT(text, HasSubstr("【般】合成プレドニゾロン  2026-11-20  1日 4錠 / 1日 2錠"));
  EXPECT_THAT(text, HasSubstr("7 日分 / 7 日分"));
  EXPECT_THAT(text, HasSubstr("１日１回朝食後"));
  EXPECT_THAT(text, HasSubstr("4 回"));
}

TEST(HistoryText, SaysThePeriodAndWhatIsStillToCome) {
  medication::v1::GetHistoryRequest request;
  medication::v1::GetHistoryResponse response;
  response.set_from_month("202312");
  response.set_to_month("202611");
  EXPECT_THAT(HistoryText(request, response), HasSubstr("2023-12 から 2026-11 まで"));
  EXPECT_THAT(HistoryText(request, response), Not(HasSubstr("in the future")));
  request.set_to_month("202705");
  EXPECT_THAT(HistoryText(request, response),
              HasSubstr("2026-11 より後から 2027-05 まで: 期間がまだ来ていません (in the future)"));
}

// MH-119
TEST(HistoryText, SaysWhoseItIs) {
  medication::v1::GetHistoryResponse response;
  EXPECT_THAT(HistoryText({}, response), StartsWith("！誰の記録か"));
  response.mutable_person()->set_name("試験　花子");
  response.mutable_person()->set_name_kana("ｼｹﾝ ﾊﾅｺ");
  response.mutable_person()->set_birth_date("19481122");
  response.mutable_person()->set_sex("2");
  response.mutable_person()->mutable_identity()->set_number("45");
  const std::string text = HistoryText({}, response);
  for (const char* part : {"試験　花子", "ｼｹﾝ ﾊﾅｺ", "1948-11-22", "女 (female)", "45"}) {
    EXPECT_THAT(text.substr(0, text.find("期間")), HasSubstr(part));
  }
  EXPECT_THAT(text, Not(HasSubstr("cannot tell whose")));
}

// EM-023
TEST(SummaryText, SaysWhoWasAskedForWhereThatDiffers) {
  GetSummaryResponse summary = Summary();
  summary.mutable_person()->mutable_identity()->set_number("45");
  summary.mutable_asked_for()->set_number("45");
  EXPECT_THAT(SummaryText(summary), Not(HasSubstr("asked for")));
  summary.mutable_asked_for()->set_number("46");
  EXPECT_THAT(SummaryText(summary), HasSubstr("照会した被保険者 asked for"));
}

// EM-023
TEST(SummaryText, WhereNobodyIsKnownThatIsSaidFirst) {
  GetSummaryResponse summary = Summary(FEED_STATE_UNREADABLE);
  summary.clear_person();
  EXPECT_THAT(SummaryText(summary), StartsWith("！誰の記録か"));
  EXPECT_THAT(SummaryText(summary), HasSubstr("薬剤 medication"));
}

TEST(ConsentText, SaysWhatWasOpenedUntilWhen) {
  eligibility::v1::CheckInResponse response;
  response.set_care_context("token");
  response.add_granted(access::v1::SCOPE_MEDICATION);
  response.add_granted(access::v1::SCOPE_EMERGENCY);
  response.mutable_expires_at()->set_seconds(1'795'359'600);
  const std::string text = ConsentText(response, "/tmp/context");
  EXPECT_THAT(text, HasSubstr("薬剤情報 (medication), 救急用サマリー (emergency)"));
  EXPECT_THAT(text, HasSubstr("2026-11-23 00:00:00"));
  EXPECT_THAT(text, HasSubstr("/tmp/context"));
}

// EL-028
TEST(CheckText, SaysThatADayThatLiesAheadIsAnsweredAsKnownNow) {
  eligibility::v1::CheckResponse response;
  response.set_validity(eligibility::v1::VALIDITY_VALID);
  response.set_date("20261201");
  EXPECT_THAT(CheckText(response), Not(HasSubstr("as known")));
  response.set_as_known_on("20261123");
  EXPECT_THAT(CheckText(response), HasSubstr("2026-11-23 に分かっている内容"));
}

// CL-062: the feed of prescriptions holds drugs that a facility registered as given, too.
TEST(CareTextTest, OfPaperAndInHouseItTellsThatOnlyWhatWasRegisteredIsThere) {
  emergency::v1::GetSummaryResponse response;
  response.add_feeds()->set_name("prescription");
  const std::string text = SummaryText(response);
  EXPECT_THAT(text, HasSubstr("施設が登録した分だけ"));
  EXPECT_THAT(text, Not(HasSubstr("含まない")));
}

}  // namespace
}  // namespace tsunagu::cli
