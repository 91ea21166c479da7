#include "tests/fault/walk_one.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "services/prescription/model.h"
#include "services/prescription/test_walk.h"
#include "tests/fault/walk_life.h"
#include "tsunagu/access/v1/access.pb.h"
#include "tsunagu/eligibility/v1/eligibility.grpc.pb.h"
#include "tsunagu/prescription/v1/facility.grpc.pb.h"

namespace tsunagu::fault {
namespace {

using prescription::model::Act;
using prescription::model::Deed;
using prescription::model::Model;
using prescription::model::Terms;
namespace v1 = prescription::v1;

constexpr int kSteps = 25;
constexpr char kAcceptListed[] = "accept listed";

class Walk {
 public:
  explicit Walk(Scene scene)
      : scene_(scene),
        terms_(prescription::ChooseTerms(scene.choose, scene.today)),
        life_(scene_, terms_),
        model_(terms_) {}

  bool Go() {
    if (!Begin()) return false;
    for (int step = 0; step < kSteps; ++step) {
      if (!Step(ChooseDeed())) return false;
    }
    return true;
  }

 private:
  bool Begin() {
    const bool overtaken = scene_.choose(8) == 0;
    if (!scene_.story.Holds(life_.Register(++documents_, overtaken))) return false;
    model_.Do({Act::kRegister, kClinic, scene_.today, 1, false, {}, documents_});
    if (overtaken) model_.Do({Act::kCancel, kClinic, scene_.today, 1, false, {}});
    return scene_.story.Agrees(NameOf(Act::kRegister), kClinic, "OK", "OK") &&
           LooksLikeTheModel(kClinic);
  }

  Deed ChooseDeed() {
    static const std::string kPharmacies[] = {kPharmacy, kOtherPharmacy};
    Deed deed = ChooseWhatMayBeDone(
        scene_.choose,
        [&] {
          return prescription::ChooseDeed(scene_.choose, terms_, model_, kClinic, kPharmacies,
                                          scene_.today);
        },
        [&](const Deed& one) { return Model(model_).Do(one) == "OK"; });
    if (deed.act == Act::kChange) deed.document = ++documents_;
    return deed;
  }

  bool Step(const Deed& deed) {
    const bool of_document = deed.act == Act::kDispense || deed.act == Act::kChangeResult;
    if (of_document && !life_.WasAccepted()) return true;
    const std::string expected = model_.Do(deed);
    const bool listed = deed.act == Act::kAccept && scene_.choose(3) == 0;
    if (listed && !CheckIn(deed.facility)) return false;
    const std::string answered =
        listed ? life_.AcceptListed(deed.facility, contexts_[deed.facility], model_)
               : life_.Ask(deed, model_);
    return scene_.story.Agrees(listed ? kAcceptListed : NameOf(deed.act), deed.facility, expected,
                               answered) &&
           LooksLikeTheModel(deed.facility);
  }

  // The person shows the card; by then the insurer has told who it is.
  bool CheckIn(const std::string& pharmacy) {
    if (contexts_.count(pharmacy) > 0) return true;
    eligibility::v1::LoadInsuredRequest known;
    known.set_file(scene_.person.InsurerFile());
    const auto loaded =
        scene_.client.Insist(kInsurer, &eligibility::v1::Eligibility::Stub::LoadInsured, known);
    eligibility::v1::CheckInRequest request;
    *request.mutable_check()->mutable_identity() = scene_.person.Identity();
    request.mutable_check()->set_birth_date(scene_.person.BirthDate());
    request.add_consented(access::v1::SCOPE_PRESCRIPTION);
    request.set_source(access::v1::CONTEXT_SOURCE_CARD_READER);
    const auto checked =
        scene_.client.Insist(pharmacy, &eligibility::v1::Eligibility::Stub::CheckIn, request);
    if (!loaded.ok() || !checked.ok() || checked->care_context().empty()) {
      return scene_.story.Holds(absl::StrCat("not checked in: ", OutcomeOf(loaded.status()), ", ",
                                             OutcomeOf(checked.status())));
    }
    contexts_[pharmacy] = checked->care_context();
    return true;
  }

  bool LooksLikeTheModel(const std::string& facility) {
    if (!scene_.story.Holds(life_.Compare(model_))) return false;
    const auto context = contexts_.find(facility);
    return context == contexts_.end() || scene_.story.Holds(CompareList(facility, context->second));
  }

  // The prescription is the only one of this person.
  std::string CompareList(const std::string& pharmacy, const std::string& context) {
    const auto seen = scene_.client.Insist(pharmacy, &v1::FacilityPrescriptions::Stub::ListOpen,
                                           v1::ListOpenRequest(), context);
    if (!seen.ok()) return absl::StrCat("list: ", OutcomeOf(seen.status()));
    std::string found, expected;
    for (const auto& one : seen->prescriptions()) {
      absl::StrAppend(&found, one.prescription_id(), " ", v1::Status_Name(one.status()), " ",
                      one.use(), " ", one.held(), "\n");
    }
    const std::string status = model_.Status(scene_.today);
    if (status == "REGISTERED" || status == "IN_DISPENSING") {
      absl::StrAppend(&expected, life_.id(), " STATUS_", status, " ", model_.Results() + 1, " ",
                      model_.Holder() == pharmacy, "\n");
    }
    if (found == expected) return "";
    return absl::StrCat("listed at ", pharmacy, ": ", found, "  in the model: ", expected);
  }

  Scene scene_;
  const Terms terms_;
  Life life_;
  Model model_;
  std::map<std::string, std::string> contexts_;  // by pharmacy
  int documents_ = 0;
};

}  // namespace

std::vector<std::string> ActsOnOne() {
  std::vector<std::string> acts(1, kAcceptListed);
  for (int act = 0; act <= static_cast<int>(Act::kCancelResult); ++act) {
    acts.push_back(NameOf(static_cast<Act>(act)));
  }
  return acts;
}

bool WalkOne(Scene scene) { return Walk(scene).Go(); }

}  // namespace tsunagu::fault
