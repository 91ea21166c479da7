#include "services/emergency/summary.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"

namespace tsunagu::emergency {
namespace {

using tsunagu::eligibility::v1::Person;
using tsunagu::emergency::v1::GetSummaryResponse;
using tsunagu::emergency::v1::KnownPrescriptions;
using tsunagu::medication::v1::Dispensing;
using tsunagu::medication::v1::SOURCE_DISPENSING;
using tsunagu::medication::v1::SOURCE_RECEIPT;

constexpr absl::CivilDay kToday(2026, 11, 22);

Dispensing Receipt(const std::string& facility, const std::string& dispensed_on,
                   const std::string& prescriber = "", const std::string& prescribed_on = "") {
  Dispensing receipt;
  receipt.set_source(SOURCE_RECEIPT);
  receipt.set_facility(facility);
  receipt.set_dispensed_on(dispensed_on);
  receipt.set_prescriber(prescriber);
  receipt.set_prescribed_on(prescribed_on);
  receipt.set_in_house(prescriber.empty());
  return receipt;
}

KnownPrescriptions::Item Prescription(const std::string& id, const std::string& issuer,
                                      const std::string& issued_on,
                                      const std::string& pharmacy = "",
                                      const std::string& dispensed_on = "") {
  KnownPrescriptions::Item item;
  item.set_prescription_id(id);
  item.set_issuer(issuer);
  item.set_issued_on(issued_on);
  if (dispensed_on.empty()) return item;
  item.mutable_dispensing()->set_source(SOURCE_DISPENSING);
  item.mutable_dispensing()->set_dispensed_on(dispensed_on);
  item.mutable_dispensing()->set_facility(pharmacy);
  item.mutable_dispensing()->set_prescriber(issuer);
  return item;
}

Person PersonFrom(const std::string& valid_from) {
  Person person;
  person.mutable_qualification()->set_valid_from(valid_from);
  return person;
}

std::vector<std::string> Drugs(const GetSummaryResponse& summary) {
  std::vector<std::string> texts;
  for (const Dispensing& d : summary.dispensings()) {
    texts.push_back(absl::StrCat(d.source(), " ", d.facility(), " ", d.dispensed_on()));
  }
  return texts;
}

std::vector<std::string> Visits(const GetSummaryResponse& summary) {
  std::vector<std::string> texts;
  for (const auto& visit : summary.visits()) {
    texts.push_back(absl::StrCat(visit.facility(), " ", visit.date()));
  }
  return texts;
}

// EM-010
TEST(SummaryTest, EM010ReceiptsAreShownForThreeMonths) {
  Known known;
  for (const char* day : {"20260821", "20260822", "20261122"}) {
    known.receipts.push_back(Receipt("C", day));
  }
  EXPECT_EQ(Drugs(Summarise(known, kToday)),
            (std::vector<std::string>{"1 C 20261122", "1 C 20260822"}));
}

TEST(SummaryTest, EM011DispensingsAreShownForFortyFiveDays) {
  Known known;
  known.prescriptions = {Prescription("1", "C", "20261001", "P", "20261007"),
                         Prescription("2", "C", "20261001", "P", "20261008"),
                         Prescription("3", "C", "20261120")};
  EXPECT_EQ(Drugs(Summarise(known, kToday)), (std::vector<std::string>{"2 P 20261008"}));
}

TEST(SummaryTest, EM012VisitsAreWhereDrugsWereGivenOrPrescribed) {
  Known known;
  known.receipts = {Receipt("C", "20261001"), Receipt("P", "20261005", "D", "20261004"),
                    Receipt("P", "20261005", "D", "20261004"), Receipt("C", "20260801")};
  known.prescriptions = {Prescription("1", "E", "20261120"), Prescription("2", "", "20261121")};
  EXPECT_EQ(Visits(Summarise(known, kToday)),
            (std::vector<std::string>{"E 20261120", "D 20261004", "C 20261001"}));
}

// EM-013
TEST(SummaryTest, EM013AReceiptReplacesTheDispensingItComesFor) {
  Known known;
  known.receipts = {Receipt("P", "20261110", "C", "20261110")};
  known.prescriptions = {Prescription("1", "C", "20261110", "P", "20261110"),
                         Prescription("2", "D", "20261110", "P", "20261110"),
                         Prescription("3", "C", "20261110", "Q", "20261110")};
  EXPECT_EQ(Drugs(Summarise(known, kToday)),
            (std::vector<std::string>{"1 P 20261110", "2 P 20261110", "2 Q 20261110"}));
}

// EM-014
TEST(SummaryTest, EM014TheNewestComesFirstAndRepeatsOnce) {
  Known known;
  known.receipts = {Receipt("C", "20261001"), Receipt("C", "20261101"), Receipt("C", "20261001")};
  EXPECT_EQ(Drugs(Summarise(known, kToday)),
            (std::vector<std::string>{"1 C 20261101", "1 C 20261001"}));
}

// EM-015
TEST(SummaryTest, EM015SilentAndUnreadableSectionsAreNamed) {
  const auto incomplete = [](const Known& known) {
    const auto summary = Summarise(known, kToday);
    return std::vector<std::string>(summary.incomplete().begin(), summary.incomplete().end());
  };
  Known known;
  EXPECT_EQ(incomplete(known),
            (std::vector<std::string>{"eligibility", "medication", "prescription"}));
  known.persons = {PersonFrom("20260401")};
  known.receipts = {Receipt("C", "20261001")};
  known.prescriptions = {Prescription("1", "C", "20261001")};
  EXPECT_TRUE(incomplete(known).empty());
  known.unreadable = {kPrescription};
  EXPECT_EQ(incomplete(known), std::vector<std::string>{"prescription"});
}

TEST(SummaryTest, ThePersonIsTheNewestQualification) {
  Known known;
  known.persons = {PersonFrom("20200401"), PersonFrom("20260401"), Person()};
  EXPECT_EQ(Summarise(known, kToday).person().valid_from(), "20260401");
}

TEST(SummaryTest, SomebodyIsKnownWhenAnySectionSaysSo) {
  EXPECT_TRUE(IsUnknown({}));
  Known links_only;
  links_only.persons = {Person()};
  EXPECT_TRUE(IsUnknown(links_only));
  Known person, receipts, prescriptions, unreadable;
  person.persons = {PersonFrom("20200401")};
  receipts.receipts = {Receipt("C", "20100101")};
  prescriptions.prescriptions = {Prescription("1", "C", "20261001")};
  unreadable.unreadable = {kMedication};
  for (const Known& known : {person, receipts, prescriptions, unreadable}) {
    EXPECT_FALSE(IsUnknown(known));
  }
}

struct MonthsCase {
  absl::CivilDay day;
  int months;
  absl::CivilDay before;
};

TEST(SummaryTest, MonthsBeforeEndsOnTheLastDayOfAShorterMonth) {
  for (const MonthsCase& c :
       {MonthsCase{absl::CivilDay(2026, 11, 22), 3, absl::CivilDay(2026, 8, 22)},
        MonthsCase{absl::CivilDay(2026, 5, 31), 3, absl::CivilDay(2026, 2, 28)},
        MonthsCase{absl::CivilDay(2024, 5, 31), 3, absl::CivilDay(2024, 2, 29)},
        MonthsCase{absl::CivilDay(2026, 1, 15), 3, absl::CivilDay(2025, 10, 15)},
        MonthsCase{absl::CivilDay(2026, 12, 31), 1, absl::CivilDay(2026, 11, 30)}}) {
    EXPECT_EQ(MonthsBefore(c.day, c.months), c.before);
  }
}

TEST(SummaryTest, TheMonthsReadCoverTheTimeShown) {
  EXPECT_EQ(ReceiptMonths(kToday),
            (std::vector<std::string>{"202608", "202609", "202610", "202611"}));
  const auto issued = PrescriptionMonths(kToday);
  EXPECT_EQ(issued.front(), "202607");
  EXPECT_EQ(issued.back(), "202611");
}

RC_GTEST_PROP(SummaryProperty, TheOrderInWhichSectionsAnswerDoesNotMatter, ()) {
  Known known;
  for (int n = *rc::gen::inRange(0, 8); n > 0; --n) {
    const std::string day = absl::StrCat("2026110", *rc::gen::inRange(1, 4));
    known.receipts.push_back(Receipt(*rc::gen::element<std::string>("P", "Q"), day,
                                     *rc::gen::element<std::string>("", "C", "D"), day));
    known.prescriptions.push_back(Prescription(absl::StrCat(n), "C", day, "P", day));
  }
  const std::string before = Summarise(known, kToday).SerializeAsString();
  std::reverse(known.receipts.begin(), known.receipts.end());
  std::reverse(known.prescriptions.begin(), known.prescriptions.end());
  RC_ASSERT(Summarise(known, kToday).SerializeAsString() == before);
}

RC_GTEST_PROP(SummaryProperty, NothingOlderThanTheLookBackIsShown, ()) {
  Known known;
  for (int n = *rc::gen::inRange(0, 20); n > 0; --n) {
    const std::string day = national::FormatDay(kToday - *rc::gen::inRange(0, 200));
    known.receipts.push_back(Receipt("C", day));
    known.prescriptions.push_back(Prescription(absl::StrCat(n), "C", day, "P", day));
  }
  const auto summary = Summarise(known, kToday);
  for (const Dispensing& d : summary.dispensings()) RC_ASSERT(d.dispensed_on() >= "20260822");
  for (const auto& visit : summary.visits()) RC_ASSERT(visit.date() >= "20260822");
}

}  // namespace
}  // namespace tsunagu::emergency
