#include "services/platform/national/cp932.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace tsunagu::national {
namespace {

// Every one- and two-byte code that CP932 can hold, whether a character stands there or not.
std::vector<std::string> AllCodes() {
  std::vector<std::string> codes;
  for (int first = 0; first < 256; ++first) {
    const bool lead = (first >= 0x81 && first <= 0x9F) || (first >= 0xE0 && first <= 0xFC);
    if (!lead) codes.emplace_back(1, static_cast<char>(first));
    for (int second = 0x40; lead && second <= 0xFC; ++second) {
      codes.push_back({static_cast<char>(first), static_cast<char>(second)});
    }
  }
  return codes;
}

std::string Utf8Of(char32_t point) {
  std::string out;
  const auto more = [&](int shift) {
    out.push_back(static_cast<char>(0x80 | ((point >> shift) & 0x3F)));
  };
  if (point < 0x80) {
    out.push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (point >> 6)));
    more(0);
  } else if (point < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | (point >> 12)));
    more(6);
    more(0);
  } else {
    out.push_back(static_cast<char>(0xF0 | (point >> 18)));
    more(12);
    more(6);
    more(0);
  }
  return out;
}

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

// The characters on which Shift_JIS tables disagree; the wrong table makes equal names differ.
TEST(Cp932Test, ReadsTheDisputedCodesAsWindowsDoes) {
  const struct {
    const char* bytes;
    char32_t point;
  } kCases[] = {
      {"\x5C", U'\\'},         {"\x7E", U'~'},          {"\x81\x50", U'\uFFE3'},
      {"\x81\x5C", U'\u2015'}, {"\x81\x5F", U'\uFF3C'}, {"\x81\x60", U'\uFF5E'},
      {"\x81\x61", U'\u2225'}, {"\x81\x7C", U'\uFF0D'}, {"\x81\x8F", U'\uFFE5'},
      {"\x81\x91", U'\uFFE0'}, {"\x81\x92", U'\uFFE1'}, {"\x81\xCA", U'\uFFE2'},
      {"\x87\x40", U'\u2460'}, {"\xFB\xFC", U'\u9AD9'}, {"\xB1", U'\uFF71'},
  };
  for (const auto& [bytes, point] : kCases) {
    const auto text = Cp932ToUtf8(bytes);
    ASSERT_TRUE(text.ok()) << Utf8Of(point);
    EXPECT_EQ(*text, Utf8Of(point));
    EXPECT_EQ(*Utf8ToCp932(*text), bytes) << Utf8Of(point);
  }
}

TEST(Cp932Test, EveryCharacterComesBackAndHasTheLengthThatIsCounted) {
  int characters = 0;
  for (const std::string& code : AllCodes()) {
    const auto text = Cp932ToUtf8(code);
    if (!text.ok()) continue;
    ++characters;
    EXPECT_TRUE(IsUtf8(*text));
    // Some characters have two codes: the bytes may differ, the character may not.
    const auto back = Utf8ToCp932(*text);
    ASSERT_TRUE(back.ok()) << *text;
    EXPECT_EQ(*Cp932ToUtf8(*back), *text);
    EXPECT_EQ(Cp932Length(*text), back->size()) << *text;
  }
  // JIS X 0201 and 0208, NEC row 13, the IBM extensions twice.
  EXPECT_GT(characters, 7'000);
}

TEST(Cp932Test, NarrowsExactlyTheFormsThatHaveAHalf) {
  for (char32_t point = 0x20; point < 0x30000; ++point) {
    if (point >= 0xD800 && point < 0xE000) continue;
    const std::string wide = Utf8Of(point);
    const bool ascii = point >= 0xFF01 && point <= 0xFF5E;
    const std::string want = point == 0x3000 ? " " : ascii ? Utf8Of(point - 0xFEE0) : wide;
    ASSERT_EQ(ToHalfWidth(wide), want) << static_cast<uint32_t>(point);
  }
}

TEST(Cp932Test, EveryScalarValueIsUtf8AndSurrogatesAreNot) {
  for (char32_t point = 0; point < 0x110000; ++point) {
    const bool surrogate = point >= 0xD800 && point < 0xE000;
    ASSERT_EQ(IsUtf8(Utf8Of(point)), !surrogate) << static_cast<uint32_t>(point);
  }
  for (const char* bytes :
       {"\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
        "\xF8\x88\x80\x80\x80", "\xFF", "\xC2", "\xC2\x41"}) {
    EXPECT_FALSE(IsUtf8(bytes));
    EXPECT_FALSE(IsUtf8(absl::StrCat("ok", bytes, "ok")));
  }
}

TEST(Cp932Test, AFailureLeavesNothingBehindForTheNextText) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(Cp932ToUtf8("\x93\xFA\x96").ok());
    EXPECT_EQ(*Cp932ToUtf8("\x96\x7B"), "本");
    EXPECT_FALSE(Utf8ToCp932("日\xE6\x9C").ok());
    EXPECT_EQ(*Utf8ToCp932("本"), "\x96\x7B");
  }
}

TEST(Cp932Test, ThreadsConvertAtTheSameTime) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([t] {
      const std::string text = absl::StrCat("髙①", t);
      for (int i = 0; i < 500; ++i) {
        EXPECT_EQ(*Cp932ToUtf8(*Utf8ToCp932(text)), text);
        EXPECT_FALSE(Cp932ToUtf8("\x81").ok());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(Cp932Test, ErrorsTellTheOffsetAndNotTheText) {
  const std::string secret = "見本花子";
  const absl::Status status = Utf8ToCp932(secret + "😀").status();
  EXPECT_EQ(status.message(), "no CP932 text at byte 12");
}

RC_GTEST_PROP(Cp932Property, WhatIsDecodedIsUtf8, (const std::string& bytes)) {
  const auto text = DecodeText(bytes);
  if (!text.ok()) return;
  RC_ASSERT(IsUtf8(*text));
  if (IsUtf8(bytes) && !absl::StartsWith(bytes, "\xEF\xBB\xBF")) RC_ASSERT(*text == bytes);
}

RC_GTEST_PROP(Cp932Property, NarrowingTwiceIsNarrowingOnce, (const std::string& bytes)) {
  RC_ASSERT(ToHalfWidth(ToHalfWidth(bytes)) == ToHalfWidth(bytes));
  RC_ASSERT(ToHalfWidth(bytes).size() <= bytes.size());
}

RC_GTEST_PROP(Cp932Property, TheLengthOfPartsAddsUp, ()) {
  const auto part = rc::gen::element<std::string>("a", "ｱ", "あ", "髙", "😀", "－", " ");
  std::string text;
  size_t sum = 0;
  for (const std::string& p : *rc::gen::container<std::vector<std::string>>(part)) {
    text += p;
    sum += Cp932Length(p);
  }
  RC_ASSERT(Cp932Length(text) == sum);
}

}  // namespace
}  // namespace tsunagu::national
