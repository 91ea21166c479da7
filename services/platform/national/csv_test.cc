#include "services/platform/national/csv.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace tsunagu::national {
namespace {

std::vector<CsvFault> Faults(absl::string_view text, const CsvLimits& limits = {}) {
  std::vector<CsvFault> faults;
  for (const CsvProblem& problem : ParseCsv(text, limits).problems) faults.push_back(problem.fault);
  return faults;
}

TEST(CsvTest, ReadsCommasQuotesAndLineBreaksInsideQuotes) {
  const Csv csv = ParseCsv("1,\"a,b\",\"say \"\"hi\"\"\"\r\n2,\"x\r\ny\",\r\n3\r\n");
  EXPECT_TRUE(csv.problems.empty());
  ASSERT_EQ(csv.rows.size(), 3u);
  EXPECT_EQ(csv.rows[0].cells, (std::vector<CsvCell>{{"1"}, {"a,b", true}, {"say \"hi\"", true}}));
  EXPECT_EQ(csv.rows[1].cells, (std::vector<CsvCell>{{"2"}, {"x\r\ny", true}, {""}}));
  EXPECT_EQ(csv.rows[1].line, 2);
  EXPECT_EQ(csv.rows[2].line, 4) << "the quoted line break counts";
}

TEST(CsvTest, EmptyTextHasNoRows) {
  EXPECT_TRUE(ParseCsv("").rows.empty());
  EXPECT_TRUE(ParseCsv("").problems.empty());
}

TEST(CsvTest, QuotedAndBareEmptyCellsStayDifferent) {
  const std::string text = "\"\",,\"\"\r\n";
  EXPECT_EQ(FormatCsv(ParseCsv(text).rows), text);
}

TEST(CsvTest, ReportsACutOffQuote) {
  EXPECT_EQ(ParseCsv("1\r\n2,\"abc").problems.front(),
            (CsvProblem{CsvFault::kUnterminatedQuote, 2, 2}));
}

TEST(CsvTest, ReportsStrayQuotesAndKeepsTheText) {
  EXPECT_EQ(Faults("a\"b,c\r\n"), std::vector{CsvFault::kStrayQuote});
  const Csv after = ParseCsv("\"a\"b,c\r\n");
  EXPECT_EQ(after.problems, std::vector({CsvProblem{CsvFault::kStrayQuote, 1, 1}}));
  EXPECT_EQ(after.rows[0].cells[0].text, "ab");
}

TEST(CsvTest, ReportsOtherLineEndsOnce) {
  EXPECT_EQ(Faults("1\n2\n3\n"), std::vector{CsvFault::kLineEnd});
  EXPECT_EQ(Faults("1\r2\r\n"), std::vector{CsvFault::kLineEnd});
  EXPECT_EQ(Faults("1\r\n2"), std::vector{CsvFault::kLineEnd});
  EXPECT_EQ(ParseCsv("1\n2\n").rows.size(), 2u);
}

TEST(CsvTest, HoldsItsLimits) {
  EXPECT_EQ(Faults("1\r\n2\r\n3\r\n", {.rows = 2}), std::vector{CsvFault::kTooManyRows});
  EXPECT_EQ(Faults("1,2,3,4\r\n", {.cells = 2}), std::vector{CsvFault::kTooManyCells});
  EXPECT_EQ(ParseCsv("1,2,3,4\r\n", {.cells = 2}).rows[0].cells.size(), 2u);
  EXPECT_EQ(Faults("12345,1\r\n", {.cell_bytes = 4}), std::vector{CsvFault::kCellTooLong});
  std::string strays;
  for (int i = 0; i < 200; ++i) strays += "a\"\r\n";
  EXPECT_EQ(Faults(strays).size(), kMaxCsvProblems);
}

TEST(CsvTest, WritesQuotesWhereTheTextNeedsThem) {
  const std::vector<CsvRow> rows = {{1, {{"a,b"}, {"a\"b"}, {"a\nb"}, {"plain"}}}};
  EXPECT_EQ(FormatCsv(rows), "\"a,b\",\"a\"\"b\",\"a\nb\",plain\r\n");
}

RC_GTEST_PROP(CsvProperty, AnyRowsComeBack, ()) {
  const auto character = rc::gen::element('a', '7', ',', '"', '\r', '\n', ' ');
  const auto texts = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::vector<std::string>>>(
      rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(
          rc::gen::container<std::string>(character)))));
  std::vector<CsvRow> rows;
  for (const auto& cells : texts) {
    rows.push_back({0, {}});
    for (const std::string& text : cells) rows.back().cells.push_back({text, true});
  }
  Csv csv = ParseCsv(FormatCsv(rows));
  RC_ASSERT(csv.problems.empty());
  for (CsvRow& row : csv.rows) row.line = 0;
  RC_ASSERT(csv.rows == rows);
}

RC_GTEST_PROP(CsvProperty, TextWithoutProblemsIsReproduced, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\r', '\n'));
  const Csv csv = ParseCsv(text);
  if (csv.problems.empty()) RC_ASSERT(FormatCsv(csv.rows) == text);
}

RC_GTEST_PROP(CsvProperty, GarbageNeverCrashes, (const std::string& bytes)) {
  const Csv csv = ParseCsv(bytes, {.rows = 3, .cells = 3, .cell_bytes = 3});
  RC_ASSERT(csv.rows.size() <= 3u);
}

}  // namespace
}  // namespace tsunagu::national
