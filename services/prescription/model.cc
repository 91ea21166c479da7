#include "services/prescription/model.h"

#include <algorithm>

namespace tsunagu::prescription::model {

std::string NameOf(Act act) {
  static constexpr const char* kNames[] = {
      "register",        "change",   "cancel",           "undo of cancel",
      "undo of change",  "accept",   "release",          "collect",
      "undo of collect", "dispense", "change of result", "cancel of result"};
  return kNames[static_cast<size_t>(act)];
}

bool Model::IsOpen(absl::CivilDay day) const {
  if (results_.empty()) return day <= terms_.use_by;
  if (!terms_.refill) return day <= results_.back().day + 365;
  const absl::CivilDay next = *results_.back().next_on;
  return day >= next - 7 && day <= next + 7;
}

std::string Model::Status(absl::CivilDay today) const {
  if (deeds_.empty()) return "UNSPECIFIED";
  if (Was(Act::kCancel)) return "CANCELLED";
  if (Was(Act::kCollect)) return "COLLECTED";
  if (IsHeld()) return "IN_DISPENSING";
  if (Was(Act::kDispense)) return "DISPENSED";
  const bool early = !IsOpen(today) && !results_.empty() && today < *results_.back().next_on;
  return IsOpen(today) || early ? "REGISTERED" : "EXPIRED";
}

std::string Model::Holder() const {
  const bool held = IsHeld() || Was(Act::kCollect) || Was(Act::kDispense);
  return held ? deeds_.back().facility : "";
}

int Model::Document() const {
  const auto brought = std::find_if(deeds_.rbegin(), deeds_.rend(), [](const Deed& deed) {
    return deed.act == Act::kRegister || deed.act == Act::kChange;
  });
  return brought == deeds_.rend() ? 0 : brought->document;
}

std::optional<absl::CivilDay> Model::AcceptFrom() const {
  const bool again = terms_.refill && !results_.empty() && results_.back().more;
  if (!again) return std::nullopt;
  return *results_.back().next_on - 7;
}

std::string Model::JudgeIssuer(const Deed& deed) const {
  if (deeds_.empty() || deeds_.front().facility != deed.facility) return "PRESCRIPTION_NOT_FOUND";
  if (deed.act == Act::kUndoCancel) return Was(Act::kCancel) && fresh_ ? "OK" : "NOT_UNDOABLE";
  if (deed.act == Act::kUndoChange) return Was(Act::kChange) && fresh_ ? "OK" : "NOT_UNDOABLE";
  if (Was(Act::kCancel)) return "CANCELLED";
  if (!Holder().empty() || !results_.empty()) return "ALREADY_ACCEPTED";
  if (deed.act == Act::kChange && deed.day > terms_.use_by) return "EXPIRED";
  return "OK";
}

std::string Model::JudgeAccept(const Deed& deed) const {
  if (deeds_.empty()) return "PRESCRIPTION_NOT_FOUND";
  if (Was(Act::kCancel)) return "CANCELLED";
  if (Was(Act::kCollect)) return "COLLECTED";
  if (Was(Act::kDispense)) return Holder() == deed.facility ? "RESULT_EXISTS" : "ALREADY_DISPENSED";
  if (IsHeld()) return Holder() == deed.facility ? "OK" : "TAKEN";
  if (IsOpen(deed.day)) return "OK";
  if (results_.empty()) return "EXPIRED";
  return deed.day < *results_.back().next_on ? "TOO_EARLY" : "TOO_LATE";
}

std::string Model::JudgeUse(const Deed& deed, int due) const {
  if (deed.use != due) return "WRONG_USE";
  if (due > terms_.total || (due == terms_.total && deed.more)) return "OVER_LIMIT";
  if (terms_.refill && deed.more && !deed.next_on.has_value()) return "NEXT_DATE_REQUIRED";
  const bool part = terms_.total > 1 && !terms_.refill;
  return part && due < terms_.total && !deed.more ? "WRONG_USE" : "OK";
}

std::string Model::JudgeHolder(const Deed& deed) const {
  if (deeds_.empty()) return "PRESCRIPTION_NOT_FOUND";
  if (Holder() != deed.facility) return "NOT_HOLDER";
  if (deed.act == Act::kUndoCollect) return Was(Act::kCollect) ? "OK" : "NOT_UNDOABLE";
  if (Was(Act::kCollect)) return "COLLECTED";
  if (deed.act == Act::kRelease) return ever_dispensed_ || struck_result_ ? "EVER_DISPENSED" : "OK";
  if (Was(Act::kDispense)) return "RESULT_EXISTS";
  return deed.act == Act::kDispense ? JudgeUse(deed, Results() + 1) : "OK";
}

std::string Model::JudgeNewestResult(const Deed& deed) const {
  if (deeds_.empty()) return "PRESCRIPTION_NOT_FOUND";
  if (results_.empty() || results_.back().facility != deed.facility) return "NOT_HOLDER";
  if (IsHeld() || Was(Act::kCollect)) return "RESULT_SETTLED";
  if (deed.act == Act::kCancelResult) return "OK";
  const std::string use = JudgeUse(deed, Results());
  if (use != "OK") return use;
  return deed.more == results_.back().more ? "OK" : "WRONG_USE";
}

std::string Model::Judge(const Deed& deed) const {
  switch (deed.act) {
    case Act::kRegister:
      return deeds_.empty() ? "OK" : "PRESCRIPTION_EXISTS";
    case Act::kAccept:
      return JudgeAccept(deed);
    case Act::kChange:
    case Act::kCancel:
    case Act::kUndoCancel:
    case Act::kUndoChange:
      return JudgeIssuer(deed);
    case Act::kChangeResult:
    case Act::kCancelResult:
      return JudgeNewestResult(deed);
    default:
      return JudgeHolder(deed);
  }
}

// What is struck out, or put in the place of what was there.
void Model::Strike(const Deed& deed) {
  fresh_ = false;
  if (deed.act == Act::kChangeResult) {
    results_.back() = deed;
    return;
  }
  if (deed.act == Act::kCancelResult) {
    results_.pop_back();
    if (!Was(Act::kDispense)) deeds_.push_back(deed);
    deeds_.back().act = Act::kAccept;
    return;
  }
  if (deed.act == Act::kUndoCollect) {
    deeds_.back().act = Act::kAccept;
    return;
  }
  deeds_.pop_back();
}

std::string Model::Do(const Deed& deed) {
  std::string reason = Judge(deed);
  if (reason != "OK") return reason;
  switch (deed.act) {
    case Act::kAccept:
      if (IsHeld()) return reason;
      [[fallthrough]];
    case Act::kRegister:
    case Act::kChange:
    case Act::kCancel:
      deeds_.push_back(deed);
      fresh_ = true;
      return reason;
    case Act::kCollect:
      deeds_.back().act = deed.act;
      fresh_ = true;
      return reason;
    case Act::kDispense:
      results_.push_back(deed);
      struck_result_ = false;
      if (deed.more) {
        deeds_.pop_back();
        fresh_ = false;
      } else {
        deeds_.back().act = deed.act;
        ever_dispensed_ = true;
      }
      return reason;
    default:
      struck_result_ |= deed.act == Act::kCancelResult;
      Strike(deed);
      return reason;
  }
}

}  // namespace tsunagu::prescription::model
