#include "services/prescription/duplication/in_house_fold.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/prescription/duplication/projection.h"
#include "tsunagu/medication/v1/events.pb.h"
#include "tsunagu/prescription/v1/taking.pb.h"

namespace tsunagu::prescription::duplication {
namespace {

using tsunagu::medication::v1::Dispensing;
using tsunagu::medication::v1::MonthChanged;

constexpr char kSubject[] = "12ab00000000000000000000000000aa";

Dispensing Given(const std::string& day, bool in_house = true) {
  Dispensing dispensing;
  dispensing.set_dispensed_on(day);
  dispensing.set_facility("1311111111");
  dispensing.set_in_house(in_house);
  dispensing.add_drugs()->set_code("612170709");
  return dispensing;
}

class InHouseFoldTest : public testing::Test {
 protected:
  journal::Record RecordOf(const std::string& month, uint64_t version,
                           const std::vector<Dispensing>& dispensings,
                           absl::CivilDay decided = absl::CivilDay(2026, 6, 15)) {
    MonthChanged changed;
    changed.set_month(month);
    for (const Dispensing& dispensing : dispensings) *changed.add_dispensings() = dispensing;
    tsunagu::journal::v1::Published published;
    published.set_subject(kSubject);
    published.set_aggregate(absl::StrCat("month/", kSubject, "/", month));
    published.set_version(version);
    published.mutable_decided_at()->set_seconds(
        absl::ToUnixSeconds(absl::FromCivil(decided, absl::UTCTimeZone())));
    published.set_event(changed.SerializeAsString());
    return {0, kSubject, published.SerializeAsString()};
  }

  journal::Verdict Fold(const journal::Record& record) {
    journal::States states;
    for (const auto& name : folder_.Touches(record)) states.Load(name, state_);
    journal::Publications publications;
    const auto verdict = folder_.Apply(record, states, publications);
    for (const auto& [name, value] : states.Changes()) {
      EXPECT_EQ(name, TakingName(kSubject));
      state_ = value;
    }
    return verdict;
  }

  // "202605: 20260501 20260520 " for each month.
  std::string Days() const {
    v1::TakingInHouse taking;
    taking.ParseFromString(state_);
    std::string days;
    for (const auto& month : taking.months()) {
      absl::StrAppend(&days, month.month(), ": ");
      for (const auto& item : month.items()) absl::StrAppend(&days, item.start(), " ");
    }
    return days;
  }

  InHouseFolder folder_;
  std::string state_;
};

// RX-415
TEST_F(InHouseFoldTest, ItKeepsWhatWasGivenInHouseAndNothingOfPharmacies) {
  Fold(RecordOf("202605", 1, {Given("20260501"), Given("20260502", false)}));
  EXPECT_EQ(Days(), "202605: 20260501 ");
  v1::TakingInHouse taking;
  taking.ParseFromString(state_);
  EXPECT_EQ(taking.months(0).items(0).issuer(), "1311111111");
  EXPECT_EQ(taking.months(0).items(0).pharmacy(), "");
  EXPECT_EQ(taking.months(0).items(0).drugs(0).code(), "612170709");
}

// RX-408
TEST_F(InHouseFoldTest, WhatWasGivenInHospitalIsLeftOut) {
  Dispensing given = Given("20260503");
  given.set_inpatient(true);
  Fold(RecordOf("202605", 1, {Given("20260501"), given}));
  EXPECT_EQ(Days(), "202605: 20260501 ");
}

TEST_F(InHouseFoldTest, AMonthReplacesItselfAndWhatWasSeenChangesNothing) {
  Fold(RecordOf("202605", 1, {Given("20260501")}));
  Fold(RecordOf("202604", 1, {Given("20260401")}));
  Fold(RecordOf("202605", 2, {Given("20260520")}));
  EXPECT_EQ(Days(), "202604: 20260401 202605: 20260520 ");
  const std::string before = state_;
  EXPECT_EQ(Fold(RecordOf("202605", 1, {Given("20260501")})), journal::Verdict::kAccepted);
  EXPECT_EQ(state_, before);
}

// RX-423
TEST_F(InHouseFoldTest, MonthsThatAreLongOverLeave) {
  Fold(RecordOf("202605", 1, {Given("20260531")}));
  Fold(RecordOf("202610", 1, {Given("20261001")}, absl::CivilDay(2026, 11, 27)));
  EXPECT_EQ(Days(), "202605: 20260531 202610: 20261001 ");
  Fold(RecordOf("202611", 1, {Given("20261101")}, absl::CivilDay(2026, 11, 29)));
  EXPECT_EQ(Days(), "202610: 20261001 202611: 20261101 ");
  Fold(RecordOf("202501", 9, {Given("20250101")}, absl::CivilDay(2026, 11, 29)));
  EXPECT_EQ(Days(), "202610: 20261001 202611: 20261101 ");
}

TEST_F(InHouseFoldTest, WhatItCannotReadIsPutAside) {
  EXPECT_EQ(Fold({0, kSubject, "rubbish"}), journal::Verdict::kUndecodable);
  EXPECT_EQ(Fold(RecordOf("2026", 1, {})), journal::Verdict::kUndecodable);
  EXPECT_EQ(state_, "");
}

}  // namespace
}  // namespace tsunagu::prescription::duplication
