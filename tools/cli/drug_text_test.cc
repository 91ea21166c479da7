#include "tools/cli/drug_text.h"

#include <gtest/gtest.h>

namespace tsunagu::cli {
namespace {

common::v1::Drug Drug(int form, int quantity) {
  common::v1::Drug drug;
  drug.set_amount("1");
  drug.set_unit("錠");
  drug.set_form(form);
  drug.set_quantity(quantity);
  return drug;
}

std::string UsageOf(const std::string& usage, const std::string& code) {
  common::v1::Drug drug;
  drug.set_usage(usage);
  drug.set_usage_code(code);
  return Usage(drug);
}

TEST(DrugText, AnAmountSaysWhetherItIsADayOrATime) {
  EXPECT_EQ(Amount(Drug(1, 28)), "1日 1錠");
  EXPECT_EQ(Quantity(Drug(1, 28)), "28 日分");
  EXPECT_EQ(Amount(Drug(2, 5)), "1回 1錠");
  EXPECT_EQ(Quantity(Drug(2, 5)), "5 回分");
  EXPECT_EQ(Amount(Drug(3, 1)), "1錠");
  EXPECT_EQ(Quantity(Drug(3, 1)), "x1");
  EXPECT_EQ(Amount(common::v1::Drug()), "");
}

TEST(DrugText, ANamelessDrugShowsItsCodeAsOne) {
  common::v1::Drug drug;
  drug.set_code("620007813");
  EXPECT_EQ(DrugName(drug), "名称不明 no name, コード code 620007813");
}

TEST(DrugText, AUsageStandsInWordsBesideItsCode) {
  EXPECT_EQ(UsageOf("１日３回食後", "003"), "１日３回食後 (003)");
  EXPECT_EQ(UsageOf("１日１回　腰に貼付", ""), "１日１回　腰に貼付");
  EXPECT_EQ(UsageOf("", ""), "");
}

TEST(DrugText, ACodeWithoutWordsShowsAsACode) {
  EXPECT_EQ(UsageOf("1013044400000000", "1013044400000000"), "用法コード code 1013044400000000");
  EXPECT_EQ(UsageOf("", "049"), "用法コード code 049");
}

}  // namespace
}  // namespace tsunagu::cli
