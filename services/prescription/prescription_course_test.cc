// What issuers change and take back, collection, refills, parts, corrected results.
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "services/prescription/prescription.h"

namespace tsunagu::prescription {
namespace {

constexpr char kIssuer[] = "1311111111";
constexpr char kPharmacy[] = "1349999996";
constexpr char kOther[] = "1348888885";
const absl::CivilDay kToday(2026, 12, 28);

Register Registration(v1::Course::Kind kind = v1::Course::KIND_SINGLE, int total = 0) {
  Register command;
  command.event.set_prescription_id("12ab0000-0000-8000-8000-000000000001");
  command.event.set_access_code("123456");
  command.event.set_fingerprint("first");
  command.event.set_issued_on("20261228");
  command.event.set_use_by("20261231");
  if (total > 0) {
    command.event.mutable_course()->set_kind(kind);
    command.event.mutable_course()->set_total(total);
  }
  return command;
}

Change OtherContent() {
  Change command;
  command.content.set_fingerprint("second");
  command.content.set_issued_on("20261228");
  command.content.set_use_by("20270105");
  command.content.mutable_course()->set_kind(v1::Course::KIND_REFILL);
  command.content.mutable_course()->set_total(2);
  return command;
}

Dispense Result(int use, bool more, const std::string& next_on = "") {
  Dispense command;
  command.event.set_result_id(absl::StrCat("result-", use));
  command.event.set_dispensed_on("20261228");
  command.event.set_use(use);
  command.event.set_more(more);
  command.event.set_next_on(next_on);
  return command;
}

// One prescription and what is done to it.
class Life {
 public:
  explicit Life(const Register& registration = Registration()) {
    EXPECT_EQ(Do(registration, kIssuer), "OK");
  }

  std::string Do(const Command& command, const std::string& facility, absl::CivilDay day = kToday) {
    const auto event = Decide(state, command, {facility, day});
    if (!event.ok()) return ReasonOf(event.status());
    state = Evolve(std::move(state), *event, {"subject", {}});
    return "OK";
  }

