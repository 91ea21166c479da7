// Calendar days as Japanese rules count them: JST (UTC+9, no summer time), western and era
// notation.
#ifndef SERVICES_PLATFORM_NATIONAL_JST_H_
#define SERVICES_PLATFORM_NATIONAL_JST_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace tsunagu::national {

absl::TimeZone Jst();

// The calendar day in Japan at that instant.
absl::CivilDay JstDay(absl::Time time);

// The first instant of that day in Japan.
absl::Time JstMidnight(absl::CivilDay day);

// Reads "YYYYMMDD" or "GYYMMDD" with the era digit G (1 Meiji, 2 Taisho, 3 Showa, 4 Heisei, 5
// Reiwa). The length tells which. Nothing for a day that does not exist, or that lies outside its
// era.
std::optional<absl::CivilDay> ParseDay(absl::string_view digits);

// Reads "YYYYMM" or "GYYMM" the same way.
std::optional<absl::CivilMonth> ParseMonth(absl::string_view digits);

// "YYYYMMDD".
std::string FormatDay(absl::CivilDay day);

// "YYYYMM".
std::string FormatMonth(absl::CivilMonth month);

}  // namespace tsunagu::national

#endif  // SERVICES_PLATFORM_NATIONAL_JST_H_
