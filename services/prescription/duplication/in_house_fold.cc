#include "services/prescription/duplication/in_house_fold.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/platform/journal/published.h"
#include "services/platform/national/jst.h"
#include "services/prescription/duplication/projection.h"
#include "tsunagu/medication/v1/events.pb.h"
#include "tsunagu/prescription/v1/taking.pb.h"

namespace tsunagu::prescription::duplication {
namespace {

using tsunagu::medication::v1::MonthChanged;

using Change = journal::PublicChange<MonthChanged>;
using Month = v1::TakingInHouse::Month;

constexpr size_t kMonthDigits = 6;

std::optional<Change> Read(const journal::Record& record) {
  auto change = journal::ReadPublished<MonthChanged>(record);
  if (!change.has_value() || change->event.month().size() != kMonthDigits ||
      !national::ParseMonth(change->event.month()).has_value() ||
      change->published.aggregate() !=
          absl::StrCat("month/", change->published.subject(), "/", change->event.month())) {
    return std::nullopt;
  }
  return change;
}

Month MonthOf(const Change& change) {
  Month month;
  month.set_month(change.event.month());
  month.set_version(change.published.version());
  for (const auto& dispensing : change.event.dispensings()) {
    if (!dispensing.in_house() || dispensing.inpatient()) continue;
    v1::TakingItem& item = *month.add_items();
    item.set_start(dispensing.dispensed_on());
    item.set_issuer(dispensing.facility());
    *item.mutable_drugs() = dispensing.drugs();
  }
  return month;
}

// The last month that is over so long before the change that no day of it is kept.
std::string LastDropped(const Change& change) {
  const absl::Time decided = absl::FromUnixSeconds(change.published.decided_at().seconds());
  const absl::CivilDay oldest = national::JstDay(decided) - kKeptDays;
  return national::FormatMonth(absl::CivilMonth(oldest) - 1);
}

}  // namespace

std::vector<std::string> InHouseFolder::Touches(const journal::Record& record) const {
  const auto change = Read(record);
  if (!change.has_value()) return {};
  return {TakingName(change->published.subject())};
}

journal::Verdict InHouseFolder::Apply(const journal::Record& record, journal::States& states,
                                      journal::Publications&) const {
  const auto change = Read(record);
  if (!change.has_value()) return journal::Verdict::kUndecodable;
  const std::string name = TakingName(change->published.subject());
  auto taking = states.GetAs<v1::TakingInHouse>(name);
  auto& months = *taking.mutable_months();
  const auto is_it = [&](const Month& month) { return month.month() == change->event.month(); };
  const auto known = std::find_if(months.begin(), months.end(), is_it);
  if (known != months.end() && known->version() >= change->published.version()) {
    return journal::Verdict::kAccepted;
  }
  const std::string dropped = LastDropped(*change);
  months.erase(
      std::remove_if(months.begin(), months.end(),
                     [&](const Month& month) { return is_it(month) || month.month() <= dropped; }),
      months.end());
  if (change->event.month() > dropped) *months.Add() = MonthOf(*change);
  std::sort(months.begin(), months.end(),
            [](const Month& a, const Month& b) { return a.month() < b.month(); });
  if (taking.months().empty() && states.Get(name).empty()) return journal::Verdict::kAccepted;
  states.PutMessage(name, taking);
  return journal::Verdict::kAccepted;
}

}  // namespace tsunagu::prescription::duplication
