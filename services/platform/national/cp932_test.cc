#include "services/platform/national/cp932.h"

#include <gtest/gtest.h>

namespace tsunagu::national {
namespace {

TEST(Cp932Test, RoundTripsTheCharactersThatOnlyCp932Has) {
  const std::string utf8 = "髙①－～ｶﾅ";
  const auto cp932 = Utf8ToCp932(utf8);
  ASSERT_TRUE(cp932.ok());
  EXPECT_EQ(*Cp932ToUtf8(*cp932), utf8);
}

TEST(Cp932Test, NamesTheOffsetOfABrokenSequence) {
  const auto text = Cp932ToUtf8("ab\x81");
  ASSERT_FALSE(text.ok());
  EXPECT_EQ(text.status().message(), "no UTF-8 text at byte 2");
}

TEST(Cp932Test, RefusesCharactersThatCp932Lacks) { EXPECT_FALSE(Utf8ToCp932("a😀").ok()); }

TEST(Cp932Test, TellsUtf8FromOtherBytes) {
  EXPECT_TRUE(IsUtf8("日本😀"));
  EXPECT_FALSE(IsUtf8("\x93\xFA\x96\x7B"));
  EXPECT_FALSE(IsUtf8("\xC0\xAF"));
  EXPECT_FALSE(IsUtf8("\xED\xA0\x80"));
  EXPECT_FALSE(IsUtf8("\xE3\x81"));
}

TEST(Cp932Test, DecodesEitherEncodingAndDropsTheMark) {
  EXPECT_EQ(*DecodeText("\xEF\xBB\xBF日本"), "日本");
  EXPECT_EQ(*DecodeText("\x93\xFA\x96\x7B"), "日本");
}

TEST(Cp932Test, NarrowsFullWidthAsciiOnly) {
  EXPECT_EQ(ToHalfWidth("０１－２３　Ａｚ～カｶ"), "01-23 Az~カｶ");
}

TEST(Cp932Test, CountsBytesAsTheNationalLimitsDo) { EXPECT_EQ(Cp932Length("aｱあ髙"), 6u); }

}  // namespace
}  // namespace tsunagu::national