  State state;
};

TEST(PrescriptionCourseTest, RX060AChangePutsAnotherDocumentInItsPlace) {
  Life life;
  EXPECT_EQ(life.Do(OtherContent(), kOther), "PRESCRIPTION_NOT_FOUND");
  EXPECT_EQ(life.Do(OtherContent(), kIssuer), "OK");
  EXPECT_EQ(life.state.fingerprint(), "second");
  EXPECT_EQ(life.state.access_code(), "123456");
  EXPECT_EQ(life.state.course().total(), 2);
  EXPECT_EQ(StatusOn(life.state, absl::CivilDay(2027, 1, 5)), v1::STATUS_REGISTERED);
  EXPECT_EQ(life.Do(Accept{}, kPharmacy), "OK");
  EXPECT_EQ(life.Do(OtherContent(), kIssuer), "ALREADY_ACCEPTED");
}

TEST(PrescriptionCourseTest, RX060WhatIsOverOrCancelledIsNotChanged) {
  Life life;
  EXPECT_EQ(life.Do(OtherContent(), kIssuer, absl::CivilDay(2027, 1, 1)), "EXPIRED");
  EXPECT_EQ(life.Do(Cancel{}, kIssuer), "OK");
  EXPECT_EQ(life.Do(OtherContent(), kIssuer), "CANCELLED");
}

TEST(PrescriptionCourseTest, RX061ACancellationIsTakenBack) {
  Life life;
  EXPECT_EQ(life.Do(UndoCancel{}, kIssuer), "NOT_UNDOABLE");
  EXPECT_EQ(life.Do(Cancel{}, kIssuer), "OK");
  EXPECT_EQ(life.Do(UndoCancel{}, kOther), "PRESCRIPTION_NOT_FOUND");
  EXPECT_EQ(life.Do(UndoCancel{}, kIssuer), "OK");
  EXPECT_EQ(life.Do(UndoCancel{}, kIssuer), "NOT_UNDOABLE");
  EXPECT_EQ(life.Do(Accept{}, kPharmacy), "OK");
}

TEST(PrescriptionCourseTest, RX062AChangeIsTakenBackUntilSomebodyAccepts) {
  Life life;
  EXPECT_EQ(life.Do(OtherContent(), kIssuer), "OK");
  EXPECT_EQ(life.Do(UndoChange{}, kIssuer), "OK");
  EXPECT_EQ(life.state.fingerprint(), "first");
  EXPECT_EQ(life.state.use_by(), "20261231");
  EXPECT_EQ(OpenUntil(life.state), "20261231");
  EXPECT_FALSE(life.state.has_course());
  EXPECT_EQ(life.Do(OtherContent(), kIssuer), "OK");
  EXPECT_EQ(life.Do(Accept{}, kPharmacy), "OK");
  EXPECT_EQ(life.Do(Release{}, kPharmacy), "OK");
  EXPECT_EQ(life.Do(UndoChange{}, kIssuer), "NOT_UNDOABLE");
}

TEST(PrescriptionCourseTest, RX063CollectingClosesWithoutDispensing) {
  Life life;
  EXPECT_EQ(life.Do(Collect{}, kPharmacy), "NOT_HOLDER");
  EXPECT_EQ(life.Do(Accept{}, kPharmacy), "OK");
  EXPECT_EQ(life.Do(Collect{}, kPharmacy), "OK");
  EXPECT_EQ(life.state.status(), v1::STATUS_COLLECTED);
  EXPECT_EQ(life.Do(Accept{}, kOther), "COLLECTED");
  EXPECT_EQ(life.Do(Release{}, kPharmacy), "COLLECTED");
  EXPECT_EQ(life.Do(Result(1, false), kPharmacy), "COLLECTED");
}

TEST(PrescriptionCourseTest, RX064ACollectionIsTakenBack) {
  Life life;
  EXPECT_EQ(life.Do(Accept{}, kPharmacy), "OK");
  EXPECT_EQ(life.Do(UndoCollect{}, kPharmacy), "NOT_UNDOABLE");
  EXPECT_EQ(life.Do(Collect{}, kPharmacy), "OK");
  EXPECT_EQ(life.Do(UndoCollect{}, kOther), "NOT_HOLDER");
  EXPECT_EQ(life.Do(UndoCollect{}, kPharmacy), "OK");
  EXPECT_EQ(life.Do(Result(1, false), kPharmacy), "OK");
}

TEST(PrescriptionCourseTest, RX544ALaterPartCanBeHadForAYear) {
  Life life(Registration(v1::Course::KIND_SPLIT, 2));
  const absl::CivilDay last(2027, 12, 28);
  EXPECT_EQ(life.Do(Accept{}, kPharmacy), "OK");
  EXPECT_EQ(life.Do(Result(1, true), kPharmacy), "OK");
  EXPECT_EQ(OpenUntil(life.state), "20271228");
  EXPECT_EQ(StatusOn(life.state, last), v1::STATUS_REGISTERED);
  EXPECT_EQ(StatusOn(life.state, last + 1), v1::STATUS_EXPIRED);
  EXPECT_EQ(life.Do(Accept{}, kOther, last + 1), "TOO_LATE");
  EXPECT_EQ(life.Do(Accept{}, kOther, last), "OK");
}

TEST(PrescriptionCourseTest, RX065ARefillGoesBackUntilItsLastUse) {
  Life life(Registration(v1::Course::KIND_REFILL, 2));
  EXPECT_EQ(life.Do(Accept{}, kPharmacy), "OK");
  EXPECT_EQ(life.Do(Result(2, false), kPharmacy), "WRONG_USE");
  EXPECT_EQ(life.Do(Result(1, true), kPharmacy), "NEXT_DATE_REQUIRED");
  EXPECT_EQ(life.Do(Result(1, true, "20270125"), kPharmacy), "OK");
  EXPECT_EQ(life.state.status(), v1::STATUS_REGISTERED);
  EXPECT_EQ(life.state.holder(), "");
  EXPECT_FALSE(life.state.ever_dispensed());
  EXPECT_EQ(life.Do(Cancel{}, kIssuer), "ALREADY_ACCEPTED");
  EXPECT_EQ(life.Do(Accept{}, kOther, absl::CivilDay(2027, 1, 25)), "OK");
  EXPECT_EQ(life.Do(Result(2, true, "20270222"), kOther), "OVER_LIMIT");
  EXPECT_EQ(life.Do(Result(2, false), kOther), "OK");
  EXPECT_EQ(life.state.status(), v1::STATUS_DISPENSED);
  EXPECT_EQ(life.state.results_size(), 2);
}

TEST(PrescriptionCourseTest, RX065ARefillThatIsNotNeededAnyMoreEndsEarly) {
  Life life(Registration(v1::Course::KIND_REFILL, 3));
  EXPECT_EQ(life.Do(Accept{}, kPharmacy), "OK");
  EXPECT_EQ(life.Do(Result(1, false), kPharmacy), "OK");
  EXPECT_EQ(life.state.status(), v1::STATUS_DISPENSED);
}

// The year ends between the days.
TEST(PrescriptionCourseTest, RX066ARefillIsHadSevenDaysAroundItsDay) {
  Life life(Registration(v1::Course::KIND_REFILL, 2));
  EXPECT_EQ(life.Do(Accept{}, kPharmacy), "OK");
  EXPECT_EQ(life.Do(Result(1, true, "20270103"), kPharmacy), "OK");
  EXPECT_EQ(life.state.open_from(), "20261227");
  EXPECT_EQ(OpenUntil(life.state), "20270110");
  EXPECT_EQ(life.Do(Accept{}, kOther, absl::CivilDay(2026, 12, 26)), "TOO_EARLY");
  EXPECT_EQ(life.Do(Accept{}, kOther, absl::CivilDay(2027, 1, 11)), "TOO_LATE");
  EXPECT_EQ(StatusOn(life.state, absl::CivilDay(2027, 1, 11)), v1::STATUS_EXPIRED);
  EXPECT_EQ(life.Do(Accept{}, kOther, absl::CivilDay(2026, 12, 27)), "OK");
  EXPECT_EQ(life.Do(Release{}, kOther), "OK");
  EXPECT_EQ(life.Do(Accept{}, kOther, absl::CivilDay(2027, 1, 10)), "OK");
}

TEST(PrescriptionCourseTest, RX067EachPartIsHadFromAnyPharmacy) {
  Life life(Registration(v1::Course::KIND_SPLIT, 3));
  EXPECT_EQ(life.Do(Accept{}, kPharmacy), "OK");
  EXPECT_EQ(life.Do(Result(1, false), kPharmacy), "WRONG_USE");
  EXPECT_EQ(life.Do(Result(1, true), kPharmacy), "OK");
  EXPECT_EQ(life.Do(Accept{}, kOther, absl::CivilDay(2027, 2, 1)), "OK");
  EXPECT_EQ(life.Do(Result(2, true), kOther), "OK");
  EXPECT_EQ(life.Do(Accept{}, kPharmacy), "OK");
  EXPECT_EQ(life.Do(Result(3, false), kPharmacy), "OK");
  EXPECT_EQ(life.state.status(), v1::STATUS_DISPENSED);
}

TEST(PrescriptionCourseTest, RX068AResultIsChangedByWhoRegisteredIt) {
  Life life;
  EXPECT_EQ(life.Do(Accept{}, kPharmacy), "OK");
  EXPECT_EQ(life.Do(ChangeResult{Result(1, false).event}, kPharmacy), "NOT_HOLDER");
  EXPECT_EQ(life.Do(Result(1, false), kPharmacy), "OK");
  ChangeResult change{Result(1, false).event};
  change.event.set_result_id("another");
  change.event.set_dispensed_on("20261229");
  EXPECT_EQ(life.Do(change, kOther), "NOT_HOLDER");
  EXPECT_EQ(life.Do(change, kPharmacy), "OK");
  EXPECT_EQ(life.state.results(0).id(), "result-1");
  EXPECT_EQ(life.state.results(0).dispensed_on(), "20261229");
  EXPECT_EQ(life.state.status(), v1::STATUS_DISPENSED);
}

TEST(PrescriptionCourseTest, RX069WhoCancelsItsResultHoldsThePrescriptionAgain) {
  Life life;
  EXPECT_EQ(life.Do(Accept{}, kPharmacy), "OK");
  EXPECT_EQ(life.Do(Result(1, false), kPharmacy), "OK");
  EXPECT_EQ(life.Do(CancelResult{}, kOther), "NOT_HOLDER");
  EXPECT_EQ(life.Do(CancelResult{}, kPharmacy), "OK");
  EXPECT_EQ(life.state.status(), v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(life.state.holder(), kPharmacy);
  EXPECT_EQ(life.state.result_id(), "");
  EXPECT_EQ(life.Do(Accept{}, kOther), "TAKEN");
  EXPECT_EQ(life.Do(Release{}, kPharmacy), "EVER_DISPENSED");
  EXPECT_EQ(life.Do(Result(1, false), kPharmacy), "OK");
}

TEST(PrescriptionCourseTest, RX070AUseIsCorrectedUntilTheNextHasBegun) {
  Life life(Registration(v1::Course::KIND_REFILL, 2));
  EXPECT_EQ(life.Do(Accept{}, kPharmacy), "OK");
  EXPECT_EQ(life.Do(Result(1, true, "20270125"), kPharmacy), "OK");
  EXPECT_EQ(life.Do(ChangeResult{Result(1, false).event}, kPharmacy), "WRONG_USE");
  EXPECT_EQ(life.Do(ChangeResult{Result(1, true, "20270120").event}, kPharmacy), "OK");
  EXPECT_EQ(life.state.open_from(), "20270113");
  EXPECT_EQ(life.Do(Accept{}, kOther, absl::CivilDay(2027, 1, 20)), "OK");
  EXPECT_EQ(life.Do(CancelResult{}, kPharmacy), "RESULT_SETTLED");
  EXPECT_EQ(life.Do(Release{}, kOther), "OK");
  EXPECT_EQ(life.Do(CancelResult{}, kPharmacy), "OK");
  EXPECT_EQ(life.state.holder(), kPharmacy);
  EXPECT_EQ(OpenUntil(life.state), "20261231");
  // RX-008: it keeps what it has dispensed of, until it registers that.
  EXPECT_EQ(life.Do(Release{}, kPharmacy), "EVER_DISPENSED");
  EXPECT_EQ(life.Do(Result(1, true, "20270120"), kPharmacy), "OK");
  EXPECT_EQ(life.Do(Accept{}, kOther, absl::CivilDay(2027, 1, 20)), "OK");
  EXPECT_EQ(life.Do(Release{}, kOther), "OK");
}

TEST(PrescriptionCourseTest, RX071ACancellationWaitsForItsRegistration) {
  State state;
  const auto waits = Decide(state, CancelUnregistered{}, {kIssuer, kToday});
  ASSERT_TRUE(waits.ok()) << waits.status();
  state = Evolve(std::move(state), *waits, {"subject", {}});
  EXPECT_EQ(state.id(), "");
  const auto registered = [&state](const std::string& facility, absl::CivilDay day) {
    const auto event = Decide(state, Registration(), {facility, day});
    return Evolve(state, *event, {"subject", {}}).status();
  };
  EXPECT_EQ(registered(kIssuer, kToday + kCancelWaits), v1::STATUS_CANCELLED);
  EXPECT_EQ(registered(kIssuer, kToday + kCancelWaits + 1), v1::STATUS_REGISTERED);
  EXPECT_EQ(registered(kOther, kToday), v1::STATUS_REGISTERED);
}

// RX-071
TEST(PrescriptionCourseTest, WhatIsRegisteredIsCancelledAtOnce) {
  Life life;
  EXPECT_EQ(life.Do(CancelUnregistered{}, kIssuer), "OK");
  EXPECT_EQ(life.state.status(), v1::STATUS_CANCELLED);
}

}  // namespace
}  // namespace tsunagu::prescription
