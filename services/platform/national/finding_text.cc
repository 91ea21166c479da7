#include "services/platform/national/finding_text.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace tsunagu::national {
namespace {

constexpr size_t kMaxDigits = 3;

}  // namespace

std::string FindingCode(absl::string_view rule, bool is_error) {
  return absl::StrCat(absl::StrReplaceAll(rule, {{"-", ""}}), is_error ? "E" : "W");
}

int RecordNumberOf(absl::string_view field) {
  const absl::string_view digits = field.substr(0, field.find('.'));
  int number = 0;
  const bool is_number = digits.size() <= kMaxDigits &&
                         std::ranges::all_of(digits, [](char c) { return absl::ascii_isdigit(c); });
  return is_number && absl::SimpleAtoi(digits, &number) ? number : 0;
}

}  // namespace tsunagu::national
