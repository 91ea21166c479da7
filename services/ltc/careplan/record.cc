#include "services/ltc/careplan/record.h"

namespace tsunagu::ltc::careplan {

absl::string_view CellOf(FileKind kind, const national::CsvRow& row, absl::string_view id) {
  const int index = LayoutOf(kind).Find(id);
  if (index < 0 || static_cast<size_t>(index) >= row.cells.size()) return "";
  return row.cells[index].text;
}

national::InsuredIdentity PersonOf(const national::CsvRow& row) {
  if (row.cells.size() < 3) return {};
  return national::Normalise({row.cells[1].text, "", row.cells[2].text, ""});
}

}  // namespace tsunagu::ltc::careplan
