#include "services/prescription/duplication/report.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "services/prescription/duplication/test_person.h"

namespace tsunagu::prescription::duplication {
namespace {

// No digest that anybody should use, but it tells texts and keys apart.
Seal SealWith(const std::string& key) {
  return [key](absl::string_view alerts) {
    return absl::StrCat(std::hash<std::string>()(absl::StrCat(key, "/", alerts)));
  };
}

absl::StatusOr<v1::CheckReport> PageOf(const TestPerson& person, int size = 0,
                                       const std::string& token = "",
                                       const std::string& key = "key") {
  v1::CheckOptions page;
  page.set_page_size(size);
  page.set_page_token(token);
  v1::CheckReport report;
  const absl::Status status =
      MakeReport(person.Checked(), person.tables, person.options, page, SealWith(key), report);
  if (!status.ok()) return status;
  return report;
}

std::string IngredientNo(int number) { return absl::StrCat(2000001 + number); }

TEST(ReportTest, AnAlertSaysWhatIsTakenWhenAndFromWhom) {
  TestPerson person;
  person.Takes("2171022", 3, 14);
  person.Drafts("2171022", 7);
  const auto report = PageOf(person);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->result(), v1::CHECK_RESULT_HIT);
  ASSERT_EQ(report->groups_size(), 1);
  const auto& group = report->groups(0);
  EXPECT_EQ(group.category(), v1::ALERT_CATEGORY_DUPLICATE);
  EXPECT_EQ(group.ingredient(), "2171022");
  EXPECT_EQ(group.ingredient_name(), "drug 2171022");
  EXPECT_NE(group.message_ja().find("同じ成分"), std::string::npos);
  ASSERT_EQ(group.past_size(), 1);
  const auto& past = group.past(0);
  EXPECT_EQ(past.drug().name(), "drug 2171022");
  EXPECT_EQ(past.drug().amount(), "3");
  EXPECT_EQ(past.start(), "20260627");
  EXPECT_EQ(past.end(), "20260710");
  EXPECT_EQ(past.overlapping_days(), 7);
  EXPECT_FALSE(past.estimated());
  EXPECT_TRUE(past.dispensed());
  EXPECT_FALSE(past.in_house());
  EXPECT_EQ(past.issuer(), kClinicB);
  EXPECT_EQ(past.pharmacy_name(), "pharmacy A");
  EXPECT_EQ(report->look_back_from(), "20260322");
  EXPECT_TRUE(report->without_pairs());
  EXPECT_FALSE(report->has_pairs_table());
}

// RX-560
TEST(ReportTest, ItTellsWhatTheTableOfPairsIs) {
  PairTable pairs;
  pairs.Read("example\nas-of,20261101\n2171022,1124007,,,a\n");
  TestPerson person;
  person.tables.pairs = &pairs;
  person.Drafts("2171022");
  const auto report = PageOf(person);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->pairs_table().pairs(), 1);
  EXPECT_EQ(report->pairs_table().as_of(), "20261101");
  EXPECT_TRUE(report->pairs_table().example());
}

TEST(ReportTest, APairNamesItsSource) {
  PairTable pairs;
  pairs.Read("2171022,1124007,,,添付文書 2.禁忌\n");
  TestPerson person;
  person.tables.pairs = &pairs;
  person.Takes("1124007");
  person.Drafts("2171022");
  const auto report = PageOf(person);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->groups(0).other(), "1124007");
  EXPECT_EQ(report->groups(0).source(), "添付文書 2.禁忌");
  EXPECT_FALSE(report->without_pairs());
}

// RX-408: the draft's drugs that were not compared are told, with the reason, once.
TEST(ReportTest, WhatWasNotComparedIsSaid) {
  TestPerson person;
  person.Drafts("rubbish");
  const auto report = PageOf(person);
  ASSERT_EQ(report->not_compared_size(), 1);
  EXPECT_EQ(report->not_compared(0).drug().name(), "drug rubbish");
  EXPECT_NE(report->not_compared(0).reason_en(), "");
}

// RX-420
TEST(ReportTest, TheResultHasThreeLevels) {
  TestPerson person;
  person.Drafts("2171022");
  person.Drafts("2171014");
  EXPECT_EQ(PageOf(person)->result(), v1::CHECK_RESULT_NONE);
  person.Takes("2171022");
  EXPECT_EQ(PageOf(person)->result(), v1::CHECK_RESULT_HIT);
  person.Accepts(v1::ALERT_CATEGORY_DUPLICATE, "2171022");
  EXPECT_EQ(PageOf(person)->result(), v1::CHECK_RESULT_APPROVED);
  EXPECT_EQ(PageOf(person)->groups(0).reason(), "漸減のため");
  person.Takes("2171014");
  EXPECT_EQ(PageOf(person)->result(), v1::CHECK_RESULT_HIT);
}

// RX-418: the patient of the national investigation, who got one hypnotic 81 times from 29
// pharmacies in 100 days: 2,157 tablets.
TEST(ReportTest, EightyOneResultsInAHundredDaysAreOneGroup) {
  TestPerson person;
  for (int i = 0; i < 81; ++i) {
    auto& item = person.Takes("1124009", 99 - i * 99 / 80, i < 51 ? 27 : 26,
                              absl::StrCat(1311000000 + i % 29));
    item.set_pharmacy(absl::StrCat(1341000000 + i % 29));
  }
  person.Drafts("1124009", 30);
  person.Drafts("2171022", 30);
  const auto report = PageOf(person);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->group_count(), 1);
  ASSERT_EQ(report->groups_size(), 1);
  EXPECT_EQ(report->next_page_token(), "");
  const auto& group = report->groups(0);
  EXPECT_EQ(group.past_size(), kMaxPastOfGroup);
  // Those of the last 26 or 27 days are being taken.
  EXPECT_GE(group.past_count(), 20);
  EXPECT_LE(group.past_count(), 24);
  EXPECT_EQ(report->alert_count(), group.past_count());
  for (int i = 1; i < group.past_size(); ++i) {
    EXPECT_GE(group.past(i - 1).overlapping_days(), group.past(i).overlapping_days());
  }
  EXPECT_LT(report->ByteSizeLong(), 10'000u);
}

