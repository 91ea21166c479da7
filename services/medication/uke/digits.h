// Numbers as receipt files have them: plain digits.
#ifndef SERVICES_MEDICATION_UKE_DIGITS_H_
#define SERVICES_MEDICATION_UKE_DIGITS_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"

namespace tsunagu::medication::uke {

// At least one digit, and nothing else.
inline bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

// Nothing when the text is no number of digits, or too large.
inline std::optional<int64_t> Number(absl::string_view digits) {
  int64_t value = 0;
  if (!AllDigits(digits) || !absl::SimpleAtoi(digits, &value)) return std::nullopt;
  return value;
}

// The text when it is digits, else nothing: what names a receipt holds no other text.
inline std::string DigitsOrNothing(absl::string_view text) {
  return AllDigits(text) ? std::string(text) : std::string();
}

}  // namespace tsunagu::medication::uke

#endif  // SERVICES_MEDICATION_UKE_DIGITS_H_
