#include "tests/fault/walk_given.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/national/jst.h"
#include "services/prescription/model.h"
#include "services/prescription/model_given.h"
#include "services/prescription/test_documents.h"
#include "services/prescription/test_walk.h"
#include "tsunagu/prescription/v1/given.grpc.pb.h"

namespace tsunagu::fault {
namespace {

using prescription::model::Act;
using prescription::model::GivenAct;
using prescription::model::GivenDeed;
using prescription::model::GivenDrugs;
using prescription::model::GivenRecord;
using prescription::model::Paper;
namespace v1 = prescription::v1;
using Stub = v1::GivenDrugs::Stub;

constexpr int kSteps = 25;
constexpr int kPapers = 4;  // few, so that one is often handed in that stands already

// The clinic gives in house; the pharmacies dispense from paper without a number.
const std::string kFacilities[] = {kClinic, kPharmacy, kOtherPharmacy};

class Walk {
 public:
  explicit Walk(Scene scene) : scene_(scene) {}

  bool Go() {
    for (int step = 0; step < kSteps; ++step) {
      if (!Take(ChooseDeed())) return false;
    }
    return true;
  }

 private:
  GivenDeed Draw() {
    static constexpr GivenAct kActs[] = {GivenAct::kRegister, GivenAct::kRegister,
                                         GivenAct::kChange,   GivenAct::kChange,
                                         GivenAct::kChange,   GivenAct::kCancel};
    const int records = static_cast<int>(model_.Records().size());
    GivenDeed deed;
    deed.act = records == 0 ? GivenAct::kRegister : kActs[scene_.choose(std::ssize(kActs))];
    deed.facility = kFacilities[scene_.choose(std::ssize(kFacilities))];
    const int days_ago = scene_.choose(5) == 0 ? 1 : 0;
    deed.paper = {1 + scene_.choose(kPapers), scene_.today - days_ago};
    deed.record = records == 0 ? 0 : static_cast<size_t>(scene_.choose(records));
    return deed;
  }

  GivenDeed ChooseDeed() {
    return ChooseWhatMayBeDone(
        scene_.choose, [this] { return Draw(); },
        [this](const GivenDeed& deed) { return GivenDrugs(model_).Do(deed) == "OK"; });
  }

  bool Take(const GivenDeed& deed) {
    const size_t place = deed.act == GivenAct::kRegister ? model_.PlaceOf(deed) : deed.record;
    ids_.resize(std::max(ids_.size(), place + 1));
    const std::string answered = Ask(deed, &ids_[place]);
    const std::string by =
        absl::StrCat(deed.facility, ", record ", place, ", paper ", deed.paper.number, " of ",
                     national::FormatDay(deed.paper.given_on));
    if (!scene_.story.Agrees(NameOf(deed.act), by, model_.Do(deed), answered)) return false;
    if (!scene_.story.Holds(CompareList(deed.facility))) return false;
    return answered != "OK" || scene_.story.Holds(CompareDocument(place));
  }

  std::string Ask(const GivenDeed& deed, std::string* id) {
    switch (deed.act) {
      case GivenAct::kRegister:
        return Register(deed, id);
      case GivenAct::kChange: {
        v1::ChangeGivenRequest request;
        request.set_given_id(*id);
        request.set_insured_confirmed(true);
        request.set_document(DocumentOf(deed.facility, deed.paper));
        return Do(&Stub::ChangeGiven, deed.facility, request).outcome;
      }
      case GivenAct::kCancel: {
        v1::CancelGivenRequest request;
        request.set_given_id(*id);
        return Do(&Stub::CancelGiven, deed.facility, request).outcome;
      }
    }
    return "NO SUCH ACT";
  }

  // The same paper again is the same record.
  std::string Register(const GivenDeed& deed, std::string* id) {
    v1::RegisterGivenRequest request;
    request.set_insured_confirmed(true);
    request.set_document(DocumentOf(deed.facility, deed.paper));
    if (deed.facility != kClinic) {
      request.set_issuer(kClinic);
      request.set_issued_on(national::FormatDay(scene_.today - 2));
    }
    const auto answer = Do(&Stub::RegisterGiven, deed.facility, request);
    if (answer.outcome != "OK") return answer.outcome;
    if (!id->empty() && *id != answer.response.given_id()) return "OK, BUT AS ANOTHER RECORD";
    *id = answer.response.given_id();
    return "OK";
  }

