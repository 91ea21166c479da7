// For tests: what may happen to a prescription, told a second time and in another way than
// prescription.h does. Only what happened is kept, what is undone is struck out, and every answer
// is worked out from the list.
#ifndef SERVICES_PRESCRIPTION_MODEL_H_
#define SERVICES_PRESCRIPTION_MODEL_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"

namespace tsunagu::prescription::model {

enum class Act {
  kRegister,
  kChange,
  kCancel,
  kUndoCancel,
  kUndoChange,
  kAccept,
  kRelease,
  kCollect,
  kUndoCollect,
  kDispense,
  kChangeResult,
  kCancelResult,
};

std::string NameOf(Act act);  // in words

struct Deed {
  Act act = Act::kRegister;
  std::string facility;
  absl::CivilDay day;
  // Of kDispense and kChangeResult.
  int use = 1;
  bool more = false;
  std::optional<absl::CivilDay> next_on;
  int document = 0;  // of kRegister and kChange: which one it brings
};

// How often it may be dispensed; `total` is 1 unless it is a refill or in parts.
struct Terms {
  absl::CivilDay use_by;
  int total = 1;
  bool refill = false;
};

// One prescription.
class Model {
 public:
  explicit Model(Terms terms) : terms_(terms) {}

  // "OK", and it has happened; or the reason of the refusal.
  std::string Do(const Deed& deed);

  std::string Status(absl::CivilDay today) const;  // as in v1::Status, without STATUS_
  std::string Holder() const;                      // empty: nobody
  int Document() const;                            // the one that was registered or changed to
  // The first day on which the next use may be accepted; nothing: that does not depend on a day.
  std::optional<absl::CivilDay> AcceptFrom() const;
  int Results() const { return static_cast<int>(results_.size()); }  // that stand
  bool EverDispensed() const { return ever_dispensed_; }
  const Terms& terms() const { return terms_; }

 private:
  bool Was(Act act) const { return !deeds_.empty() && deeds_.back().act == act; }
  bool IsHeld() const { return Was(Act::kAccept); }
  bool IsOpen(absl::CivilDay day) const;
  std::string Judge(const Deed& deed) const;
  std::string JudgeIssuer(const Deed& deed) const;
  std::string JudgeAccept(const Deed& deed) const;
  std::string JudgeHolder(const Deed& deed) const;
  std::string JudgeNewestResult(const Deed& deed) const;
  std::string JudgeUse(const Deed& deed, int due) const;
  void Strike(const Deed& deed);

  const Terms terms_;
  // The first is the registration, then what still stands: a change, and at the end what the
  // prescription is at: accepted, dispensed, cancelled or collected.
  std::vector<Deed> deeds_;
  std::vector<Deed> results_;
  bool ever_dispensed_ = false;
  bool struck_result_ = false;  // the result of the use that is due
  bool fresh_ = false;          // nothing happened since the last deed of the list
};

}  // namespace tsunagu::prescription::model

#endif  // SERVICES_PRESCRIPTION_MODEL_H_
