#include "services/prescription/due.h"

#include <gtest/gtest.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/national/insured.h"
#include "services/platform/national/jst.h"
#include "services/prescription/test_log.h"

namespace tsunagu::prescription {
namespace {

const absl::CivilDay kUseBy(2026, 6, 4);

std::vector<std::string> DueOn(Log& log, absl::CivilDay day, const std::string& id = "a") {
  const auto due = log.Get<v1::Due>(DueName(day, DueBucket(id)));
  return {due.prescription_ids().begin(), due.prescription_ids().end()};
}

size_t DueStates(const Log& log) {
  size_t count = 0;
  for (const auto& [name, value] : log.states()) {
    if (name.starts_with("due/") && !value.empty()) ++count;
  }
  return count;
}

const std::vector<std::string> kA = {"a"};

v1::Event Expired(const std::string& until) {
  v1::Event event;
  event.mutable_expired()->set_until(until);
  return event;
}

v1::Event Swept(const std::string& day) {
  v1::Event event;
  event.mutable_day_swept()->set_day(day);
  return event;
}

v1::Event RefillOf(const std::string& id) {
  v1::Event event = Registered(id);
  event.mutable_registered()->mutable_course()->set_kind(v1::Course::KIND_REFILL);
  event.mutable_registered()->mutable_course()->set_total(3);
  return event;
}

v1::Event FirstUse(const std::string& next_on) {
  v1::Event event = Dispensed();
  event.mutable_dispensed()->set_use(1);
  event.mutable_dispensed()->set_more(true);
  event.mutable_dispensed()->set_next_on(next_on);
  return event;
}

// RX-455
TEST(DueTest, APrescriptionIsDueTheDayAfterItsLastDay) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  EXPECT_EQ(DueOn(log, kUseBy + 1), kA);
  EXPECT_EQ(DueStates(log), 1u);
  EXPECT_FALSE(WhatIsDue(log.Prescription("a"), kUseBy).has_value());
  EXPECT_EQ(WhatIsDue(log.Prescription("a"), kUseBy + 1)->expired().until(), "20260604");
}

// RX-455
TEST(DueTest, AChangePutsItUnderItsNewDayToo) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  v1::Event changed;
  *changed.mutable_changed()->mutable_content() = Registered("", "20260610").registered();
  log.Append("a", changed, kDay);
  EXPECT_EQ(DueOn(log, absl::CivilDay(2026, 6, 11)), kA);
  // Of the old day nothing is told: it has moved on.
  EXPECT_FALSE(WhatIsDue(log.Prescription("a"), kUseBy + 1).has_value());
}

// RX-455, RX-456: a refill opens and ends.
TEST(DueTest, ARefillIsDueWhenItOpensAndWhenItEnds) {
  Log log;
  log.Append("a", RefillOf("a"), kDay);
  log.Append("a", Accepted(), kDay);
  log.Append("a", FirstUse("20260630"), kDay);
  const absl::CivilDay opens(2026, 6, 23), ends(2026, 7, 8);
  EXPECT_EQ(DueOn(log, opens), kA);
  EXPECT_EQ(DueOn(log, ends), kA);
  EXPECT_FALSE(WhatIsDue(log.Prescription("a"), opens - 1).has_value());
  EXPECT_EQ(WhatIsDue(log.Prescription("a"), opens)->window_opened().from(), "20260623");
  EXPECT_EQ(WhatIsDue(log.Prescription("a"), ends)->expired().until(), "20260707");
  v1::Event opened;
  opened.mutable_window_opened()->set_from("20260623");
  log.Append("a", opened, opens);
  EXPECT_EQ(log.publications(), 0u);
  EXPECT_FALSE(WhatIsDue(log.Prescription("a"), opens).has_value());
}

// RX-455, RX-544
TEST(DueTest, TheRestOfADividedDispensingIsDueAfterAYear) {
  Log log;
  v1::Event event = RefillOf("a");
  event.mutable_registered()->mutable_course()->set_kind(v1::Course::KIND_SPLIT);
  log.Append("a", event, kDay);
  log.Append("a", Accepted(), kDay);
  v1::Event part = FirstUse("");
  part.mutable_dispensed()->set_dispensed_on("20260601");
  log.Append("a", part, kDay);
  const absl::CivilDay ends(2027, 6, 2);
  EXPECT_EQ(DueOn(log, ends), kA);
  EXPECT_FALSE(WhatIsDue(log.Prescription("a"), ends - 1).has_value());
  EXPECT_EQ(WhatIsDue(log.Prescription("a"), ends)->expired().until(), "20270601");
}

