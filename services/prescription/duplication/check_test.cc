#include "services/prescription/duplication/check.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"
#include "services/prescription/duplication/test_person.h"

namespace tsunagu::prescription::duplication {
namespace {

using Strings = std::vector<std::string>;

class CheckTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(pairs_.Read("2171022,1124007,,,出典\n3333333,1124007,20270101,,出典\n").empty());
    person_.tables.pairs = &pairs_;
  }
  Strings Groups() const { return GroupsOf(person_.Checked()); }

  PairTable pairs_;
  TestPerson person_;
};

// RX-400
TEST_F(CheckTest, SameIngredientAndRouteIsADuplicate) {
  person_.Takes("2171022");
  person_.Takes("2171023");  // another ingredient of the class
  person_.Drafts("2171022");
  EXPECT_EQ(Groups(), Strings{"duplicate 2171022 x1"});
}

// RX-402
TEST_F(CheckTest, AContraindicatedPairIsFoundWhicheverOfBothIsTaken) {
  person_.Takes("1124007");
  person_.Drafts("2171022");
  EXPECT_EQ(Groups(), Strings{"pair 2171022 1124007 x1"});
  TestPerson other;
  other.tables = person_.tables;
  other.Takes("2171022");
  other.Drafts("1124007");
  EXPECT_EQ(GroupsOf(other.Checked()), Strings{"pair 1124007 2171022 x1"});
}

// RX-402: the table is of the day.
TEST_F(CheckTest, APairThatCountsLaterIsNoneToday) {
  person_.Takes("1124007");
  person_.Drafts("3333333");
  EXPECT_EQ(Groups(), Strings{});
  person_.options.today = absl::CivilDay(2027, 1, 1);
  TestPerson later;
  later.tables = person_.tables;
  later.options.today = absl::CivilDay(2027, 1, 1);
  later.Takes("1124007", -180);
  later.Drafts("3333333");
  EXPECT_EQ(GroupsOf(later.Checked()).size(), 1u);
}

TEST_F(CheckTest, WithoutATableNoPairIsFound) {
  person_.tables.pairs = nullptr;
  person_.Takes("1124007");
  person_.Drafts("2171022");
  EXPECT_EQ(Groups(), Strings{});
}

// RX-404: on the last day it is being taken, on the next no more.
TEST_F(CheckTest, WhatIsNoLongerTakenIsNotCompared) {
  person_.Takes("2171022", 13, 14);
  person_.Takes("2171022", 14, 14);
  person_.Takes("2171022", 27, 28);
  person_.Takes("2171022", 0, 1);
  person_.Drafts("2171022");
  EXPECT_EQ(Groups(), Strings{"duplicate 2171022 x3"});
}

// RX-405
TEST_F(CheckTest, ExternalDrugsAreTakenForFourteenDays) {
  person_.Takes("2649735", 13, 1, kClinicB, 3);
  person_.Takes("2649735", 14, 30, kClinicB, 3);
  person_.Takes("2649735", 13, 3, kClinicB, 2);
  person_.Drafts("2649735");
  EXPECT_EQ(Groups(), Strings{"duplicate 2649735 x2"});
}

// RX-406
TEST_F(CheckTest, WhatBeganBeforeTheLookBackIsNotCompared) {
  person_.Takes("2171022", 100, 180);
  person_.Takes("2171022", 101, 180);
  person_.Drafts("2171022");
  EXPECT_EQ(Groups(), Strings{"duplicate 2171022 x1"});
  person_.options.look_back_days = 101;
  EXPECT_EQ(Groups(), Strings{"duplicate 2171022 x2"});
  person_.options.look_back_days = 30;
  EXPECT_EQ(Groups(), Strings{});
}

// RX-407
TEST_F(CheckTest, TheOwnFacilitysDrugsAreLeftOutUnlessAskedFor) {
  person_.Takes("2171022", 3, 14, kClinicA);
  person_.Takes("2171022", 3, 14, kClinicB);
  person_.Drafts("2171022");
  EXPECT_EQ(Groups(), Strings{"duplicate 2171022 x1"});
  EXPECT_EQ(person_.Checked().left_out, 1);
  person_.options.own_facility = true;
  EXPECT_EQ(Groups(), Strings{"duplicate 2171022 x2"});
  EXPECT_EQ(person_.Checked().left_out, 0);
}

// RX-411, RX-412
TEST_F(CheckTest, APrescriptionIsNotComparedWithItself) {
  v1::TakingItem& own = person_.Takes("2171022");
  person_.Drafts("2171022");
  person_.options.own_prescription = own.prescription_id();
  EXPECT_EQ(Groups(), Strings{});
  own.clear_prescription_id();  // given in house
  person_.options.own_prescription = "";
  EXPECT_EQ(Groups().size(), 1u);
}

// RX-408
TEST_F(CheckTest, WhatHasNoIngredientIsCounted) {
  person_.Takes("2171022").mutable_drugs(0)->set_code_kind(1);
  person_.Takes("2171022").mutable_drugs(0)->set_form(6);
  person_.Drafts("2171022");
  person_.Drafts("rubbish");
  const Result result = person_.Checked();
  EXPECT_EQ(result.past_not_compared, 1);
  ASSERT_EQ(result.not_compared.size(), 1u);
  EXPECT_EQ(result.not_compared[0].obstacle, Obstacle::kNoCode);
  EXPECT_TRUE(result.groups.empty());
}

