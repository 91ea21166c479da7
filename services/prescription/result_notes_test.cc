#include "services/prescription/result_notes.h"

#include <gtest/gtest.h>

#include "absl/time/civil_time.h"
#include "services/prescription/test_documents.h"

namespace tsunagu::prescription {
namespace {

const absl::CivilDay kDay(2026, 6, 1);

// RX-510
TEST(ResultNotesTest, WhatTheRecordFileTellsThePrescriber) {
  const v1::ResultNotes notes = ReadNotes(UnsignedResult(ResultText(kDay), ""));
  ASSERT_EQ(notes.inquiries_size(), 1);
  EXPECT_EQ(notes.inquiries(0), "用量を確認");
  ASSERT_EQ(notes.messages_size(), 1);
  EXPECT_EQ(notes.messages(0).kind(), 99);
  EXPECT_EQ(notes.messages(0).text(), "残薬なし");
  ASSERT_EQ(notes.remarks_size(), 1);
  EXPECT_EQ(notes.remarks(0), "備考");
  EXPECT_TRUE(HasNotes(notes));
}

TEST(ResultNotesTest, NothingOfWhatTellsNothing) {
  std::string text = Change(ResultText(kDay), "411,99,残薬なし\n", "");
  text = Change(Change(text, "501,備考\n", ""), "511,1,999,用量を確認\n", "");
  EXPECT_FALSE(HasNotes(ReadNotes(UnsignedResult(text, ""))));
  EXPECT_FALSE(HasNotes(ReadNotes("no document")));
  EXPECT_FALSE(HasNotes(ReadNotes("")));
}

}  // namespace
}  // namespace tsunagu::prescription
