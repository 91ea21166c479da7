// What holds after any sequence of commands by anybody on any days.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "services/platform/national/jst.h"
#include "services/prescription/prescription.h"

namespace tsunagu::prescription {
namespace {

const absl::CivilDay kFirstDay(2026, 6, 1);
constexpr int kFacilities = 3;

struct Step {
  int kind;      // index of Command
  int facility;  // 0 issues, the others are pharmacies that try everything too
  int days;      // since the step before
};

std::string Facility(int i) { return "131111111" + std::to_string(i); }

Command MakeCommand(const Step& step) {
  switch (step.kind) {
    case 0: {
      Register command;
      command.event.set_prescription_id("12ab0000-0000-8000-8000-000000000001");
      command.event.set_use_by(national::FormatDay(kFirstDay + 3));
      return command;
    }
    case 1:
      return Accept{};
    case 2:
      return Release{};
    case 3: {
      Dispense command;
      command.event.set_result_id("r");
      command.event.set_use(1);
      return command;
    }
    default:
      return Cancel{};
  }
}

struct Moment {
  State before, after;
  Command command;
  std::string facility;
  absl::CivilDay day;
  bool accepted;
};

// Runs the steps on one prescription.
std::vector<Moment> Run(const std::vector<Step>& steps) {
  std::vector<Moment> moments;
  State state;
  absl::CivilDay day = kFirstDay;
  for (const Step& step : steps) {
    day += step.days;
    Moment moment{state, state, MakeCommand(step), Facility(step.facility), day, false};
    const auto event = Decide(state, moment.command, {moment.facility, day});
    moment.accepted = event.ok();
    if (event.ok()) moment.after = Evolve(state, *event, {});
    state = moment.after;
    moments.push_back(std::move(moment));
  }
  return moments;
}

rc::Gen<std::vector<Step>> Steps() {
  const auto step = rc::gen::build<Step>(
      rc::gen::set(&Step::kind,
                   rc::gen::weightedElement<int>({{2, 0}, {4, 1}, {2, 2}, {1, 3}, {1, 4}})),
      rc::gen::set(&Step::facility, rc::gen::inRange(0, kFacilities)),
      rc::gen::set(&Step::days, rc::gen::weightedElement<int>({{6, 0}, {1, 1}, {1, 2}})));
  return rc::gen::mapcat(rc::gen::inRange(0, 40), [step](int n) {
    return rc::gen::map(rc::gen::container<std::vector<Step>>(n, step), [](std::vector<Step> all) {
      all.insert(all.begin(), Step{0, 0, 0});  // registered by facility 0
      return all;
    });
  });
}

RC_GTEST_PROP(PrescriptionProperty, RX011ThereIsAtMostOneHolder, ()) {
  for (const Moment& moment : Run(*Steps())) {
    const bool held = moment.after.status() == v1::STATUS_IN_DISPENSING ||
                      moment.after.status() == v1::STATUS_DISPENSED;
    RC_ASSERT(held == !moment.after.holder().empty());
    // The holder never passes from one to another without having been nobody's.
    if (!moment.before.holder().empty() && !moment.after.holder().empty()) {
      RC_ASSERT(moment.before.holder() == moment.after.holder());
    }
  }
}

// RX-012
RC_GTEST_PROP(PrescriptionProperty, RX012EverDispensedNeverGoesBack, ()) {
  for (const Moment& moment : Run(*Steps())) {
    if (!moment.before.ever_dispensed()) continue;
    RC_ASSERT(moment.after.ever_dispensed());
    RC_ASSERT(moment.after.holder() == moment.before.holder());
  }
}

RC_GTEST_PROP(PrescriptionProperty, RX005NobodyBecomesHolderAfterTheUseByDay, ()) {
  for (const Moment& moment : Run(*Steps())) {
    if (!moment.before.holder().empty() || moment.after.holder().empty()) continue;
    RC_ASSERT(!IsOver(moment.before.use_by(), moment.day));
    RC_ASSERT(StatusOn(moment.before, moment.day) == v1::STATUS_REGISTERED);
  }
}

// RX-013
RC_GTEST_PROP(PrescriptionProperty, RX013CancelAndAcceptNeverBothSucceed, ()) {
  bool held = false;
  bool cancelled = false;
  for (const Moment& moment : Run(*Steps())) {
    if (!moment.accepted) continue;
    if (std::holds_alternative<Accept>(moment.command)) {
      held = true;
      RC_ASSERT(!cancelled);
    }
    if (std::holds_alternative<Release>(moment.command)) held = false;
    if (std::holds_alternative<Cancel>(moment.command)) {
      RC_ASSERT(!held);
      cancelled = true;
    }
  }
}

RC_GTEST_PROP(PrescriptionProperty, RX003NothingHappensToACancelledOne, ()) {
  for (const Moment& moment : Run(*Steps())) {
    if (moment.before.status() != v1::STATUS_CANCELLED) continue;
    RC_ASSERT(!moment.accepted);
  }
}

RC_GTEST_PROP(PrescriptionProperty, OnlyTheIssuerCancelsAndOnlyTheHolderReleasesAndDispenses, ()) {
  for (const Moment& moment : Run(*Steps())) {
    if (!moment.accepted) continue;
    if (std::holds_alternative<Cancel>(moment.command)) {
      RC_ASSERT(moment.facility == moment.before.issuer());
    }
    if (std::holds_alternative<Release>(moment.command) ||
        std::holds_alternative<Dispense>(moment.command)) {
      RC_ASSERT(moment.facility == moment.before.holder());
    }
  }
}

RC_GTEST_PROP(PrescriptionProperty, RX009ThereIsAtMostOneResult, ()) {
  int results = 0;
  for (const Moment& moment : Run(*Steps())) {
    results += moment.accepted && std::holds_alternative<Dispense>(moment.command);
  }
  RC_ASSERT(results <= 1);
}

RC_GTEST_PROP(PrescriptionProperty, EvolveTakesAnyEventInAnyState, ()) {
  State state;
  for (const int kind : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 7))) {
    Event event;
    if (kind == 0) event.mutable_registered()->set_prescription_id("x");
    if (kind == 1) event.mutable_accepted()->set_pharmacy(*rc::gen::arbitrary<std::string>());
    if (kind == 2) event.mutable_released();
    if (kind == 3) event.mutable_dispensed();
    if (kind == 4) event.mutable_cancelled();
    if (kind == 5) event.mutable_registered();
    const State once = Evolve(state, event, {});
    RC_ASSERT(once.SerializeAsString() == Evolve(state, event, {}).SerializeAsString());
    state = once;
    RC_ASSERT(state.ever_dispensed() == (state.status() == v1::STATUS_DISPENSED));
  }
}

}  // namespace
}  // namespace tsunagu::prescription
