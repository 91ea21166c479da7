#include "services/platform/national/jst.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"

namespace tsunagu::national {
namespace {

struct Era {
  int year_before_first;  // western year = this + era year
  absl::CivilDay first;
  absl::CivilDay last;
};

// The changes of era as proclaimed; a boundary day belongs to the new era, Showa ended on
// 1989-01-07.
const Era* FindEra(char digit) {
  static const Era kEras[] = {
      {1867, absl::CivilDay(1868, 1, 25), absl::CivilDay(1912, 7, 29)},
      {1911, absl::CivilDay(1912, 7, 30), absl::CivilDay(1926, 12, 24)},
      {1925, absl::CivilDay(1926, 12, 25), absl::CivilDay(1989, 1, 7)},
      {1988, absl::CivilDay(1989, 1, 8), absl::CivilDay(2019, 4, 30)},
      {2018, absl::CivilDay(2019, 5, 1), absl::CivilDay(9999, 12, 31)},
  };
  if (digit < '1' || digit > '5') return nullptr;
  return &kEras[digit - '1'];
}

bool AllDigits(absl::string_view text) {
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return !text.empty();
}

int Number(absl::string_view digits) {
  int value = 0;
  return absl::SimpleAtoi(digits, &value) ? value : 0;
}

std::optional<absl::CivilDay> Exact(int year, int month, int day) {
  const absl::CivilDay civil(year, month,
                             day);  // normalises, so a day that does not exist comes out different
  if (civil.year() != year || civil.month() != month || civil.day() != day) return std::nullopt;
  return civil;
}

}  // namespace

absl::TimeZone Jst() { return absl::FixedTimeZone(9 * 60 * 60); }

absl::CivilDay JstDay(absl::Time time) { return absl::ToCivilDay(time, Jst()); }

absl::Time JstMidnight(absl::CivilDay day) { return absl::FromCivil(day, Jst()); }

std::optional<absl::CivilDay> ParseDay(absl::string_view digits) {
  if (!AllDigits(digits)) return std::nullopt;
  if (digits.size() == 8) {
    return Exact(Number(digits.substr(0, 4)), Number(digits.substr(4, 2)),
                 Number(digits.substr(6)));
  }
  const Era* era = digits.size() == 7 ? FindEra(digits[0]) : nullptr;
  if (era == nullptr) return std::nullopt;
  const auto day = Exact(era->year_before_first + Number(digits.substr(1, 2)),
                         Number(digits.substr(3, 2)), Number(digits.substr(5)));
  if (!day.has_value() || *day < era->first || *day > era->last) return std::nullopt;
  return day;
}

std::optional<absl::CivilMonth> ParseMonth(absl::string_view digits) {
  if (!AllDigits(digits)) return std::nullopt;
  if (digits.size() == 6) {
    const auto day = ParseDay(absl::StrFormat("%s01", digits));
    return day.has_value() ? std::optional(absl::CivilMonth(*day)) : std::nullopt;
  }
  const Era* era = digits.size() == 5 ? FindEra(digits[0]) : nullptr;
  if (era == nullptr) return std::nullopt;
  const auto day =
      Exact(era->year_before_first + Number(digits.substr(1, 2)), Number(digits.substr(3)), 1);
  if (!day.has_value()) return std::nullopt;
  const absl::CivilMonth month(*day);
  if (month < absl::CivilMonth(era->first) || month > absl::CivilMonth(era->last)) {
    return std::nullopt;
  }
  return month;
}

std::string FormatDay(absl::CivilDay day) {
  return absl::StrFormat("%04d%02d%02d", day.year(), day.month(), day.day());
}

std::string FormatMonth(absl::CivilMonth month) {
  return absl::StrFormat("%04d%02d", month.year(), month.month());
}

}  // namespace tsunagu::national
