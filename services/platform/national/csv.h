// Comma-separated text that keeps what a round trip needs: whether a cell stood in quotes.
//
// Cells may hold commas, doubled quotes and line breaks when quoted. Pure functions, thread safe.
#ifndef SERVICES_PLATFORM_NATIONAL_CSV_H_
#define SERVICES_PLATFORM_NATIONAL_CSV_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tsunagu::national {

struct CsvCell {
  std::string text;  // UTF-8, without the quotes around it and with inner quotes single
  bool quoted = false;
  bool operator==(const CsvCell&) const = default;
};

struct CsvRow {
  int line = 0;  // 1-based physical line on which the row starts
  std::vector<CsvCell> cells;
  bool operator==(const CsvRow&) const = default;
};

enum class CsvFault {
  kUnterminatedQuote,  // the text ends inside quotes: cut off
  kStrayQuote,         // a quote inside an unquoted cell, or text after a closing quote
  kLineEnd,            // a row does not end with CR LF; reported once
  kTooManyRows,        // the rest of the text was not read
  kTooManyCells,       // the surplus cells of the row were dropped
  kCellTooLong,        // the cell was emptied
};

struct CsvProblem {
  CsvFault fault;
  int line = 0;    // 1-based line of the row
  int column = 0;  // 1-based cell
  bool operator==(const CsvProblem&) const = default;
};

struct Csv {
  std::vector<CsvRow> rows;
  std::vector<CsvProblem> problems;  // at most kMaxCsvProblems
};

struct CsvLimits {
  size_t rows = 100'000;
  size_t cells = 200;  // per row
  size_t cell_bytes = 64 * 1024;
};

inline constexpr size_t kMaxCsvProblems = 100;

// Reads everything that can be read; what is wrong stands in `problems`. An empty line is a row of
// one empty cell.
Csv ParseCsv(absl::string_view utf8, const CsvLimits& limits = {});

// Each row ends with CR LF. A cell is quoted when it was, or when its text requires it.
// FormatCsv(ParseCsv(text).rows) == text for every text without problems.
std::string FormatCsv(std::span<const CsvRow> rows);

}  // namespace tsunagu::national

#endif  // SERVICES_PLATFORM_NATIONAL_CSV_H_
