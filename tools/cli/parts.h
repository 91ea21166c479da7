// Cuts a large file into requests.
#ifndef TOOLS_CLI_PARTS_H_
#define TOOLS_CLI_PARTS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tsunagu::cli {

// Parts of at most `limit` bytes, cut at the ends of CSV rows (a line end inside quotes is none),
// each with the header row first. A single row that does not fit makes a part that is larger. The
// whole file when it fits; nothing for an empty file. Works on UTF-8 and CP932.
std::vector<std::string> SplitCsv(absl::string_view bytes, size_t limit);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_PARTS_H_
