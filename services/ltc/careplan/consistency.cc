#include "services/ltc/careplan/consistency.h"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/ltc/careplan/layout.h"
#include "services/ltc/careplan/record.h"
#include "services/ltc/careplan/rules.h"

namespace tsunagu::ltc::careplan {
namespace {

constexpr absl::string_view kNoDay = "00000000";
constexpr absl::string_view kGrandTotalCode = "999999";

// Columns that repeat an office of the file name. Tables 6 and 7 list every provider of a person,
// so their provider is not tied to the name.
struct OfficeColumn {
  FileKind kind;
  const char* column;
  Office FileName::*office;
};

constexpr OfficeColumn kOfficeColumns[] = {
    {FileKind::kTable1, "office_code", &FileName::source},
    {FileKind::kPlan, "plan_office_code", &FileName::source},
    {FileKind::kActuals, "plan_office_code", &FileName::destination},
    {FileKind::kActuals, "provider_code", &FileName::source},
    {FileKind::kDeleteActuals, "provider_code", &FileName::source},
};

class Checker {
 public:
  Checker(const FileName& name, national::Findings& findings)
      : name_(name), layout_(LayoutOf(name.kind)), findings_(findings) {}

  void CheckRow(const national::CsvRow& row) {
    row_ = &row;
    CheckMonth();
    CheckOffices();
    CheckPeriod("cert_from", "cert_to");
    CheckPeriod("limit_from", "limit_to");
    CheckSupplementDate();
    CheckKey();
    NoteTotal();
  }

  void Finish() {
    for (const auto& [person, total] : totals_) {
      if (!total.seen) Add(findings_, rules::kGrandTotal, total.first_line, layout_.name);
    }
  }

 private:
  struct Total {
    int first_line = 0;
    bool seen = false;
  };

  absl::string_view Cell(absl::string_view id) const { return CellOf(name_.kind, *row_, id); }

  void Report(const Rule& rule, absl::string_view column) {
    Add(findings_, rule, row_->line, absl::StrCat(layout_.name, ".", column));
  }

  // Each text that differs from the file's name once: a wrong name is one fault, not one for each
  // record.
  void ReportOnce(const Rule& rule, absl::string_view column) {
    if (named_otherwise_.emplace(column, Cell(column)).second) Report(rule, column);
  }

  void CheckMonth() {
    const absl::string_view month = Cell("month");
    if (!name_.month.empty() && !month.empty() && month != name_.month) {
      ReportOnce(rules::kMonthOfName, "month");
    }
    const absl::string_view day = Cell("service_date");
    if (!day.empty() && !month.empty() && !absl::StartsWith(day, month)) {
      Report(rules::kDayOfMonth, "service_date");
    }
  }

  void CheckOffices() {
    for (const OfficeColumn& column : kOfficeColumns) {
      if (column.kind != name_.kind) continue;
      const absl::string_view office = Cell(column.column);
      if (!office.empty() && office != (name_.*column.office).number) {
        ReportOnce(rules::kOfficeOfName, column.column);
      }
    }
    const absl::string_view kind = Cell("service_kind");
    if (!kind.empty() && !name_.source.kind.empty() && kind != name_.source.kind) {
      ReportOnce(rules::kKindOfName, "service_kind");
    }
  }

  void CheckPeriod(absl::string_view from_id, absl::string_view to_id) {
    const absl::string_view from = Cell(from_id);
    const absl::string_view to = Cell(to_id);
    if (!from.empty() && !to.empty() && to < from) Report(rules::kPeriod, to_id);
  }

  void CheckSupplementDate() {
    if (name_.kind != FileKind::kSupplement) return;
    const absl::string_view day = Cell("plan_date");
    if (!day.empty() && (day == kNoDay) == (name_.month == kNoMonth)) {
      Report(rules::kSupplementDate, "plan_date");
    }
  }

  // Kinds with one record per key. Tables 2, 3, 6 and 7 have many.
  void CheckKey() {
    switch (name_.kind) {
      case FileKind::kTable2:
      case FileKind::kTable3:
      case FileKind::kPlan:
      case FileKind::kActuals:
      case FileKind::kMoney:
        return;
      default:
        break;
    }
    const std::string key =
        absl::StrCat(Cell("insurer_no"), " ", Cell("insured_no"), " ", Cell("plan_date"), " ",
                     Cell("month"), " ", Cell("provider_code"), Cell("service_kind"));
    if (!keys_.insert(key).second) Report(rules::kDuplicateKey, "insured_no");
  }

  void NoteTotal() {
    if (name_.kind != FileKind::kMoney) return;
    Total& total = totals_[absl::StrCat(Cell("insurer_no"), " ", Cell("insured_no"))];
    if (total.first_line == 0) total.first_line = row_->line;
    if (Cell("service_code") == kGrandTotalCode) total.seen = true;
  }

  const FileName& name_;
  const Layout& layout_;
  national::Findings& findings_;
  const national::CsvRow* row_ = nullptr;
  std::set<std::string> keys_;
  std::set<std::pair<std::string, std::string>> named_otherwise_;  // column and text
  std::map<std::string, Total> totals_;
};

}  // namespace

void CheckConsistency(const FileName& name, const std::vector<national::CsvRow>& rows,
                      national::Findings& findings) {
  Checker checker(name, findings);
  const size_t columns = LayoutOf(name.kind).columns.size();
  for (const national::CsvRow& row : rows) {
    if (row.cells.size() == columns) checker.CheckRow(row);
  }
  checker.Finish();
}

}  // namespace tsunagu::ltc::careplan
