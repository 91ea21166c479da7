#include "services/ltc/careplan/check.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ltc/careplan/consistency.h"
#include "services/ltc/careplan/dates.h"
#include "services/ltc/careplan/format.h"
#include "services/ltc/careplan/layout.h"
#include "services/ltc/careplan/rules.h"
#include "services/platform/national/cp932.h"

namespace tsunagu::ltc::careplan {
namespace {

using national::Findings;

// The version values of the standard's version 4; 202504 is only seen in a header of 4.0.
constexpr absl::string_view kVersion4[] = {"202407", "202504"};

const Rule& RuleOf(national::CsvFault fault) {
  switch (fault) {
    case national::CsvFault::kUnterminatedQuote:
    case national::CsvFault::kStrayQuote:
      return rules::kQuotes;
    case national::CsvFault::kLineEnd:
      return rules::kLineEnd;
    default:
      return rules::kLimit;
  }
}

// MS932 maps its private range F040..F9FC to U+E000..U+E757: EE 80 80 .. EE 9D 97 in UTF-8.
bool HasPrivateCharacter(absl::string_view utf8) {
  for (size_t at = utf8.find('\xEE'); at != absl::string_view::npos;
       at = utf8.find('\xEE', at + 1)) {
    if (at + 1 < utf8.size() && static_cast<unsigned char>(utf8[at + 1]) <= 0x9D) return true;
  }
  return false;
}

std::string FieldName(const Layout& layout, size_t column) {
  return absl::StrCat(layout.name, ".", layout.columns[column].id);
}

std::vector<national::CsvRow> ReadRows(const Layout& layout, absl::string_view bytes,
                                       Findings& findings) {
  if (bytes.size() > kMaxFileBytes) {
    Add(findings, rules::kLimit, 0, layout.name);
    return {};
  }
  const absl::StatusOr<std::string> text = national::Cp932ToUtf8(bytes);
  if (!text.ok()) {
    Add(findings, rules::kEncoding, 0, layout.name);
    return {};
  }
  national::Csv csv = national::ParseCsv(*text);
  for (const national::CsvProblem& problem : csv.problems) {
    const size_t column = static_cast<size_t>(problem.column) - 1;
    const bool known =
        column < layout.columns.size() && problem.fault != national::CsvFault::kLineEnd;
    Add(findings, RuleOf(problem.fault), problem.line,
        known ? FieldName(layout, column) : layout.name);
  }
  if (csv.rows.empty()) Add(findings, rules::kEmptyFile, 0, layout.name);
  return std::move(csv.rows);
}

void CheckCell(const Layout& layout, size_t index, int line, const national::CsvCell& cell,
               Findings& findings) {
  const Column& column = layout.columns[index];
  const auto add = [&](const Rule& rule) { Add(findings, rule, line, FieldName(layout, index)); };
  if (cell.text.empty()) {
    if (column.required) add(rules::kRequired);
    return;
  }
  if (HasPrivateCharacter(cell.text)) add(rules::kPrivateCharacter);
  if (column.format == Format::kFree && !cell.quoted) add(rules::kUnquotedText);
  if (const Rule* broken = BrokenRule(column.format, cell.text)) {
    add(*broken);
  } else if (column.max_bytes > 0 &&
             national::Cp932Length(cell.text) > static_cast<size_t>(column.max_bytes)) {
    add(rules::kLength);
  }
}

void CheckRow(const Layout& layout, const national::CsvRow& row, Findings& findings) {
  if (row.cells.size() != layout.columns.size()) {
    Add(findings, rules::kColumnCount, row.line, layout.name);
    return;
  }
  for (size_t i = 0; i < row.cells.size(); ++i) {
    CheckCell(layout, i, row.line, row.cells[i], findings);
  }
}

void CheckVersions(const Layout& layout, const std::vector<national::CsvRow>& rows,
                   Findings& findings) {
  if (rows.empty()) return;
  const std::string& first = rows.front().cells.front().text;
  if (first != kVersion4[0] && first != kVersion4[1]) {
    Add(findings, rules::kVersionUnknown, rows.front().line, FieldName(layout, 0));
  }
  for (const national::CsvRow& row : rows) {
    if (row.cells.front().text != first) {
      Add(findings, rules::kVersionMixed, row.line, FieldName(layout, 0));
    }
  }
}

}  // namespace

CheckedFile CheckFile(const FileName& name, absl::string_view bytes) {
  const Layout& layout = LayoutOf(name.kind);
  CheckedFile file = {name, {}, {}};
  file.rows = ReadRows(layout, bytes, file.findings);
  for (const national::CsvRow& row : file.rows) CheckRow(layout, row, file.findings);
  CheckVersions(layout, file.rows, file.findings);
  CheckConsistency(name, file.rows, file.findings);
  CheckDates(name, file.rows, file.findings);
  return file;
}

}  // namespace tsunagu::ltc::careplan
