#include "services/platform/national/usage.h"

#include <gtest/gtest.h>

#include <string>

namespace tsunagu::national {
namespace {

// "usage code" after the text was added.
std::string Told(const std::string& usage, const std::string& code = "") {
  tsunagu::common::v1::Drug drug;
  drug.set_usage(usage);
  drug.set_usage_code(code);
  AddUsageText(drug);
  return drug.usage() + " " + drug.usage_code();
}

// MH-118
TEST(UsageTest, MH118CodesOfReceiptsAreSaidInWordsBesideTheirCode) {
  EXPECT_EQ(Told("001"), "１日３回食前 001");
  EXPECT_EQ(Told("003"), "１日３回食後 003");
  EXPECT_EQ(Told("006", "006"), "１日１回朝食後 006");
  EXPECT_EQ(Told("013"), "１日１回就寝前 013");
  EXPECT_EQ(Told("021"), "１日４回食後・就寝前 021");
  EXPECT_EQ(Told("034"), "毎２４時間 034");
  EXPECT_EQ(Told("048"), "起床時 048");
}

TEST(UsageTest, MH118ACodeThatIsInNoTableStaysACode) {
  EXPECT_EQ(Told("000"), "000 000");
  EXPECT_EQ(Told("049"), "049 049");
  EXPECT_EQ(Told("1013044400000000"), "1013044400000000 1013044400000000");
}

TEST(UsageTest, MH118WhatIsStatedInWordsStays) {
  EXPECT_EQ(Told("１日１回　腰に貼付"), "１日１回　腰に貼付 ");
  EXPECT_EQ(Told("１日３回毎食後", "1013044400000000"), "１日３回毎食後 1013044400000000");
  EXPECT_EQ(Told("PRN"), "PRN ");
  EXPECT_EQ(Told("003", "1013044400000000"), "003 1013044400000000");
  EXPECT_EQ(Told(""), " ");
}

}  // namespace
}  // namespace tsunagu::national
