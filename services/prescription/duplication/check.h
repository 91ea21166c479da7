// 重複投薬等チェック: what the drugs of a draft do to those that the person takes. Pure.
#ifndef SERVICES_PRESCRIPTION_DUPLICATION_CHECK_H_
#define SERVICES_PRESCRIPTION_DUPLICATION_CHECK_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "services/platform/drug_master/master.h"
#include "services/prescription/duplication/ingredient.h"
#include "services/prescription/duplication/pairs.h"
#include "services/prescription/duplication/taking.h"
#include "tsunagu/common/v1/common.pb.h"
#include "tsunagu/prescription/v1/alert.pb.h"
#include "tsunagu/prescription/v1/taking.pb.h"

namespace tsunagu::prescription::duplication {

// RX-406
inline constexpr int kDefaultLookBackDays = 100;

// RX-425: drugs of a draft that is checked without consent. What it names is told as taken or not,
// so a longer one would ask for all that a person takes.
inline constexpr size_t kMaxDrugsWithoutConsent = 30;

// What drugs are compared with. Null: receipt codes are not looked up, pairs not looked for.
struct Tables {
  const drug_master::DrugMaster* master = nullptr;
  const PairTable* pairs = nullptr;
};

struct Options {
  absl::CivilDay today;
  int look_back_days = kDefaultLookBackDays;
  bool own_facility = false;
  std::string prescriber;        // the facility that prescribes the draft
  std::string own_prescription;  // id of the prescription that the draft is, or replaces
};

// All of it must outlive what comes of it.
struct Draft {
  absl::Span<const tsunagu::common::v1::Drug* const> drugs;
  absl::Span<const v1::AcceptedAlert* const> accepted;
};
using Items = std::vector<const v1::TakingItem*>;

// A drug that is being taken today.
struct Taken {
  const v1::TakingItem* item;
  const tsunagu::common::v1::Drug* drug;
  Period period;
  std::string ingredient;
};

struct Hit {
  const Taken* taken;
  int overlap;  // days, from today
};

// As v1::AlertGroup.
struct Group {
  v1::AlertCategory category;
  std::string ingredient;
  std::string other;           // of a pair
  const Pair* pair = nullptr;  // the same
  std::vector<const tsunagu::common::v1::Drug*> drugs;
  std::vector<Hit> past;                        // ranked
  const v1::AcceptedAlert* accepted = nullptr;  // with the prescriber's reason
};

struct Obstructed {
  const tsunagu::common::v1::Drug* drug;
  Obstacle obstacle;
};

// Views into draft, items and tables, and of groups into `taken`: it moves, but is not copied.
struct Result {
  Result() = default;
  Result(Result&&) = default;
  Result(const Result&) = delete;

  std::vector<Taken> taken;   // what was compared with
  std::vector<Group> groups;  // ranked (RX-417)
  std::vector<Obstructed> not_compared;
  int past_not_compared = 0;
  int left_out = 0;
};

// The drugs that are being taken today: not of what has lapsed, nor begun before the look-back.
// Of `result` fills what is not about the draft.
void FindTaken(const Items& items, const Tables& tables, const Options& options, Result& result);

Result Check(const Draft& draft, const Items& items, const Tables& tables, const Options& options);

// The first day that is compared (RX-406).
inline absl::CivilDay LookBackFrom(const Options& options) {
  return options.today - options.look_back_days;
}

}  // namespace tsunagu::prescription::duplication

#endif  // SERVICES_PRESCRIPTION_DUPLICATION_CHECK_H_
