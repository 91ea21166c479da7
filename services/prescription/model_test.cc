// prescription.h does what the model does, whatever the order of commands, facilities and days.
#include "services/prescription/model.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "services/prescription/prescription.h"
#include "services/prescription/test_model.h"

namespace tsunagu::prescription::model {
namespace {

constexpr int kFacilities = 3;
constexpr char kIssuer[] = "1311111110";  // one of them

// A Golden Week: days count whatever they are.
const absl::CivilDay kFirstDay(2026, 4, 29);

struct Step {
  Deed deed;
  int days = 0;  // since the step before
  // What is the issuer's is done by it, and a result is of the use that is due, on its day.
  bool due = false;
};

rc::Gen<Act> Acts() {
  return rc::gen::weightedElement<Act>({{1, Act::kRegister},
                                        {2, Act::kChange},
                                        {2, Act::kCancel},
                                        {2, Act::kUndoCancel},
                                        {4, Act::kUndoChange},
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
    step.deed.document = *rc::gen::inRange(1, 100);
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

bool IsIssuers(Act act) {
  return act == Act::kChange || act == Act::kCancel || act == Act::kUndoCancel ||
         act == Act::kUndoChange;
}

// Without this, hardly a change is undone, and hardly a prescription comes to its second use.
void MakeDue(const Terms& terms, const Model& model, Step& step) {
  Deed& deed = step.deed;
  if (IsIssuers(deed.act)) deed.facility = kIssuer;
  if (deed.act != Act::kDispense && deed.act != Act::kChangeResult) return;
  deed.use = model.Results() + (deed.act == Act::kDispense ? 1 : 0);
  deed.more = deed.use < terms.total;
  deed.next_on = deed.day + 14;
  if (!model.Holder().empty()) deed.facility = model.Holder();
}

// RX-001 to RX-013, RX-060 to RX-070
RC_GTEST_PROP(ModelTest, TheDecisionsAreThoseOfTheModel, ()) {
  const Terms terms = *AnyTerms();
  Model model(terms);
  State state;
  absl::CivilDay day = kFirstDay;
  std::vector<Step> steps = *rc::gen::scale(2.0, rc::gen::container<std::vector<Step>>(Steps()));
  steps.insert(steps.begin(), Step{{Act::kRegister, kIssuer, day, 1, false, {}, 1}, 0, false});
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
    RC_CLASSIFY(reason == "OK" && step.deed.act == Act::kUndoChange, "undone change");
  }
}

}  // namespace
}  // namespace tsunagu::prescription::model
