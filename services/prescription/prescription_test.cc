#include "services/prescription/prescription.h"

#include <gtest/gtest.h>

#include "services/platform/status/error.h"

namespace tsunagu::prescription {
namespace {

constexpr char kIssuer[] = "1311111111";
constexpr char kPharmacy[] = "1349999996";
constexpr char kOther[] = "1348888885";
constexpr char kId[] = "12ab0000-0000-8000-8000-000000000001";
const absl::CivilDay kToday(2026, 6, 1);
const absl::CivilDay kUseBy(2026, 6, 4);

Register Registration() {
  Register command;
  command.event.set_prescription_id(kId);
  command.event.set_access_code("123456");
  command.event.set_issue_type(v1::ISSUE_TYPE_ELECTRONIC);
  command.event.set_issued_on("20260601");
  command.event.set_use_by("20260604");
  return command;
}

Dispense Result() {
  Dispense command;
  command.event.set_result_id("result-1");
  command.event.set_use(1);
  command.event.set_dispensed_on("20260602");
  return command;
}

Origin OriginAt(int64_t seconds) {
  Origin origin;
  origin.subject = "12ab00000000000000000000000000aa";
  origin.decided_at.set_seconds(seconds);
  return origin;
}

// Decides and folds; the test fails when it is refused.
State After(State state, const Command& command, const std::string& facility,
            absl::CivilDay day = kToday) {
  const auto event = Decide(state, command, {facility, day});
  EXPECT_TRUE(event.ok()) << event.status();
  return event.ok() ? Evolve(std::move(state), *event, OriginAt(7)) : state;
}

State Registered() { return After(State(), Registration(), kIssuer); }
State InDispensing() { return After(Registered(), Accept{}, kPharmacy); }
State Dispensed() { return After(InDispensing(), Result(), kPharmacy); }
State Cancelled() { return After(Registered(), Cancel{}, kIssuer); }

std::string Refusal(const State& state, const Command& command, const std::string& facility,
                    absl::CivilDay day = kToday) {
  const auto event = Decide(state, command, {facility, day});
  return event.ok() ? "OK" : ReasonOf(event.status());
}

TEST(PrescriptionTest, RX001RegisteringMakesAPrescription) {
  const State state = Registered();
  EXPECT_EQ(state.id(), kId);
  EXPECT_EQ(state.status(), v1::STATUS_REGISTERED);
  EXPECT_EQ(state.issuer(), kIssuer);
  EXPECT_EQ(state.access_code(), "123456");
  EXPECT_EQ(state.issued_on(), "20260601");
  EXPECT_EQ(state.use_by(), "20260604");
  EXPECT_EQ(state.issue_type(), v1::ISSUE_TYPE_ELECTRONIC);
  EXPECT_EQ(state.subject(), OriginAt(0).subject);
  EXPECT_EQ(state.changed_at().seconds(), 7);
  EXPECT_EQ(state.holder(), "");
}

TEST(PrescriptionTest, RX001TheIssuerIsTheCallerWhateverTheEventSays) {
  Register command = Registration();
  command.event.set_issuer(kOther);
  EXPECT_EQ(After(State(), command, kIssuer).issuer(), kIssuer);
}

// RX-001, RX-002, RX-003, RX-005, RX-006, RX-008, RX-009: every command in every state.
TEST(PrescriptionTest, EveryCommandInEveryState) {
  const absl::CivilDay late = kUseBy + 1;
  struct Case {
    const char* name;
    State state;
    Command command;
    const char* facility;
    absl::CivilDay day;
    const char* reason;
  };
  const Case cases[] = {
      {"register again", Registered(), Registration(), kIssuer, kToday, "PRESCRIPTION_EXISTS"},
      {"accept nothing", State(), Accept{}, kPharmacy, kToday, "PRESCRIPTION_NOT_FOUND"},
      {"accept", Registered(), Accept{}, kPharmacy, kToday, "OK"},
      {"accept late", Registered(), Accept{}, kPharmacy, late, "EXPIRED"},
      {"accept again", InDispensing(), Accept{}, kPharmacy, kToday, "OK"},
      {"accept again late", InDispensing(), Accept{}, kPharmacy, late, "OK"},
      {"accept a taken one", InDispensing(), Accept{}, kOther, kToday, "TAKEN"},
      {"accept a taken one late", InDispensing(), Accept{}, kOther, late, "TAKEN"},
      {"accept a dispensed one", Dispensed(), Accept{}, kOther, kToday, "ALREADY_DISPENSED"},
      {"accept one's dispensed one", Dispensed(), Accept{}, kPharmacy, kToday, "RESULT_EXISTS"},
      {"accept a cancelled one", Cancelled(), Accept{}, kPharmacy, kToday, "CANCELLED"},
      {"release nothing", State(), Release{}, kPharmacy, kToday, "PRESCRIPTION_NOT_FOUND"},
      {"release a free one", Registered(), Release{}, kPharmacy, kToday, "NOT_HOLDER"},
      {"release", InDispensing(), Release{}, kPharmacy, kToday, "OK"},
      {"release late", InDispensing(), Release{}, kPharmacy, late, "OK"},
      {"release another's", InDispensing(), Release{}, kOther, kToday, "NOT_HOLDER"},
      {"release a dispensed one", Dispensed(), Release{}, kPharmacy, kToday, "EVER_DISPENSED"},
      {"dispense nothing", State(), Result(), kPharmacy, kToday, "PRESCRIPTION_NOT_FOUND"},
      {"dispense a free one", Registered(), Result(), kPharmacy, kToday, "NOT_HOLDER"},
      {"dispense", InDispensing(), Result(), kPharmacy, kToday, "OK"},
      {"dispense late", InDispensing(), Result(), kPharmacy, late, "OK"},
      {"dispense another's", InDispensing(), Result(), kOther, kToday, "NOT_HOLDER"},
      {"dispense again", Dispensed(), Result(), kPharmacy, kToday, "RESULT_EXISTS"},
      {"dispense a cancelled one", Cancelled(), Result(), kPharmacy, kToday, "NOT_HOLDER"},
      {"cancel nothing", State(), Cancel{}, kIssuer, kToday, "PRESCRIPTION_NOT_FOUND"},
      {"cancel", Registered(), Cancel{}, kIssuer, kToday, "OK"},
      {"cancel late", Registered(), Cancel{}, kIssuer, late, "OK"},
      {"cancel another's", Registered(), Cancel{}, kOther, kToday, "PRESCRIPTION_NOT_FOUND"},
      {"cancel an accepted one", InDispensing(), Cancel{}, kIssuer, kToday, "ALREADY_ACCEPTED"},
      {"cancel a dispensed one", Dispensed(), Cancel{}, kIssuer, kToday, "ALREADY_ACCEPTED"},
      {"cancel again", Cancelled(), Cancel{}, kIssuer, kToday, "CANCELLED"},
  };
  for (const Case& test : cases) {
    EXPECT_EQ(Refusal(test.state, test.command, test.facility, test.day), test.reason) << test.name;
  }
}

TEST(PrescriptionTest, RX004AcceptingMakesThePharmacyTheHolder) {
  const State state = InDispensing();
  EXPECT_EQ(state.status(), v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(state.holder(), kPharmacy);
}

TEST(PrescriptionTest, RX005TheUseByDayItselfStillCounts) {
  EXPECT_EQ(Refusal(Registered(), Accept{}, kPharmacy, kUseBy), "OK");
  EXPECT_EQ(Refusal(Registered(), Accept{}, kPharmacy, kUseBy + 1), "EXPIRED");
}

TEST(PrescriptionTest, RX005TheYearsEndAndALeapDayAreOrdinaryDays) {
  Register command = Registration();
  command.event.set_use_by("20271231");
  const State at_years_end = After(State(), command, kIssuer);
  EXPECT_EQ(Refusal(at_years_end, Accept{}, kPharmacy, absl::CivilDay(2027, 12, 31)), "OK");
  EXPECT_EQ(Refusal(at_years_end, Accept{}, kPharmacy, absl::CivilDay(2028, 1, 1)), "EXPIRED");
  command.event.set_use_by("20280229");
  const State at_leap_day = After(State(), command, kIssuer);
  EXPECT_EQ(Refusal(at_leap_day, Accept{}, kPharmacy, absl::CivilDay(2028, 2, 29)), "OK");
  EXPECT_EQ(Refusal(at_leap_day, Accept{}, kPharmacy, absl::CivilDay(2028, 3, 1)), "EXPIRED");
}

TEST(PrescriptionTest, RX007AcceptingAgainChangesNothing) {
  const State before = InDispensing();
  const auto event = Decide(before, Accept{}, {kPharmacy, kToday});
  ASSERT_TRUE(event.ok());
  EXPECT_EQ(Evolve(before, *event, OriginAt(99)).SerializeAsString(), before.SerializeAsString());
}

TEST(PrescriptionTest, RX008AfterAReleaseAnotherPharmacyMayTakeIt) {
  const State released = After(InDispensing(), Release{}, kPharmacy);
  EXPECT_EQ(released.status(), v1::STATUS_REGISTERED);
  EXPECT_EQ(released.holder(), "");
  EXPECT_EQ(After(released, Accept{}, kOther).holder(), kOther);
}

TEST(PrescriptionTest, RX009TheResultClosesIt) {
  const State state = Dispensed();
  EXPECT_EQ(state.status(), v1::STATUS_DISPENSED);
  EXPECT_EQ(state.result_id(), "result-1");
  EXPECT_EQ(state.holder(), kPharmacy);
  EXPECT_TRUE(state.ever_dispensed());
}

// RX-010
TEST(PrescriptionTest, RX010OnlyAFreePrescriptionExpires) {
  const absl::CivilDay late = kUseBy + 1;
  EXPECT_EQ(StatusOn(Registered(), kUseBy), v1::STATUS_REGISTERED);
  EXPECT_EQ(StatusOn(Registered(), late), v1::STATUS_EXPIRED);
  EXPECT_EQ(StatusOn(InDispensing(), late), v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(StatusOn(Dispensed(), late), v1::STATUS_DISPENSED);
  EXPECT_EQ(StatusOn(Cancelled(), late), v1::STATUS_CANCELLED);
  EXPECT_EQ(StatusOn(State(), late), v1::STATUS_UNSPECIFIED);
}

TEST(PrescriptionTest, ADayThatCannotBeReadIsOver) {
  EXPECT_TRUE(IsOver("", kToday));
  EXPECT_TRUE(IsOver("20261301", kToday));
  EXPECT_FALSE(IsOver("20260601", kToday));
}

TEST(PrescriptionTest, AnEventThatDoesNotFitLeavesTheStateAsItIs) {
  Event accepted, released, dispensed, cancelled, registered;
  accepted.mutable_accepted()->set_pharmacy(kOther);
  released.mutable_released();
  dispensed.mutable_dispensed()->set_result_id("x");
  cancelled.mutable_cancelled();
  *registered.mutable_registered() = Registration().event;
  registered.mutable_registered()->set_access_code("999999");
  const std::pair<State, Event> cases[] = {
      {State(), accepted},        {State(), released},         {State(), dispensed},
      {State(), cancelled},       {State(), Event()},          {Registered(), released},
      {Registered(), dispensed},  {Registered(), Event()},     {Registered(), registered},
      {InDispensing(), accepted}, {InDispensing(), cancelled}, {Dispensed(), released},
      {Dispensed(), dispensed},   {Dispensed(), cancelled},    {Cancelled(), accepted},
      {Cancelled(), cancelled},
  };
  for (const auto& [state, event] : cases) {
    EXPECT_EQ(Evolve(state, event, OriginAt(99)).SerializeAsString(), state.SerializeAsString())
        << event.kind_case() << " on " << state.status();
  }
}

}  // namespace
}  // namespace tsunagu::prescription