  // No GetCommand tells of these commands: what was done is known by sending it once more.
  template <typename Request, typename Response>
  Answer<Response> Do(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                      const std::string& facility, Request request) {
    request.set_command_id(scene_.client.NewCommand());
    const auto answer = scene_.client.Insist(facility, method, request);
    if (!answer.ok()) return {OutcomeOf(answer.status()), {}};
    auto repeat = scene_.client.Insist(facility, method, request);
    if (!repeat.ok()) return {absl::StrCat("OK, THEN ", OutcomeOf(repeat.status())), {}};
    return {repeat->repeated() ? "OK" : "OK, AND ONCE MORE WHEN REPEATED", *std::move(repeat)};
  }

  std::string DocumentOf(const std::string& facility, const Paper& paper) const {
    if (facility == kClinic) {
      const std::string text =
          prescription::PrescriptionTextOf({paper.given_on + 3}, paper.number, paper.given_on);
      return xades::BuildPrescription(scene_.person.In(text), "").value();
    }
    prescription::model::Deed result;
    result.act = Act::kDispense;
    result.facility = facility;
    result.day = paper.given_on;
    const std::string text =
        prescription::Change(prescription::ResultTextOf(result, {paper.given_on + 3}),
                             "\n101,1,1,,14", absl::StrCat("\n101,1,1,,", paper.number));
    return xades::BuildDispensing({scene_.person.In(text), "", ""}).value();
  }

  std::string CompareList(const std::string& facility) {
    v1::SearchGivenRequest request;
    *request.mutable_identity() = scene_.person.Identity();
    const auto seen = scene_.client.Insist(facility, &Stub::SearchGiven, request);
    if (!seen.ok()) return absl::StrCat("search: ", OutcomeOf(seen.status()));
    std::vector<std::string> found, expected;
    for (const v1::Given& given : seen->given()) {
      found.push_back(absl::StrCat(given.id(), " ", v1::GivenStatus_Name(given.status()), " ",
                                   given.given_on()));
    }
    for (size_t place = 0; place < model_.Records().size(); ++place) {
      const GivenRecord& record = model_.Records()[place];
      if (record.facility != facility) continue;
      expected.push_back(absl::StrCat(ids_[place], " GIVEN_STATUS_",
                                      record.papers.empty() ? "CANCELLED" : "REGISTERED", " ",
                                      national::FormatDay(record.first.given_on)));
    }
    std::ranges::sort(found);
    std::ranges::sort(expected);
    if (found == expected) return "";
    return absl::StrCat("of ", facility, " are found: ", absl::StrJoin(found, ", "),
                        "; in the model: ", absl::StrJoin(expected, ", "));
  }

  // The present paper of a record that stands.
  std::string CompareDocument(size_t place) {
    const GivenRecord& record = model_.Records()[place];
    if (record.papers.empty()) return "";
    v1::GetGivenRequest request;
    request.set_given_id(ids_[place]);
    const auto seen = scene_.client.Insist(record.facility, &Stub::GetGiven, request);
    if (!seen.ok()) return absl::StrCat("read: ", OutcomeOf(seen.status()));
    const bool same = seen->document() == DocumentOf(record.facility, record.papers.back());
    return same ? ""
                : absl::StrCat("record ", place, " is not paper ", record.papers.back().number);
  }

  Scene scene_;
  GivenDrugs model_;
  std::vector<std::string> ids_;  // of the model's records
};

}  // namespace

std::vector<std::string> ActsOnGiven() {
  std::vector<std::string> acts;
  for (const GivenAct act : {GivenAct::kRegister, GivenAct::kChange, GivenAct::kCancel}) {
    acts.push_back(NameOf(act));
  }
  return acts;
}

bool WalkGiven(Scene scene) { return Walk(scene).Go(); }

}  // namespace tsunagu::fault
