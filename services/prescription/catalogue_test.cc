#include "services/prescription/catalogue.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace tsunagu::prescription {
namespace {

using record::DrugCodeKind;

constexpr char kMaster[] = "services/platform/drug_master/testdata/y_small.csv";
const absl::CivilDay kDay(2026, 6, 2);

TEST(CatalogueTest, ItFindsReceiptCodesWithNameAndUnit) {
  const auto catalogue = MasterCatalogue::Load(kMaster);
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  const auto drug = (*catalogue)->Find(DrugCodeKind::kReceipt, "620007818", kDay);
  ASSERT_TRUE(drug.has_value());
  EXPECT_EQ(drug->name, "合成アムロジピンＯＤ錠５ｍｇ");
  EXPECT_EQ(drug->unit, "錠");
  EXPECT_FALSE(drug->narcotic);
}

TEST(CatalogueTest, UnknownCodesAreNotFound) {
  const auto catalogue = MasterCatalogue::Load(kMaster);
  ASSERT_TRUE(catalogue.ok());
  EXPECT_FALSE((*catalogue)->Find(DrugCodeKind::kReceipt, "699999999", kDay).has_value());
  EXPECT_FALSE((*catalogue)->Find(DrugCodeKind::kReceipt, "", kDay).has_value());
  EXPECT_FALSE((*catalogue)->Find(DrugCodeKind::kReceipt, "rubbish", kDay).has_value());
}

TEST(CatalogueTest, OtherKindsOfCodesAreNotHeld) {
  const auto catalogue = MasterCatalogue::Load(kMaster);
  ASSERT_TRUE(catalogue.ok());
  EXPECT_TRUE((*catalogue)->Holds(DrugCodeKind::kReceipt));
  for (const auto kind : {DrugCodeKind::kNone, DrugCodeKind::kPriceList, DrugCodeKind::kYj,
                          DrugCodeKind::kHot, DrugCodeKind::kGeneric}) {
    EXPECT_FALSE((*catalogue)->Holds(kind));
    EXPECT_FALSE((*catalogue)->Find(kind, "620007818", kDay).has_value());
  }
}

TEST(CatalogueTest, AFileWithoutDrugsIsAnErrorAtStart) {
  EXPECT_FALSE(MasterCatalogue::Load("/nowhere").ok());
  const std::string path = std::string(std::getenv("TEST_TMPDIR")) + "/rubbish.csv";
  std::ofstream(path) << "rubbish\n";
  EXPECT_EQ(MasterCatalogue::Load(path).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace tsunagu::prescription
