#include "services/prescription/record/check_fields.h"

#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/platform/national/cp932.h"
#include "services/platform/national/jst.h"
#include "services/prescription/record/decimal.h"
#include "services/prescription/record/layout.h"

namespace tsunagu::prescription::record {
namespace {

constexpr absl::string_view kFullWidthSpace = "　";

bool AllDigits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isdigit(c); });
}

bool IsCode(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isalnum(c) || c == '.' || c == '-'; });
}

size_t CountCharacters(absl::string_view utf8) {
  return static_cast<size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// One byte in CP932 for each character.
bool IsHalfWidth(absl::string_view utf8) {
  return national::Cp932Length(utf8) == CountCharacters(utf8);
}

// Control characters, and U+E000 to U+F8FF: a private character means another thing elsewhere.
bool HasForbidden(absl::string_view utf8) {
  for (size_t i = 0; i < utf8.size(); ++i) {
    if (absl::ascii_iscntrl(utf8[i])) return true;
    const auto byte = [&](size_t at) { return static_cast<unsigned char>(utf8[at]); };
    if (i + 1 >= utf8.size()) continue;
    if (byte(i) == 0xEE || (byte(i) == 0xEF && byte(i + 1) >= 0x80 && byte(i + 1) <= 0xA3)) {
      return true;
    }
  }
  return false;
}

bool HasOuterSpace(absl::string_view text) {
  return absl::StartsWith(text, " ") || absl::EndsWith(text, " ") ||
         absl::StartsWith(text, kFullWidthSpace) || absl::EndsWith(text, kFullWidthSpace);
}

// YYYY, GYY, YYYYMM, GYYMM, or a whole day.
bool IsBirthDay(absl::string_view text) {
  if (!AllDigits(text)) return false;
  switch (text.size()) {
    case 3:
      return national::ParseMonth(absl::StrCat(text, "12")).has_value() ||
             national::ParseMonth(absl::StrCat(text, "01")).has_value();
    case 4:
      return national::ParseMonth(absl::StrCat(text, "01")).has_value();
    case 5:
    case 6:
      return national::ParseMonth(text).has_value();
    default:
      return national::ParseDay(text).has_value();
  }
}

bool IsFraction(absl::string_view text) {
  if (ParseDecimal(text).has_value()) return true;
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '/');
  if (parts.size() != 2) return false;
  return std::all_of(parts.begin(), parts.end(), [](absl::string_view part) {
    return !part.empty() && AllDigits(part) && part[0] != '0';
  });
}

bool HasValue(absl::string_view values, absl::string_view value) {
  if (values.empty()) return true;
  // "07" and "7" are the same code.
  while (value.size() > 1 && value[0] == '0') value.remove_prefix(1);
  const std::vector<absl::string_view> allowed = absl::StrSplit(values, ',');
  return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
}

// The rule that a value of this type breaks by its form, or nothing.
std::optional<Rule> BrokenForm(FieldType type, absl::string_view value) {
  switch (type) {
    case FieldType::kDigits:
      return AllDigits(value) ? std::nullopt : std::optional(Rule::kDigits);
    case FieldType::kCode:
      return IsCode(value) ? std::nullopt : std::optional(Rule::kCode);
    case FieldType::kHalf:
      return IsHalfWidth(value) ? std::nullopt : std::optional(Rule::kHalfWidth);
    case FieldType::kText:
      return std::nullopt;
    case FieldType::kDecimal:
      return ParseDecimal(value).has_value() ? std::nullopt : std::optional(Rule::kDecimal);
    case FieldType::kFraction:
      return IsFraction(value) ? std::nullopt : std::optional(Rule::kFraction);
    case FieldType::kDay:
      return national::ParseDay(value).has_value() ? std::nullopt : std::optional(Rule::kDay);
    case FieldType::kBirthDay:
      return IsBirthDay(value) ? std::nullopt : std::optional(Rule::kBirthDay);
  }
  return std::nullopt;
}

// One finding at most: the first rule in this order explains the others away.
std::optional<Rule> BrokenRule(const FieldLayout& field, absl::string_view value) {
  if (value.empty()) {
    return field.need == Need::kRequired ? std::optional(Rule::kRequired) : std::nullopt;
  }
  if (HasForbidden(value)) return Rule::kForbidden;
  if (HasOuterSpace(value)) return Rule::kSpaces;
  if (const std::optional<Rule> form = BrokenForm(field.type, value)) return form;
  const size_t bytes = static_cast<size_t>(field.size) * (field.type == FieldType::kText ? 2 : 1);
  if (national::Cp932Length(value) > bytes) return Rule::kTooLong;
  if (!HasValue(field.values, value)) return Rule::kValue;
  return std::nullopt;
}

}  // namespace

void CheckEncoding(const RecordText& text, Format format, Report& report) {
  if (format != Format::kJahis) {
    const bool cut_off = text.lines.back().end == LineEnd::kNone && !text.end_mark;
    if (cut_off) report.Add(Rule::kCutOff, static_cast<int>(text.lines.size()));
    return;
  }
  if (text.charset != Charset::kCp932) report.Add(Rule::kCharset, 0);
  for (size_t i = 0; i < text.lines.size(); ++i) {
    if (text.lines[i].end == LineEnd::kCrLf) continue;
    report.Add(Rule::kLineEnd, static_cast<int>(i) + 1);
    return;  // one wrong line end tells the whole story, that of the end mark too
  }
  if (!text.end_mark) report.Add(Rule::kEndMark, 0);
}

void CheckFields(const Record& record, Report& report) {
  if (record.spoiled) return;
  bool has_one_of = false;
  bool needs_one_of = false;
  for (size_t i = 0; i < record.layout->fields.size(); ++i) {
    const FieldLayout& field = record.layout->fields[i];
    absl::string_view value;
    if (i < record.fields.size()) value = record.fields[i];
    needs_one_of |= field.need == Need::kOneOf;
    has_one_of |= field.need == Need::kOneOf && !value.empty();
    if (const std::optional<Rule> rule = BrokenRule(field, value)) {
      report.Add(*rule, record.line, absl::StrCat(record.number(), ".", field.name));
    }
  }
  if (needs_one_of && !has_one_of) {
    report.Add(Rule::kOneOf, record.line, absl::StrCat(record.number()));
  }
}

}  // namespace tsunagu::prescription::record
