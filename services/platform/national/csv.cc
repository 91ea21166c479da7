#include "services/platform/national/csv.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace tsunagu::national {
namespace {

class Parser {
 public:
  Parser(absl::string_view text, const CsvLimits& limits) : text_(text), limits_(limits) {}

  Csv Run() {
    while (!AtEnd()) {
      row_line_ = line_;
      column_ = 1;
      if (csv_.rows.size() == limits_.rows) {
        Report(CsvFault::kTooManyRows);
        break;
      }
      csv_.rows.push_back({line_, {}});
      ParseRow(csv_.rows.back());
      EndLine();
    }
    return std::move(csv_);
  }

 private:
  bool AtEnd() const { return at_ == text_.size(); }
  char Peek() const { return text_[at_]; }

  bool AtDelimiter() const { return AtEnd() || Peek() == ',' || Peek() == '\r' || Peek() == '\n'; }

  void Report(CsvFault fault) {
    if (csv_.problems.size() < kMaxCsvProblems) {
      csv_.problems.push_back({fault, row_line_, column_});
    }
  }

  void ParseRow(CsvRow& row) {
    for (;; ++column_) {
      CsvCell cell = ParseCell();
      if (row.cells.size() < limits_.cells) {
        row.cells.push_back(std::move(cell));
      } else if (row.cells.size() + 1 == static_cast<size_t>(column_)) {
        Report(CsvFault::kTooManyCells);
      }
      if (AtEnd() || Peek() != ',') return;
      ++at_;
    }
  }

  CsvCell ParseCell() {
    CsvCell cell;
    cell.quoted = !AtEnd() && Peek() == '"';
    if (cell.quoted) ParseQuoted(cell.text);
    bool stray = cell.quoted && !AtDelimiter();
    for (; !AtDelimiter(); ++at_) {
      stray = stray || Peek() == '"';
      cell.text.push_back(Peek());
    }
    if (stray) Report(CsvFault::kStrayQuote);
    if (cell.text.size() > limits_.cell_bytes) {
      Report(CsvFault::kCellTooLong);
      cell.text.clear();
    }
    return cell;
  }

  void ParseQuoted(std::string& text) {
    for (++at_; !AtEnd(); ++at_) {
      if (Peek() == '\n') ++line_;
      if (Peek() == '"') {
        ++at_;
        if (AtEnd() || Peek() != '"') return;
      }
      text.push_back(Peek());
    }
    Report(CsvFault::kUnterminatedQuote);
  }

  void EndLine() {
    ++line_;
    if (text_.substr(at_, 2) == "\r\n") {
      at_ += 2;
      return;
    }
    if (!AtEnd()) ++at_;
    if (!line_end_reported_) Report(CsvFault::kLineEnd);
    line_end_reported_ = true;
  }

  const absl::string_view text_;
  const CsvLimits limits_;
  Csv csv_;
  size_t at_ = 0;
  int line_ = 1;
  int row_line_ = 1;
  int column_ = 1;
  bool line_end_reported_ = false;
};

void AppendCell(const CsvCell& cell, std::string& out) {
  if (cell.quoted || cell.text.find_first_of(",\"\r\n") != std::string::npos) {
    absl::StrAppend(&out, "\"", absl::StrReplaceAll(cell.text, {{"\"", "\"\""}}), "\"");
  } else {
    absl::StrAppend(&out, cell.text);
  }
}

}  // namespace

Csv ParseCsv(absl::string_view utf8, const CsvLimits& limits) { return Parser(utf8, limits).Run(); }

std::string FormatCsv(std::span<const CsvRow> rows) {
  std::string out;
  for (const CsvRow& row : rows) {
    for (size_t i = 0; i < row.cells.size(); ++i) {
      if (i > 0) out.push_back(',');
      AppendCell(row.cells[i], out);
    }
    absl::StrAppend(&out, "\r\n");
  }
  return out;
}

}  // namespace tsunagu::national
