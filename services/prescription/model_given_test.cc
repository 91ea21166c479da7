// given.h does what the model does, whatever the order of commands, facilities and papers.
#include "services/prescription/model_given.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"
#include "services/prescription/given.h"
#include "tsunagu/prescription/v1/given.pb.h"
#include "tsunagu/prescription/v1/kinds_events.pb.h"

namespace tsunagu::prescription::model {
namespace {

constexpr char kSubject[] = "12ab00000000000000000000000000aa";
const absl::CivilDay kDay(2026, 4, 29);

rc::Gen<GivenDeed> Deeds() {
  return rc::gen::exec([] {
    GivenDeed deed;
    deed.act = *rc::gen::weightedElement<GivenAct>(
        {{3, GivenAct::kRegister}, {3, GivenAct::kChange}, {2, GivenAct::kCancel}});
    deed.facility = absl::StrCat("131111111", *rc::gen::inRange(0, 2));
    deed.paper = {*rc::gen::inRange(0, 3), kDay + *rc::gen::weightedElement<int>({{4, 0}, {1, 1}})};
    deed.record = *rc::gen::inRange<size_t>(0, 4);
    return deed;
  });
}

// What the service makes of given.h: a record's id is that of its first paper.
class States {
 public:
  std::string Do(const GivenDeed& deed, const GivenDrugs& model) {
    const std::string paper = IdOf(deed.facility, deed.paper);
    std::string id = paper;
    if (deed.act != GivenAct::kRegister) {
      if (deed.record >= model.Records().size()) return "GIVEN_NOT_FOUND";
      const GivenRecord& record = model.Records()[deed.record];
      id = IdOf(record.facility, record.first);
    }
    const auto event = DecideGiven(states_[id], CommandOf(deed, paper), deed.facility);
    if (!event.ok()) return ReasonOf(event.status());
    if (deed.act != GivenAct::kCancel && StandsElsewhere(paper, id)) return "GIVEN_EXISTS";
    google::protobuf::Timestamp now;
    now.set_seconds(++now_);
    RC_ASSERT(AbsorbGiven(*event, kSubject, now, states_[id]));
    if (!event->changed().record_id().empty()) {
      as_[paper].set_given_id(id);
      *as_[paper].mutable_registered_at() = states_[id].registered_at();
    }
    return "OK";
  }

  // "" unless it stands; else the number of the present paper, as its only drug.
  std::string Seen(const GivenRecord& record) const {
    const v1::Given& state = states_.at(IdOf(record.facility, record.first));
    return state.status() == v1::GIVEN_STATUS_REGISTERED ? state.drugs(0).code() : "";
  }

 private:
  static std::string IdOf(const std::string& facility, const Paper& paper) {
    return absl::StrCat(facility, "/", paper.number, "/", national::FormatDay(paper.given_on));
  }

  static GivenCommand CommandOf(const GivenDeed& deed, const std::string& paper) {
    v1::GivenEvent::Content content;
    content.set_given_on(national::FormatDay(deed.paper.given_on));
    content.add_drugs()->set_code(absl::StrCat(deed.paper.number));
    if (deed.act == GivenAct::kCancel) return CancelGiven{};
    if (deed.act == GivenAct::kChange) {
      content.set_record_id(paper);
      return ChangeGiven{content};
    }
    content.set_given_id(paper);
    content.set_facility(deed.facility);
    return RegisterGiven{content};
  }

  bool StandsElsewhere(const std::string& paper, const std::string& id) {
    for (const std::string& one : {paper, as_[paper].given_id()}) {
      if (one != id && StandsAs(paper, as_[paper], states_[one])) return true;
    }
    return false;
  }

  std::map<std::string, v1::Given> states_;
  std::map<std::string, v1::GivenAs> as_;
  int64_t now_ = 0;
};

// RX-484 to RX-486
RC_GTEST_PROP(ModelGivenTest, TheDecisionsAreThoseOfTheModel, ()) {
  GivenDrugs model;
  States states;
  for (const GivenDeed& deed :
       *rc::gen::scale(2.0, rc::gen::container<std::vector<GivenDeed>>(Deeds()))) {
    const std::string reason = states.Do(deed, model);
    RC_ASSERT(reason == model.Do(deed));
    for (const GivenRecord& record : model.Records()) {
      RC_ASSERT(states.Seen(record) ==
                (record.papers.empty() ? "" : absl::StrCat(record.papers.back().number)));
    }
    RC_CLASSIFY(reason == "OK" && deed.act == GivenAct::kChange, "changed");
    RC_CLASSIFY(reason == "GIVEN_EXISTS", "stands already");
  }
}

}  // namespace
}  // namespace tsunagu::prescription::model
