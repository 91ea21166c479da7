#include "services/prescription/test_model.h"

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"

namespace tsunagu::prescription::model {
namespace {

constexpr int kDaysOfUse = 4;  // the day of issue is the first

Event::Registered ContentOf(const Deed& deed, const Terms& terms) {
  Event::Registered content;
  content.set_issued_on(national::FormatDay(terms.use_by - kDaysOfUse + 1));
  content.set_use_by(national::FormatDay(terms.use_by));
  content.set_fingerprint(absl::StrCat(deed.document));
  if (terms.total > 1) {
    content.mutable_course()->set_total(terms.total);
    content.mutable_course()->set_kind(terms.refill ? v1::Course::KIND_REFILL
                                                    : v1::Course::KIND_SPLIT);
  }
  return content;
}

Event::Dispensed ResultOf(const Deed& deed) {
  Event::Dispensed result;
  result.set_result_id("result");
  result.set_use(deed.use);
  result.set_more(deed.more);
  result.set_dispensed_on(national::FormatDay(deed.day));
  if (deed.next_on.has_value()) result.set_next_on(national::FormatDay(*deed.next_on));
  return result;
}

}  // namespace

Command ToCommand(const Deed& deed, const Terms& terms) {
  switch (deed.act) {
    case Act::kRegister: {
      Register command{ContentOf(deed, terms)};
      command.event.set_prescription_id(kFirstId);
      return command;
    }
    case Act::kChange:
      return Change{ContentOf(deed, terms)};
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
      return Dispense{ResultOf(deed)};
    case Act::kChangeResult:
      return ChangeResult{ResultOf(deed)};
    case Act::kCancelResult:
      return CancelResult{};
  }
  return Accept{};
}

std::string Seen(const State& state, absl::CivilDay day) {
  return absl::StrCat(v1::Status_Name(StatusOn(state, day)), " ", state.holder(), " ",
                      state.results_size(), " ", state.ever_dispensed(), " ", state.open_from(),
                      " ", state.id().empty() ? "0" : state.fingerprint());
}

std::string Seen(const Model& model, absl::CivilDay day) {
  const auto from = model.AcceptFrom();
  return absl::StrCat("STATUS_", model.Status(day), " ", model.Holder(), " ", model.Results(), " ",
                      model.EverDispensed(), " ",
                      from.has_value() ? national::FormatDay(*from) : "", " ", model.Document());
}

}  // namespace tsunagu::prescription::model
