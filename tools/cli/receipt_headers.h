// Which receipt files may be handed in at the same time.
#ifndef TOOLS_CLI_RECEIPT_HEADERS_H_
#define TOOLS_CLI_RECEIPT_HEADERS_H_

#include <set>
#include <string>

#include "absl/strings/string_view.h"

namespace tsunagu::cli {

// Facility and month of billing of every header in a UKE or CYO file. The same receipt can be in
// two files only if they share one, and then the later file must stay the later one (MH-105).
std::set<std::string> ReceiptHeaders(absl::string_view bytes);

// Whether the two have one in common. A file without a readable header may hold anything.
bool MayShareReceipts(const std::set<std::string>& a, const std::set<std::string>& b);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_RECEIPT_HEADERS_H_
