#include "services/prescription/duplication/taking.h"

#include <algorithm>

#include "services/platform/national/jst.h"

namespace tsunagu::prescription::duplication {
namespace {

constexpr int kFormOral = 1;
constexpr int kMaxDays = 999;  // three digits in a record file

}  // namespace

Period PeriodOf(const tsunagu::common::v1::Drug& drug, absl::CivilDay start) {
  const bool told = drug.form() == kFormOral && drug.quantity() > 0;
  const int days = told ? std::min(drug.quantity(), kMaxDays) : kFixedDays;
  return {start, start + (days - 1), !told};
}

int DaysInBoth(const Period& a, const Period& b, absl::CivilDay from) {
  const absl::CivilDay first = std::max({a.first, b.first, from});
  const absl::CivilDay last = std::min(a.last, b.last);
  return first > last ? 0 : static_cast<int>(last - first) + 1;
}

bool HasLapsed(const v1::TakingItem& item, absl::CivilDay today) {
  const auto until = national::ParseDay(item.until());
  return until.has_value() && *until < today;
}

}  // namespace tsunagu::prescription::duplication
