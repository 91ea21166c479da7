#include "services/prescription/duplication/ingredient.h"

#include <gtest/gtest.h>

#include "services/platform/drug_master/file.h"

namespace tsunagu::prescription::duplication {
namespace {

constexpr char kMaster[] = "services/platform/drug_master/testdata/y_small.csv";
const absl::CivilDay kDay(2026, 6, 2);

Ingredient Of(int kind, const char* code, const drug_master::DrugMaster* master = nullptr,
              int form = 1) {
  tsunagu::common::v1::Drug drug;
  drug.set_code_kind(kind);
  drug.set_code(code);
  drug.set_form(form);
  return IngredientOf(drug, master, kDay);
}

// RX-400, RX-401
TEST(IngredientTest, ListedCodesTellItWithTheirFirstSevenDigits) {
  EXPECT_EQ(Of(3, "2171022F1029").key, "2171022");
  EXPECT_EQ(Of(4, "2171022F4010").key, "2171022");
  EXPECT_EQ(Of(7, "2171022F1ZZZ").key, "2171022");
  // Another route has another number: loxoprofen as tablets and as tape.
  EXPECT_NE(Of(4, "1149019F1560").key, Of(4, "2649735S1169").key);
}

// RX-401
TEST(IngredientTest, AReceiptCodeIsLookedUp) {
  const auto master = drug_master::OpenMaster(kMaster).value();
  EXPECT_EQ(Of(2, "620007818", master.get()).key, "2171022");
  EXPECT_EQ(Of(2, "612170709", master.get()).key, "2171022");
  EXPECT_EQ(Of(2, "699999999", master.get()).obstacle, Obstacle::kUnknown);
  EXPECT_EQ(Of(2, "620007818").obstacle, Obstacle::kNoMaster);
}

// RX-408
TEST(IngredientTest, WhatHasNoSuchCodeIsNotCompared) {
  const struct {
    int kind;
    const char* code;
    int form;
    Obstacle obstacle;
  } kCases[] = {
      {1, "", 1, Obstacle::kNoCode},           // over the counter, own preparations
      {6, "105271807", 1, Obstacle::kNoCode},  // HOT
      {6, "1052718070101", 1, Obstacle::kNoCode},
      {4, "2171022", 1, Obstacle::kNoCode},  // cut off
      {4, "217102XF1029", 1, Obstacle::kNoCode},
      {4, "2000000X0000", 1, Obstacle::kNoCode},  // stands for drugs without a code
      {2, "710010001", 1, Obstacle::kMaterial},
      {4, "2171022F1029", 6, Obstacle::kMaterial},
      {0, "2171022F1029", 1, Obstacle::kNoCode},
  };
  for (const auto& c : kCases) {
    const Ingredient ingredient = Of(c.kind, c.code, nullptr, c.form);
    EXPECT_EQ(ingredient.key, "") << c.code;
    EXPECT_EQ(ingredient.obstacle, c.obstacle) << c.code;
  }
}

TEST(IngredientTest, AKeyIsSevenDigits) {
  EXPECT_TRUE(IsIngredient("2171022"));
  for (const char* key : {"", "217102", "21710222", "217102X", "２171022"}) {
    EXPECT_FALSE(IsIngredient(key)) << key;
  }
}

}  // namespace
}  // namespace tsunagu::prescription::duplication
