#include "services/prescription/record/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "services/prescription/record/testing.h"

namespace tsunagu::prescription::record {
namespace {

using testing::All;
using ::testing::ElementsAre;
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

TEST(CheckTest, ValidSamplesHaveNoFindings) {
  for (const char* name : kValidSamples) {
    const CheckedPrescription checked = CheckQrPrescription(ReadSample(name), nullptr);
    EXPECT_THAT(All(checked.findings), IsEmpty()) << name;
    EXPECT_TRUE(checked.prescription.has_value()) << name;
  }
}

TEST(CheckTest, InvalidSamplesFailForTheReasonInTheirNameAndNoOther) {
  // The name of the last says two things.
  const std::pair<const char*, std::vector<std::string>> kInvalid[] = {
      {"n01_refill_4_total.txt", {"RX-144@15 64.total"}},
      {"n02_split_102_without_63.txt", {"RX-140@16 102"}},
      {"n03_split_4of3.txt", {"RX-143@15 63.index"}},
      {"n04_102_total_mismatch.txt", {"RX-141@17 102.total"}},
      {"n05_231_partial.txt", {"RX-151@22 201"}},
      {"n06_uneven_sum_mismatch.txt", {"RX-150@18 221.dose1"}},
      {"n07_jami_without_code.txt", {"RX-153@17 181.supplement_code"}},
      {"n08_no_drug_in_rp.txt", {"RX-116@15 101"}},
      {"n09_unescaped_comma.txt", {"RX-107@16 111"}},
      {"n10_quantity_format.txt", {"RX-129@17 201.dose"}},
      {"n11_order_violation.txt", {"RX-112@16 101"}},
      {"n12_missing_51.txt", {"RX-110@0 51"}},
      {"n13_lf_only_utf8.txt", {"RX-102@0", "RX-103@1"}},
  };
  for (const auto& [name, findings] : kInvalid) {
    EXPECT_EQ(All(CheckQrPrescription(ReadSample(name), nullptr).findings), findings) << name;
  }
}

TEST(CheckTest, TheBaseTextsOfTheTestsAreValid) {
  EXPECT_THAT(All(CheckPrescription(ValidSj1(), nullptr).findings), IsEmpty());
  EXPECT_THAT(All(CheckDispensing(ValidCj1(), nullptr).findings), IsEmpty());
}

TEST(CheckTest, RX100TheHeadMustBeThatOfTheExpectedFormat) {
  EXPECT_THAT(All(CheckPrescription(ValidCj1(), nullptr).findings), ElementsAre("RX-100@1"));
  EXPECT_THAT(All(CheckDispensing(ValidSj1(), nullptr).findings), ElementsAre("RX-100@1"));
  EXPECT_THAT(All(CheckQrPrescription(ValidSj1(), nullptr).findings), ElementsAre("RX-100@1"));
  const std::string qr = ReadSample(kValidSamples[0]);
  EXPECT_THAT(All(CheckPrescription(qr, nullptr).findings), ElementsAre("RX-100@1"));
  for (const char* head :
       {"", "JAHIS", "JAHIS100", "JAHISX", "SJ1,", "sj1", "\x1A", "1,1,1234567"}) {
    EXPECT_THAT(All(CheckRecordFile(head, nullptr).findings), ElementsAre("RX-100@1")) << head;
  }
}

TEST(CheckTest, RX105TooLargeAFileIsRefusedUnread) {
  const std::string large(kMaxFileBytes + 1, '\n');
  EXPECT_THAT(All(CheckRecordFile(large, nullptr).findings), ElementsAre("RX-105@0"));
}

TEST(CheckTest, EveryTruncationIsSurvived) {
  for (const char* name : kValidSamples) {
    const std::string bytes = ReadSample(name);
    for (size_t size = 0; size < bytes.size(); size += 3) {
      const CheckedPrescription checked = CheckQrPrescription(bytes.substr(0, size), nullptr);
      EXPECT_EQ(checked.prescription.has_value(), !national::HasErrors(checked.findings));
    }
  }
}

// Checks and builds the typed form whatever the findings are.
void Survive(absl::string_view bytes) {
  const CheckedFile checked = CheckRecordFile(bytes, nullptr);
  if (!checked.file.has_value()) return;
  MakePrescription(*checked.file);
  MakeDispensing(*checked.file);
}

RC_GTEST_PROP(CheckTest, ByteFlipsAreSurvived, ()) {
  std::string bytes = *rc::gen::element(ValidSj1(), ValidCj1(), ReadSample(kValidSamples[0]),
                                        ReadSample(kValidSamples[12]));
  const int flips = *rc::gen::inRange(1, 20);
  for (int i = 0; i < flips; ++i) {
    bytes[*rc::gen::inRange<size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
  }
  Survive(bytes);
}

RC_GTEST_PROP(CheckTest, LinesInAnyOrderAndNumberAreSurvived, ()) {
  static constexpr const char* kLines[] = {"101,1,1,,14",
                                           "101,2,1,,",
                                           "102,1,7,14",
                                           "111,1,3,1013044400000000,x,3",
                                           "181,1,1,8,x,,",
                                           "201,1,1,1,2,612170709,x,3,1,T",
                                           "201,,,,,,,,,",
                                           "211,1,1,0",
                                           "221,1,1,1,2,,,,,,,,",
                                           "231,1,9,1,1,1,1",
                                           "241,1,1,2/3,",
                                           "281,9,9,1,7,x,",
                                           "63,,",
                                           "64,9",
                                           "51,",
                                           "52,20260101",
                                           "521,1,2,",
                                           "391,1,x",
                                           "291,1,1,x",
                                           "",
                                           ",",
                                           "99999999999999999999,1",
                                           "-1",
                                           "27,1,1"};
  std::string bytes = *rc::gen::element<std::string>("SJ1\n", "CJ1\n", "JAHIS10\n");
  const auto picks =
      *rc::gen::container<std::vector<size_t>>(rc::gen::inRange<size_t>(0, std::size(kLines)));
  for (const size_t pick : picks) bytes += std::string(kLines[pick]) + "\n";
  Survive(bytes);
}

RC_GTEST_PROP(CheckTest, GarbageIsSurvived, (const std::string& garbage)) {
  Survive(garbage);
  Survive("SJ1\n" + garbage);
}

TEST(CheckTest, AFileOfManyRpsIsCheckedAsAWhole) {
  std::string bytes = "SJ1\n";
  for (size_t i = 0; i + 2 < kMaxLines; ++i) bytes += "101," + std::to_string(i) + ",1,,1\n";
  EXPECT_LE(CheckRecordFile(bytes, nullptr).findings.size(), kMaxFindings);
}

}  // namespace
}  // namespace tsunagu::prescription::record