// RX-418
RC_GTEST_PROP(ReportPropertyTest, PagesHaveEachGroupOnce, ()) {
  TestPerson person;
  const int ingredients = *rc::gen::inRange(0, 120);
  for (int i = 0; i < ingredients; ++i) {
    person.Takes(IngredientNo(i), *rc::gen::inRange(0, 20), *rc::gen::inRange(1, 40));
    person.Drafts(IngredientNo(i), *rc::gen::inRange(1, 40));
  }
  const int size = *rc::gen::inRange(0, kMaxPageSize + 1);
  const size_t all = person.Checked().groups.size();
  std::set<std::string> seen;
  std::string token;
  do {
    const auto report = PageOf(person, size, token);
    RC_ASSERT(report.ok());
    RC_ASSERT(report->groups_size() <= (size == 0 ? kDefaultPageSize : size));
    RC_ASSERT(report->group_count() == static_cast<int>(all));
    for (const auto& group : report->groups()) RC_ASSERT(seen.insert(group.ingredient()).second);
    token = report->next_page_token();
  } while (!token.empty());
  RC_ASSERT(seen.size() == all);
}

// RX-418
TEST(ReportTest, APageThatCannotBeIsRefused) {
  TestPerson person;
  for (int i = 0; i < 30; ++i) {
    person.Takes(IngredientNo(i));
    person.Drafts(IngredientNo(i));
  }
  for (const int size : {-1, 51}) EXPECT_EQ(ReasonOf(PageOf(person, size).status()), "BAD_FIELD");
  for (const char* token : {"x", "20", "20-1-2", "-", "x-1", "-20-1"}) {
    EXPECT_EQ(ReasonOf(PageOf(person, 0, token).status()), "BAD_FIELD") << token;
  }
  const std::string token = PageOf(person)->next_page_token();
  EXPECT_EQ(PageOf(person, 0, token)->groups_size(), 10);
  // What was found has changed: nobody may believe that both pages are all.
  person.Takes(IngredientNo(3));
  const absl::Status changed = PageOf(person, 0, token).status();
  EXPECT_EQ(ReasonOf(changed), "CHECK_CHANGED");
  EXPECT_EQ(RuleOf(changed), "RX-418");
}

// RX-428
TEST(ReportTest, DrugsOfTheDraftAreNotComparedWithEachOther) {
  TestPerson person;
  person.Drafts("2171022", 7);
  person.Drafts("2171022", 14);
  EXPECT_EQ(PageOf(person)->result(), v1::CHECK_RESULT_NONE);
  person.Takes("2171022");
  EXPECT_EQ(PageOf(person)->group_count(), 1);
}

// RX-427
TEST(ReportTest, WhoHasNoKeyCannotTellForWhichAlertsATokenStands) {
  TestPerson person;
  for (int i = 0; i < 30; ++i) {
    person.Takes(IngredientNo(i));
    person.Drafts(IngredientNo(i));
  }
  const std::string token = PageOf(person)->next_page_token();
  EXPECT_EQ(PageOf(person)->next_page_token(), token);
  const std::string tried = PageOf(person, 0, "", "another key")->next_page_token();
  EXPECT_NE(tried, token);
  EXPECT_EQ(ReasonOf(PageOf(person, 0, tried).status()), "CHECK_CHANGED");
}

// RX-409
RC_GTEST_PROP(ReportPropertyTest, MaskingTakesAllNamesOut, ()) {
  PairTable pairs;
  pairs.Read("2000001,2000002,,,source of the pair\n");
  TestPerson person;
  person.tables.pairs = &pairs;
  const int count = *rc::gen::inRange(1, 10);
  for (int i = 0; i < count; ++i) {
    auto& item = person.Takes(IngredientNo(*rc::gen::inRange(0, 3)));
    item.mutable_drugs(0)->set_name("secret drug");
    item.mutable_drugs(0)->set_usage("secret usage");
    item.set_issuer_name("secret clinic");
    item.set_pharmacy_name("secret pharmacy");
  }
  person.Drafts(IngredientNo(0));
  auto report = PageOf(person);
  RC_ASSERT(report.ok());
  const int groups = report->groups_size();
  Mask(*report);
  RC_ASSERT(report->masked());
  RC_ASSERT(report->groups_size() == groups);
  const std::string text = report->DebugString();
  for (const char* secret :
       {"secret", "prescription-", kClinicB, kPharmacyA, "2000002", "source of the pair"}) {
    RC_ASSERT(text.find(secret) == std::string::npos);
  }
}

// RX-409: what was not compared is the caller's own draft, and days are told.
TEST(ReportTest, MaskingKeepsDaysAndTheDraft) {
  TestPerson person;
  person.Takes("2171022");
  person.Drafts("2171022");
  person.Drafts("rubbish");
  auto report = PageOf(person);
  Mask(*report);
  EXPECT_EQ(report->groups(0).past(0).start(), "20260627");
  EXPECT_EQ(report->groups(0).past(0).overlapping_days(), 11);
  EXPECT_EQ(report->groups(0).drugs(0).name(), "drug 2171022");
  EXPECT_EQ(report->not_compared(0).drug().name(), "drug rubbish");
}

}  // namespace
}  // namespace tsunagu::prescription::duplication
