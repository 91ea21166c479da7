#include "services/medication/uke/decimal.h"

#include <cstdint>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace tsunagu::medication::uke {
namespace {

constexpr size_t kMaxWholeDigits = 9;
constexpr size_t kPlaces = 5;
constexpr int64_t kScale = 100000;  // 10 to the kPlaces
// With 14 digits of amount the product stays below 2^63. Days and doses have three digits.
constexpr int kMaxTimes = 9999;

// Appends digits to a number. False when there are none, too many, or others.
bool Accumulate(absl::string_view digits, size_t max_digits, int64_t* value) {
  if (digits.empty() || digits.size() > max_digits) return false;
  for (const char c : digits) {
    if (!absl::ascii_isdigit(c)) return false;
    *value = *value * 10 + (c - '0');
  }
  return true;
}

// The number times kScale.
std::optional<int64_t> Parse(absl::string_view text) {
  const size_t point = text.find('.');
  int64_t value = 0;
  if (!Accumulate(text.substr(0, point), kMaxWholeDigits, &value)) return std::nullopt;
  size_t places = 0;
  if (point != absl::string_view::npos) {
    const absl::string_view fraction = text.substr(point + 1);
    if (!Accumulate(fraction, kPlaces, &value)) return std::nullopt;
    places = fraction.size();
  }
  for (; places < kPlaces; ++places) value *= 10;
  return value;
}

std::string Format(int64_t scaled) {
  std::string text = absl::StrCat(scaled / kScale);
  if (scaled % kScale == 0) return text;
  absl::StrAppendFormat(&text, ".%05d", scaled % kScale);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

}  // namespace

std::string PlainDecimal(absl::string_view text) { return MultiplyDecimal(text, 1); }

std::string MultiplyDecimal(absl::string_view amount, int times) {
  const std::optional<int64_t> scaled = Parse(amount);
  if (!scaled.has_value() || times < 0 || times > kMaxTimes) return "";
  return Format(*scaled * times);
}

}  // namespace tsunagu::medication::uke
