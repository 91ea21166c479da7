#include "services/prescription/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/drug_master/file.h"
#include "services/platform/drug_master/master.h"

namespace tsunagu::prescription {
namespace {

using record::DrugCodeKind;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

constexpr char kMaster[] = "services/platform/drug_master/testdata/y_small.csv";
const absl::CivilDay kDay(2026, 6, 2);

// Of the small master.
MasterCatalogue Catalogue() { return MasterCatalogue(drug_master::OpenMaster(kMaster).value()); }

TEST(CatalogueTest, ItFindsReceiptCodesWithNameAndUnit) {
  const MasterCatalogue catalogue = Catalogue();
  const auto drug = catalogue.Find(DrugCodeKind::kReceipt, "620007818", kDay);
  ASSERT_TRUE(drug.has_value());
  EXPECT_THAT(drug->names, ElementsAre("合成アムロジピンＯＤ錠５ｍｇ"));
  EXPECT_THAT(drug->units, ElementsAre("錠"));
  EXPECT_FALSE(drug->narcotic);
}

TEST(CatalogueTest, UnknownCodesAreNotFound) {
  const MasterCatalogue catalogue = Catalogue();
  EXPECT_FALSE(catalogue.Find(DrugCodeKind::kReceipt, "699999999", kDay).has_value());
  EXPECT_FALSE(catalogue.Find(DrugCodeKind::kReceipt, "", kDay).has_value());
  EXPECT_FALSE(catalogue.Find(DrugCodeKind::kReceipt, "rubbish", kDay).has_value());
}

TEST(CatalogueTest, NoOtherKindsOfCodesAreHeld) {
  const MasterCatalogue catalogue = Catalogue();
  for (const auto kind : {DrugCodeKind::kReceipt, DrugCodeKind::kPriceList, DrugCodeKind::kYj,
                          DrugCodeKind::kGeneric}) {
    EXPECT_TRUE(catalogue.Holds(kind));
  }
  for (const auto kind : {DrugCodeKind::kNone, DrugCodeKind::kHot}) {
    EXPECT_FALSE(catalogue.Holds(kind));
    EXPECT_FALSE(catalogue.Find(kind, "620007818", kDay).has_value());
  }
}

// One row of a master: code, name, 麻薬等, form, withdrawn, price-list code, generic code and name.
struct Row {
  const char* code;
  const char* name;
  const char* unit = "錠";
  const char* control = "0";
  const char* form = "1";
  const char* withdrawn = "99999999";
  const char* price_code = "";
  const char* generic_code = "";
  const char* generic_name = "";
};

MasterCatalogue Of(const std::vector<Row>& rows, size_t columns = 42) {
  std::string csv;
  for (const Row& row : rows) {
    std::vector<std::string> fields(columns);
    const std::pair<size_t, const char*> values[] = {{1, "0"},
                                                     {2, "Y"},
                                                     {3, row.code},
                                                     {5, row.name},
                                                     {10, row.unit},
                                                     {14, row.control},
                                                     {28, row.form},
                                                     {30, "20240401"},
                                                     {31, row.withdrawn},
                                                     {32, row.price_code},
                                                     {37, row.generic_code},
                                                     {38, row.generic_name}};
    for (const auto& [column, value] : values) {
      if (column <= columns) fields[column - 1] = value;
    }
    absl::StrAppend(&csv, "\"", absl::StrJoin(fields, "\",\""), "\"\r\n");
  }
  auto master = std::make_unique<drug_master::DrugMaster>();
  EXPECT_TRUE(master->Load(csv).empty());
  return MasterCatalogue(std::move(master));
}

TEST(CatalogueTest, RX181AGenericCodeIsLookedUpAmongTheProductsThatCarryIt) {
  const Row product = {.code = "620000001",
                       .name = "甲錠",
                       .price_code = "2171022F1029",
                       .generic_code = "2171022F1ZZZ",
                       .generic_name = "【般】アムロジピン錠２．５ｍｇ"};
  Row withdrawn = product;
  withdrawn.code = "620000002";
  withdrawn.withdrawn = "20260331";
  withdrawn.generic_code = "2171022F9ZZZ";
  const MasterCatalogue catalogue = Of({product, withdrawn});
  const auto drug = catalogue.Find(DrugCodeKind::kGeneric, "2171022F1ZZZ", kDay);
  ASSERT_TRUE(drug.has_value());
  EXPECT_THAT(drug->names, ElementsAre("【般】アムロジピン錠２．５ｍｇ"));
  EXPECT_THAT(drug->units, ElementsAre("錠"));
  EXPECT_FALSE(catalogue.Find(DrugCodeKind::kGeneric, "2171022F2ZZZ", kDay).has_value());
  EXPECT_FALSE(catalogue.Find(DrugCodeKind::kGeneric, "2171022F9ZZZ", kDay).has_value());
  // A master of before 2024-03 has no generic codes: nothing can be told.
  EXPECT_FALSE(Of({product}, 35).Holds(DrugCodeKind::kGeneric));
}

TEST(CatalogueTest, RX202AYjCodeIsLookedUpByThePriceListCode) {
  const MasterCatalogue catalogue = Of({
      {.code = "620000001", .name = "甲錠「Ａ」", .price_code = "2171022F4010"},
      {.code = "620000002", .name = "甲錠「Ｂ」", .price_code = "2171022F4010"},
      {.code = "620000003", .name = "甲ブランド錠", .price_code = "2171022F4052"},
  });
  const auto find = [&](DrugCodeKind kind, absl::string_view code) {
    return catalogue.Find(kind, code, kDay);
  };
  EXPECT_THAT(find(DrugCodeKind::kYj, "2171022F4010")->names,
              UnorderedElementsAre("甲錠「Ａ」", "甲錠「Ｂ」"));
  EXPECT_THAT(find(DrugCodeKind::kYj, "2171022F4052")->names, ElementsAre("甲ブランド錠"));
  EXPECT_FALSE(find(DrugCodeKind::kYj, "2171022F4010")->other_names);
  // The YJ code of a brand that shares its price-list code with others.
  const auto brand = find(DrugCodeKind::kYj, "2171022F4337");
  ASSERT_TRUE(brand.has_value());
  EXPECT_THAT(brand->names, UnorderedElementsAre("甲錠「Ａ」", "甲錠「Ｂ」", "甲ブランド錠"));
  EXPECT_TRUE(brand->other_names);
  EXPECT_THAT(brand->units, ElementsAre("錠"));
  EXPECT_FALSE(find(DrugCodeKind::kPriceList, "2171022F4337").has_value());
  EXPECT_FALSE(find(DrugCodeKind::kYj, "2171022F5010").has_value());  // no such strength
}

// RX-183
TEST(CatalogueTest, RX183ANameOfAnotherIngredientIsKnownAsOne) {
  const MasterCatalogue catalogue = Of({
      {.code = "620000001",
       .name = "甲錠５ｍｇ",
       .price_code = "2171022F4010",
       .generic_code = "2171022F4ZZZ",
       .generic_name = "【般】甲錠５ｍｇ"},
      {.code = "620000002", .name = "甲錠１０ｍｇ", .price_code = "2171022F5016"},
      {.code = "620000003", .name = "乙錠１ｍｇ", .price_code = "3332001F1024"},
      {.code = "620000004",
       .name = "丙錠",
       .withdrawn = "20260331",
       .price_code = "2189011F1010",
       .generic_code = "2189011F1ZZZ",
       .generic_name = "【般】丙錠２ｍｇ"},
      {.code = "620000005", .name = "二つの錠", .price_code = "2171022F6012"},
      {.code = "620000006", .name = "二つの錠", .price_code = "2189011F2017"},
      {.code = "620000007", .name = "コードなし"},
  });
  const auto another = [&](absl::string_view name) {
    return catalogue.NamesAnother("2171022F4088", name, kDay);
  };
  for (const char* name : {"乙錠１ｍｇ", "乙錠 1mg", "丙錠", "丙錠２ｍｇ", "【般】丙錠２ｍｇ"}) {
    EXPECT_TRUE(another(name)) << name;
  }
  for (const char* name :
       {"甲錠５ｍｇ", "甲錠１０ｍｇ", "二つの錠", "コードなし", "知らない錠", ""}) {
    EXPECT_FALSE(another(name)) << name;
  }
}

TEST(CatalogueTest, RX204ACodeIsFoundWhereOnlyOneIsPossible) {
  const MasterCatalogue catalogue = Of({
      {.code = "620000001",
       .name = "甲錠「Ａ」",
       .price_code = "2171022F4010",
       .generic_code = "2171022F4ZZZ",
       .generic_name = "【般】甲錠５ｍｇ"},
      {.code = "620000002",
       .name = "甲錠「Ｂ」",
       .price_code = "2171022F4010",
       .generic_code = "2171022F4ZZZ",
       .generic_name = "【般】甲錠５ｍｇ"},
      {.code = "620000003", .name = "乙　錠１０ｍｇ", .price_code = "2171022F4052"},
      {.code = "620000004", .name = "丙錠", .withdrawn = "20260331"},
      {.code = "620000005", .name = "丁錠"},
      {.code = "620000006", .name = "丁錠"},
  });
  const auto find = [&](DrugCodeKind kind, absl::string_view code, absl::string_view name) {
    const auto found = catalogue.FindCode(kind, code, name, kDay);
    return found.has_value() ? absl::StrCat(static_cast<int>(found->kind), " ", found->code) : "";
  };
  EXPECT_EQ(find(DrugCodeKind::kPriceList, "2171022F4010", "甲錠「Ｂ」"), "2 620000002");
  EXPECT_EQ(find(DrugCodeKind::kPriceList, "2171022F4010", ""), "");
  EXPECT_EQ(find(DrugCodeKind::kPriceList, "2171022F4010", "乙錠10mg"), "");
  EXPECT_EQ(find(DrugCodeKind::kPriceList, "2171022F4052", ""), "2 620000003");
  EXPECT_EQ(find(DrugCodeKind::kNone, "", "乙錠10mg"), "2 620000003");
  EXPECT_EQ(find(DrugCodeKind::kHot, "105271807", "乙錠10mg"), "2 620000003");
  EXPECT_EQ(find(DrugCodeKind::kNone, "", "丙錠"), "");
  EXPECT_EQ(find(DrugCodeKind::kNone, "", "丁錠"), "");
  EXPECT_EQ(find(DrugCodeKind::kNone, "", ""), "");
  EXPECT_EQ(find(DrugCodeKind::kNone, "", "甲錠５ｍｇ"), "");
  EXPECT_EQ(find(DrugCodeKind::kNone, "", "【般】甲錠５ｍｇ"), "7 2171022F4ZZZ");
  EXPECT_EQ(find(DrugCodeKind::kGeneric, "", "甲錠5mg"), "7 2171022F4ZZZ");
}

// RX-180, RX-184
TEST(CatalogueTest, NarcoticsAndWhatIsNotRefilledAreToldByTheMaster) {
  const MasterCatalogue catalogue = Of({
      {.code = "620000001", .name = "麻薬", .control = "1", .price_code = "8114004G3020"},
      {.code = "620000002", .name = "向精神薬", .control = "5", .price_code = "1179025F1018"},
      {.code = "620000003", .name = "毒薬", .control = "2", .price_code = "2119001F1010"},
      {.code = "620000004", .name = "鎮痛貼付剤", .form = "6", .price_code = "2649735S1028"},
      {.code = "620000005", .name = "狭心症貼付剤", .form = "6", .price_code = "2171701S4048"},
      {.code = "620000006", .name = "鎮痛軟膏", .form = "6", .price_code = "2649735Q1028"},
  });
  const auto told = [&](absl::string_view code) {
    const auto drug = catalogue.Find(DrugCodeKind::kReceipt, code, kDay);
    return std::make_pair(drug->narcotic, drug->refill_excluded);
  };
  EXPECT_EQ(told("620000001"), std::make_pair(true, true));
  EXPECT_EQ(told("620000002"), std::make_pair(false, true));
  EXPECT_EQ(told("620000003"), std::make_pair(false, false));
  EXPECT_EQ(told("620000004"), std::make_pair(false, true));
  EXPECT_EQ(told("620000005"), std::make_pair(false, false));
  EXPECT_EQ(told("620000006"), std::make_pair(false, false));
}

}  // namespace
}  // namespace tsunagu::prescription
