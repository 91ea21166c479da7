#include "services/prescription/record/records.h"

#include <gtest/gtest.h>

namespace tsunagu::prescription::record {
namespace {

std::optional<RecordFile> Read(absl::string_view bytes, Report& report) {
  return ReadRecords(*DecodeRecordText(bytes), report);
}

TEST(RecordsTest, TheHeadTellsTheFormat) {
  Report report;
  EXPECT_EQ(Read("SJ1\n", report)->format, Format::kSj1);
  EXPECT_EQ(Read("CJ1\n", report)->format, Format::kCj1);
  const std::optional<RecordFile> qr = Read("JAHIS10\r\n", report);
  EXPECT_EQ(qr->format, Format::kJahis);
  EXPECT_EQ(qr->version, "10");
  EXPECT_TRUE(report.findings().empty());
}

TEST(RecordsTest, FieldsAreFoundByTheirName) {
  Report report;
  const RecordFile file = *Read("SJ1\n63,3,2\n12,x\n", report);
  ASSERT_EQ(file.records.size(), 2u);
  EXPECT_EQ(file.records[0].number(), 63);
  EXPECT_EQ(file.records[0].line, 2);
  EXPECT_EQ(file.records[0].GetInt("index"), 2);
  EXPECT_EQ(file.records[0].Get("no such field"), "");
  EXPECT_FALSE(file.records[1].GetInt("sex").has_value());
}

TEST(RecordsTest, FieldsLeftOutAtTheEndAreEmpty) {
  Report report;
  const RecordFile file = *Read("SJ1\n3,03-1234-5678\n", report);
  EXPECT_EQ(file.records[0].Get("phone"), "03-1234-5678");
  EXPECT_EQ(file.records[0].Get("contact"), "");
  EXPECT_TRUE(report.findings().empty());
}

TEST(RecordsTest, ASpoiledRecordKeepsOnlyWhereItBelongs) {
  Report report;
  const RecordFile file = *Read("SJ1\n111,1,3,1,a,b,c,d\n", report);
  ASSERT_EQ(file.records.size(), 1u);
  EXPECT_TRUE(file.records[0].spoiled);
  EXPECT_EQ(file.records[0].Get("rp"), "1");
  EXPECT_EQ(file.records[0].Get("code_kind"), "");
  ASSERT_EQ(report.findings().size(), 1u);
  EXPECT_EQ(report.findings()[0].rule, "RX-107");
}

TEST(RecordsTest, GroupsByRpAndDrugWhereverTheyStand) {
  Report report;
  const RecordFile file = *Read(
      "SJ1\n51,20260510\n201,1,1\n211,1,1,2\n101,1,1,,7\n101,2,1,,7\n"
      "201,1,2\n301,1,,x\n",
      report);
  const Structure structure = GroupRecords(file.records);
  ASSERT_EQ(structure.rps.size(), 2u);
  EXPECT_EQ(structure.file.size(), 2u);
  EXPECT_EQ(structure.rps[0].drugs.size(), 2u);
  EXPECT_EQ(structure.rps[0].drugs[0].records.size(), 2u);
  EXPECT_EQ(structure.rps[0].drugs[0].drug()->line, 3);
  EXPECT_EQ(structure.rps[0].records.size(), 1u);
  EXPECT_TRUE(structure.rps[1].drugs.empty());
  EXPECT_EQ(FindRecord(structure.file, 301)->line, 8);
  EXPECT_EQ(FindRecord(structure.file, 1), nullptr);
}

TEST(RecordsTest, RecordsWithoutAnRpNumberAreInNoGroup) {
  Report report;
  const RecordFile file = *Read("SJ1\n101,x,1,,7\n201,1,y\n101,99999999999,1,,7\n", report);
  EXPECT_TRUE(GroupRecords(file.records).rps.empty());
}

}  // namespace
}  // namespace tsunagu::prescription::record
