#include "tools/cli/table.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"

namespace tsunagu::cli {
namespace {

constexpr int kGap = 2;

struct Range {
  uint32_t first;
  uint32_t last;
};

// East Asian Width W and F (Unicode Standard Annex 11), in blocks.
constexpr std::array kWide = {
    Range{0x1100, 0x115F},   Range{0x2E80, 0x303E}, Range{0x3041, 0x3098}, Range{0x309B, 0x4DBF},
    Range{0x4E00, 0xA4CF},   Range{0xA960, 0xA97F}, Range{0xAC00, 0xD7A3}, Range{0xF900, 0xFAFF},
    Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60}, Range{0xFFE0, 0xFFE6}, Range{0x1F300, 0x1FAFF},
    Range{0x20000, 0x3FFFD},
};

// Combining marks, zero-width characters and variation selectors.
constexpr std::array kNoWidth = {
    Range{0x0300, 0x036F}, Range{0x200B, 0x200F}, Range{0x202A, 0x202E},   Range{0x2060, 0x2064},
    Range{0x3099, 0x309A}, Range{0xFE00, 0xFE0F}, Range{0xE0100, 0xE01EF},
};

template <size_t n>
bool Within(const std::array<Range, n>& ranges, uint32_t c) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](Range range) { return range.first <= c && c <= range.last; });
}

// Takes one character off the front; an undecodable byte comes as it is.
uint32_t TakeCharacter(absl::string_view* text) {
  const auto byte = [&text](size_t i) { return static_cast<uint8_t>((*text)[i]); };
  const uint8_t lead = byte(0);
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  uint32_t character = length == 1 ? lead : lead & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    if (i >= text->size() || (byte(i) & 0xC0) != 0x80) {
      text->remove_prefix(1);
      return lead;
    }
    character = character << 6 | (byte(i) & 0x3F);
  }
  text->remove_prefix(length);
  return character;
}

// Controls of ASCII and ISO 6429, and those that turn the direction of writing.
bool IsControl(uint32_t c) {
  return c < 0x20 || (0x7F <= c && c < 0xA0) || (0x202A <= c && c <= 0x202E) ||
         (0x2066 <= c && c <= 0x2069);
}

void AppendCell(const std::string& cell, int width, bool last, std::string* line) {
  absl::StrAppend(line, cell);
  if (!last) line->append(static_cast<size_t>(width - DisplayWidth(cell) + kGap), ' ');
}

std::string Line(const Row& row, const std::vector<int>& widths) {
  std::string line;
  for (size_t i = 0; i < widths.size(); ++i) {
    AppendCell(i < row.size() ? row[i] : "", widths[i], i + 1 == widths.size(), &line);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::vector<Row> PrintableRows(const std::vector<Row>& rows) {
  std::vector<Row> result = rows;
  for (Row& row : result) {
    for (std::string& cell : row) cell = Printable(cell);
  }
  return result;
}

std::vector<int> Widths(const std::vector<Row>& rows) {
  std::vector<int> widths;
  for (const Row& row : rows) {
    if (row.size() > widths.size()) widths.resize(row.size());
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], DisplayWidth(row[i]));
  }
  return widths;
}

}  // namespace

int DisplayWidth(absl::string_view utf8) {
  int width = 0;
  while (!utf8.empty()) {
    const uint32_t character = TakeCharacter(&utf8);
    if (Within(kNoWidth, character)) continue;
    width += Within(kWide, character) ? 2 : 1;
  }
  return width;
}

std::string Printable(absl::string_view utf8) {
  std::string result;
  while (!utf8.empty()) {
    const absl::string_view before = utf8;
    const uint32_t character = TakeCharacter(&utf8);
    if (IsControl(character)) {
      result.push_back(' ');
    } else {
      absl::StrAppend(&result, before.substr(0, before.size() - utf8.size()));
    }
  }
  return result;
}

std::string FormatTable(const Row& header, const std::vector<Row>& rows) {
  if (rows.empty()) return "（なし / none）\n";
  std::vector<Row> all = PrintableRows(rows);
  all.insert(all.begin(), header);
  const std::vector<int> widths = Widths(all);
  std::string text = Line(all.front(), widths);
  Row rule;
  for (const int width : widths) rule.emplace_back(static_cast<size_t>(width), '-');
  absl::StrAppend(&text, Line(rule, widths));
  for (size_t i = 1; i < all.size(); ++i) absl::StrAppend(&text, Line(all[i], widths));
  return text;
}

std::string FormatPairs(const std::vector<Row>& pairs) {
  std::vector<Row> rows = PrintableRows(pairs);
  rows.erase(std::remove_if(rows.begin(), rows.end(),
                            [](const Row& row) { return row.size() < 2 || row[1].empty(); }),
             rows.end());
  const std::vector<int> widths = Widths(rows);
  std::string text;
  for (const Row& row : rows) absl::StrAppend(&text, Line(row, widths));
  return text;
}

}  // namespace tsunagu::cli
