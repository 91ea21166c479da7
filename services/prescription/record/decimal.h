// Doses and conversion factors: decimal numbers without rounding.
#ifndef SERVICES_PRESCRIPTION_RECORD_DECIMAL_H_
#define SERVICES_PRESCRIPTION_RECORD_DECIMAL_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace tsunagu::prescription::record {

inline constexpr int kIntegerDigits = 6;
inline constexpr int kFractionDigits = 5;
inline constexpr int64_t kDecimalScale = 100'000;  // 10 to the power of kFractionDigits

// A number from 0 to 999999.99999 in steps of 0.00001.
struct Decimal {
  int64_t scaled = 0;  // the value times kDecimalScale

  auto operator<=>(const Decimal&) const = default;
};

// Reads the one allowed spelling of a number: at most 6 digits, then perhaps a dot and at most 5
// digits; no leading zeros ("0.25" keeps its zero), no trailing zeros after the dot, no sign.
std::optional<Decimal> ParseDecimal(absl::string_view text);

// Rounded half up at the digit after the last that a Decimal has.
Decimal Product(Decimal a, Decimal b);

// The one spelling that ParseDecimal reads.
std::string FormatDecimal(Decimal value);

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_DECIMAL_H_
