#include "services/platform/drug_master/csv.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace tsunagu::drug_master {
namespace {

using Row = std::vector<std::string>;

std::vector<Row> ReadAll(absl::string_view text) {
  std::vector<Row> rows;
  CsvReader reader(text);
  Row row;
  while (reader.Next(&row)) rows.push_back(row);
  return rows;
}

TEST(CsvReaderTest, ReadsQuotedAndPlainFields) {
  EXPECT_EQ(ReadAll("\"a\",\"\",b\r\n1,,\r\n"), (std::vector<Row>{{"a", "", "b"}, {"1", "", ""}}));
}

TEST(CsvReaderTest, QuotedFieldsHoldCommasQuotesAndLineEnds) {
  EXPECT_EQ(ReadAll("\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\n"),
            (std::vector<Row>{{"a,b", "say \"x\"", "two\nlines"}}));
}

TEST(CsvReaderTest, TheLastLineNeedsNoEnd) {
  EXPECT_EQ(ReadAll("a,b"), (std::vector<Row>{{"a", "b"}}));
  EXPECT_EQ(ReadAll("a,"), (std::vector<Row>{{"a", ""}}));
  EXPECT_EQ(ReadAll("\"open"), (std::vector<Row>{{"open"}}));
}

TEST(CsvReaderTest, EmptyLinesAreNoRows) {
  EXPECT_EQ(ReadAll(""), std::vector<Row>{});
  EXPECT_EQ(ReadAll("\r\n\na\r\n\r\n"), (std::vector<Row>{{"a"}}));
}

TEST(CsvReaderTest, KnowsTheLineOfARow) {
  const std::string text = "a\n\n\"b\nb\"\nc";
  CsvReader reader(text);
  Row row;
  std::vector<int> lines;
  while (reader.Next(&row)) lines.push_back(reader.line());
  EXPECT_EQ(lines, (std::vector<int>{1, 3, 5}));
}

TEST(CsvReaderTest, WhatIsQuotedComesBack) {
  EXPECT_TRUE(rc::check([](const std::vector<std::string>& fields) {
    RC_PRE(!fields.empty());
    std::string text;
    for (const std::string& field : fields) {
      absl::StrAppend(&text, text.empty() ? "" : ",", "\"",
                      absl::StrReplaceAll(field, {{"\"", "\"\""}}), "\"");
    }
    RC_ASSERT(ReadAll(text + "\r\n") == std::vector<Row>{fields});
  }));
}

TEST(CsvReaderTest, ReadsAnyText) {
  EXPECT_TRUE(rc::check([](const std::string& text) {
    for (const Row& row : ReadAll(text)) RC_ASSERT(!row.empty());
  }));
}

}  // namespace
}  // namespace tsunagu::drug_master
