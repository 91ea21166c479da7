// What erasing leaves in the states.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/platform/status/error.h"
#include "services/prescription/due.h"
#include "services/prescription/fold.h"
#include "services/prescription/retention.h"
#include "services/prescription/test_log.h"

namespace tsunagu::prescription {
namespace {

const absl::CivilDay kLook(2029, 6, 2);  // 3 years after kDay and a day

std::vector<std::string> DueOn(Log& log, absl::CivilDay day, const std::string& id = "a") {
  const auto due = log.Get<v1::Due>(DueName(day, DueBucket(id)));
  return {due.prescription_ids().begin(), due.prescription_ids().end()};
}

const std::vector<std::string> kA = {"a"}, kNone;

void Dispense(Log& log) {
  log.Append("a", Registered("a"), kDay);
  log.Append("a", Accepted(), kDay);
  log.Append("a", Dispensed(), kDay);
}

v1::Event Erased(const State& state) {
  v1::Event event;
  auto& erased = *event.mutable_erased();
  erased.set_on("20290602");
  erased.set_completed_on("20260602");
  erased.set_years(3);
  *erased.mutable_changed_at() = state.changed_at();
  auto& document = *erased.add_documents();
  document.set_kind(v1::ErasedDocument::KIND_PRESCRIPTION);
  document.set_sha256("digest-1");
  document.set_bytes(15);
  auto& result = *erased.add_documents();
  result.set_kind(v1::ErasedDocument::KIND_RESULT);
  result.set_use(1);
  result.set_sha256("digest-2");
  result.set_bytes(9);
  return event;
}

v1::Event ResultChanged() {
  v1::Event event;
  *event.mutable_result_changed()->mutable_result() = Dispensed().dispensed();
  event.mutable_result_changed()->mutable_result()->set_document("<other/>");
  return event;
}

// RX-531
TEST(FoldErasureTest, WhatIsCompletedIsLookedAtWhenTheLeastPeriodIsOver) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  log.Append("a", Accepted(), kDay);
  EXPECT_EQ(DueOn(log, kLook), kNone);
  log.Append("a", Dispensed(), kDay);
  EXPECT_EQ(DueOn(log, kLook), kA);
}

// RX-531
TEST(FoldErasureTest, WhatWasNeverDispensedTooFromTheDayItEnded) {
  v1::Event expired, collected, released;
  expired.mutable_expired()->set_until("20260604");
  collected.mutable_collected();
  released.mutable_released();
  const absl::CivilDay later(2026, 6, 5);
  const std::vector<std::vector<v1::Event>> kLives = {
      {Registered("a"), Cancelled()},
      {Registered("a"), expired},
      {Registered("a"), Accepted(), collected},
      {Registered("a"), Accepted(), released},
      {Registered("a")},  // came when its last day was over
  };
  for (const auto& life : kLives) {
    Log log;
    for (size_t i = 0; i < life.size(); ++i) {
      log.Append("a", life[i], i + 1 == life.size() ? later : kDay);
    }
    EXPECT_EQ(DueOn(log, FirstLook(later)), kA) << life.back().DebugString();
  }
}

// RX-533, RX-535
TEST(FoldErasureTest, EachDocumentLeavesATombstone) {
  Log log;
  Dispense(log);
  const State before = log.Prescription("a");
  log.Append("a", Erased(before), kLook);
  const auto document = log.Get<v1::Document>(DocumentName("a"));
  EXPECT_EQ(document.xml(), "");
  EXPECT_EQ(document.erased().sha256(), "digest-1");
  EXPECT_EQ(document.erased().bytes(), 15);
  EXPECT_EQ(document.erased().on(), "20290602");
  EXPECT_EQ(log.Get<v1::Document>(ResultName("a", 1)).erased().sha256(), "digest-2");
  EXPECT_EQ(log.publications(), 0u);
  // All else stays.
  State after = log.Prescription("a");
  EXPECT_EQ(after.erased().documents_size(), 2);
  after.clear_erased();
  EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
}

// RX-535
TEST(FoldErasureTest, TheSameLogGivesTheSameTombstones) {
  const auto states = [] {
    Log log;
    Dispense(log);
    log.Append("a", Erased(log.Prescription("a")), kLook);
    log.Append("a", Erased(log.Prescription("a")), kLook);  // another replica did it too
    return log.states();
  };
  EXPECT_EQ(states(), states());
}

// RX-537
TEST(FoldErasureTest, WhatWasChangedInTheMeantimeIsNotErased) {
  Log log;
  Dispense(log);
  const v1::Event decided_before = Erased(log.Prescription("a"));
  log.Append("a", ResultChanged(), kLook);
  log.Append("a", decided_before, kLook);
  EXPECT_FALSE(log.Prescription("a").has_erased());
  EXPECT_EQ(log.Get<v1::Document>(ResultName("a", 1)).xml(), "<other/>");
  EXPECT_EQ(DueOn(log, FirstLook(kLook)), kA);
}

// RX-534
TEST(FoldErasureTest, NothingIsDecidedOnWhatIsErased) {
  Log log;
  Dispense(log);
  State state = log.Prescription("a");
  const Context pharmacy{"1349999996", kLook};
  ChangeResult change{Dispensed().dispensed()};
  change.event.set_use(1);
  EXPECT_TRUE(Decide(state, CancelResult{}, pharmacy).ok());
  EXPECT_TRUE(Decide(state, change, pharmacy).ok());
  log.Append("a", Erased(state), kLook);
  state = log.Prescription("a");
  EXPECT_EQ(ReasonOf(Decide(state, CancelResult{}, pharmacy).status()), "DOCUMENT_ERASED");
  EXPECT_EQ(ReasonOf(Decide(state, change, pharmacy).status()), "DOCUMENT_ERASED");
  // What is refused anyway is refused as before.
  EXPECT_EQ(ReasonOf(Decide(state, Accept{}, pharmacy).status()), "RESULT_EXISTS");
}

// RX-532
TEST(FoldErasureTest, WhatIsKeptLongerIsLookedAtAgainOnThatDay) {
  Log log;
  Dispense(log);
  const std::string before = log.Prescription("a").SerializeAsString();
  v1::Event kept;
  kept.mutable_kept_longer()->set_until("20310603");
  log.Append("a", kept, kLook);
  log.Append("a", kept, kLook);
  EXPECT_EQ(DueOn(log, absl::CivilDay(2031, 6, 3)), kA);
  EXPECT_EQ(log.Prescription("a").SerializeAsString(), before);
  EXPECT_EQ(log.publications(), 0u);
}

}  // namespace
}  // namespace tsunagu::prescription
