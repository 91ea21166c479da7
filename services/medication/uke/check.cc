#include "services/medication/uke/check.h"

#include <algorithm>
#include <array>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/medication/uke/digits.h"
#include "services/platform/national/cp932.h"
#include "services/platform/national/insured.h"
#include "services/platform/national/jst.h"

namespace tsunagu::medication::uke {
namespace {

using national::Severity;

constexpr size_t kMaxWholeDigits = 5;    // of a decimal
constexpr size_t kMaxDecimalPlaces = 5;  // of a decimal
constexpr size_t kMaxReceiptNumber = 6;

bool IsDecimal(absl::string_view text) {
  const size_t point = text.find('.');
  const absl::string_view whole = text.substr(0, point);
  if (!AllDigits(whole)) return false;
  if (point == absl::string_view::npos) return true;
  return AllDigits(text.substr(point + 1));
}

bool IsDecimalTooLong(absl::string_view text, size_t max_bytes) {
  const size_t point = text.find('.');
  if (point == absl::string_view::npos) return text.size() > max_bytes;
  return point > std::max(kMaxWholeDigits, max_bytes - kMaxDecimalPlaces - 1) ||
         text.size() - point - 1 > kMaxDecimalPlaces || text.size() > max_bytes;
}

bool IsPrintableAscii(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

bool HasOneByteLetters(absl::string_view decoded) {
  return std::any_of(decoded.begin(), decoded.end(), [](char c) { return c >= 0x21 && c < 0x7F; });
}

// The field at that 1-based position; empty when it was left out.
absl::string_view ValueAt(std::span<const absl::string_view> fields, int position) {
  return static_cast<size_t>(position) <= fields.size() ? fields[position - 1] : "";
}

int DaysIn(absl::string_view month) {
  const auto parsed = national::ParseMonth(month);
  if (!parsed.has_value()) return kDaysOfMonth;
  return (absl::CivilDay(*parsed + 1) - 1).day();
}

bool IsText(Mode mode) {
  return mode == Mode::kAlphanumeric || mode == Mode::kFullWidth || mode == Mode::kText;
}

// A value of text is still of use when it breaks its limits; a number or code is not.
Severity FormatSeverity(const Field& field) {
  return IsText(field.mode) && field.presence != Presence::kKey ? Severity::kWarning
                                                                : Severity::kError;
}

}  // namespace

void FileCheck::Add(const Receipt& receipt) {
  if (receipt.header.record.line != header_line_) {
    header_line_ = receipt.header.record.line;
    last_number_ = 0;
  }
  place_ = {receipt.header.kind, receipt.header.encoding, receipt.re,
            receipt.re.Get(pos::kReNumber)};
  CountPayers(receipt);
  if (place_.kind == Kind::kUnknown) return;  // the reader has said so
  std::array<absl::string_view, kMaxFields> fields;
  RecordType previous = RecordType::kUnknown;
  for (const Record& record : receipt.lines) {
    place_.record = record;
    if (record.type == RecordType::kRE) EnterReceipt(record);
    const RecordLayout* layout = FindLayout(place_.kind, record.type);
    if (layout == nullptr) {
      Report("MH-005", Severity::kError, 0, "", "この種類のファイルにないレコードです",
             "files of this kind have no such record");
      continue;
    }
    if (!MayFollow(*layout, previous)) {
      Report("MH-006", Severity::kError, 0, "", "レコードの順序が正しくありません",
             "the record stands in the wrong place");
    }
    previous = record.type;
    const size_t count = Split(record.text, fields);
    CheckRecord(*layout, Fields(fields).first(std::min(count, fields.size())));
  }
  place_.record = receipt.re;
  CheckReceipt(receipt);
}

void FileCheck::EnterReceipt(const Record& re) {
  place_.days_in_month = DaysIn(re.Get(pos::kReMonth));
  place_.in_class = false;
  // MH-208
  place_.not_visited = place_.kind == Kind::kDental && !re.Get(pos::kReNotVisited).empty();
}

void FileCheck::CheckRecord(const RecordLayout& layout, Fields fields) {
  const size_t known = layout.fields.size();
  for (size_t i = 1; i < known; ++i) {
    const Field& field = layout.fields[i];
    const int position = static_cast<int>(i) + 1;
    if (i < fields.size() && !fields[i].empty()) {
      CheckField(field, position, fields[i]);
    } else if (field.presence == Presence::kKey || field.presence == Presence::kAlways) {
      Report("MH-010", field.presence == Presence::kKey ? Severity::kError : Severity::kWarning,
             position, field.name_ja, "必須項目がありません", "a required field is missing");
    }
  }
  for (size_t i = known; i < fields.size(); ++i) {
    if (fields[i].empty()) continue;
    Report("MH-009", Severity::kError, static_cast<int>(i) + 1, "",
           "定められた項目数を超えています", "the record has more fields than its layout");
    break;
  }
  const RecordType type = layout.type;
  if (type == RecordType::kHO || type == RecordType::kKO) CheckPayer(fields);
  if (layout.item.code != 0) CheckItem(layout.item, fields);
}

void FileCheck::CheckField(const Field& field, int position, absl::string_view value) {
  if (field.presence == Presence::kReserved) return;
  const Severity severity = FormatSeverity(field);
  if (field.mode == Mode::kDay || field.mode == Mode::kMonth) {
    const bool real = field.mode == Mode::kDay ? national::ParseDay(value).has_value()
                                               : national::ParseMonth(value).has_value();
    if (!real) {
      Report("MH-014", severity, position, field.name_ja, "存在しない年月日です",
             "no such day or month");
    }
    return;
  }
  if (IsText(field.mode)) {
    CheckText(field, position, value);
    return;
  }
  if (field.mode == Mode::kDigits ? !AllDigits(value) : !IsDecimal(value)) {
    Report("MH-013", severity, position, field.name_ja, "数字ではありません", "not a number");
    return;
  }
  const bool too_long = field.mode == Mode::kDecimal ? IsDecimalTooLong(value, field.max_bytes)
                                                     : value.size() > field.max_bytes;
  if (too_long) {
    Report("MH-011", severity, position, field.name_ja, "桁数が多すぎます", "too many digits");
  } else if (field.width == Width::kFixed && value.size() < field.max_bytes) {
    Report("MH-012", severity, position, field.name_ja, "桁数が足りません", "too few digits");
  }
}

void FileCheck::CheckText(const Field& field, int position, absl::string_view value) {
  const Severity severity = FormatSeverity(field);
  const std::optional<std::string> decoded = DecodeField(place_.encoding, value);
  if (!decoded.has_value()) {
    Report("MH-001", Severity::kError, position, field.name_ja, "文字コードが正しくありません",
           "the bytes are not text of the file's encoding");
    return;
  }
  if (field.mode == Mode::kAlphanumeric && !IsPrintableAscii(value)) {
    Report("MH-013", severity, position, field.name_ja, "半角文字ではありません",
           "not one-byte characters");
    return;
  }
  if (field.mode == Mode::kFullWidth && HasOneByteLetters(*decoded)) {
    Report("MH-013", severity, position, field.name_ja, "全角文字ではありません",
           "not two-byte characters");
  }
  const size_t bytes =
      place_.encoding == Encoding::kCp932 ? value.size() : national::Cp932Length(value);
  if (field.max_bytes != 0 && bytes > field.max_bytes) {
    Report("MH-011", severity, position, field.name_ja, "長すぎます", "too long");
  } else if (field.width == Width::kFixed && bytes < field.max_bytes) {
    Report("MH-012", severity, position, field.name_ja, "短すぎます", "too short");
  } else if (bytes % field.unit != 0) {
    Report("MH-207", Severity::kWarning, position, field.name_ja,
           "コードの桁数の倍数ではありません", "not a whole number of codes");
  }
}

void FileCheck::CheckItem(const ItemColumns& item, Fields fields) {
  const absl::string_view code = ValueAt(fields, item.code);
  if (!code.empty() && !absl::StrContains(item.prefixes, code[0])) {
    Report("MH-015", Severity::kError, item.code, "コード", "レコードに合わないコードです",
           "a code of another master");
  }
  if (place_.kind == Kind::kPharmacy || place_.record.type == RecordType::kCD) return;
  if (!ValueAt(fields, pos::kClass).empty()) place_.in_class = true;
  if (!place_.in_class) {
    Report("MH-025", Severity::kError, pos::kClass, "診療識別", "先頭の項目に診療識別がありません",
           "the first item names no class of treatment");
  }
  if (item.days != 0) CheckDays(item, fields);
}

void FileCheck::CheckDays(const ItemColumns& item, Fields fields) {
  const auto value = [&](int position) -> std::optional<int64_t> {
    const absl::string_view digits = ValueAt(fields, position);
    return digits.empty() ? std::optional<int64_t>(0) : Number(digits);
  };
  const std::optional<int64_t> stated = value(item.count);
  bool readable = stated.has_value();
  int64_t sum = 0;
  for (int day = 1; day <= kDaysOfMonth; ++day) {
    const std::optional<int64_t> count = value(item.days + day - 1);
    readable = readable && count.has_value();
    sum += count.value_or(0);
    if (day > place_.days_in_month && count != 0) {
      Report("MH-020", Severity::kError, item.days + day - 1, "算定日",
             "その月にない日に回数があります", "the month has no such day");
    }
  }
  if (place_.not_visited && sum == 0) return;
  if (readable && sum != *stated) {
    Report("MH-019", Severity::kError, item.count, "回数", "算定日の回数の合計と一致しません",
           "differs from the sum of the day columns");
  }
}

void FileCheck::CheckPayer(Fields fields) {
  absl::string_view number = absl::StripAsciiWhitespace(ValueAt(fields, pos::kHoInsurer));
  if (number.size() == 8) number = absl::StripPrefix(number, "00");
  if (number.empty() || number.find_first_not_of('7') == absl::string_view::npos) return;
  if (national::CheckDigitHolds(number)) return;
  Report("MH-021", Severity::kWarning, pos::kHoInsurer,
         place_.record.type == RecordType::kHO ? "保険者番号" : "負担者番号",
         "検証番号が合いません", "the check digit does not hold");
}

void FileCheck::Finish(const Reader& reader) {
  std::array<absl::string_view, kMaxFields> fields;
  const auto check = [&](Kind kind, const Record& record) {
    const RecordLayout* layout = FindLayout(kind, record.type);
    if (layout == nullptr) return;
    place_ = {kind, reader.encoding(), record};
    const size_t count = Split(record.text, fields);
    CheckRecord(*layout, Fields(fields).first(std::min(count, fields.size())));
  };
  for (const Header& header : reader.headers()) {
    const bool in_receipt = header.kind == Kind::kDental && header.record.type == RecordType::kIR;
    if (!in_receipt) check(header.kind, header.record);
  }
  if (reader.trailer().empty() || reader.headers().empty()) return;
  check(reader.headers().back().kind, reader.trailer());
  place_ = {reader.headers().back().kind, reader.encoding(), reader.trailer()};
  CheckTotals(reader.trailer());
}

void FileCheck::CheckTotals(const Record& trailer) {
  // Files that agencies make of split receipts state 0. How details count is inferred (MH-209).
  const auto severity = [this](int64_t stated) {
    return stated == 0 || totals_.details > 0 ? Severity::kWarning : Severity::kError;
  };
  const auto count = Number(trailer.Get(pos::kGoCount));
  if (count.has_value() && *count != totals_.count()) {
    Report("MH-022", severity(*count), pos::kGoCount, "総件数",
           "保険者（HO）と公費（KO）の件数と一致しません",
           "differs from the number of HO and KO records");
  }
  const auto points = Number(trailer.Get(pos::kGoPoints));
  if (points.has_value() && *points != totals_.points) {
    Report("MH-023", severity(*points), pos::kGoPoints, "総合計点数",
           "レセプトの合計点数の和と一致しません", "differs from the sum of the receipts' points");
  }
}

void FileCheck::Report(const char* rule, Severity severity, int position, absl::string_view name_ja,
                       absl::string_view text_ja, absl::string_view text_en) {
  if (findings_.size() >= kMaxFindings) return;
  std::string field;
  if (!place_.receipt_number.empty()) {
    const bool sound =
        AllDigits(place_.receipt_number) && place_.receipt_number.size() <= kMaxReceiptNumber;
    field = absl::StrCat("RE#", sound ? place_.receipt_number : "?", "/");
  }
  absl::StrAppend(&field, TypeName(place_.record.type));
  if (position > 0) absl::StrAppend(&field, "[", position, "]");
  findings_.push_back(
      {rule, severity, place_.record.line, std::move(field),
       name_ja.empty() ? std::string(text_ja) : absl::StrCat(name_ja, "：", text_ja),
       std::string(text_en)});
}

}  // namespace tsunagu::medication::uke
