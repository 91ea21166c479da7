// Amounts of drugs: decimal numbers with at most five places, kept as text and multiplied without
// rounding.
#ifndef SERVICES_MEDICATION_UKE_DECIMAL_H_
#define SERVICES_MEDICATION_UKE_DECIMAL_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tsunagu::medication::uke {

// The plain form of a decimal number: no leading zeros, no trailing decimal zeros ("01.50" is
// "1.5"). Empty when the text is not a decimal number of at most nine digits before and five behind
// the point.
std::string PlainDecimal(absl::string_view text);

// amount x times in plain form; empty when the amount is no such number or times is not in 0-9999.
std::string MultiplyDecimal(absl::string_view amount, int times);

}  // namespace tsunagu::medication::uke

#endif  // SERVICES_MEDICATION_UKE_DECIMAL_H_
