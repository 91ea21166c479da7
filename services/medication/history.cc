#include "services/medication/history.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/string_view.h"
#include "services/medication/errors.h"
#include "services/platform/national/jst.h"

namespace tsunagu::medication {
namespace {

using tsunagu::medication::v1::Dispensing;
using tsunagu::medication::v1::SOURCE_DISPENSING;
using tsunagu::medication::v1::SOURCE_PRESCRIPTION;
using tsunagu::medication::v1::SOURCE_RECEIPT;

// An institution and a day.
using Place = std::pair<std::string, std::string>;

// What a more authoritative source has said.
class Said {
 public:
  explicit Said(const std::vector<Dispensing>& dispensings) {
    for (const Dispensing& said : dispensings) {
      if (said.source() != SOURCE_RECEIPT) continue;
      receipts_[{said.facility(), said.dispensed_on()}].insert(said.prescriber());
      // Not what a pharmacy has reported of an e-prescription: that takes the place of its own
      // prescription, and another one of the same prescriber and day is still to be dispensed.
      dispensed_.insert({said.prescriber(), said.prescribed_on()});
    }
  }

  bool Better(const Dispensing& than) const {
    if (than.source() == SOURCE_DISPENSING) return HasReceipt(than);
    return than.source() == SOURCE_PRESCRIPTION && !than.prescriber().empty() &&
           !than.prescribed_on().empty() &&
           dispensed_.contains({than.prescriber(), than.prescribed_on()});
  }

 private:
  // A pharmacy's receipts come one per prescribing institution: one of them says nothing about
  // what the pharmacy dispensed for another. Where a prescriber is not known, it may be the same.
  bool HasReceipt(const Dispensing& dispensing) const {
    const auto found = receipts_.find({dispensing.facility(), dispensing.dispensed_on()});
    if (found == receipts_.end()) return false;
    return dispensing.prescriber().empty() || found->second.contains("") ||
           found->second.contains(dispensing.prescriber());
  }

  std::map<Place, std::set<std::string>> receipts_;  // by dispenser: the prescribers
  std::set<Place> dispensed_;                        // by prescriber
};

// A dispensing with what it is sorted by.
struct Sorted {
  explicit Sorted(Dispensing d) : dispensing(std::move(d)) {
    bytes = dispensing.SerializeAsString();
  }
  auto Key() const {
    return std::make_tuple(static_cast<int>(dispensing.source()),
                           absl::string_view(dispensing.facility()),
                           absl::string_view(dispensing.prescriber()), absl::string_view(bytes));
  }
  bool operator<(const Sorted& other) const {
    const std::string &day = DayOf(dispensing), &other_day = DayOf(other.dispensing);
    return day == other_day ? Key() < other.Key() : day > other_day;
  }
  bool operator==(const Sorted& other) const { return bytes == other.bytes; }

  Dispensing dispensing;
  std::string bytes;
};

// The month of a field; nothing when it is unset or wrong.
std::optional<absl::CivilMonth> ReadMonth(const std::string& text, const char* field,
                                          std::vector<WrongField>& wrong) {
  constexpr size_t kMonthDigits = 6;
  if (text.empty()) return std::nullopt;
  const auto month = text.size() == kMonthDigits ? national::ParseMonth(text) : std::nullopt;
  if (!month.has_value()) wrong.push_back({field, "is no month: YYYYMM"});
  return month;
}

}  // namespace

absl::StatusOr<MonthRange> RangeOf(const tsunagu::medication::v1::GetHistoryRequest& request,
                                   absl::CivilDay today) {
  const absl::CivilMonth now(today);
  std::vector<WrongField> wrong;
  const auto from = ReadMonth(request.from_month(), "from_month", wrong);
  const auto to = ReadMonth(request.to_month(), "to_month", wrong);
  if (!wrong.empty()) return MonthsOutOfRange(wrong);
  if (from.has_value() && to.has_value() && *from > *to) {
    return MonthsOutOfRange({{"from_month", "is after to_month"}});
  }
  if (from.has_value() && *from > now) return MonthsToCome();
  MonthRange range;
  range.to = std::min(to.value_or(now), now);
  range.from = from.value_or(range.to - (kDefaultMonths - 1));
  if (range.to - range.from + 1 > kMaxMonths) {
    return MonthsOutOfRange({{"from_month", "is more than 59 months before the last month"}});
  }
  return range;
}

const std::string& DayOf(const Dispensing& dispensing) {
  return dispensing.dispensed_on().empty() ? dispensing.prescribed_on() : dispensing.dispensed_on();
}

bool IsIn(const MonthRange& range, const Dispensing& dispensing) {
  const auto day = national::ParseDay(DayOf(dispensing));
  return day.has_value() && absl::CivilMonth(*day) >= range.from &&
         absl::CivilMonth(*day) <= range.to;
}

std::vector<Dispensing> Merge(std::vector<Dispensing> dispensings) {
  const Said said(dispensings);
  std::vector<Sorted> kept;
  for (Dispensing& dispensing : dispensings) {
    if (!said.Better(dispensing)) kept.emplace_back(std::move(dispensing));
  }
  std::sort(kept.begin(), kept.end());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  dispensings.clear();
  for (Sorted& sorted : kept) dispensings.push_back(std::move(sorted.dispensing));
  return dispensings;
}

void AddNames(const drug_master::DrugMaster& drugs, Dispensing& dispensing) {
  constexpr int kReceiptCode = 2;  // 薬品コード種別: レセプト電算コード
  const auto day = national::ParseDay(DayOf(dispensing));
  if (!day.has_value()) return;
  for (auto& drug : *dispensing.mutable_drugs()) {
    if (!drug.name().empty() || drug.code_kind() != kReceiptCode) continue;
    const auto found = drugs.Find(drug.code(), *day);
    if (!found.has_value()) continue;
    drug.set_name(std::string(found->name));
    if (drug.unit().empty()) drug.set_unit(std::string(found->unit));
  }
}

}  // namespace tsunagu::medication
