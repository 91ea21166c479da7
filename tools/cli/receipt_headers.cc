#include "tools/cli/receipt_headers.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace tsunagu::cli {
namespace {

// Columns of both headers: prefecture, fee table, facility.
constexpr size_t kPrefecture = 2;
constexpr size_t kFeeTable = 3;
constexpr size_t kFacility = 4;
// IR has a reserved column before the facility's name.
constexpr size_t kMonthOfIr = 7;
constexpr size_t kMonthOfYk = 6;

}  // namespace

std::set<std::string> ReceiptHeaders(absl::string_view bytes) {
  std::set<std::string> headers;
  for (const absl::string_view line : absl::StrSplit(bytes, '\n')) {
    const bool ir = absl::StartsWith(line, "IR,");
    if (!ir && !absl::StartsWith(line, "YK,")) continue;
    const size_t month = ir ? kMonthOfIr : kMonthOfYk;
    const std::vector<absl::string_view> columns = absl::StrSplit(line, ',');
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
