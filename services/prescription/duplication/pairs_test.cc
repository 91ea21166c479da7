#include "services/prescription/duplication/pairs.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "absl/strings/str_cat.h"

namespace tsunagu::prescription::duplication {
namespace {

const absl::CivilDay kDay(2026, 6, 2);

// "1 2" for each finding: line, field.
std::vector<std::string> Found(absl::string_view text) {
  PairTable table;
  std::vector<std::string> found;
  for (const auto& finding : table.Read(text)) {
    EXPECT_EQ(finding.rule, "RX-403");
    found.push_back(absl::StrCat(finding.record, " ", finding.field));
  }
  return found;
}

using Strings = std::vector<std::string>;

// RX-402
TEST(PairsTest, APairCountsInBothOrdersOnItsDays) {
  const auto table = OpenPairs("services/prescription/duplication/testdata/pairs.csv");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ((*table)->size(), 2u);
  ASSERT_NE((*table)->Find("2171022", "1124007", kDay), nullptr);
  EXPECT_EQ((*table)->Find("1124007", "2171022", kDay)->source, "出典一");
  EXPECT_NE((*table)->Find("2171022", "1124007", absl::CivilDay(1990, 1, 1)), nullptr);
  EXPECT_NE((*table)->Find("6290004", "2171014", absl::CivilDay(2026, 1, 1)), nullptr);
  EXPECT_NE((*table)->Find("6290004", "2171014", absl::CivilDay(2026, 12, 31)), nullptr);
  EXPECT_EQ((*table)->Find("6290004", "2171014", absl::CivilDay(2025, 12, 31)), nullptr);
  EXPECT_EQ((*table)->Find("6290004", "2171014", absl::CivilDay(2027, 1, 1)), nullptr);
  EXPECT_EQ((*table)->Find("6290004", "1124007", kDay), nullptr);
}

TEST(PairsTest, TheExampleThatIsShippedIsRight) {
  const auto table = OpenPairs("deploy/machine/contraindicated_pairs.csv");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_NE((*table)->Find("6290004", "1124007", kDay), nullptr);
  EXPECT_TRUE((*table)->is_example());
  // Drugs of tools/population.
  EXPECT_NE((*table)->Find("1190023", "6149003", kDay), nullptr);
}

// RX-560
TEST(PairsTest, ATableSaysOfWhichDayItIs) {
  PairTable table;
  EXPECT_TRUE(table.Read("as-of,20261101\n1111111,2222222,,,a\n").empty());
  EXPECT_EQ(table.as_of(), absl::CivilDay(2026, 11, 1));
  EXPECT_FALSE(table.is_example());
  EXPECT_EQ(table.size(), 1u);
  EXPECT_EQ(PairTable().as_of(), std::nullopt);
  for (const char* wrong :
       {"as-of,\n", "as-of,2026\n", "as-of,20261301\n", "as-of,20261101\nas-of,20261102\n"}) {
    const auto findings = PairTable().Read(wrong);
    ASSERT_EQ(findings.size(), 1u) << wrong;
    EXPECT_EQ(findings[0].rule, "RX-560");
  }
}

// RX-402
TEST(PairsTest, APairMayCountAtSeveralTimes) {
  PairTable table;
  EXPECT_TRUE(table.Read("1111111,2222222,,20251231,a\n2222222,1111111,20270101,,b\n").empty());
  EXPECT_EQ(table.Find("1111111", "2222222", absl::CivilDay(2025, 1, 1))->source, "a");
  EXPECT_EQ(table.Find("1111111", "2222222", kDay), nullptr);
  EXPECT_EQ(table.Find("1111111", "2222222", absl::CivilDay(2028, 1, 1))->source, "b");
}

// RX-403
TEST(PairsTest, EveryWrongLineIsFoundWithItsPlace) {
  EXPECT_EQ(Found("\xEF\xBB\xBF# nothing\r\n\r\n1111111,2222222,,,a\r\n"), Strings{});
  EXPECT_EQ(Found("1111111,2222222,,,a,b\n"
                  "1111111,2222222\n"
                  "111111,2222222,,,a\n"
                  "1111111,222222X,,,a\n"
                  "1111111,1111111,,,a\n"
                  "1111111,2222222,20260231,,a\n"
                  "1111111,2222222,5080601,,a\n"
                  "1111111,2222222,,2026,a\n"
                  "1111111,2222222,20260601,20260531,a\n"
                  "1111111,2222222,,,\n"),
            (Strings{"1 ", "2 ", "3 1", "4 2", "5 2", "6 3", "7 3", "8 4", "9 4", "10 5"}));
  EXPECT_EQ(Found("1111111,2222222,,20260601,a\n2222222,1111111,20260601,,b\n"), Strings{"2 "});
}

// RX-403
TEST(PairsTest, AFileThatIsWrongIsNotOpened) {
  EXPECT_EQ(OpenPairs("").value(), nullptr);
  EXPECT_EQ(OpenPairs("/nowhere").status().code(), absl::StatusCode::kNotFound);
  const auto wrong = OpenPairs("services/platform/drug_master/testdata/../pairs");
  EXPECT_FALSE(wrong.ok());
}

// RX-402
RC_GTEST_PROP(PairsPropertyTest, FindingIsSymmetric, ()) {
  const auto key =
      rc::gen::map(rc::gen::inRange(0, 5), [](int i) { return absl::StrCat("111111", i); });
  const auto pairs = *rc::gen::container<std::vector<std::pair<std::string, std::string>>>(
      rc::gen::pair(key, key));
  std::string text;
  for (const auto& [a, b] : pairs) absl::StrAppend(&text, a, ",", b, ",,,x\n");
  PairTable table;
  table.Read(text);
  const std::string a = *key, b = *key;
  RC_ASSERT(table.Find(a, b, kDay) == table.Find(b, a, kDay));
  RC_ASSERT(table.Find(a, a, kDay) == nullptr);
}

// RX-403: any text is read, and every line is a pair or a finding, or left out.
RC_GTEST_PROP(PairsPropertyTest, AnyTextIsRead, (const std::string& text)) {
  PairTable table;
  table.Read(text);
}

}  // namespace
}  // namespace tsunagu::prescription::duplication
