#include "services/prescription/record/decimal.h"

#include <algorithm>

#include "absl/numeric/int128.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace tsunagu::prescription::record {
namespace {

bool AllDigits(absl::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isdigit(c); });
}

int64_t Number(absl::string_view digits) {
  int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

}  // namespace

std::optional<Decimal> ParseDecimal(absl::string_view text) {
  const size_t dot = text.find('.');
  const absl::string_view whole = text.substr(0, dot);
  if (!AllDigits(whole) || whole.size() > kIntegerDigits) return std::nullopt;
  if (whole.size() > 1 && whole[0] == '0') return std::nullopt;
  if (dot == absl::string_view::npos) return Decimal{Number(whole) * kDecimalScale};
  const absl::string_view fraction = text.substr(dot + 1);
  if (!AllDigits(fraction) || fraction.size() > kFractionDigits || fraction.back() == '0') {
    return std::nullopt;
  }
  const std::string padded = std::string(fraction) + std::string(kFractionDigits, '0');
  return Decimal{Number(whole) * kDecimalScale +
                 Number(absl::string_view(padded).substr(0, kFractionDigits))};
}

Decimal Product(Decimal a, Decimal b) {
  const absl::int128 product = absl::int128(a.scaled) * b.scaled;
  return {static_cast<int64_t>((product + kDecimalScale / 2) / kDecimalScale)};
}

std::string FormatDecimal(Decimal value) {
  std::string text = absl::StrCat(value.scaled / kDecimalScale);
  if (value.scaled % kDecimalScale == 0) return text;
  // The leading 1 keeps the zeros after the dot.
  std::string fraction = absl::StrCat(kDecimalScale + value.scaled % kDecimalScale).substr(1);
  while (fraction.back() == '0') fraction.pop_back();
  return absl::StrCat(text, ".", fraction);
}

}  // namespace tsunagu::prescription::record
