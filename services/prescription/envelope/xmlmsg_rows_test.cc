#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "services/prescription/envelope/interfaces.h"
#include "services/prescription/envelope/xmlmsg.h"

namespace tsunagu::prescription::envelope {
namespace {

const Interface& List() { return *FindInterface(213); }
const Interface& Check() { return *FindInterface(219); }

Answer AnswerWith(std::vector<Fields> rows) {
  Answer answer;
  answer.header = {"1311234567", "file-1", CharacterCode::kUtf8};
  answer.rows = std::move(rows);
  return answer;
}

TEST(XmlMsgRowsTest, RX528RowsComeBackInTheirOrder) {
  const Answer answer = AnswerWith({{{"PrescriptionId", "p-2"}, {"IssueDate", "20260512"}},
                                    {{"PrescriptionId", "p-1"}},
                                    {{"PrescriptionId", "p-2"}}});
  const auto xml = WriteAnswer(List(), answer);
  ASSERT_TRUE(xml.ok()) << xml.status();
  EXPECT_EQ(ReadAnswer(List(), *xml).answer->rows, answer.rows);
  Answer other = answer;
  other.rows.pop_back();
  EXPECT_FALSE(SameAnswer(other, answer));
}

TEST(XmlMsgRowsTest, RX528WhatARowCannotHoldIsNotWritten) {
  EXPECT_FALSE(WriteAnswer(List(), AnswerWith({{{"IssueDate", "20260231"}}})).ok());
  EXPECT_FALSE(WriteAnswer(List(), AnswerWith({{{"AccessCode", "123456"}}})).ok());
  EXPECT_FALSE(WriteAnswer(*FindInterface(203), AnswerWith({{{"PrescriptionId", "p"}}})).ok());
  std::vector<Fields> rows(kMaxRows, {{"PrescriptionId", "p"}});
  EXPECT_TRUE(WriteAnswer(List(), AnswerWith(rows)).ok());
  rows.push_back(rows.front());
  EXPECT_FALSE(WriteAnswer(List(), AnswerWith(rows)).ok());
}

TEST(XmlMsgRowsTest, RX528AFaultInARowNamesItsPath) {
  std::string xml = *WriteAnswer(List(), AnswerWith({{{"IssueDate", "20260512"}}}));
  xml.replace(xml.find("20260512"), 8, "20260299");
  const AnswerResult read = ReadAnswer(List(), xml);
  ASSERT_EQ(read.findings.size(), 1u);
  EXPECT_EQ(read.findings[0].rule, "RX-524");
  EXPECT_EQ(read.findings[0].field, "MessageBody/PrescriptionList/Prescription/IssueDate");
}

TEST(XmlMsgRowsTest, RX527ALongTextHasItsLimit) {
  const auto writes = [](const std::string& text) {
    return WriteAnswer(Check(), AnswerWith({{{"ThisDrugName", text}}})).ok();
  };
  EXPECT_TRUE(writes(std::string(kMaxLongText, 'x')));
  EXPECT_FALSE(writes(std::string(kMaxLongText + 1, 'x')));
  EXPECT_FALSE(writes("a\nb"));
  std::string xml = *WriteAnswer(Check(), AnswerWith({{{"ThisDrugName", "ab"}}}));
  xml.replace(xml.find(">ab<"), 4, ">a\nb<");
  EXPECT_EQ(ReadAnswer(Check(), xml).findings.at(0).rule, "RX-527");
}

// The reader refuses a document of more elements.
TEST(XmlMsgRowsTest, RX528AFullListFitsIntoAMessage) {
  for (const Interface& interface : Interfaces()) {
    if (interface.rows.list == nullptr) continue;
    Fields row;
    for (const Field& field : interface.rows.fields) {
      row[field.name] = field.form == Form::kDay ? "20260512" : "1";
    }
    Answer answer = AnswerWith(std::vector<Fields>(kMaxRows, row));
    answer.record_findings.assign(kMaxFindingsPerList, {"RX-408", national::Severity::kWarning});
    EXPECT_TRUE(WriteAnswer(interface, answer).ok()) << interface.id;
  }
}

}  // namespace
}  // namespace tsunagu::prescription::envelope
