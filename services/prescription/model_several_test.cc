// together.h does what the model does, whatever the order of commands, pharmacies and
// prescriptions.
#include "services/prescription/model_several.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "services/prescription/model.h"
#include "services/prescription/prescription.h"
#include "services/prescription/test_model.h"
#include "services/prescription/together.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::prescription::model {
namespace {

constexpr size_t kPrescriptions = 4;
constexpr char kClinic[] = "1311111110";
constexpr char kSubject[] = "12ab00000000000000000000000000aa";
const absl::CivilDay kDay(2026, 4, 29);
const Terms kOnce = {kDay + 3, 1, false}, kRefill = {kDay + 3, 3, true};

struct Step {
  Deed deed;
  std::vector<size_t> on;
};

// The last one is a refill, which never has a result together with others.
const std::vector<Terms>& AllTerms() {
  static const auto* const terms = new std::vector<Terms>{kOnce, kOnce, kOnce, kRefill};
  return *terms;
}

rc::Gen<Act> Acts() {
  return rc::gen::weightedElement<Act>({{1, Act::kCancel},
                                        {1, Act::kUndoCancel},
                                        {6, Act::kAccept},
                                        {1, Act::kRelease},
                                        {1, Act::kCollect},
                                        {2, Act::kUndoCollect},
                                        {3, Act::kDispense},
                                        {2, Act::kChangeResult},
                                        {4, Act::kCancelResult}});
}

rc::Gen<Step> Steps() {
  return rc::gen::exec([] {
    Step step;
    const auto first = *rc::gen::inRange<size_t>(0, kPrescriptions);
    const auto count = *rc::gen::weightedElement<size_t>({{5, 1}, {3, 2}, {2, 3}});
    for (size_t i = 0; i < count; ++i) step.on.push_back((first + i) % kPrescriptions);
    step.deed.act = count > 1 ? Act::kDispense : *Acts();
    const bool issuers = step.deed.act == Act::kCancel || step.deed.act == Act::kUndoCancel;
    step.deed.facility =
        issuers ? kClinic
                : *rc::gen::weightedElement<std::string>({{5, "1341111111"}, {1, "1341111112"}});
    step.deed.day = kDay;
    return step;
  });
}

// A result is of the use that is due.
void MakeDue(const Model& model, Deed& deed) {
  deed.use = model.Results() + (deed.act == Act::kDispense ? 1 : 0);
  deed.more = deed.use < model.terms().total;
  if (deed.more) deed.next_on = kDay + 7;
}

// What the service makes of together.h.
class States {
 public:
  States() {
    for (size_t i = 0; i < kPrescriptions; ++i) {
      Register command = std::get<Register>(
          ToCommand({Act::kRegister, kClinic, kDay, 1, false, {}, 1}, AllTerms()[i]));
      command.event.set_prescription_id(absl::StrCat("12ab0000-0000-8000-8000-00000000000", i));
      RC_ASSERT(Do(i, command, {kClinic, kDay}) == "OK");
    }
  }

  const State& operator[](size_t which) const { return states_[which]; }

  std::string Do(const Deed& deed, const std::vector<size_t>& on) {
    const Context context{deed.facility, deed.day};
    if (on.size() > 1) return DispenseTogether(on, context);
    if (deed.act == Act::kCancelResult) return Cancel(on.front(), context);
    return Do(on.front(), ToCommand(deed, AllTerms()[on.front()]), context);
  }

 private:
  std::string Do(size_t which, const Command& command, const Context& context) {
    const auto event = Decide(states_[which], command, context);
    if (!event.ok()) return ReasonOf(event.status());
    states_[which] = Evolve(std::move(states_[which]), *event, {kSubject, {}});
    return "OK";
  }

  std::string DispenseTogether(const std::vector<size_t>& on, const Context& context) {
    const std::string command_id = absl::StrCat("command-", ++commands_);
    std::vector<State> states;
    for (const size_t which : on) states.push_back(states_[which]);
    const absl::Status checked = CheckTogether(states, context.facility, command_id);
    if (!checked.ok()) return ReasonOf(checked);
    Event::Dispensed judged;
    judged.set_use(1);
    const auto events = ShareResult(judged, states, context.facility, command_id);
    for (size_t i = 0; i < on.size(); ++i) {
      RC_ASSERT(Do(on[i], Dispense{events[i]}, context) == "OK");
    }
    return "OK";
  }

  std::string Cancel(size_t named, const Context& context) {
    const std::vector<v1::SharedResult> shared = SharedWith(states_[named]);
    const std::string reason = Do(named, CancelResult{}, context);
    if (reason != "OK") return reason;
    for (const v1::SharedResult& result : shared) {
      for (size_t i = 0; i < kPrescriptions; ++i) {
        const bool other = i != named && states_[i].id() == result.prescription_id();
        if (!other || !IsNewest(states_[i], result.result_id())) continue;
        RC_ASSERT(Do(i, CancelResult{result.result_id()}, context) == "OK");
      }
    }
    return "OK";
  }

  std::vector<State> states_{kPrescriptions};
  int commands_ = 0;
};

// RX-500, RX-501, RX-503, RX-540
RC_GTEST_PROP(ModelSeveralTest, ResultsForSeveralAreThoseOfTheModel, ()) {
  Several model(AllTerms());
  States states;
  for (size_t i = 0; i < kPrescriptions; ++i) {
    RC_ASSERT(model.Do({Act::kRegister, kClinic, kDay, 1, false, {}, 1}, {i}) == "OK");
  }
  for (Step& step : *rc::gen::scale(3.0, rc::gen::container<std::vector<Step>>(Steps()))) {
    if (step.on.size() == 1) MakeDue(model[step.on.front()], step.deed);
    const bool shared = !model.OneWith(step.on.front()).empty();
    const std::string reason = states.Do(step.deed, step.on);
    RC_ASSERT(reason == model.Do(step.deed, step.on));
    for (size_t i = 0; i < kPrescriptions; ++i) {
      RC_ASSERT(Seen(states[i], kDay) == Seen(model[i], kDay));
      RC_ASSERT(SharedWith(states[i]).size() == model.OneWith(i).size());
    }
    RC_CLASSIFY(reason == "OK" && step.on.size() > 1, "one result for several");
    RC_CLASSIFY(reason == "OK" && shared && step.deed.act == Act::kCancelResult, "all cancelled");
  }
}

}  // namespace
}  // namespace tsunagu::prescription::model
