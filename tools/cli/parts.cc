#include "tools/cli/parts.h"

#include "absl/strings/str_cat.h"

namespace tsunagu::cli {
namespace {

// The length of the first row, its line end included. Neither encoding has a quote or a line feed
// as the second byte of a character.
size_t RowLength(absl::string_view text) {
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] == '\n' && !quoted) return i + 1;
  }
  return text.size();
}

}  // namespace

std::vector<std::string> SplitCsv(absl::string_view bytes, size_t limit) {
  if (bytes.empty()) return {};
  if (bytes.size() <= limit) return {std::string(bytes)};
  const absl::string_view header = bytes.substr(0, RowLength(bytes));
  bytes.remove_prefix(header.size());
  std::vector<std::string> parts = {std::string(header)};
  while (!bytes.empty()) {
    const absl::string_view row = bytes.substr(0, RowLength(bytes));
    bytes.remove_prefix(row.size());
    const bool has_rows = parts.back().size() > header.size();
    if (has_rows && parts.back().size() + row.size() > limit) parts.emplace_back(header);
    absl::StrAppend(&parts.back(), row);
  }
  return parts;
}

}  // namespace tsunagu::cli
