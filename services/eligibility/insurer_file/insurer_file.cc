#include "services/eligibility/insurer_file/insurer_file.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/eligibility/insurer_file/columns.h"
#include "services/eligibility/insurer_file/rules.h"
#include "services/platform/national/cp932.h"
#include "services/platform/national/csv.h"
#include "services/platform/national/jst.h"

namespace tsunagu::eligibility::insurer_file {
namespace {

using national::Csv;
using national::CsvFault;
using national::CsvProblem;
using national::CsvRow;

bool IsBlank(const CsvRow& row) { return row.cells.size() == 1 && row.cells[0].text.empty(); }

class FileReader {
 public:
  explicit FileReader(SpeaksFor speaks_for) : speaks_for_(speaks_for) {}

  InsurerFile Read(absl::string_view bytes) {
    if (bytes.size() > kMaxFileBytes) {
      Add(rules::kLimit, 0, "");
      return std::move(file_);
    }
    const absl::StatusOr<std::string> text = national::DecodeText(bytes);
    if (!text.ok()) {
      Add(rules::kEncoding, 0, "");
      return std::move(file_);
    }
    // One row more than persons: the header.
    const Csv csv = national::ParseCsv(
        *text, {.rows = kMaxPersons + 1, .cells = kMaxColumns, .cell_bytes = kMaxCellBytes});
    for (const CsvProblem& problem : csv.problems) ReportCsv(problem);
    ReadRows(csv.rows);
    return std::move(file_);
  }

 private:
  void Add(const Rule& rule, int line, absl::string_view field) {
    AddFinding(file_.findings, rule, line, field);
  }

  void ReportCsv(const CsvProblem& problem) {
    // Any line end will do: there is no receiver whose bytes we must reproduce.
    if (problem.fault == CsvFault::kLineEnd) return;
    const bool quotes =
        problem.fault == CsvFault::kUnterminatedQuote || problem.fault == CsvFault::kStrayQuote;
    Add(quotes ? rules::kQuotes : rules::kLimit, problem.line,
        absl::StrCat("cell[", problem.column, "]"));
  }

  void ReadRows(const std::vector<CsvRow>& rows) {
    if (rows.empty()) {
      Add(rules::kColumnMissing, 0, "");
      return;
    }
    const ColumnMap columns = ReadHeader(rows.front(), file_.findings);
    for (size_t i = 1; i < rows.size(); ++i) {
      if (IsBlank(rows[i])) continue;
      if (rows[i].cells.size() != rows.front().cells.size()) {
        Add(rules::kCellCount, rows[i].line, "");
        continue;
      }
      std::optional<InsuredPerson> person =
          ReadPerson(columns, rows[i], speaks_for_, file_.findings);
      if (person) Keep(*std::move(person));
    }
    if (file_.persons.empty() && !national::HasErrors(file_.findings)) Add(rules::kNoPerson, 0, "");
  }

  void Keep(InsuredPerson person) {
    const national::InsuredIdentity& n = person.identity;
    // A separator that no normal form holds.
    const std::string key = absl::StrCat(n.insurer, "\n", n.symbol, "\n", n.number, "\n", n.branch,
                                         "\n", national::FormatDay(person.valid_from));
    if (!keys_.insert(key).second) Add(rules::kDuplicate, person.line, "InsuredCardValidDate");
    file_.persons.push_back(std::move(person));
  }

  const SpeaksFor speaks_for_;
  InsurerFile file_;
  std::set<std::string> keys_;
};

}  // namespace

InsurerFile ReadInsurerFile(absl::string_view bytes) {
  return ReadInsurerFile(bytes, [](absl::string_view) { return true; });
}

InsurerFile ReadInsurerFile(absl::string_view bytes, SpeaksFor speaks_for) {
  return FileReader(speaks_for).Read(bytes);
}

}  // namespace tsunagu::eligibility::insurer_file