// RX-414
TEST_F(CheckTest, APrescriptionThatNobodyAcceptedInTimeIsNotTaken) {
  v1::TakingItem& prescribed = person_.Takes("2171022", 4);
  prescribed.set_use(0);
  prescribed.set_until("20260629");
  person_.Drafts("2171022");
  EXPECT_EQ(Groups(), Strings{});
  prescribed.set_until("20260630");
  EXPECT_EQ(Groups().size(), 1u);
}

TEST_F(CheckTest, WhatBeginsTomorrowOrHasNoDayIsNotTaken) {
  person_.Takes("2171022", -1);
  person_.Takes("2171022").set_start("rubbish");
  person_.Drafts("2171022");
  EXPECT_EQ(Groups(), Strings{});
}

// RX-417
TEST_F(CheckTest, ContraindicatedComesFirstThenTheLongestOverlapThenTheNewest) {
  person_.Takes("4444444", 2, 5);   // overlaps 3 days
  person_.Takes("5555555", 1, 14);  // 13
  person_.Takes("5555555", 5, 28);  // 14 of the draft's
  person_.Takes("6666666", 4, 7);   // 3, older
  person_.Takes("1124007", 3, 4);   // 1
  for (const char* drafted : {"6666666", "4444444", "5555555", "2171022"}) person_.Drafts(drafted);
  EXPECT_EQ(Groups(), (Strings{"pair 2171022 1124007 x1", "duplicate 5555555 x2",
                               "duplicate 4444444 x1", "duplicate 6666666 x1"}));
  const Result result = person_.Checked();
  EXPECT_EQ(result.groups[1].past[0].overlap, 14);
  EXPECT_EQ(result.groups[1].past[1].overlap, 13);
}

// RX-417: two drugs of the draft with one ingredient make one group.
TEST_F(CheckTest, AGroupIsOfAnIngredient) {
  person_.Takes("2171022");
  person_.Drafts("2171022", 3);
  person_.Drafts("2171022", 7);
  const Result result = person_.Checked();
  ASSERT_EQ(result.groups.size(), 1u);
  EXPECT_EQ(result.groups[0].drugs.size(), 2u);
  EXPECT_EQ(result.groups[0].past[0].overlap, 7);
}

// RX-417: items come from two folds and several identities, in whatever order.
RC_GTEST_PROP(CheckPropertyTest, TheOrderOfTheItemsDoesNotMatter, ()) {
  std::vector<v1::TakingItem> items(*rc::gen::inRange<size_t>(1, 12));
  for (size_t i = 0; i < items.size(); ++i) {
    items[i].set_prescription_id(absl::StrCat("prescription-", i));
    items[i].set_start(national::FormatDay(kToday - *rc::gen::inRange(0, 4)));
    *items[i].add_drugs() = DrugOf(absl::StrCat("100000", *rc::gen::inRange(0, 3)));
  }
  const tsunagu::common::v1::Drug drugs[] = {DrugOf("1000000"), DrugOf("1000001")};
  const std::vector<const tsunagu::common::v1::Drug*> drafted = {&drugs[0], &drugs[1]};
  Items order;
  for (const auto& item : items) order.push_back(&item);
  const auto told = [&] {
    std::string text;
    const Options options{kToday, kDefaultLookBackDays, false, kClinicA, ""};
    const Result result = Check({drafted, {}}, order, {}, options);
    for (const Group& group : result.groups) {
      absl::StrAppend(&text, group.ingredient, ":");
      for (const Hit& hit : group.past) {
        absl::StrAppend(&text, " ", hit.taken->item->prescription_id());
      }
    }
    return text;
  };
  const std::string first = told();
  std::ranges::reverse(order);
  RC_ASSERT(told() == first);
}

// RX-419
TEST_F(CheckTest, AnAcceptedAlertBelongsToItsGroup) {
  person_.Takes("2171022");
  person_.Takes("1124007");
  person_.Drafts("2171022");
  person_.Accepts(v1::ALERT_CATEGORY_CONTRAINDICATED, "2171022", "6290004");  // another pair
  EXPECT_EQ(person_.Checked().groups[0].accepted, nullptr);
  person_.Accepts(v1::ALERT_CATEGORY_CONTRAINDICATED, "2171022");
  const Result result = person_.Checked();
  EXPECT_NE(result.groups[0].accepted, nullptr);
  EXPECT_EQ(result.groups[1].accepted, nullptr);
}

// RX-424
TEST_F(CheckTest, WhatAReceiptTellsAgainCountsOnce) {
  person_.Drafts("2171022");
  v1::TakingItem& registered = person_.Takes("2171022");
  registered.set_in_house(true);
  v1::TakingItem& receipt = person_.Takes("2171022");
  receipt.clear_prescription_id();
  EXPECT_EQ(Groups(), Strings{"duplicate 2171022 x1"});
  receipt.set_start("20260628");
  EXPECT_EQ(Groups(), Strings{"duplicate 2171022 x2"});
}

}  // namespace
}  // namespace tsunagu::prescription::duplication
