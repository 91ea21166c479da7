// prescription.h does what the model does, whatever the order of commands, facilities and days.
#include "services/prescription/model.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"
#include "services/prescription/prescription.h"

namespace tsunagu::prescription::model {
namespace {

constexpr int kFacilities = 3;

// A Golden Week: days count whatever they are.
const absl::CivilDay kFirstDay(2026, 4, 29);

struct Step {
  Deed deed;
  int days = 0;  // since the step before
  bool due =
      false;  // a result is of the use that is due, and a pharmacy comes on the day that was set
};

Event::Registered Content(const Terms& terms) {
  Event::Registered content;
  content.set_issued_on(national::FormatDay(kFirstDay));
  content.set_use_by(national::FormatDay(terms.use_by));
  if (terms.total > 1) {
    content.mutable_course()->set_total(terms.total);
    content.mutable_course()->set_kind(terms.refill ? v1::Course::KIND_REFILL
                                                    : v1::Course::KIND_SPLIT);
  }
  return content;
}

Event::Dispensed Result(const Deed& deed) {
  Event::Dispensed result;
  result.set_result_id("result");
  result.set_use(deed.use);
  result.set_more(deed.more);
  result.set_dispensed_on(national::FormatDay(deed.day));
  if (deed.next_on.has_value()) result.set_next_on(national::FormatDay(*deed.next_on));
  return result;
}

Command ToCommand(const Deed& deed, const Terms& terms) {
  switch (deed.act) {
    case Act::kRegister: {
      Register command{Content(terms)};
      command.event.set_prescription_id("12ab0000-0000-8000-8000-000000000001");
      return command;
    }
    case Act::kChange:
      return Change{Content(terms)};
    case Act::kCancel:
      return Cancel{};
    case Act::kUndoCancel:
      return UndoCancel{};
    case Act::kUndoChange:
      return UndoChange{};
    case Act::kAccept:
      return Accept{};
    case Act::kRelease:
      return Release{};
    case Act::kCollect:
      return Collect{};
    case Act::kUndoCollect:
      return UndoCollect{};
    case Act::kDispense:
      return Dispense{Result(deed)};
    case Act::kChangeResult:
      return ChangeResult{Result(deed)};
    case Act::kCancelResult:
      return CancelResult{};
  }
  return Accept{};
}

rc::Gen<Act> Acts() {
  return rc::gen::weightedElement<Act>({{1, Act::kRegister},
                                        {2, Act::kChange},
                                        {2, Act::kCancel},
                                        {2, Act::kUndoCancel},
                                        {2, Act::kUndoChange},
                                        {8, Act::kAccept},
                                        {2, Act::kRelease},
                                        {2, Act::kCollect},
                                        {2, Act::kUndoCollect},
                                        {8, Act::kDispense},
                                        {2, Act::kChangeResult},
                                        {2, Act::kCancelResult}});
}

// Days that are set lie around the end of the course; some results set none.
rc::Gen<Step> Steps() {
  return rc::gen::exec([] {
    Step step;
    step.deed.act = *Acts();
    step.deed.facility = absl::StrCat("131111111", *rc::gen::inRange(0, kFacilities));
    step.deed.use = *rc::gen::weightedElement<int>({{4, 1}, {4, 2}, {3, 3}, {1, 4}});
    step.deed.more = *rc::gen::arbitrary<bool>();
    if (*rc::gen::weightedElement<bool>({{5, true}, {1, false}})) {
      step.deed.next_on = kFirstDay + *rc::gen::inRange(0, 40);
    }
    step.days =
        *rc::gen::weightedElement<int>({{12, 0}, {3, 1}, {2, 2}, {1, 7}, {1, 14}, {1, 360}});
    step.due = *rc::gen::weightedElement<bool>({{4, true}, {1, false}});
    return step;
  });
}

rc::Gen<Terms> AnyTerms() {
  return rc::gen::exec([] {
    const int total = *rc::gen::weightedElement<int>({{1, 1}, {2, 2}, {2, 3}});
    return Terms{kFirstDay + 3, total, total > 1 && *rc::gen::arbitrary<bool>()};
  });
}

// Without this, hardly a prescription comes to its second use.
void MakeDue(const Terms& terms, const Model& model, Step& step) {
  Deed& deed = step.deed;
  if (deed.act != Act::kDispense && deed.act != Act::kChangeResult) return;
  deed.use = model.Results() + (deed.act == Act::kDispense ? 1 : 0);
  deed.more = deed.use < terms.total;
  deed.next_on = deed.day + 14;
  if (!model.Holder().empty()) deed.facility = model.Holder();
}

// What is the same for both, as text.
std::string Seen(const State& state, absl::CivilDay day) {
  return absl::StrCat(v1::Status_Name(StatusOn(state, day)), " ", state.holder(), " ",
                      state.results_size(), " ", state.ever_dispensed());
}

std::string Seen(const Model& model, absl::CivilDay day) {
  return absl::StrCat("STATUS_", model.Status(day), " ", model.Holder(), " ", model.Results(), " ",
                      model.EverDispensed());
}

// RX-001 to RX-013, RX-060 to RX-070
RC_GTEST_PROP(ModelTest, TheDecisionsAreThoseOfTheModel, ()) {
  const Terms terms = *AnyTerms();
  Model model(terms);
  State state;
  absl::CivilDay day = kFirstDay;
  std::vector<Step> steps = *rc::gen::scale(2.0, rc::gen::container<std::vector<Step>>(Steps()));
  steps.insert(steps.begin(), Step{{Act::kRegister, "1311111110", day, 1, false, {}}, 0, false});
  for (Step& step : steps) {
    day += step.days;
    step.deed.day = day;
    if (step.due) MakeDue(terms, model, step);
    const auto event =
        Decide(state, ToCommand(step.deed, terms), {step.deed.facility, step.deed.day});
    if (event.ok()) state = Evolve(std::move(state), *event, {});
    const std::string reason = event.ok() ? "OK" : ReasonOf(event.status());
    RC_ASSERT(reason == model.Do(step.deed));
    RC_ASSERT(Seen(state, day) == Seen(model, day));
    RC_CLASSIFY(reason == "OK" && step.deed.act == Act::kDispense && step.deed.use > 1,
                "later use");
  }
}

}  // namespace
}  // namespace tsunagu::prescription::model