// RX-457
TEST(DueTest, OthersAreToldOnceAndNothingThatIsDecidedChanges) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  const auto before = log.Prescription("a");
  log.Append("a", Expired("20260604"), kUseBy + 1);
  EXPECT_EQ(log.Public().status(), v1::STATUS_EXPIRED);
  auto after = log.Prescription("a");
  EXPECT_EQ(after.expired_told(), "20260604");
  after.clear_expired_told();
  EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
  log.Append("a", Expired("20260604"), kUseBy + 1);
  EXPECT_EQ(log.publications(), 0u);
  EXPECT_EQ(log.Open(), "a ");
}

// RX-457
TEST(DueTest, WhatHasMovedOnIgnoresThatItsDayHasCome) {
  for (const v1::Event& event : {Accepted(), Cancelled()}) {
    Log log;
    log.Append("a", Registered("a"), kDay);
    log.Append("a", event, kDay);
    EXPECT_FALSE(WhatIsDue(log.Prescription("a"), kUseBy + 1).has_value());
    const auto before = log.Prescription("a").SerializeAsString();
    log.Append("a", Expired("20260604"), kUseBy + 1);
    EXPECT_EQ(log.publications(), 0u);
    EXPECT_EQ(log.Prescription("a").SerializeAsString(), before);
  }
}

// RX-457: what comes back when its day is over needs no clock to be told.
TEST(DueTest, WhatIsGivenBackAfterItsLastDayIsPublishedAsExpired) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  log.Append("a", Accepted(), kUseBy);
  v1::Event released;
  released.mutable_released();
  log.Append("a", released, kUseBy);
  EXPECT_EQ(log.Public().status(), v1::STATUS_REGISTERED);
  log.Append("a", Accepted(), kUseBy);
  log.Append("a", released, kUseBy + 1);
  EXPECT_EQ(log.Public().status(), v1::STATUS_EXPIRED);
  log.Append("b", Registered("b"), kUseBy + 1);
  EXPECT_EQ(log.Public().status(), v1::STATUS_EXPIRED);
  EXPECT_TRUE(DueOn(log, kUseBy + 1, "b").empty() || DueBucket("a") == DueBucket("b"));
}

// RX-458
TEST(DueTest, ADayThatWasToldIsGone) {
  Log log;
  for (const char* id : {"a", "b", "c"}) log.Append(id, Registered(id), kDay);
  log.Append("d", Registered("d", "20260605"), kDay);
  log.AppendTo(kSweptName, Swept("20260605"), kUseBy + 1);
  EXPECT_EQ(DueStates(log), 1u);
  EXPECT_EQ(log.Swept().day(), "20260605");
  log.AppendTo(kSweptName, Swept("20260604"), kUseBy + 1);
  EXPECT_EQ(log.Swept().day(), "20260605");
  EXPECT_EQ(log.publications(), 0u);
}

TEST(DueTest, BucketsAreTheSameOnEveryMachineAndEven) {
  EXPECT_EQ(DueBucket(""), 217);
  std::vector<int> sizes(kDueBuckets);
  for (int i = 0; i < 100 * kDueBuckets; ++i) {
    ++sizes[DueBucket(national::MakeId(7, absl::StrCat(i)))];
  }
  for (const int size : sizes) {
    EXPECT_GT(size, 50);
    EXPECT_LT(size, 160);
  }
}

// RX-459: the last day is a whole day in Japan, whatever day it is.
TEST(DueTest, TheDayAfterTheLastOneAlsoWhereTheCalendarTurns) {
  const struct {
    const char* until;
    const char* due;
  } kCases[] = {
      {"20271231", "20280101"},  // year end
      {"20280228", "20280229"},  // leap day
      {"20280229", "20280301"}, {"20270228", "20270301"},
      {"20190430", "20190501"},  // from Heisei to Reiwa
      {"20270503", "20270504"},  // holidays in a row
      {"20270505", "20270506"},
  };
  for (const auto& one : kCases) {
    State state;
    state.set_id("a");
    state.set_status(v1::STATUS_REGISTERED);
    state.set_use_by(one.until);
    const absl::CivilDay due = *national::ParseDay(one.due);
    const absl::Time midnight = national::JstMidnight(due);
    EXPECT_FALSE(WhatIsDue(state, national::JstDay(midnight - absl::Nanoseconds(1)))) << one.until;
    EXPECT_TRUE(WhatIsDue(state, national::JstDay(midnight))) << one.until;
    EXPECT_EQ(StatusOn(state, due), v1::STATUS_EXPIRED) << one.until;
    EXPECT_EQ(StatusOn(state, due - 1), v1::STATUS_REGISTERED) << one.until;
  }
}

}  // namespace
}  // namespace tsunagu::prescription
