#include "services/platform/drug_master/lookup.h"

#include <gtest/gtest.h>

#include "services/platform/drug_master/file.h"

namespace tsunagu::drug_master {
namespace {

TEST(LookupTest, ReceiptCodesOnADayAreFoundAndNothingElse) {
  const auto master = OpenMaster("services/platform/drug_master/testdata/y_small.csv");
  ASSERT_TRUE(master.ok()) << master.status();
  tsunagu::common::v1::Drug drug;
  drug.set_code_kind(kReceiptCode);
  drug.set_code("620007818");
  const auto found = FindDrug(**master, drug, "20260602");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->name, "合成アムロジピンＯＤ錠５ｍｇ");
  for (const char* day : {"", "20261301", "rubbish"}) {
    EXPECT_FALSE(FindDrug(**master, drug, day).has_value()) << day;
  }
  drug.set_code_kind(4);
  EXPECT_FALSE(FindDrug(**master, drug, "20260602").has_value());
}

}  // namespace
}  // namespace tsunagu::drug_master
