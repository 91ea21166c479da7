#include "services/prescription/record/check_content.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/prescription/record/check.h"
#include "services/prescription/record/testing.h"

namespace tsunagu::prescription::record {
namespace {

using testing::All;
using testing::Change;
using ::testing::ElementsAre;
using testing::Errors;
using ::testing::IsEmpty;
using testing::ReadSample;
using testing::ValidCj1;
using testing::ValidSj1;

std::vector<std::string> Findings(absl::string_view bytes) {
  return All(CheckRecordFile(bytes, nullptr).findings);
}

// The valid text as part 1 of 2.
std::string SplitSj1() {
  const std::string with_63 =
      Change(ValidSj1(), "101,1,1,,14\n", "63,2,1\n101,1,1,,14\n102,1,7,14\n");
  return Change(with_63, "101,2,1,,7\n", "101,2,1,,7\n102,2,3,7\n");
}

struct Broken {
  const char* from;
  const char* to;
  const char* finding;
};

TEST(CheckContentTest, EachBrokenRuleOfTheHeaderGivesItsFinding) {
  const Broken kBroken[] = {
      {"51,20260510\n", "51,20260510\n52,20260509\n", "RX-170@14 52.day"},
      {"51,20260510\n", "51,20260510\n52,5080509\n", "RX-170@14 52.day"},
      {"22,01130012", "22,01130013", "RX-171@11 22.insurer"},
      {"1,1,1234567,13,", "1,1,1234567,48,", "RX-172@2 1.prefecture"},
      {"1,1,1234567,13,", "1,1,1234567,00,", "RX-172@2 1.prefecture"},
      {"1,1,1234567,13,", "1,4,1234567,13,", "RX-128@2 1.table"},
      {"23,１,２３４,1,00", "23,１,,1,00", "RX-173@12 23.number"},
      {"22,01130012", "22,", "RX-173@12 23.number"},
      {"13,19600606", "13,20260511", "RX-174@9 13.birth"},
      {"1,1,1234567,13,", "1,1,123456,13,", "RX-175@2 1.code"},
      {"101,1,1,,14\n", "64,1\n101,1,1,,14\n", "RX-144@14 64.total"},
      {"101,1,1,,14\n", "64,4\n101,1,1,,14\n", "RX-144@14 64.total"},
      {"101,1,1,,14\n", "101,1,9,,14\n", "RX-156@14 101.form_name"},
      {"101,1,1,,14\n", "101,1,1,,0\n", "RX-133@14 101.amount"},
      {"1011000400000000", "101100040000000", "RX-157@19 111.code"},
      {"101,2,1,,7\n", "101,2,3,,7\n", "RX-573@18 101.amount"},
      {"51,20260510\n", "51,20260510\n52,20270512\n", "RX-576@14 52.day"},
      {"51,20260510\n", "51,20260510\n52,20991231\n", "RX-576@14 52.day"},
      {"21,1\n", "21,3\n", "RX-577@10 21.kind"},
      {"21,1\n", "21,4\n", "RX-577@10 21.kind"},
      {"21,1\n", "21,6\n", "RX-577@10 21.kind"},
      {"51,20260510\n", "24,130,0\n51,20260510\n", "RX-581@13 24.patient_percent"},
      {"51,20260510\n", "24,30,101\n51,20260510\n", "RX-581@13 24.insurer_percent"},
      {"51,20260510\n", "24,30,60\n51,20260510\n", "RX-582@13 24"},
  };
  for (const Broken& broken : kBroken) {
    EXPECT_THAT(Findings(Change(ValidSj1(), broken.from, broken.to)), ElementsAre(broken.finding))
        << broken.to;
  }
}

TEST(CheckContentTest, EachBrokenRuleOfASplitGivesItsFinding) {
  EXPECT_THAT(Findings(SplitSj1()), IsEmpty());
  const Broken kBroken[] = {
      {"102,1,7,14", "102,1,7,13", "RX-141@16 102.total"},
      {"102,2,3,7\n", "", "RX-142@20 102"},
      {"63,2,1\n", "63,2,3\n", "RX-143@14 63.index"},
      {"63,2,1\n", "63,4,1\n", "RX-143@14 63.index"},
      {"63,2,1\n", "63,2,0\n", "RX-143@14 63.index"},
      {"63,2,1\n", "63,2,1\n64,2\n", "RX-145@15 64"},
      {"102,1,7,14", "102,1,15,14", "RX-146@16 102.part"},
      {"102,1,7,14", "102,1,0,14", "RX-146@16 102.part"},
  };
  for (const Broken& broken : kBroken) {
    EXPECT_THAT(Findings(Change(SplitSj1(), broken.from, broken.to)), ElementsAre(broken.finding))
        << broken.to;
  }
}

TEST(CheckContentTest, RX140ASplitAmountNeedsASplit) {
  EXPECT_THAT(Findings(Change(SplitSj1(), "63,2,1\n", "")),
              ElementsAre("RX-140@15 102", "RX-140@20 102"));
}

TEST(CheckContentTest, RX144TwoAndThreeUsesAreARefill) {
  for (const char* total : {"2", "3"}) {
    EXPECT_THAT(Findings(Change(ValidSj1(), "101,1,1,", absl::StrCat("64,", total, "\n101,1,1,"))),
                IsEmpty());
  }
}

TEST(CheckContentTest, RX170TheUseByDayMayBeTheIssueDay) {
  EXPECT_THAT(Findings(Change(ValidSj1(), "51,20260510\n", "51,20260510\n52,20260510\n")),
              IsEmpty());
}

TEST(CheckContentTest, RX576TheUseByDayMayLieAYearAhead) {
  EXPECT_THAT(Findings(Change(ValidSj1(), "51,20260510\n", "51,20260510\n52,20270511\n")),
              IsEmpty());
}

TEST(CheckContentTest, RX577OtherKindsOfInsuranceAreNotExcludedNorIsPaper) {
  for (const char* kind : {"1", "2", "5", "7"}) {
    EXPECT_THAT(Findings(Change(ValidSj1(), "21,1\n", absl::StrCat("21,", kind, "\n"))), IsEmpty())
        << kind;
  }
  const std::string qr = ReadSample("a01_naifuku_14d.txt");
  EXPECT_THAT(Findings(Change(qr, "\n21,1\r", "\n21,6\r")), IsEmpty());
}

// RX-573, RX-582
TEST(CheckContentTest, WhatFactsDoNotForbidOnlyWarns) {
  for (const auto& [from, to] :
       {std::pair("101,2,1,,7\n", "101,2,3,,7\n"), {"51,20260510\n", "24,30,60\n51,20260510\n"}}) {
    EXPECT_THAT(Errors(CheckRecordFile(Change(ValidSj1(), from, to), nullptr).findings), IsEmpty());
  }
  EXPECT_THAT(Findings(Change(ValidSj1(), "51,20260510\n", "24,0,100\n51,20260510\n")), IsEmpty());
  EXPECT_THAT(Findings(Change(ValidSj1(), "101,2,1,,7\n", "101,2,3,,1\n")), IsEmpty());
}

TEST(CheckContentTest, RX173APublicPayerMayStandForTheInsurer) {
  const std::string text = Change(Change(ValidSj1(), "22,01130012", "22,"), "23,１,２３４,1,00\n",
                                  "23,,,1,\n27,12131009,1234567\n");
  EXPECT_THAT(Errors(CheckRecordFile(text, nullptr).findings), IsEmpty());
  EXPECT_THAT(
      Errors(CheckRecordFile(Change(text, "12131009,1234567", "12131009,"), nullptr).findings),
      ElementsAre("RX-173@12 23.number"));
}

TEST(CheckContentTest, RX171CheckDigitsOnlyWarn) {
  const CheckedPrescription checked =
      CheckPrescription(Change(ValidSj1(), "22,01130012", "22,01130013"), nullptr);
  EXPECT_TRUE(checked.prescription.has_value());
  EXPECT_EQ(checked.findings.size(), 1u);
}

TEST(CheckContentTest, RX171CheckDigitsOfAQrTextAreNotJudged) {
  const std::string qr = ReadSample("a15_wareki_koureisha.txt");
  EXPECT_THAT(Findings(Change(qr, "22,39101233", "22,39101234")), IsEmpty());
}

TEST(CheckContentTest, RX151CostSharesStandForAllDrugsOrNone) {
  const std::string qr = ReadSample("a11_kouhi_futankubun.txt");
  EXPECT_THAT(Errors(CheckRecordFile(qr, nullptr).findings), IsEmpty());
  EXPECT_THAT(Errors(CheckRecordFile(Change(qr, "231,1,1,1,,,\r\n", ""), nullptr).findings),
              ElementsAre("RX-151@22 201"));
}

TEST(CheckContentTest, RX152CostSharesNameOnlyPayersThatAreThere) {
  const std::string qr = ReadSample("a11_kouhi_futankubun.txt");
  EXPECT_THAT(
      Errors(CheckRecordFile(Change(qr, "231,1,1,1,,,", "231,1,1,1,,1,"), nullptr).findings),
      ElementsAre("RX-152@23 231.public3"));
  EXPECT_THAT(
      Errors(CheckRecordFile(Change(qr, "231,1,1,1,,,", "231,1,1,1,0,0,0"), nullptr).findings),
      IsEmpty());
}

TEST(CheckContentTest, RX153JamiSupplementsNeedTheirCode) {
  const std::string drug = "201,2,1,1,2";
  EXPECT_THAT(Findings(Change(ValidSj1(), drug, "181,2,1,8,隔日,,\n201,2,1,1,2")),
              ElementsAre("RX-153@20 181.supplement_code"));
  EXPECT_THAT(Findings(Change(ValidSj1(), drug, "181,2,1,9,左耳,,\n201,2,1,1,2")),
              ElementsAre("RX-153@20 181.site_code"));
  EXPECT_THAT(Findings(Change(ValidSj1(), drug, "181,2,1,9,左耳,,42L\n201,2,1,1,2")), IsEmpty());
}

TEST(CheckContentTest, RX157AJamiCodeIsNeededWhereItsKindIsGiven) {
  const std::string qr = ReadSample("a01_naifuku_14d.txt");
  const std::string text = Change(qr, "111,1,2,1013044400000000,", "111,1,2,,");
  EXPECT_THAT(Errors(CheckRecordFile(text, nullptr).findings), ElementsAre("RX-157@17 111.code"));
}

TEST(CheckContentTest, RX190ARefillThatGoesOnNeedsItsNextDay) {
  EXPECT_THAT(Findings(Change(ValidCj1(), "521,1,2,20260525", "521,1,2,")),
              ElementsAre("RX-190@20 521.next_day"));
  EXPECT_THAT(Findings(Change(ValidCj1(), "521,1,2,20260525", "521,1,1,")), IsEmpty());
}

// RX-191, RX-192
TEST(CheckContentTest, DispensingHasItsOwnCodes) {
  EXPECT_THAT(Findings(Change(ValidCj1(), "1,4,7654321", "1,1,7654321")),
              ElementsAre("RX-128@2 1.table"));
  EXPECT_THAT(Findings(Change(ValidCj1(), "511,1,999,", "511,1,998,")),
              ElementsAre("RX-128@19 511.kind"));
  EXPECT_THAT(Findings(Change(ValidCj1(), "521,1,2,", "521,4,2,")),
              ElementsAre("RX-128@20 521.count"));
}

}  // namespace
}  // namespace tsunagu::prescription::record
