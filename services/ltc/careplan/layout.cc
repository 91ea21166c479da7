#include "services/ltc/careplan/layout.h"

#include "services/ltc/careplan/layout_table.h"

namespace tsunagu::ltc::careplan {
namespace {

std::span<const Layout> Layouts() {
  static const Layout kLayouts[] = {
      {FileKind::kSupplement, "UPHOSOKU", true, SupplementColumns()},
      {FileKind::kTable1, "UP1KYO", false, Table1Columns()},
      {FileKind::kTable2, "UP2KYO", false, Table2Columns()},
      {FileKind::kTable3, "UP3KYO", false, Table3Columns()},
      {FileKind::kPlan, "UPPLAN", true, ServiceColumns()},
      {FileKind::kActuals, "UPJSK", true, ServiceColumns()},
      {FileKind::kMoney, "UPSIKYU", true, MoneyColumns()},
      {FileKind::kDeleteTable1, "DLT1KYO", false, DeleteTable1Columns()},
      {FileKind::kDeletePlan, "DLTPLAN", true, DeletePlanColumns()},
      {FileKind::kDeleteActuals, "DLTJSK", true, DeleteActualsColumns()},
  };
  return kLayouts;
}

}  // namespace

int Layout::Find(absl::string_view id) const {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].id == id) return static_cast<int>(i);
  }
  return -1;
}

const Layout& LayoutOf(FileKind kind) { return Layouts()[static_cast<size_t>(kind)]; }

std::optional<FileKind> KindOfName(absl::string_view name) {
  for (const Layout& layout : Layouts()) {
    if (layout.name == name) return layout.kind;
  }
  return std::nullopt;
}

}  // namespace tsunagu::ltc::careplan
