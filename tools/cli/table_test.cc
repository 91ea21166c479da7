#include "tools/cli/table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace tsunagu::cli {
namespace {

TEST(DisplayWidth, AsTerminalsCount) {
  const struct {
    const char* text;
    int width;
  } kCases[] = {
      {"", 0},
      {"abc", 3},
      {"合成　一郎", 10},                // the space between is wide too
      {"ｺﾞｳｾｲ", 5},                      // half-width kana
      {"アムロジピンＯＤ錠５ｍｇ", 24},  // full-width letters
      {"か\u3099", 2},                   // a combining voice mark
      {"é", 1},
      {"髙①", 3},
      {"𠮷", 2},  // outside the basic plane
  };
  for (const auto& c : kCases) EXPECT_EQ(DisplayWidth(c.text), c.width) << c.text;
}

TEST(DisplayWidth, BytesThatAreNoUtf8CountOne) {
  EXPECT_EQ(DisplayWidth("\x82\xa0"), 2);
  EXPECT_EQ(DisplayWidth("\xe3\x81"), 2);
  EXPECT_EQ(DisplayWidth("\xff"), 1);
}

TEST(Printable, LeavesTextAlone) { EXPECT_EQ(Printable("合成　一郎 (ok)"), "合成　一郎 (ok)"); }

TEST(Printable, NothingReachesTheTerminalAsACommand) {
  EXPECT_EQ(Printable("a\x1b[31mred\r\nb"), "a [31mred  b");
  EXPECT_EQ(Printable("\u202Etxet"), " txet");
  EXPECT_EQ(Printable("\u009B31m"), " 31m");
}

TEST(FormatTable, PadsByWidthAndRulesTheHeader) {
  EXPECT_EQ(FormatTable({"薬品", "量"}, {{"アムロジピン", "1"}, {"tape", "35"}}),
            "薬品          量\n"
            "------------  --\n"
            "アムロジピン  1\n"
            "tape          35\n");
}

TEST(FormatTable, SaysWhenThereIsNothing) {
  EXPECT_EQ(FormatTable({"a"}, {}), "（なし / none）\n");
}

TEST(FormatTable, FillsShortRows) {
  EXPECT_EQ(FormatTable({"a", "b", "c"}, {{"1"}, {"1", "2", "3"}}),
            "a  b  c\n-  -  -\n1\n1  2  3\n");
}

TEST(FormatTable, ACellCannotBreakTheLines) {
  EXPECT_EQ(FormatTable({"a"}, {{"x\ny"}}), "a\n---\nx y\n");
}

TEST(FormatPairs, LeavesOutWhatIsEmpty) {
  EXPECT_EQ(FormatPairs({{"氏名", "合成　一郎"}, {"枝番", ""}, {"insurer", "01130012"}}),
            "氏名     合成　一郎\ninsurer  01130012\n");
}

RC_GTEST_PROP(Printable, IsIdempotentAndHoldsNoControls, (const std::string& text)) {
  const std::string once = Printable(text);
  RC_ASSERT(Printable(once) == once);
  for (const char c : once) RC_ASSERT(static_cast<unsigned char>(c) >= 0x20);
}

RC_GTEST_PROP(FormatTable, OneLineForEachRowWhateverItHolds, (const std::string& cell)) {
  const std::string text = FormatTable({"h", "i"}, {{cell, "x"}, {"y", cell}});
  RC_ASSERT(std::count(text.begin(), text.end(), '\n') == 4);
}

}  // namespace
}  // namespace tsunagu::cli
