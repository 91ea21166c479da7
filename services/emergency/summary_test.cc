#include "services/emergency/summary.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"

namespace tsunagu::emergency {
namespace {

using tsunagu::eligibility::v1::Person;
using tsunagu::emergency::v1::GetSummaryResponse;
using tsunagu::emergency::v1::KnownPrescriptions;
using tsunagu::emergency::v1::KnownReceipts;
using tsunagu::medication::v1::Dispensing;
using tsunagu::medication::v1::SOURCE_DISPENSING;
using tsunagu::medication::v1::SOURCE_PRESCRIPTION;
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
  item.set_open(dispensed_on.empty() && !issuer.empty());
  if (dispensed_on.empty()) return item;
  Dispensing& dispensing = *item.add_dispensings();
  dispensing.set_source(SOURCE_DISPENSING);
  dispensing.set_dispensed_on(dispensed_on);
  dispensing.set_prescribed_on(issued_on);
  dispensing.set_facility(pharmacy);
  dispensing.set_prescriber(issuer);
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

// "name state newest" of every feed.
std::vector<std::string> Feeds(const Known& known) {
  std::vector<std::string> texts;
  const GetSummaryResponse summary = Summarise(known, kToday);
  for (const auto& feed : summary.feeds()) {
    const std::string state = v1::FeedState_Name(feed.state()).substr(std::strlen("FEED_STATE_"));
    texts.push_back(
        absl::StrCat(feed.name(), " ", state, feed.newest().empty() ? "" : " ", feed.newest()));
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

TEST(SummaryTest, EM013AReceiptOfOtherDrugsOrOfAnotherIssueReplacesNothing) {
  Known known;
  known.receipts = {Receipt("P", "20261110", "C", "20261109")};
  known.prescriptions = {Prescription("1", "C", "20261110", "P", "20261110")};
  EXPECT_EQ(Drugs(Summarise(known, kToday)).size(), 2u);
  known.receipts[0].set_prescribed_on("20261110");
  EXPECT_EQ(Drugs(Summarise(known, kToday)).size(), 1u);
  known.prescriptions[0].mutable_dispensings(0)->add_drugs()->set_code("1");
  known.receipts[0].add_drugs()->set_code("2");
  EXPECT_EQ(Drugs(Summarise(known, kToday)).size(), 2u);
}

TEST(SummaryTest, EM013AReceiptThatMayBeOfTwoPrescriptionsReplacesNeither) {
  Known known;
  known.receipts = {Receipt("P", "20261110", "C", "20261110")};
  known.prescriptions = {Prescription("1", "C", "20261110", "P", "20261110"),
                         Prescription("2", "C", "20261110", "P", "20261110")};
  EXPECT_EQ(Drugs(Summarise(known, kToday)).size(), 3u);
}

TEST(SummaryTest, EM014DispensingsOfTwoPrescriptionsThatLookAlikeAreNotOne) {
  Known known;
  known.prescriptions = {Prescription("1", "C", "20261110", "P", "20261110"),
                         Prescription("2", "C", "20261110", "P", "20261110")};
  const auto summary = Summarise(known, kToday);
  ASSERT_EQ(summary.dispensings_size(), 2);
  EXPECT_EQ(summary.dispensings(0).prescription_id(), "1");
  EXPECT_EQ(summary.dispensings(1).prescription_id(), "2");
}

TEST(SummaryTest, EM023TheIdentityThatWasAskedForStandsBesideThePerson) {
  Known known;
  known.persons = {PersonFrom("20260401")};
  EXPECT_FALSE(Summarise(known, kToday).has_asked_for());
  known.asked_for.set_number("45");
  EXPECT_EQ(Summarise(known, kToday).asked_for().number(), "45");
}

// EM-014
TEST(SummaryTest, EM014TheNewestComesFirstAndRepeatsOnce) {
  Known known;
  known.receipts = {Receipt("C", "20261001"), Receipt("C", "20261101"), Receipt("C", "20261001")};
  EXPECT_EQ(Drugs(Summarise(known, kToday)),
            (std::vector<std::string>{"1 C 20261101", "1 C 20261001"}));
}

// EM-015
TEST(SummaryTest, EM015NothingKnownIsNotTheSameAsCannotTell) {
  Known known;
  known.persons = {PersonFrom("20260401")};
  EXPECT_EQ(Feeds(known), (std::vector<std::string>{"eligibility CURRENT 20260401",
                                                    "medication NONE", "prescription NONE"}));
  known.unreadable = {kPrescription};
  EXPECT_EQ(Feeds(known)[1], "medication NONE");
  EXPECT_EQ(Feeds(known)[2], "prescription UNREADABLE");
  known.behind = {kEligibility, kPrescription};
  EXPECT_EQ(Feeds(known), (std::vector<std::string>{"eligibility BEHIND 20260401",
                                                    "medication NONE", "prescription UNREADABLE"}));
}

TEST(SummaryTest, EM015AFeedTellsTheNewestItHasSaidOfThePerson) {
  KnownReceipts month;
  month.set_version(1);
  *month.add_dispensings() = Receipt("C", "20260901");
  KnownReceipts without_drugs;
  without_drugs.set_version(1);
  Known known;
  AddReceipts("202609", month, known);
  AddReceipts("202610", without_drugs, known);
  AddReceipts("202611", KnownReceipts(), known);
  EXPECT_EQ(known.receipts.size(), 1u);
  known.prescriptions = {Prescription("1", "C", "20260801", "P", "20260803"),
                         Prescription("2", "C", "20260802"), Prescription("3", "", "20261101")};
  EXPECT_EQ(Feeds(known), (std::vector<std::string>{"eligibility NONE", "medication CURRENT 202610",
                                                    "prescription CURRENT 20260803"}));
}

TEST(SummaryTest, EM015TheTimeShownIsSaid) {
  const auto summary = Summarise(Known(), kToday);
  EXPECT_EQ(summary.feeds(0).since(), "");
  EXPECT_EQ(summary.feeds(1).since(), "20260822");
  EXPECT_EQ(summary.feeds(2).since(), "20261008");
  EXPECT_EQ(summary.visits_since(), "20260822");
}

// Prescription ID and day of issue of each.
std::vector<std::string> Undispensed(const Known& known) {
  std::vector<std::string> texts;
  const GetSummaryResponse summary = Summarise(known, kToday);
  for (const Dispensing& d : summary.undispensed()) {
    texts.push_back(absl::StrCat(d.prescription_id(), " ", d.prescribed_on()));
  }
  return texts;
}

// EM-024
TEST(SummaryTest, EM024WhatIsPrescribedAndNotDispensedStandsApartNewestFirst) {
  Known known;
  known.prescriptions = {Prescription("1", "C", "20261007"),
                         Prescription("2", "C", "20261008"),
                         Prescription("4", "D", "20261120"),
                         Prescription("3", "C", "20261120"),
                         Prescription("5", "C", "20261121", "P", "20261122"),
                         Prescription("6", "", "20261121")};
  EXPECT_EQ(Undispensed(known),
            (std::vector<std::string>{"3 20261120", "4 20261120", "2 20261008"}));
  EXPECT_EQ(Drugs(Summarise(known, kToday)), (std::vector<std::string>{"2 P 20261122"}));
}

TEST(SummaryTest, EM024AnUndispensedPrescriptionSaysWhatIsKnownOfIt) {
  Known known;
  known.prescriptions = {Prescription("1", "C", "20261120"), Prescription("2", "D", "20261119")};
  auto& drug = *known.prescriptions[0].add_drugs();
  drug.set_code("610421321");
  drug.set_usage("001");
  const GetSummaryResponse summary = Summarise(known, kToday);
  ASSERT_EQ(summary.undispensed_size(), 2);
  EXPECT_EQ(summary.undispensed(0).source(), SOURCE_PRESCRIPTION);
  EXPECT_EQ(summary.undispensed(0).prescriber(), "C");
  EXPECT_EQ(summary.undispensed(0).dispensed_on(), "");
  ASSERT_EQ(summary.undispensed(0).drugs_size(), 1);
  EXPECT_EQ(summary.undispensed(0).drugs(0).code(), "610421321");
  EXPECT_EQ(summary.undispensed(0).drugs(0).usage_code(), "001");
  EXPECT_NE(summary.undispensed(0).drugs(0).usage(), "001");
  EXPECT_EQ(summary.undispensed(1).drugs_size(), 0);
}

TEST(SummaryTest, EM024TheNewestHundredAreShown) {
  Known known;
  for (size_t n = 0; n < kMostUndispensed; ++n) {
    known.prescriptions.push_back(Prescription(absl::StrCat(n), "C", "20261120"));
  }
  known.prescriptions.push_back(Prescription("older", "C", "20261119"));
  known.prescriptions.push_back(Prescription("newest", "C", "20261121"));
  const auto shown = Undispensed(known);
  ASSERT_EQ(shown.size(), kMostUndispensed);
  EXPECT_EQ(shown.front(), "newest 20261121");
  EXPECT_EQ(shown.back().substr(shown.back().find(' ')), " 20261120");
}

struct AgeCase {
  const char* born;
  absl::CivilDay today;
  int age;
};

// EM-019
TEST(SummaryTest, EM019AgeIsInFullYears) {
  for (const AgeCase& c :
       {AgeCase{"19481122", kToday, 78}, AgeCase{"19481123", kToday, 77},
        AgeCase{"20261122", kToday, 0}, AgeCase{"20270101", kToday, 0}, AgeCase{"", kToday, 0},
        AgeCase{"19481332", kToday, 0}, AgeCase{"20040229", absl::CivilDay(2026, 2, 28), 21},
        AgeCase{"20040229", absl::CivilDay(2026, 3, 1), 22}}) {
    EXPECT_EQ(AgeOn(c.born, c.today), c.age) << c.born;
  }
  Known known;
  known.persons = {PersonFrom("20260401")};
  known.persons[0].mutable_qualification()->set_birth_date("19481122");
  EXPECT_EQ(Summarise(known, kToday).age(), 78);
}

TEST(SummaryTest, ThePersonIsTheNewestQualification) {
  Known known;
  known.persons = {PersonFrom("20200401"), PersonFrom("20260401"), Person()};
  EXPECT_EQ(Summarise(known, kToday).person().valid_from(), "20260401");
}

TEST(SummaryTest, ALongTermCareIdentityIsNoMedicalInsurance) {
  Known known;
  known.persons = {PersonFrom("20200401"), PersonFrom("20260401")};
  known.persons[1].mutable_qualification()->set_long_term_care(true);
  EXPECT_EQ(Summarise(known, kToday).person().valid_from(), "20200401");
}

TEST(SummaryTest, SomebodyIsKnownWhenAnySectionSaysSo) {
  EXPECT_TRUE(IsUnknown({}));
  Known links_only;
  links_only.persons = {Person()};
  EXPECT_TRUE(IsUnknown(links_only));
  Known person, receipts, prescriptions, unreadable, behind;
  person.persons = {PersonFrom("20200401")};
  receipts.newest_receipt = "201001";
  prescriptions.prescriptions = {Prescription("1", "C", "20261001")};
  unreadable.unreadable = {kMedication};
  behind.behind = {kMedication};  // EM-022
  for (const Known& known : {person, receipts, prescriptions, unreadable, behind}) {
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
    known.prescriptions.push_back(Prescription(absl::StrCat("open ", n), "C", day));
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
