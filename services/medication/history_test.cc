#include "services/medication/history.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "google/rpc/details.pb.h"
#include "services/platform/drug_master/master.h"
#include "services/platform/status/error.h"

namespace tsunagu::medication {
namespace {

using tsunagu::medication::v1::Dispensing;
using tsunagu::medication::v1::GetHistoryRequest;
using tsunagu::medication::v1::Source;
using tsunagu::medication::v1::SOURCE_DISPENSING;
using tsunagu::medication::v1::SOURCE_PRESCRIPTION;
using tsunagu::medication::v1::SOURCE_RECEIPT;

constexpr absl::CivilDay kToday(2026, 11, 22);

Dispensing Make(Source source, const std::string& facility, const std::string& dispensed_on,
                const std::string& prescriber = "", const std::string& prescribed_on = "",
                const std::string& code = "1") {
  Dispensing dispensing;
  dispensing.set_source(source);
  dispensing.set_facility(facility);
  dispensing.set_dispensed_on(dispensed_on);
  dispensing.set_prescriber(prescriber);
  dispensing.set_prescribed_on(prescribed_on);
  dispensing.add_drugs()->set_code(code);
  return dispensing;
}

Dispensing Prescription(const std::string& prescriber, const std::string& prescribed_on) {
  return Make(SOURCE_PRESCRIPTION, "", "", prescriber, prescribed_on);
}

std::vector<std::string> Texts(const std::vector<Dispensing>& dispensings) {
  std::vector<std::string> texts;
  for (const Dispensing& d : dispensings) {
    texts.push_back(absl::StrCat(d.source(), " ", d.facility(), " ", DayOf(d)));
  }
  return texts;
}

// The receipt and the e-prescription dispensing of one event.
Dispensing Receipt(const std::string& code = "1") {
  return Make(SOURCE_RECEIPT, "P", "20260510", "C", "20260509", code);
}

Dispensing Dispensed(const std::string& id = "rx1", const std::string& code = "1") {
  Dispensing dispensing = Make(SOURCE_DISPENSING, "P", "20260510", "C", "20260509", code);
  dispensing.set_prescription_id(id);
  return dispensing;
}

Dispensing Open(const std::string& id) {
  Dispensing open = Prescription("C", "20260509");
  open.set_prescription_id(id);
  return open;
}

// MH-111
TEST(HistoryTest, MH111AReceiptStandsForTheDispensingItWasMadeFor) {
  EXPECT_EQ(Texts(Merge({Dispensed(), Receipt()})), (std::vector<std::string>{"1 P 20260510"}));
  Dispensing both = Receipt("1");
  both.add_drugs()->set_code("2");
  EXPECT_EQ(Texts(Merge({Dispensed(), both})), (std::vector<std::string>{"1 P 20260510"}));
}

// RX-497
TEST(HistoryTest, AReceiptOfDrugsInHouseStandsForTheirRecord) {
  Dispensing record = Make(SOURCE_DISPENSING, "C", "20260510", "C", "20260510");
  Dispensing receipt = Make(SOURCE_RECEIPT, "C", "20260510");
  record.set_in_house(true);
  EXPECT_EQ(Merge({record, receipt}).size(), 2u);
  receipt.set_in_house(true);
  EXPECT_EQ(Texts(Merge({record, receipt})), (std::vector<std::string>{"1 C 20260510"}));
  receipt.set_dispensed_on("20260511");
  EXPECT_EQ(Merge({record, receipt}).size(), 2u);
}

TEST(HistoryTest, MH111WhereDayInstitutionOrDrugDiffersBothAreShown) {
  const auto shown = [](const auto& change) {
    Dispensing receipt = Receipt();
    change(receipt);
    return Merge({Dispensed(), receipt}).size();
  };
  EXPECT_EQ(shown([](Dispensing& receipt) { receipt.set_facility("Q"); }), 2u);
  EXPECT_EQ(shown([](Dispensing& receipt) { receipt.set_dispensed_on("20260511"); }), 2u);
  EXPECT_EQ(shown([](Dispensing& receipt) { receipt.set_prescriber("D"); }), 2u);
  EXPECT_EQ(shown([](Dispensing& receipt) { receipt.set_prescribed_on("20260508"); }), 2u);
  EXPECT_EQ(shown([](Dispensing& receipt) { receipt.mutable_drugs(0)->set_code("2"); }), 2u);
  EXPECT_EQ(shown([](Dispensing&) {}), 1u);
}

TEST(HistoryTest, MH111WhatIsNotStatedIsNotTheSame) {
  for (const auto& clear : {&Dispensing::clear_prescriber, &Dispensing::clear_prescribed_on}) {
    Dispensing receipt = Receipt(), dispensed = Dispensed();
    (receipt.*clear)();
    EXPECT_EQ(Merge({dispensed, receipt}).size(), 2u);
    (dispensed.*clear)();
    EXPECT_EQ(Merge({dispensed, receipt}).size(), 2u);
  }
}

TEST(HistoryTest, MH111DrugsOfDifferentCodeSystemsAreComparedByName) {
  Dispensing receipt = Receipt("620000001"), dispensed = Dispensed("rx1", "2171022F1029");
  receipt.mutable_drugs(0)->set_code_kind(2);
  dispensed.mutable_drugs(0)->set_code_kind(4);
  EXPECT_EQ(Merge({receipt, dispensed}).size(), 2u);
  receipt.mutable_drugs(0)->set_name("合成ニフェジピン錠");
  dispensed.mutable_drugs(0)->set_name("合成ニフェジピン錠");
  EXPECT_EQ(Merge({receipt, dispensed}).size(), 1u);
}

TEST(HistoryTest, MH111AReceiptThatMayBeOfTwoPrescriptionsHidesNeither) {
  EXPECT_EQ(Merge({Dispensed("rx1"), Dispensed("rx2"), Receipt()}).size(), 3u);
  Dispensing both = Receipt("1");
  both.add_drugs()->set_code("2");
  EXPECT_EQ(Merge({Dispensed("rx1", "1"), Dispensed("rx2", "2"), both}).size(), 3u);
}

TEST(HistoryTest, MH112AnOpenPrescriptionIsNeverHidden) {
  EXPECT_EQ(Merge({Open("rx1"), Receipt()}).size(), 2u);
  EXPECT_EQ(Merge({Open("rx1"), Dispensed("rx2")}).size(), 2u);
  EXPECT_EQ(Merge({Open("rx1"), Make(SOURCE_RECEIPT, "C", "20260509")}).size(), 2u);
}

TEST(HistoryTest, MH117PrescriptionsThatLookAlikeAreNotOne) {
  EXPECT_EQ(Merge({Open("rx1"), Open("rx2")}).size(), 2u);
  EXPECT_EQ(Merge({Dispensed("rx1"), Dispensed("rx2")}).size(), 2u);
  // Of two identities of the person, the same one.
  EXPECT_EQ(Merge({Open("rx1"), Open("rx1")}).size(), 1u);
}

// MH-113
TEST(HistoryTest, ExactRepeatsAreShownOnceAndNearOnesBoth) {
  const Dispensing one = Make(SOURCE_RECEIPT, "P", "20260510", "C", "", "1");
  const Dispensing other = Make(SOURCE_RECEIPT, "P", "20260510", "C", "", "2");
  EXPECT_EQ(Merge({one, one, other}).size(), 2u);
}

// MH-114
TEST(HistoryTest, TheNewestComesFirst) {
  const auto merged = Merge({Make(SOURCE_RECEIPT, "P", "20260401"), Prescription("C", "20260601"),
                             Make(SOURCE_DISPENSING, "Q", "20260501")});
  EXPECT_EQ(Texts(merged),
            (std::vector<std::string>{"3  20260601", "2 Q 20260501", "1 P 20260401"}));
}

// A history of few places and days, so that much of it overlaps.
std::vector<Dispensing> AnyHistory() {
  std::vector<Dispensing> history;
  for (int n = *rc::gen::inRange(0, 12); n > 0; --n) {
    const auto day = [] { return absl::StrCat("2026050", *rc::gen::inRange(1, 4)); };
    const std::string place = *rc::gen::element<std::string>("P", "Q");
    const std::string prescriber = *rc::gen::element<std::string>("", "C", "D");
    const Source source = *rc::gen::element(SOURCE_RECEIPT, SOURCE_DISPENSING, SOURCE_PRESCRIPTION);
    const std::string code = *rc::gen::element<std::string>("1", "2");
    history.push_back(source == SOURCE_PRESCRIPTION
                          ? Prescription(prescriber, day())
                          : Make(source, place, day(), prescriber,
                                 *rc::gen::arbitrary<bool>() ? day() : "", code));
    if (source != SOURCE_RECEIPT) {
      history.back().set_prescription_id(*rc::gen::element<std::string>("rx1", "rx2", "rx3"));
    }
  }
  return history;
}

std::vector<std::string> Bytes(const std::vector<Dispensing>& history) {
  std::vector<std::string> bytes;
  for (const Dispensing& dispensing : history) bytes.push_back(dispensing.SerializeAsString());
  return bytes;
}

RC_GTEST_PROP(HistoryProperty, TheOrderOfTheSourcesDoesNotMatter, ()) {
  std::vector<Dispensing> history = AnyHistory();
  const auto merged = Bytes(Merge(history));
  std::reverse(history.begin(), history.end());
  RC_ASSERT(Bytes(Merge(history)) == merged);
  const int middle = *rc::gen::inRange<int>(0, history.size() + 1);
  std::rotate(history.begin(), history.begin() + middle, history.end());
  RC_ASSERT(Bytes(Merge(history)) == merged);
}

RC_GTEST_PROP(HistoryProperty, MergingAgainChangesNothing, ()) {
  const auto merged = Merge(AnyHistory());
  RC_ASSERT(Bytes(Merge(merged)) == Bytes(merged));
}

RC_GTEST_PROP(HistoryProperty, NoReceiptIsEverLeftOutAndNothingIsInvented, ()) {
  const auto history = AnyHistory();
  const auto before = Bytes(history), after = Bytes(Merge(history));
  for (size_t i = 0; i < history.size(); ++i) {
    if (history[i].source() != SOURCE_RECEIPT) continue;
    RC_ASSERT(std::count(after.begin(), after.end(), before[i]) == 1);
  }
  for (const std::string& kept : after) {
    RC_ASSERT(std::count(before.begin(), before.end(), kept) >= 1);
  }
}

// MH-112, MH-117
RC_GTEST_PROP(HistoryProperty, NoPrescriptionIsEverLeftOutWithoutItsReceipt, ()) {
  const auto history = AnyHistory();
  const auto merged = Merge(history);
  const auto after = Bytes(merged);
  for (const Dispensing& one : history) {
    if (std::ranges::count(after, one.SerializeAsString()) == 1) continue;
    RC_ASSERT(one.source() == SOURCE_DISPENSING);
    RC_ASSERT(std::ranges::any_of(merged, [&one](const Dispensing& receipt) {
      return receipt.source() == SOURCE_RECEIPT && receipt.prescriber() == one.prescriber() &&
             receipt.facility() == one.facility() && DayOf(receipt) == DayOf(one) &&
             receipt.drugs(0).code() == one.drugs(0).code();
    }));
  }
}

RC_GTEST_PROP(HistoryProperty, DaysNeverGoUp, ()) {
  const auto merged = Merge(AnyHistory());
  for (size_t i = 1; i < merged.size(); ++i) RC_ASSERT(DayOf(merged[i - 1]) >= DayOf(merged[i]));
}

// MH-110
TEST(RangeTest, WithoutMonthsItIsTheLastThreeYears) {
  const auto range = RangeOf({}, kToday);
  ASSERT_TRUE(range.ok());
  EXPECT_EQ(range->to, absl::CivilMonth(2026, 11));
  EXPECT_EQ(range->from, absl::CivilMonth(2023, 12));
}

struct RangeCase {
  const char *from, *to;
  int months;  // 0: refused
};

class RangeTable : public ::testing::TestWithParam<RangeCase> {};

TEST_P(RangeTable, MH110) {
  GetHistoryRequest request;
  request.set_from_month(GetParam().from);
  request.set_to_month(GetParam().to);
  const auto range = RangeOf(request, kToday);
  ASSERT_EQ(range.ok(), GetParam().months > 0);
  if (range.ok()) {
    EXPECT_EQ(range->to - range->from + 1, GetParam().months);
  } else {
    EXPECT_EQ(ReasonOf(range.status()), "MONTHS_OUT_OF_RANGE");
    EXPECT_EQ(RuleOf(range.status()), "MH-110");
  }
}

INSTANTIATE_TEST_SUITE_P(
    Months, RangeTable,
    ::testing::Values(RangeCase{"202611", "202611", 1}, RangeCase{"202601", "", 11},
                      RangeCase{"", "202305", 36}, RangeCase{"202112", "202611", 60},
                      RangeCase{"202111", "202611", 0}, RangeCase{"202612", "202611", 0},
                      RangeCase{"202606", "202705", 6}, RangeCase{"202112", "202705", 60},
                      RangeCase{"", "202705", 36}, RangeCase{"202613", "", 0},
                      RangeCase{"", "2026", 0}, RangeCase{"50801", "", 0}, RangeCase{"x", "y", 0}));

// MH-110
TEST(RangeTest, EveryFaultIsSaidWithItsField) {
  const auto refusal = [](const char* from, const char* to) {
    GetHistoryRequest request;
    request.set_from_month(from);
    request.set_to_month(to);
    std::string text;
    google::rpc::BadRequest bad;
    const google::rpc::Status rpc = ToRpcStatus(RangeOf(request, kToday).status());
    for (const auto& detail : rpc.details()) {
      if (!detail.UnpackTo(&bad)) continue;
      for (const auto& violation : bad.field_violations()) {
        absl::StrAppend(&text, violation.field(), " ", violation.description(), "; ");
      }
    }
    return text;
  };
  EXPECT_EQ(refusal("202613", "x"),
            "from_month is no month: YYYYMM; to_month is no month: YYYYMM; ");
  EXPECT_EQ(refusal("202605", "202604"), "from_month is after to_month; ");
  EXPECT_EQ(refusal("202111", ""), "from_month is more than 59 months before the last month; ");
}

TEST(RangeTest, MH115MonthsToComeAreRefusedAndNeverAnsweredWithNone) {
  GetHistoryRequest request;
  request.set_from_month("202612");
  const auto future = RangeOf(request, kToday);
  EXPECT_EQ(ReasonOf(future.status()), "MONTHS_TO_COME");
  EXPECT_EQ(RuleOf(future.status()), "MH-115");
  request.set_from_month("202606");
  request.set_to_month("202705");
  EXPECT_EQ(RangeOf(request, kToday)->to, absl::CivilMonth(2026, 11));
}

// MH-116
TEST(NamesTest, MH116OnlyWhatHadNoNameIsNamed) {
  std::ifstream file("services/platform/drug_master/testdata/y_small.csv", std::ios::binary);
  drug_master::DrugMaster drugs;
  drugs.Load(std::string(std::istreambuf_iterator<char>(file), {}));
  Dispensing dispensing = Make(SOURCE_RECEIPT, "P", "20260510", "C", "", "620007818");
  dispensing.mutable_drugs(0)->set_code_kind(2);
  for (const char* name : {"先生の書いた名", "", ""}) {
    *dispensing.add_drugs() = dispensing.drugs(0);
    dispensing.mutable_drugs()->rbegin()->set_name(name);
  }
  dispensing.mutable_drugs(2)->set_code("699999999");
  dispensing.mutable_drugs(3)->set_code_kind(4);
  AddWords(&drugs, dispensing);
  EXPECT_EQ(dispensing.drugs(0).name(), "合成アムロジピンＯＤ錠５ｍｇ");
  EXPECT_EQ(dispensing.drugs(0).unit(), "錠");
  EXPECT_EQ(dispensing.drugs(1).name(), "先生の書いた名");
  EXPECT_EQ(dispensing.drugs(2).name(), "");
  EXPECT_EQ(dispensing.drugs(3).name(), "");
}

TEST(NamesTest, MH118AUsageIsInWordsWithoutAMasterToo) {
  Dispensing dispensing = Make(SOURCE_RECEIPT, "P", "20260510");
  dispensing.mutable_drugs(0)->set_usage("003");
  AddWords(nullptr, dispensing);
  EXPECT_EQ(dispensing.drugs(0).usage(), "１日３回食後");
  EXPECT_EQ(dispensing.drugs(0).usage_code(), "003");
}

TEST(RangeTest, ADispensingIsInTheRangeByItsDay) {
  const MonthRange range = {absl::CivilMonth(2026, 5), absl::CivilMonth(2026, 6)};
  EXPECT_TRUE(IsIn(range, Make(SOURCE_RECEIPT, "P", "20260501")));
  EXPECT_TRUE(IsIn(range, Prescription("C", "20260630")));
  EXPECT_FALSE(IsIn(range, Make(SOURCE_DISPENSING, "P", "20260701", "C", "20260630")));
  EXPECT_FALSE(IsIn(range, Make(SOURCE_RECEIPT, "P", "20260430")));
  EXPECT_FALSE(IsIn(range, Make(SOURCE_RECEIPT, "P", "")));
}

}  // namespace
}  // namespace tsunagu::medication
