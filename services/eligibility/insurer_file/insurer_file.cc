#include "services/eligibility/insurer_file/insurer_file.h"

#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/eligibility/insurer_file/columns.h"
#include "services/eligibility/insurer_file/rules.h"
#include "services/platform/national/cp932.h"
#include "services/platform/national/csv.h"

namespace tsunagu::eligibility::insurer_file {
namespace {

using national::Csv;
using national::CsvFault;
using national::CsvProblem;
using national::CsvRow;

bool IsBlank(const CsvRow& row) { return row.cells.size() == 1 && row.cells[0].text.empty(); }

class FileReader {
 public:
  FileReader(absl::CivilDay today, SpeaksFor speaks_for) : today_(today), speaks_for_(speaks_for) {}

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
          ReadPerson(columns, rows[i], today_, speaks_for_, file_.findings);
      if (person) Keep(*std::move(person));
    }
    if (file_.persons.empty() && !national::HasErrors(file_.findings)) Add(rules::kNoPerson, 0, "");
  }

  void Keep(InsuredPerson person) {
    Known& known = known_.try_emplace(IdentityKey(person), person.birth_date).first->second;
    if (!known.starts.insert(person.valid_from).second) {
      Add(rules::kDuplicate, person.line, NameOf(Column::kInsuredCardValidDate));
    }
    if (person.birth_date != known.birth_date) {
      Add(rules::kTwoPersons, person.line, NameOf(Column::kBirthdate));
    }
    if (person.sex != kSexUnset) {
      if (known.sex.empty()) known.sex = person.sex;
      if (person.sex != known.sex) Add(rules::kTwoPersons, person.line, NameOf(Column::kSex1));
    }
    file_.persons.push_back(std::move(person));
  }

  // What the rows of one identity have told.
  struct Known {
    explicit Known(absl::CivilDay birth) : birth_date(birth) {}
    absl::CivilDay birth_date;
    std::string sex;  // empty: none of them told it
    std::set<absl::CivilDay> starts;
  };

  const absl::CivilDay today_;
  const SpeaksFor speaks_for_;
  InsurerFile file_;
  std::map<std::string, Known> known_;  // by IdentityKey
};

}  // namespace

InsurerFile ReadInsurerFile(absl::string_view bytes, absl::CivilDay today) {
  return ReadInsurerFile(bytes, today, [](absl::string_view) { return true; });
}

InsurerFile ReadInsurerFile(absl::string_view bytes, absl::CivilDay today, SpeaksFor speaks_for) {
  return FileReader(today, speaks_for).Read(bytes);
}

std::string IdentityKey(const InsuredPerson& person) {
  const national::InsuredIdentity& n = person.identity;
  // A separator that no text of a row holds (EL-142).
  return absl::StrCat(n.insurer, "\n", n.symbol, "\n", n.number, "\n", n.branch);
}

}  // namespace tsunagu::eligibility::insurer_file
