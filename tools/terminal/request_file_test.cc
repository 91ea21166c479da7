#include "tools/terminal/request_file.h"

#include <gtest/gtest.h>

#include <set>

namespace tsunagu::terminal {
namespace {

TEST(RequestFileTest, TM003WhatIsInWorkSaysWhatComesNext) {
  EXPECT_EQ(NextStep({.request = true}), Next::kAsk);
  EXPECT_EQ(NextStep({.request = true, .answer = true}), Next::kMark);
  EXPECT_EQ(NextStep({.answer = true, .answered = true}), Next::kPublish);
  EXPECT_EQ(NextStep({.answered = true}), Next::kFinish);
  EXPECT_EQ(NextStep({.answer = true}), Next::kNothing);
  EXPECT_EQ(NextStep({}), Next::kNothing);
}

TEST(RequestFileTest, FilesInWorkBelongToTheirRequest) {
  InWork all;
  EXPECT_EQ(RequestOf("a.xml", all), "a.xml");
  EXPECT_TRUE(all.request && !all.answer && !all.answered);
  EXPECT_EQ(RequestOf("a.xml.answer", all), "a.xml");
  EXPECT_EQ(RequestOf("a.xml.answered", all), "a.xml");
  EXPECT_TRUE(all.answer && all.answered);
  EXPECT_EQ(RequestOf("a.xml.draft", all), "");
}

TEST(RequestFileTest, TM010AFileIsWholeWhenItsWriterIsDone) {
  const Patience patience;
  EXPECT_FALSE(IsWhole(true, true, true, absl::Hours(1), patience));
  EXPECT_TRUE(IsWhole(false, true, true, absl::ZeroDuration(), patience));
  EXPECT_FALSE(IsWhole(false, false, true, absl::ZeroDuration(), patience));
  EXPECT_TRUE(IsWhole(false, false, true, patience.settle, patience));
  EXPECT_FALSE(IsWhole(false, true, false, patience.settle, patience));
  EXPECT_TRUE(IsWhole(false, false, false, patience.incomplete, patience));
}

TEST(RequestFileTest, TM010AMessageEndsWithItsRoot) {
  EXPECT_TRUE(EndsAsMessage("x</XmlMsg>\r\n "));
  EXPECT_TRUE(EndsAsMessage("</n:XmlMsg>"));
  EXPECT_FALSE(EndsAsMessage("</XmlMsg"));
  EXPECT_FALSE(EndsAsMessage("<XmlMsg>"));
  EXPECT_FALSE(EndsAsMessage(""));
}

TEST(RequestFileTest, TM021WaitsGrowToAMinute) {
  EXPECT_EQ(BackOff(1, absl::ZeroDuration()), absl::Seconds(1));
  EXPECT_EQ(BackOff(3, absl::ZeroDuration()), absl::Seconds(4));
  EXPECT_EQ(BackOff(1000, absl::ZeroDuration()), absl::Minutes(1));
  EXPECT_EQ(BackOff(1, absl::Minutes(5)), absl::Minutes(5));
}

TEST(RequestFileTest, TM020ACommandIdTellsRequestsApart) {
  const std::string digest = Digest("content");
  EXPECT_EQ(digest.size(), 64u);
  const std::set<std::string> ids = {
      CommandId(201, "1311234567", "f", digest), CommandId(203, "1311234567", "f", digest),
      CommandId(201, "1311234568", "f", digest), CommandId(201, "1311234567", "g", digest),
      CommandId(201, "1311234567", "f", Digest("other"))};
  EXPECT_EQ(ids.size(), 5u);
  EXPECT_EQ(ids.begin()->size(), 48u);
  EXPECT_EQ(CommandId(201, "1311234567", "f", digest), CommandId(201, "1311234567", "f", digest));
}

}  // namespace
}  // namespace tsunagu::terminal
