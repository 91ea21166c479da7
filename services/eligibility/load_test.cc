#include "services/eligibility/load.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace tsunagu::eligibility {
namespace {

using insurer_file::InsuredPerson;
using tsunagu::eligibility::v1::Event;

const national::SubjectKey& Key() {
  static const auto* const kKey =
      new national::SubjectKey(*national::SubjectKey::Create(std::string(32, 'k')));
  return *kKey;
}

InsuredPerson Row(const std::string& branch = "00", int year = 2024) {
  InsuredPerson person;
  person.identity = {"01130012", "12-34", "10", branch};
  person.name = "見本　一郎";
  person.sex = "1";
  person.birth_date = absl::CivilDay(1970, 4, 15);
  person.valid_from = absl::CivilDay(year, 4, 1);
  return person;
}

InsuredPerson Continuing(InsuredPerson person, const national::InsuredIdentity& previous) {
  person.previous = previous;
  return person;
}

national::Subject SubjectOf(const InsuredPerson& person) {
  return Key().MakeSubject(person.identity);
}

std::vector<PersonFact> Facts(const std::vector<InsuredPerson>& rows) {
  return MakeFacts(rows, Key());
}

// EL-007
TEST(LoadTest, LongTermCareIsInNoHousehold) {
  InsuredPerson row = Row();
  row.identity = {"131011", "", "0000012345", ""};
  row.long_term_care = true;
  const auto facts = Facts({row});
  ASSERT_EQ(facts.size(), 1u);
  EXPECT_EQ(facts[0].subject, Key().MakeSubject({"131011", "", "0000012345", ""}));
  EXPECT_EQ(facts[0].event.registered().household(), "");
}

TEST(LoadTest, ARowBecomesARegistrationOfItsSubject) {
  InsuredPerson row = Row();
  row.name_kana = "ﾐﾎﾝ ｲﾁﾛｳ";
  row.personal_family = "2";
  row.expires = absl::CivilDay(2026, 3, 31);
  row.reason_of_loss = "03";
  row.contribution_ratio = 30;
  row.insurer_name = "見本健保";
  row.address = "東京都";
  row.post_number = "100-0005";
  const auto facts = Facts({row});
  ASSERT_EQ(facts.size(), 1u);
  EXPECT_EQ(facts[0].subject, SubjectOf(row));
  const Event::Registered& registered = facts[0].event.registered();
  EXPECT_EQ(registered.household(), Key().Household(row.identity));
  EXPECT_EQ(registered.previous_subject(), "");
  const auto& q = registered.qualification();
  EXPECT_EQ(q.identity().insurer(), "01130012");
  EXPECT_EQ(q.identity().symbol(), "12-34");
  EXPECT_EQ(q.identity().number(), "10");
  EXPECT_EQ(q.identity().branch(), "00");
  EXPECT_EQ(q.name(), "見本　一郎");
  EXPECT_EQ(q.name_kana(), "ﾐﾎﾝ ｲﾁﾛｳ");
  EXPECT_EQ(q.sex(), "1");
  EXPECT_EQ(q.birth_date(), "19700415");
  EXPECT_EQ(q.relation(), "2");
  EXPECT_EQ(q.valid_from(), "20240401");
  EXPECT_EQ(q.valid_to(), "20260331");
  EXPECT_EQ(q.loss_reason(), "03");
  EXPECT_EQ(q.copay_percent(), "30");
  EXPECT_EQ(q.insurer_name(), "見本健保");
  EXPECT_EQ(q.address(), "東京都");
  EXPECT_EQ(q.postal_code(), "100-0005");
  EXPECT_FALSE(q.has_previous());
}

TEST(LoadTest, WhatARowLeavesOutStaysUnset) {
  const auto facts = Facts({Row()});
  const auto& q = facts[0].event.registered().qualification();
  EXPECT_EQ(q.valid_to(), "");
  EXPECT_EQ(q.copay_percent(), "");
  EXPECT_EQ(q.loss_reason(), "");
}

TEST(LoadTest, NobodyGivesNothing) { EXPECT_TRUE(Facts({}).empty()); }

// EL-003
TEST(LoadTest, RowsOfOneIdentityAreItsPeriodsWhateverTheirOrder) {
  const auto facts = Facts({Row("00", 2025), Row("01"), Row("00", 2023), Row("00", 2024)});
  ASSERT_EQ(facts.size(), 2u);
  const Event::Registered& registered = facts[0].event.registered();
  EXPECT_EQ(registered.qualification().valid_from(), "20250401");
  ASSERT_EQ(registered.earlier_size(), 2);
  EXPECT_EQ(registered.earlier(0).valid_from(), "20230401");
  EXPECT_EQ(registered.earlier(1).valid_from(), "20240401");
  EXPECT_EQ(facts[1].subject, SubjectOf(Row("01")));
}

// EL-004
TEST(LoadTest, ThePreviousIdentityIsSuperseded) {
  const national::InsuredIdentity previous = {"138057", "02-02", "22", "01"};
  const auto facts = Facts({Continuing(Row(), previous)});
  ASSERT_EQ(facts.size(), 2u);
  EXPECT_EQ(facts[0].event.registered().previous_subject(), Key().MakeSubject(previous));
  EXPECT_EQ(facts[0].event.registered().qualification().previous().number(), "22");
  EXPECT_EQ(facts[1].subject, Key().MakeSubject(previous));
  EXPECT_EQ(facts[1].event.superseded().by_subject(), SubjectOf(Row()));
  EXPECT_EQ(facts[1].event.superseded().valid_from(), "20240401");
}

// EL-004
TEST(LoadTest, TheNewestRowThatNamesAPreviousIdentityCounts) {
  const national::InsuredIdentity a = {"138057", "", "1", "01"};
  const national::InsuredIdentity b = {"138057", "", "2", "01"};
  const auto facts =
      Facts({Continuing(Row("00", 2024), b), Continuing(Row("00", 2022), a), Row("00", 2025)});
  EXPECT_EQ(facts[0].event.registered().previous_subject(), Key().MakeSubject(b));
  EXPECT_EQ(facts.size(), 2u);
}

// EL-004
TEST(LoadTest, AnIdentityDoesNotContinueItself) {
  const auto facts = Facts({Continuing(Row(), {"01130012", "１２－３４", "10", "0"})});
  ASSERT_EQ(facts.size(), 1u);
  EXPECT_EQ(facts[0].event.registered().previous_subject(), "");
}

// EL-005
TEST(LoadTest, TheLateElderlyHaveNoBranch) {
  InsuredPerson with = Row();
  with.identity = {"39131016", "", "01234567", "01"};
  InsuredPerson without = with;
  without.identity.branch = "";
  EXPECT_EQ(Facts({with})[0].subject, Facts({without})[0].subject);
  EXPECT_EQ(Facts({with})[0].event.registered().qualification().identity().branch(), "");
  EXPECT_EQ(Canonical(Row().identity).branch, "00");
}

TEST(LoadTest, NamesOfStatesHoldPseudonymsOnly) {
  EXPECT_EQ(PersonName("0123"), "person/0123");
  EXPECT_EQ(HouseholdName("0123"), "household/0123");
}

RC_GTEST_PROP(LoadProperty, TheOrderOfTheRowsOfAnIdentityDoesNotMatter, ()) {
  std::vector<InsuredPerson> rows;
  for (const int year : *rc::gen::unique<std::vector<int>>(rc::gen::inRange(1990, 2030))) {
    rows.push_back(Row("00", year));
  }
  RC_PRE(!rows.empty());
  const auto sorted = Facts(rows);
  std::reverse(rows.begin(), rows.end());
  const auto reversed = Facts(rows);
  RC_ASSERT(sorted.size() == 1u);
  RC_ASSERT(sorted[0].event.SerializeAsString() == reversed[0].event.SerializeAsString());
  RC_ASSERT(sorted[0].event.registered().earlier_size() + 1 == static_cast<int>(rows.size()));
}

RC_GTEST_PROP(LoadProperty, EveryFactIsRoutedByItsHousehold, (uint16_t number)) {
  InsuredPerson row = Row();
  row.identity.number = std::to_string(number);
  const auto facts = Facts({row});
  RC_ASSERT(national::RoutingHash(facts[0].subject) ==
            national::RoutingHash(facts[0].event.registered().household()));
}

}  // namespace
}  // namespace tsunagu::eligibility
