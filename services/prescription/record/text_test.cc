#include "services/prescription/record/text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "services/platform/national/cp932.h"

namespace tsunagu::prescription::record {
namespace {

std::string RoundTrip(absl::string_view bytes) {
  return EncodeRecordText(*DecodeRecordText(bytes));
}

// RX-195
RC_GTEST_PROP(TextTest, RX195AnyBytesComeBackAsTheyWere, (const std::string& bytes)) {
  RC_ASSERT(RoundTrip(bytes) == bytes);
}

// RX-195: bytes that look like files, with lead bytes, line ends and end marks.
RC_GTEST_PROP(TextTest, RX195FileLikeBytesComeBackAsTheyWere, ()) {
  const auto piece = rc::gen::element<std::string>("\r\n", "\n", "\r", "\x1A", "1,", "\x93\xFA",
                                                   "\xED\x40", "\x81", "\xFB\xFC", "\xE6\x97\xA5",
                                                   "\xEF\xBB\xBF", "\xB1", "\xF0\x40");
  const auto pieces = *rc::gen::container<std::vector<std::string>>(piece);
  std::string bytes;
  for (const std::string& p : pieces) bytes += p;
  RC_ASSERT(RoundTrip(bytes) == bytes);
}

TEST(TextTest, RemembersCharsetLineEndsAndEndMark) {
  const RecordText text = *DecodeRecordText("a\r\n\x93\xFA\n\xB1\x1A");
  EXPECT_EQ(text.charset, Charset::kCp932);
  EXPECT_TRUE(text.end_mark);
  ASSERT_EQ(text.lines.size(), 3u);
  EXPECT_EQ(text.lines[0], (Line{"a", LineEnd::kCrLf}));
  EXPECT_EQ(text.lines[1], (Line{"日", LineEnd::kLf}));
  EXPECT_EQ(text.lines[2], (Line{"ｱ", LineEnd::kNone}));
}

TEST(TextTest, TakesWellFormedUtf8AsSuch) {
  const RecordText text = *DecodeRecordText("\xEF\xBB\xBF日本\n");
  EXPECT_EQ(text.charset, Charset::kUtf8);
  EXPECT_TRUE(text.byte_order_mark);
  EXPECT_EQ(text.lines[0].text, "日本");
  EXPECT_EQ(DecodeRecordText("plain\n")->charset, Charset::kCp932);
}

TEST(TextTest, OneBrokenLineLeavesTheOthersReadable) {
  const RecordText text = *DecodeRecordText("\x93\xFA\r\n\x81\r\n\x93\xFA\r\n");
  ASSERT_EQ(text.lines.size(), 3u);
  EXPECT_FALSE(text.lines[0].broken);
  EXPECT_TRUE(text.lines[1].broken);
  EXPECT_EQ(text.lines[2].text, "日");
}

TEST(TextTest, AnEmptyFileHasNoLines) {
  EXPECT_TRUE(DecodeRecordText("")->lines.empty());
  EXPECT_TRUE(DecodeRecordText("\x1A")->lines.empty());
}

// RX-105
TEST(TextTest, RX105LimitsAreExact) {
  EXPECT_TRUE(DecodeRecordText(std::string(kMaxFileBytes, 'a')).ok());
  EXPECT_FALSE(DecodeRecordText(std::string(kMaxFileBytes + 1, 'a')).ok());
  EXPECT_TRUE(DecodeRecordText(std::string(kMaxLines, '\n')).ok());
  EXPECT_FALSE(DecodeRecordText(std::string(kMaxLines + 1, '\n')).ok());
}

// RX-198
TEST(TextTest, RX198WhatCp932LacksBecomesTheBlackSquare) {
  RecordText text;
  text.lines.push_back({"日😀本", LineEnd::kCrLf});
  EXPECT_EQ(*national::Cp932ToUtf8(EncodeRecordText(text)), "日■本\r\n");
  text.charset = Charset::kUtf8;
  EXPECT_EQ(EncodeRecordText(text), "日😀本\r\n");
}

}  // namespace
}  // namespace tsunagu::prescription::record
