#include "services/prescription/record/summary.h"

#include <gtest/gtest.h>

#include "services/prescription/record/testing.h"

namespace tsunagu::prescription::record {
namespace {

using testing::ReadSample;
using testing::ValidCj1;

TEST(SummaryTest, TellsWhatTheFileIs) {
  const CheckedSummary checked = CheckFile(ReadSample("a05_zengen_2rp.txt"), nullptr);
  EXPECT_EQ(checked.summary.format, "JAHIS");
  EXPECT_EQ(checked.summary.version, "10");
  EXPECT_EQ(checked.summary.issue_day, absl::CivilDay(2024, 6, 10));
  EXPECT_EQ(checked.summary.rp_count, 2);
  EXPECT_EQ(checked.summary.drug_count, 2);
  EXPECT_FALSE(checked.summary.refill);
  EXPECT_FALSE(checked.summary.split);
}

TEST(SummaryTest, TellsRefillAndSplit) {
  EXPECT_TRUE(CheckFile(ReadSample("a06_refill_3times.txt"), nullptr).summary.refill);
  EXPECT_TRUE(CheckFile(ReadSample("a07_bunkatsu_1of3.txt"), nullptr).summary.split);
  EXPECT_TRUE(CheckFile(ValidCj1(), nullptr).summary.refill);
}

TEST(SummaryTest, IsFilledAsFarAsTheFileCanBeRead) {
  const CheckedSummary broken = CheckFile(ReadSample("n12_missing_51.txt"), nullptr);
  EXPECT_TRUE(national::HasErrors(broken.findings));
  EXPECT_EQ(broken.summary.drug_count, 1);
  EXPECT_FALSE(broken.summary.issue_day.has_value());
  EXPECT_EQ(CheckFile("no such thing", nullptr).summary.format, "");
}

// RX-193
TEST(SummaryTest, RX193FindingsHoldNoValueOfTheFile) {
  std::string bytes = ReadSample("a15_wareki_koureisha.txt");
  const size_t at = bytes.find("12345674");
  bytes.replace(at, 8, "1234567490123456789012345678901234567890123");
  const CheckedSummary checked = CheckFile(bytes, nullptr);
  ASSERT_FALSE(checked.findings.empty());
  for (const national::Finding& finding : checked.findings) {
    for (const std::string& text : {finding.field, finding.text_ja, finding.text_en}) {
      EXPECT_EQ(text.find("12345674"), std::string::npos);
      EXPECT_EQ(text.find("日薬"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace tsunagu::prescription::record
