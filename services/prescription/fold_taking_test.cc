// What the fold keeps for 重複投薬等チェック.
#include <gtest/gtest.h>

#include "services/prescription/duplication/projection.h"
#include "services/prescription/fold.h"
#include "services/prescription/test_log.h"

namespace tsunagu::prescription {
namespace {

v1::Taking TakingOf(Log& log) { return log.Get<v1::Taking>(duplication::TakingName(kSubject)); }

// RX-414
TEST(FoldTakingTest, APrescriptionIsTakenUntilItsDispensingIs) {
  Log log;
  log.Append("rx-1", Registered("rx-1"), kDay);
  ASSERT_EQ(TakingOf(log).items_size(), 1);
  EXPECT_EQ(TakingOf(log).items(0).start(), "20260601");
  EXPECT_EQ(TakingOf(log).items(0).until(), "20260604");
  log.Append("rx-1", Accepted(), kDay);
  EXPECT_EQ(TakingOf(log).items(0).until(), "");
  log.Append("rx-1", Dispensed(), kDay + 1);
  ASSERT_EQ(TakingOf(log).items_size(), 1);
  EXPECT_EQ(TakingOf(log).items(0).start(), "20260602");
  EXPECT_EQ(TakingOf(log).items(0).pharmacy(), "1349999996");
  EXPECT_EQ(TakingOf(log).items(0).drugs(0).code(), "610421321");
}

// RX-414
TEST(FoldTakingTest, WhatIsCancelledIsNotTakenUntilThatIsUndone) {
  Log log;
  log.Append("rx-1", Registered("rx-1"), kDay);
  log.Append("rx-1", Cancelled(), kDay);
  EXPECT_EQ(TakingOf(log).items_size(), 0);
  v1::Event undone;
  undone.mutable_undone();
  log.Append("rx-1", undone, kDay);
  EXPECT_EQ(TakingOf(log).items_size(), 1);
}

TEST(FoldTakingTest, AnEventThatChangesNothingChangesNothingHere) {
  Log log;
  log.Append("rx-1", Registered("rx-1"), kDay);
  const auto before = log.states();
  log.Append("rx-1", Registered("rx-1"), kDay + 200);
  EXPECT_EQ(log.states().at(duplication::TakingName(kSubject)),
            before.at(duplication::TakingName(kSubject)));
}

// RX-423: what leaves follows from the log alone, so a rebuild gives the same bytes.
TEST(FoldTakingTest, ARebuildGivesTheSame) {
  const auto fold = [](Log& log) {
    log.Append("rx-1", Registered("rx-1"), kDay);
    log.Append("rx-2", Registered("rx-2"), kDay + 100);
    log.Append("rx-1", Accepted(), kDay + 1);
    log.Append("rx-3", Registered("rx-3"), kDay + duplication::kKeptDays + 1);
  };
  Log once, again;
  fold(once);
  fold(again);
  EXPECT_EQ(once.states(), again.states());
  // All three say that they were issued on the same day, which is over kKeptDays ago by now.
  EXPECT_EQ(TakingOf(once).items_size(), 0);
}

// RX-419
TEST(FoldTakingTest, AReasonStaysWithThePrescription) {
  Log log;
  v1::Event event = Registered("rx-1");
  event.mutable_registered()->set_issuer_name("つなぐ診療所");
  event.mutable_registered()->add_accepted_alerts()->set_reason("漸減のため");
  log.Append("rx-1", event, kDay);
  EXPECT_EQ(log.Prescription("rx-1").accepted_alerts(0).reason(), "漸減のため");
  EXPECT_EQ(TakingOf(log).items(0).issuer_name(), "つなぐ診療所");
  v1::Event changed;
  *changed.mutable_changed()->mutable_content() = Registered("rx-1").registered();
  log.Append("rx-1", changed, kDay);
  EXPECT_EQ(log.Prescription("rx-1").accepted_alerts_size(), 0);
  v1::Event undone;
  undone.mutable_undone();
  log.Append("rx-1", undone, kDay);
  EXPECT_EQ(log.Prescription("rx-1").accepted_alerts_size(), 1);
}

}  // namespace
}  // namespace tsunagu::prescription
