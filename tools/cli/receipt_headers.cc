#include "tools/cli/receipt_headers.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace tsunagu::cli {
namespace {

// Columns of all headers: prefecture, fee table, facility.
constexpr size_t kPrefecture = 2;
constexpr size_t kFeeTable = 3;
constexpr size_t kFacility = 4;
constexpr absl::string_view kDental = "3";

// The column of the month of billing: behind the facility's name, which the IR of a dental receipt
// does not have; IR and UK have a reserved column before it.
size_t MonthColumn(absl::string_view type, absl::string_view fee_table) {
  return type == "YK" || (type == "IR" && fee_table == kDental) ? 6 : 7;
}

}  // namespace

std::set<std::string> ReceiptHeaders(absl::string_view bytes) {
  std::set<std::string> headers;
  for (const absl::string_view line : absl::StrSplit(bytes, '\n')) {
    const absl::string_view type = line.substr(0, line.find(','));
    if (type != "IR" && type != "UK" && type != "YK") continue;
    const std::vector<absl::string_view> columns = absl::StrSplit(line, ',');
    if (columns.size() <= kFacility) return {};
    const size_t month = MonthColumn(type, columns[kFeeTable]);
    if (columns.size() <= month) return {};
    headers.insert(absl::StrCat(columns[kPrefecture], ",", columns[kFeeTable], ",",
                                columns[kFacility], ",", columns[month]));
  }
  return headers;
}

bool MayShareReceipts(const std::set<std::string>& a, const std::set<std::string>& b) {
  if (a.empty() || b.empty()) return true;
  return std::ranges::any_of(a, [&b](const std::string& header) { return b.contains(header); });
}

}  // namespace tsunagu::cli
