#include "services/ltc/careplan/dates.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/ltc/careplan/layout.h"
#include "services/ltc/careplan/record.h"
#include "services/ltc/careplan/rules.h"
#include "services/platform/national/jst.h"

namespace tsunagu::ltc::careplan {
namespace {

constexpr size_t kDayDigits = 8;
constexpr size_t kMonthDigits = 6;

// Days on which something was done. When a certification or a limit ends may lie years ahead.
constexpr const char* kDaysDone[] = {"created_on", "plan_date", "first_plan_date", "cert_date"};

class Checker {
 public:
  Checker(const FileName& name, absl::CivilDay sent, national::Findings& findings)
      : name_(name), layout_(LayoutOf(name.kind)), sent_(sent), findings_(findings) {}

  void CheckMonth() {
    const auto month = national::ParseMonth(name_.month);
    if (!month.has_value()) return;
    const auto ahead = *month - absl::CivilMonth(sent_);
    const bool actuals = name_.kind == FileKind::kActuals || name_.kind == FileKind::kDeleteActuals;
    if (actuals && ahead > 0) return Add(findings_, rules::kActualsAhead, 0, layout_.name);
    if (ahead > kMaxMonthsAhead) return Add(findings_, rules::kMonthFarAhead, 0, layout_.name);
    if (ahead > 1) Add(findings_, rules::kMonthAhead, 0, layout_.name);
  }

  void CheckRow(const national::CsvRow& row) {
    for (const char* column : kDaysDone) {
      const auto day = DayOf(row, column);
      if (!day.has_value() || *day <= sent_) continue;
      const bool far = absl::CivilMonth(*day) - absl::CivilMonth(sent_) > kMaxMonthsAhead;
      Report(far ? rules::kDayFarAhead : rules::kDayAhead, row, column);
    }
    if (name_.kind != FileKind::kActuals) return;
    const auto day = DayOf(row, "service_date");
    if (day.has_value() && *day > sent_) Report(rules::kServiceAhead, row, "service_date");
  }

 private:
  std::optional<absl::CivilDay> DayOf(const national::CsvRow& row, const char* column) const {
    const absl::string_view text = CellOf(name_.kind, row, column);
    return text.size() == kDayDigits ? national::ParseDay(text) : std::nullopt;
  }

  void Report(const Rule& rule, const national::CsvRow& row, const char* column) {
    if (!reported_.emplace(column, CellOf(name_.kind, row, column)).second) return;
    Add(findings_, rule, row.line, absl::StrCat(layout_.name, ".", column));
  }

  const FileName& name_;
  const Layout& layout_;
  const absl::CivilDay sent_;
  national::Findings& findings_;
  std::set<std::pair<std::string, std::string>> reported_;  // column and text
};

}  // namespace

void CheckDates(const FileName& name, const std::vector<national::CsvRow>& rows,
                national::Findings& findings) {
  const auto sent = national::ParseDay(absl::string_view(name.timestamp).substr(0, kDayDigits));
  if (!sent.has_value()) return;
  Checker checker(name, *sent, findings);
  if (name.month.size() == kMonthDigits && name.month != kNoMonth) checker.CheckMonth();
  const size_t columns = LayoutOf(name.kind).columns.size();
  for (const national::CsvRow& row : rows) {
    if (row.cells.size() == columns) checker.CheckRow(row);
  }
}

bool IsAhead(const FileName& name, absl::Time now) {
  return name.timestamp > absl::FormatTime("%E4Y%m%d%H%M%S", now + kMaxClockAhead, national::Jst());
}

}  // namespace tsunagu::ltc::careplan
