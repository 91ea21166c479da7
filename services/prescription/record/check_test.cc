#include "services/prescription/record/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "services/prescription/record/testing.h"

namespace tsunagu::prescription::record {
namespace {

using testing::All;
using ::testing::ElementsAre;
using testing::Errors;
using ::testing::IsEmpty;
using testing::ReadSample;
using testing::ValidCj1;
using testing::ValidSj1;

constexpr const char* kValidSamples[] = {
    "a01_naifuku_14d.txt",      "a02_tonpuku_5times.txt",   "a03_gaiyou_site.txt",
    "a04_fukintou.txt",         "a05_zengen_2rp.txt",       "a06_refill_3times.txt",
    "a07_bunkatsu_1of3.txt",    "a07_bunkatsu_2of3.txt",    "a07_bunkatsu_3of3.txt",
    "a08_mayaku.txt",           "a09_ippanmei_rikika.txt",  "a10_tanihenkan.txt",
    "a11_kouhi_futankubun.txt", "a12_chuusha_zairyou.txt",  "a13_kakujitsu.txt",
    "a14_henkoufuka_all.txt",   "a15_wareki_koureisha.txt", "a16_extended_validity.txt"};

TEST(CheckTest, ValidSamplesHaveNoErrors) {
  for (const char* name : kValidSamples) {
    const CheckedPrescription checked = CheckPrescription(ReadSample(name), nullptr);
    EXPECT_THAT(Errors(checked.findings), IsEmpty()) << name;
    EXPECT_TRUE(checked.prescription.has_value()) << name;
  }
}

TEST(CheckTest, InvalidSamplesFailForTheReasonInTheirNameAndNoOther) {
  const std::pair<const char*, std::vector<std::string>> kInvalid[] = {
      {"n01_refill_4_total.txt", {"RX-144@15 64.total"}},
      {"n02_split_102_without_63.txt", {"RX-140@16"}},
      {"n03_split_4of3.txt", {"RX-143@15 63.index"}},
      {"n04_102_total_mismatch.txt", {"RX-141@17 102.total"}},
      {"n05_231_partial.txt", {"RX-151@22"}},
      {"n06_uneven_sum_mismatch.txt", {"RX-150@18 221.dose1"}},
      {"n07_jami_without_code.txt", {"RX-153@17 181.supplement_code"}},
      {"n08_no_drug_in_rp.txt", {"RX-116@15"}},
      {"n09_unescaped_comma.txt", {"RX-107@16 111"}},
      {"n10_quantity_format.txt", {"RX-129@17 201.dose"}},
      {"n11_order_violation.txt", {"RX-112@16 101"}},
      {"n12_missing_51.txt", {"RX-110@0 51"}},
      {"n13_lf_only_utf8.txt", {"RX-102@0", "RX-103@1"}},
  };
  for (const auto& [name, errors] : kInvalid) {
    EXPECT_EQ(Errors(CheckPrescription(ReadSample(name), nullptr).findings), errors) << name;
  }
}

TEST(CheckTest, TheBaseTextsOfTheTestsAreValid) {
  EXPECT_THAT(All(CheckPrescription(ValidSj1(), nullptr).findings), IsEmpty());
  EXPECT_THAT(All(CheckDispensing(ValidCj1(), nullptr).findings), IsEmpty());
}

}  // namespace
}  // namespace tsunagu::prescription::record
