// Tables of text for a terminal. Japanese characters take two columns there.
#ifndef TOOLS_CLI_TABLE_H_
#define TOOLS_CLI_TABLE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tsunagu::cli {

// How many columns a terminal gives the text: two for wide characters, none for combining marks. A
// byte that is no UTF-8 counts one.
int DisplayWidth(absl::string_view utf8);

// The text without anything that moves the cursor or changes colours: control characters become
// spaces. What others wrote must not reach a terminal otherwise.
std::string Printable(absl::string_view utf8);

using Row = std::vector<std::string>;

// Columns padded to their widest cell, two spaces between them, a rule under the header. A short
// row is filled up with empty cells. No rows: "（なし / none）".
std::string FormatTable(const Row& header, const std::vector<Row>& rows);

// Lines of "name  value", for one thing; lines with an empty value are left out.
std::string FormatPairs(const std::vector<Row>& pairs);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_TABLE_H_
