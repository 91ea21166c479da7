#include "tests/fault/walk_several.h"

#include <algorithm>
#include <deque>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/prescription/model.h"
#include "services/prescription/model_several.h"
#include "services/prescription/test_walk.h"
#include "tests/fault/walk_life.h"
#include "tsunagu/prescription/v1/facility.grpc.pb.h"

namespace tsunagu::fault {
namespace {

using prescription::model::Act;
using prescription::model::Deed;
using prescription::model::Several;
using prescription::model::Terms;
namespace v1 = prescription::v1;

constexpr int kSteps = 25;
constexpr char kTogether[] = "dispense together", kCancelShared[] = "cancel of shared result";

struct Step {
  Deed deed;
  std::vector<size_t> on;
};

// The last one is a refill, which never has a result together with others.
std::vector<Terms> AllTerms(absl::CivilDay today) {
  const Terms once = {today + 3, 1, false};
  return {once, once, once, {today + 3, 3, true}};
}

class Walk {
 public:
  explicit Walk(Scene scene) : scene_(scene), model_(AllTerms(scene.today)) {
    for (size_t i = 0; i < model_.size(); ++i) lives_.emplace_back(scene_, model_[i].terms());
  }

  bool Go() {
    for (size_t i = 0; i < lives_.size(); ++i) {
      if (!Begin(i)) return false;
    }
    for (int step = 0; step < kSteps; ++step) {
      if (!Take(ChooseStep())) return false;
    }
    return true;
  }

 private:
  // Registered, and held by the pharmacy that most of the deeds are of.
  bool Begin(size_t i) {
    if (!scene_.story.Holds(lives_[i].Register(++documents_, /*overtaken=*/false))) return false;
    const Deed registered = {Act::kRegister, kClinic, scene_.today, 1, false, {}, documents_};
    return Agrees({registered, {i}}, NameOf(Act::kRegister), "OK") &&
           Take({{Act::kAccept, kPharmacy, scene_.today, 1, false, {}}, {i}});
  }

  Step Draw() {
    // One of them gets more, or hardly ever would it hold several.
    static const std::string kPharmacies[] = {kPharmacy, kPharmacy, kPharmacy, kOtherPharmacy};
    const prescription::Choose& choose = scene_.choose;
    Step step;
    const int count = choose(2) == 0 ? 2 + choose(2) : 1;
    const int all = static_cast<int>(lives_.size());
    const int first = choose(all);
    for (int i = 0; i < count; ++i) step.on.push_back(static_cast<size_t>((first + i) % all));
    const auto& one = model_[step.on.front()];
    step.deed =
        prescription::ChooseDeed(choose, one.terms(), one, kClinic, kPharmacies, scene_.today);
    if (count > 1) {
      step.deed = {Act::kDispense, kPharmacies[choose(4)], scene_.today, 1, false, {}};
    }
    return step;
  }

  Step ChooseStep() {
    Step step = ChooseWhatMayBeDone(
        scene_.choose, [this] { return Draw(); },
        [this](const Step& one) { return Several(model_).Do(one.deed, one.on) == "OK"; });
    if (step.deed.act == Act::kChange) step.deed.document = ++documents_;
    return step;
  }

  bool Take(const Step& step) {
    const Act act = step.deed.act;
    const size_t first = step.on.front();
    if (step.on.size() > 1) return Agrees(step, kTogether, Together(step));
    if (act == Act::kCancelResult) return CancelResult(step);
    const bool of_document = act == Act::kDispense || act == Act::kChangeResult;
    if (of_document && !lives_[first].WasAccepted()) return true;
    Several after(model_);
    after.Do(step.deed, step.on);
    return Agrees(step, NameOf(act), lives_[first].Ask(step.deed, after[first]));
  }

  std::string Together(const Step& step) {
    v1::DispenseTogetherRequest request;
    for (const std::string& id : IdsOf(step.on)) request.add_prescription_ids(id);
    request.set_document(lives_[step.on.front()].ResultOf(step.deed));
    return scene_.client
        .Do(step.deed.facility, &v1::FacilityPrescriptions::Stub::DispenseTogether, request,
            IdsOf(step.on))
        .outcome;
  }

  // It is told of which prescriptions the result was.
  bool CancelResult(const Step& step) {
    const std::vector<std::string> shared = IdsOf(model_.OneWith(step.on.front()));
    v1::CancelResultRequest request;
    request.set_prescription_id(lives_[step.on.front()].id());
    const auto answer = scene_.client.Do(step.deed.facility, &v1::Prescriptions::Stub::CancelResult,
                                         request, shared.empty() ? IdsOf(step.on) : shared);
    std::string outcome = answer.outcome;
    const std::vector<std::string> told(answer.response.prescription_ids().begin(),
                                        answer.response.prescription_ids().end());
    if (outcome == "OK" && told != shared) {
      outcome = absl::StrCat("OK, BUT OF ", absl::StrJoin(told, " "));
    }
    return Agrees(step, shared.empty() ? NameOf(step.deed.act) : kCancelShared, outcome);
  }

  // Does it in the model too, and looks at all of them.
  bool Agrees(const Step& step, const std::string& act, const std::string& answered) {
    const std::string by =
        absl::StrCat(step.deed.facility, ", number ", absl::StrJoin(step.on, " "));
    if (!scene_.story.Agrees(act, by, model_.Do(step.deed, step.on), answered)) return false;
    for (size_t i = 0; i < lives_.size() && !lives_[i].id().empty(); ++i) {
      const std::string difference = lives_[i].Compare(model_[i]);
      if (difference.empty()) continue;
      return scene_.story.Holds(absl::StrCat("number ", i, ": ", difference));
    }
    return true;
  }

  std::vector<std::string> IdsOf(const std::vector<size_t>& which) const {
    std::vector<std::string> ids;
    for (const size_t one : which) ids.push_back(lives_[one].id());
    return ids;
  }

  Scene scene_;
  Several model_;
  std::deque<Life> lives_;
  int documents_ = 0;
};

}  // namespace

std::vector<std::string> ActsOnSeveral() { return {kTogether, kCancelShared}; }

bool WalkSeveral(Scene scene) { return Walk(scene).Go(); }

}  // namespace tsunagu::fault
