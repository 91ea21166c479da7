#include "services/prescription/catalogue.h"

#include <gtest/gtest.h>

#include "services/platform/drug_master/file.h"

namespace tsunagu::prescription {
namespace {

using record::DrugCodeKind;

constexpr char kMaster[] = "services/platform/drug_master/testdata/y_small.csv";
const absl::CivilDay kDay(2026, 6, 2);

// Of the small master.
MasterCatalogue Catalogue() { return MasterCatalogue(drug_master::OpenMaster(kMaster).value()); }

TEST(CatalogueTest, ItFindsReceiptCodesWithNameAndUnit) {
  const MasterCatalogue catalogue = Catalogue();
  const auto drug = catalogue.Find(DrugCodeKind::kReceipt, "620007818", kDay);
  ASSERT_TRUE(drug.has_value());
  EXPECT_EQ(drug->name, "合成アムロジピンＯＤ錠５ｍｇ");
  EXPECT_EQ(drug->unit, "錠");
  EXPECT_FALSE(drug->narcotic);
}

TEST(CatalogueTest, UnknownCodesAreNotFound) {
  const MasterCatalogue catalogue = Catalogue();
  EXPECT_FALSE(catalogue.Find(DrugCodeKind::kReceipt, "699999999", kDay).has_value());
  EXPECT_FALSE(catalogue.Find(DrugCodeKind::kReceipt, "", kDay).has_value());
  EXPECT_FALSE(catalogue.Find(DrugCodeKind::kReceipt, "rubbish", kDay).has_value());
}

TEST(CatalogueTest, OtherKindsOfCodesAreNotHeld) {
  const MasterCatalogue catalogue = Catalogue();
  EXPECT_TRUE(catalogue.Holds(DrugCodeKind::kReceipt));
  for (const auto kind : {DrugCodeKind::kNone, DrugCodeKind::kPriceList, DrugCodeKind::kYj,
                          DrugCodeKind::kHot, DrugCodeKind::kGeneric}) {
    EXPECT_FALSE(catalogue.Holds(kind));
    EXPECT_FALSE(catalogue.Find(kind, "620007818", kDay).has_value());
  }
}

}  // namespace
}  // namespace tsunagu::prescription
