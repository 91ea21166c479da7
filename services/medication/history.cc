#include "services/medication/history.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/string_view.h"
#include "services/medication/errors.h"
#include "services/platform/drug_master/lookup.h"
#include "services/platform/national/jst.h"
#include "services/platform/national/same_drugs.h"
#include "services/platform/national/usage.h"

namespace tsunagu::medication {
namespace {

using tsunagu::common::v1::Drug;
using tsunagu::medication::v1::Dispensing;
using tsunagu::medication::v1::SOURCE_DISPENSING;
using tsunagu::medication::v1::SOURCE_RECEIPT;

// Dispenser, day of dispensing, prescriber, day of issue.
using Occasion = std::tuple<std::string, std::string, std::string, std::string>;

// Nothing when one of them is not stated: what only might be the same is not. Receipts do not state
// of drugs in house who prescribed them when: it is the facility, on that day (RX-497).
std::optional<Occasion> OccasionOf(const Dispensing& dispensing) {
  if (dispensing.in_house() && !dispensing.facility().empty() &&
      !dispensing.dispensed_on().empty()) {
    return Occasion{dispensing.facility(), dispensing.dispensed_on(), "in house", ""};
  }
  if (dispensing.facility().empty() || dispensing.dispensed_on().empty() ||
      dispensing.prescriber().empty() || dispensing.prescribed_on().empty()) {
    return std::nullopt;
  }
  return Occasion{dispensing.facility(), dispensing.dispensed_on(), dispensing.prescriber(),
                  dispensing.prescribed_on()};
}

// Finds the dispensings of e-prescriptions that a receipt stands for (MH-111). Points into what it
// was made from.
class Receipts {
 public:
  explicit Receipts(const std::vector<Dispensing>& dispensings) {
    for (const Dispensing& one : dispensings) {
      const auto occasion = OccasionOf(one);
      if (!occasion.has_value()) continue;
      if (one.source() == SOURCE_RECEIPT) receipts_[*occasion].push_back(&one);
      if (one.source() == SOURCE_DISPENSING) {
        prescriptions_[*occasion].insert(one.prescription_id());
      }
    }
  }

  bool StandFor(const Dispensing& dispensing) const {
    const auto occasion = OccasionOf(dispensing);
    if (dispensing.source() != SOURCE_DISPENSING || !occasion.has_value()) return false;
    const auto found = receipts_.find(*occasion);
    if (found == receipts_.end() || prescriptions_.at(*occasion).size() > 1) return false;
    return std::ranges::any_of(found->second, [&dispensing](const Dispensing* receipt) {
      return national::HoldsAll(receipt->drugs(), dispensing.drugs());
    });
  }

 private:
  std::map<Occasion, std::vector<const Dispensing*>> receipts_;
  std::map<Occasion, std::set<std::string>> prescriptions_;  // the ids of those dispensed
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
  const Receipts receipts(dispensings);
  std::vector<Dispensing*> unmatched;
  for (Dispensing& dispensing : dispensings) {
    if (!receipts.StandFor(dispensing)) unmatched.push_back(&dispensing);
  }
  std::vector<Sorted> kept;
  for (Dispensing* dispensing : unmatched) kept.emplace_back(std::move(*dispensing));
  std::sort(kept.begin(), kept.end());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  dispensings.clear();
  for (Sorted& sorted : kept) dispensings.push_back(std::move(sorted.dispensing));
  return dispensings;
}

void AddWords(const drug_master::DrugMaster* drugs, Dispensing& dispensing) {
  for (Drug& drug : *dispensing.mutable_drugs()) {
    national::AddUsageText(drug);
    if (drugs == nullptr || !drug.name().empty()) continue;
    const auto found = drug_master::FindDrug(*drugs, drug, DayOf(dispensing));
    if (!found.has_value()) continue;
    drug.set_name(std::string(found->name));
    if (drug.unit().empty()) drug.set_unit(std::string(found->unit));
  }
}

}  // namespace tsunagu::medication
