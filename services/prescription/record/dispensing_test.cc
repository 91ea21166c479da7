#include "services/prescription/record/dispensing.h"

#include <gtest/gtest.h>

#include "services/prescription/record/check.h"
#include "services/prescription/record/testing.h"

namespace tsunagu::prescription::record {
namespace {

using testing::Change;
using testing::ValidCj1;

Dispensing Read(absl::string_view bytes) { return *CheckDispensing(bytes, nullptr).dispensing; }

TEST(DispensingTest, ReadsWhoDispensedWhatForWhom) {
  const Dispensing d = Read(ValidCj1());
  EXPECT_EQ(d.pharmacy.FullCode(), "1347654321");
  EXPECT_EQ(d.prescription_id, "12ab34cd-0000-8000-8000-000000000001");
  EXPECT_EQ(d.pharmacist.name, "薬剤 次郎");
  EXPECT_EQ(d.insurance.identity.insurer, "01130012");
  EXPECT_EQ(d.dispensed_day, absl::CivilDay(2026, 5, 11));
  ASSERT_EQ(d.rps.size(), 1u);
  EXPECT_EQ(d.rps[0].drugs[0].code, "612170709");
}

TEST(DispensingTest, ReadsTheNotesOfThePharmacist) {
  const Dispensing d = Read(ValidCj1());
  EXPECT_EQ(d.rps[0].drugs[0].cautions, std::vector<std::string>{"眠気に注意"});
  EXPECT_EQ(d.rps[0].cautions, std::vector<std::string>{"食後に服用"});
  EXPECT_EQ(d.cautions, std::vector<std::string>{"水で服用"});
  EXPECT_EQ(d.messages[0], (Message{99, "残薬なし"}));
  EXPECT_EQ(d.remarks, std::vector<std::string>{"備考"});
  EXPECT_EQ(d.inquiries[0], (Inquiry{1, 999, "用量を確認"}));
}

TEST(DispensingTest, ReadsTheRefillRecord) {
  const Dispensing d = Read(ValidCj1());
  ASSERT_TRUE(d.refill.has_value());
  EXPECT_FALSE(d.refill->Finished());
  EXPECT_EQ(d.refill->next_day, absl::CivilDay(2026, 5, 25));
  const Dispensing last = Read(Change(ValidCj1(), "521,1,2,20260525", "521,3,1,"));
  EXPECT_TRUE(last.refill->Finished());
  EXPECT_FALSE(last.refill->next_day.has_value());
}

TEST(DispensingTest, APaperPrescriptionHasNoId) {
  const Dispensing d = Read(Change(ValidCj1(), "7,12ab34cd-0000-8000-8000-000000000001\n", ""));
  EXPECT_EQ(d.prescription_id, "");
}

TEST(DispensingTest, ReadsWhichPartOfASplitItIs) {
  const std::string split = Change(ValidCj1(), "101,1,1,,14", "63,2,1\n101,1,1,,14\n102,1,7,14");
  const Dispensing d = Read(split);
  EXPECT_EQ(d.split, (Split{2, 1}));
  EXPECT_EQ(d.rps[0].split_amount, (SplitAmount{7, 14}));
}

}  // namespace
}  // namespace tsunagu::prescription::record
