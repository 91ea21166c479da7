#include "services/prescription/duplication/taking.h"

#include <gtest/gtest.h>

namespace tsunagu::prescription::duplication {
namespace {

const absl::CivilDay kStart(2026, 6, 1);

Period Of(int form, int quantity) {
  tsunagu::common::v1::Drug drug;
  drug.set_form(form);
  drug.set_quantity(quantity);
  return PeriodOf(drug, kStart);
}

// RX-404
TEST(TakingTest, OralDrugsAreTakenForTheirDaysTheFirstIncluded) {
  EXPECT_EQ(Of(1, 1), (Period{kStart, kStart, false}));
  EXPECT_EQ(Of(1, 14), (Period{kStart, absl::CivilDay(2026, 6, 14), false}));
  EXPECT_EQ(Of(1, 90), (Period{kStart, absl::CivilDay(2026, 8, 29), false}));
  EXPECT_EQ(Of(1, 2'000'000'000).last, kStart + 998);
}

// RX-405: as needed, external, drops, injections, unknown forms, and what tells no days.
TEST(TakingTest, AllOthersAreTakenForFourteenDays) {
  for (const int form : {2, 3, 4, 5, 9, 0}) {
    EXPECT_EQ(Of(form, 5), (Period{kStart, kStart + 13, true})) << form;
    EXPECT_EQ(Of(form, 30), (Period{kStart, kStart + 13, true})) << form;
  }
  EXPECT_EQ(Of(1, 0), (Period{kStart, kStart + 13, true}));
  EXPECT_EQ(Of(1, -3), (Period{kStart, kStart + 13, true}));
}

TEST(TakingTest, AnYearsEndAndALeapDayAreDaysLikeOthers) {
  tsunagu::common::v1::Drug drug;
  drug.set_form(1);
  drug.set_quantity(2);
  EXPECT_EQ(PeriodOf(drug, absl::CivilDay(2028, 2, 28)).last, absl::CivilDay(2028, 2, 29));
  EXPECT_EQ(PeriodOf(drug, absl::CivilDay(2026, 12, 31)).last, absl::CivilDay(2027, 1, 1));
}

TEST(TakingTest, DaysInBothAreCountedFromADay) {
  const Period past{kStart, kStart + 9, false}, draft{kStart + 5, kStart + 20, false};
  EXPECT_EQ(DaysInBoth(past, draft, kStart), 5);
  EXPECT_EQ(DaysInBoth(past, draft, kStart + 7), 3);
  EXPECT_EQ(DaysInBoth(past, draft, kStart + 9), 1);
  EXPECT_EQ(DaysInBoth(past, draft, kStart + 10), 0);
}

// RX-414
TEST(TakingTest, WhatNobodyCameForLapses) {
  v1::TakingItem item;
  EXPECT_FALSE(HasLapsed(item, kStart));  // dispensed, or held by a pharmacy
  item.set_until("20260604");
  EXPECT_FALSE(HasLapsed(item, kStart + 3));
  EXPECT_TRUE(HasLapsed(item, kStart + 4));
}

}  // namespace
}  // namespace tsunagu::prescription::duplication
