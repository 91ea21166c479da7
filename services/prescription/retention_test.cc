#include "services/prescription/retention.h"

#include <gtest/gtest.h>

#include "absl/time/time.h"
#include "services/platform/national/jst.h"

namespace tsunagu::prescription {
namespace {

RetentionRules Rules(std::initializer_list<std::pair<const char*, int>> rules) {
  RetentionRules list;
  for (const auto& [from, years] : rules) {
    auto& rule = *list.Add();
    rule.set_completed_from(from);
    rule.set_years(years);
  }
  return list;
}

absl::CivilDay Day(const char* day) { return *national::ParseDay(day); }

State With(v1::Status status, const char* open_until, const char* dispensed_on = "") {
  State state;
  state.set_id("a");
  state.set_status(status);
  state.set_use_by("20260604");
  state.set_open_until(open_until);
  // Noon in Japan.
  state.mutable_changed_at()->set_seconds(
      absl::ToUnixSeconds(national::JstMidnight(Day("20260605")) + absl::Hours(12)));
  if (*dispensed_on != '\0') state.add_results()->set_dispensed_on(dispensed_on);
  return state;
}

// RX-530
TEST(RetentionTest, TheYearsCountFromTheDayOfCompletion) {
  const absl::CivilDay today = Day("20260610");
  const struct {
    State state;
    const char* completed_on;  // empty: not completed
  } kCases[] = {
      {With(v1::STATUS_DISPENSED, "20260604", "20260603"), "20260603"},
      {With(v1::STATUS_DISPENSED, "20260604"), "20260605"},  // old state without its results
      {With(v1::STATUS_REGISTERED, "20260604"), "20260604"},
      {With(v1::STATUS_REGISTERED, "20260609", "20260530"),
       "20260609"},  // a refill not gone on with
      {With(v1::STATUS_REGISTERED, "20260610"), ""},
      {With(v1::STATUS_CANCELLED, "20260604"), "20260605"},
      {With(v1::STATUS_COLLECTED, "20260604"), "20260605"},
      {With(v1::STATUS_IN_DISPENSING, "20260604"), ""},
      {State(), ""},
  };
  for (const auto& [state, completed_on] : kCases) {
    const auto day = CompletedOn(state, today);
    EXPECT_EQ(day.has_value() ? national::FormatDay(*day) : "", completed_on)
        << state.DebugString();
  }
}

// RX-530, RX-538
TEST(RetentionTest, WhatWasGivenIsCompletedWhenItWasGivenOrCancelled) {
  v1::Given given;
  EXPECT_FALSE(CompletedOn(given).has_value());
  given.set_id("a");
  given.set_status(v1::GIVEN_STATUS_REGISTERED);
  given.set_given_on("20260602");
  given.mutable_changed_at()->set_seconds(
      absl::ToUnixSeconds(national::JstMidnight(Day("20260605"))));
  EXPECT_EQ(CompletedOn(given), Day("20260602"));
  given.set_status(v1::GIVEN_STATUS_CANCELLED);
  EXPECT_EQ(CompletedOn(given), Day("20260605"));
}

// RX-531, RX-532
TEST(RetentionTest, ARuleHoldsForWhatIsCompletedFromItsDayOn) {
  const RetentionRules none, one = Rules({{"20270401", 5}}),
                             two = Rules({{"20300101", 3}, {"20270401", 5}});
  const struct {
    const RetentionRules& rules;
    const char* completed_on;
    int years;
    const char* rule_from;
    const char* erase_on;
  } kCases[] = {
      {none, "20260603", 3, "", "20290604"},
      {one, "20270331", 3, "", "20300401"},  // before the change: as before
      {one, "20270401", 5, "20270401", "20320402"},
      {two, "20291231", 5, "20270401", "20350101"},
      {two, "20300101", 3, "20300101", "20330102"},
      // Leap days: years are the calendar's, not 365 days each.
      {none, "20260301", 3, "", "20290302"},
      {none, "20270228", 3, "", "20300301"},
      {none, "20280229", 3, "", "20310302"},
      {one, "20280229", 5, "20270401", "20330302"},
      {none, "20251231", 3, "", "20290101"},
  };
  for (const auto& test : kCases) {
    const Period period = PeriodOf(Day(test.completed_on), test.rules);
    EXPECT_EQ(period.years, test.years) << test.completed_on;
    EXPECT_EQ(period.rule_from, test.rule_from) << test.completed_on;
    EXPECT_EQ(national::FormatDay(period.erase_on), test.erase_on) << test.completed_on;
    EXPECT_EQ(LookAt(period, period.erase_on), Look::kErase);
    EXPECT_NE(LookAt(period, period.erase_on - 1), Look::kErase);
  }
}

// RX-532
TEST(RetentionTest, WhatIsKeptForLongerThanTheLeastPeriodIsLookedAtAgain) {
  const Period period = PeriodOf(Day("20270401"), Rules({{"20270401", 5}}));
  EXPECT_EQ(LookAt(period, Day("20300401")), Look::kNothing);
  EXPECT_EQ(LookAt(period, Day("20300402")), Look::kKeep);
  EXPECT_EQ(LookAt(period, Day("20320401")), Look::kKeep);
  EXPECT_EQ(LookAt(period, Day("20320402")), Look::kErase);
}

// What is completed by a decision of a day is never looked at too early.
TEST(RetentionTest, TheFirstLookFindsTheLeastPeriodOver) {
  for (absl::CivilDay day(2027, 1, 1); day < absl::CivilDay(2029, 1, 1); ++day) {
    EXPECT_EQ(LookAt(PeriodOf(day, {}), FirstLook(day)), Look::kErase);
    EXPECT_GE(FirstLook(day), PeriodOf(day, {}).erase_on);
  }
}

}  // namespace
}  // namespace tsunagu::prescription
