#include "services/prescription/record/check_drug.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
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

constexpr absl::string_view kDrug = "201,2,1,1,2,610421321,アダラートＣＲ錠２０ｍｇ,1,1,錠";

std::vector<std::string> WithDrug(absl::string_view drug,
                                  const DrugCatalogue* catalogue = nullptr) {
  return All(CheckRecordFile(Change(ValidSj1(), kDrug, drug), catalogue).findings);
}

TEST(CheckDrugTest, RX158CodesFitTheirKind) {
  EXPECT_THAT(WithDrug("201,2,1,1,2,61042132,甲,1,1,錠"), ElementsAre("RX-158@20 201.code"));
  EXPECT_THAT(WithDrug("201,2,1,1,2,61042132A,甲,1,1,錠"), ElementsAre("RX-158@20 201.code"));
  EXPECT_THAT(WithDrug("201,2,1,1,4,2171014N202,甲,1,1,錠"), ElementsAre("RX-158@20 201.code"));
  EXPECT_THAT(WithDrug("201,2,1,1,7,2171014M2ZZ1,甲,1,1,錠"), ElementsAre("RX-158@20 201.code"));
  EXPECT_THAT(WithDrug("201,2,1,1,7,2171014M2ZZZ,甲,1,1,錠"), IsEmpty());
}

TEST(CheckDrugTest, RX158HotCodesHaveNineOrThirteenDigits) {
  const std::string qr = ReadSample("a13_kakujitsu.txt");
  const auto with = [&](absl::string_view code) {
    return Errors(CheckRecordFile(Change(qr, "105271807", code), nullptr).findings);
  };
  EXPECT_THAT(with("1052718070101"), IsEmpty());
  EXPECT_THAT(with("10527180701"), ElementsAre("RX-158@18 201.code"));
}

TEST(CheckDrugTest, RX159ADrugNeedsANameUnlessItsReceiptCodeTells) {
  EXPECT_THAT(WithDrug("201,2,1,1,2,610421321,,1,1,錠"), IsEmpty());
  EXPECT_THAT(WithDrug("201,2,1,1,4,2171014N2020,,1,1,錠"), ElementsAre("RX-159@20 201.name"));
}

TEST(CheckDrugTest, RX159AMaterialWithoutACodeNeedsAName) {
  const std::string qr = ReadSample("a15_wareki_koureisha.txt");
  const std::string material = Change(qr, "610421321", "777770000");
  EXPECT_THAT(Errors(CheckRecordFile(material, nullptr).findings), IsEmpty());
  const size_t name = material.find("777770000,") + 10;
  std::string unnamed = material;
  unnamed.erase(name, unnamed.find(",1,1,", name) - name);
  EXPECT_THAT(Errors(CheckRecordFile(unnamed, nullptr).findings),
              ElementsAre("RX-159@18 201.name"));
}

TEST(CheckDrugTest, RX160DummyCodesNeverStandInAnElectronicPrescription) {
  EXPECT_THAT(WithDrug("201,2,1,1,2,666660000,甲,1,1,錠"), ElementsAre("RX-160@20 201.code"));
  EXPECT_THAT(WithDrug("201,2,1,1,4,2000000X0000,甲,1,1,錠"), ElementsAre("RX-160@20 201.code"));
  EXPECT_THAT(WithDrug("201,2,1,2,2,777770000,針,1,1,本"), ElementsAre("RX-160@20 201.code"));
}

TEST(CheckDrugTest, RX161AQrTextMayLackTheCodeWithAWarning) {
  const std::string qr = ReadSample("a13_kakujitsu.txt");
  const CheckedPrescription checked = CheckQrPrescription(Change(qr, "105271807", ""), nullptr);
  EXPECT_TRUE(checked.prescription.has_value());
  EXPECT_THAT(All(checked.findings), ElementsAre("RX-161@18 201.code"));
}

TEST(CheckDrugTest, RX161AGenericNameMayStandWithoutACode) {
  const std::string qr = ReadSample("a09_ippanmei_rikika.txt");
  EXPECT_THAT(All(CheckQrPrescription(qr, nullptr).findings), IsEmpty());
}

TEST(CheckDrugTest, RX133ADoseOrFactorOfZeroIsRefused) {
  EXPECT_THAT(WithDrug("201,2,1,1,2,610421321,甲,0,1,錠"), ElementsAre("RX-133@20 201.dose"));
  EXPECT_THAT(All(CheckRecordFile(ValidSj1() + "211,2,1,0\n", nullptr).findings),
              ElementsAre("RX-133@21 211.factor"));
}

TEST(CheckDrugTest, RX150UnevenDosesSumUpToTheDose) {
  const auto with = [](absl::string_view doses) {
    const std::string text = Change(ValidSj1(), kDrug, "201,2,1,1,2,610421321,甲,1,1,錠");
    return All(
        CheckRecordFile(text + "221,2,1," + std::string(doses) + ",,,,,\n", nullptr).findings);
  };
  EXPECT_THAT(with("0.5,0.5,,,"), IsEmpty());
  EXPECT_THAT(with("0.33333,0.33333,0.33334,,"), IsEmpty());
  EXPECT_THAT(with("0.5,0.25,,,"), ElementsAre("RX-150@21 221.dose1"));
  EXPECT_THAT(with("0.33333,0.33333,0.33333,,"), ElementsAre("RX-150@21 221.dose1"));
}

TEST(CheckDrugTest, RX154JamiSupplementsNeedTheirCode) {
  EXPECT_THAT(All(CheckRecordFile(ValidSj1() + "281,2,1,1,7,朝,\n", nullptr).findings),
              ElementsAre("RX-154@21 281.supplement_code"));
  EXPECT_THAT(All(CheckRecordFile(ValidSj1() + "281,2,1,1,7,朝,V1\n", nullptr).findings),
              IsEmpty());
}

// A master of receipt codes that begins on 2026-04-01.
class FakeCatalogue : public DrugCatalogue {
 public:
  FakeCatalogue() {
    drugs_["612170709"] = {{"ノルバスク錠２．５ｍｇ"}, {"錠"}};
    drugs_["610421321"] = {{"アダラートＣＲ錠２０ｍｇ"}, {"錠"}};
  }
  bool Holds(DrugCodeKind kind) const override { return kind == DrugCodeKind::kReceipt; }
  std::optional<CatalogueDrug> Find(DrugCodeKind kind, absl::string_view code,
                                    absl::CivilDay day) const override {
    const auto found = drugs_.find(std::string(code));
    if (found == drugs_.end() || day < absl::CivilDay(2026, 4, 1)) return std::nullopt;
    return found->second;
  }
  bool NamesAnother(absl::string_view code, absl::string_view name, absl::CivilDay) const override {
    return code == "610421321" && name == "ノルバスク錠２．５ｍｇ";
  }
  CatalogueDrug& drug() { return drugs_["610421321"]; }

 private:
  std::map<std::string, CatalogueDrug> drugs_;
};

TEST(CheckDrugTest, DrugsOnTheMasterPass) {
  const FakeCatalogue catalogue;
  EXPECT_THAT(WithDrug(kDrug, &catalogue), IsEmpty());
}

TEST(CheckDrugTest, RX181CodesMustBeOnTheMasterOfTheIssueDay) {
  const FakeCatalogue catalogue;
  EXPECT_THAT(WithDrug("201,2,1,1,2,610421322,甲,1,1,錠", &catalogue),
              ElementsAre("RX-181@20 201.code"));
  const std::string earlier = Change(ValidSj1(), "51,20260510", "51,20260331");
  EXPECT_THAT(All(CheckRecordFile(earlier, &catalogue).findings),
              ElementsAre("RX-181@16 201.code", "RX-181@20 201.code"));
}

TEST(CheckDrugTest, RX182AnotherUnitNeedsItsConversion) {
  const FakeCatalogue catalogue;
  const absl::string_view drug = "201,2,1,1,2,610421321,アダラートＣＲ錠２０ｍｇ,1,1,箱";
  EXPECT_THAT(WithDrug(drug, &catalogue), ElementsAre("RX-182@20 201.unit"));
  EXPECT_THAT(WithDrug(std::string(drug) + "\n211,2,1,10", &catalogue),
              ElementsAre("RX-571@21 211.factor"));
}

TEST(CheckDrugTest, RX183TheNameMustBeThatOfTheCode) {
  const FakeCatalogue catalogue;
  EXPECT_THAT(WithDrug("201,2,1,1,2,610421321,ノルバスク錠,1,1,錠", &catalogue),
              ElementsAre("RX-183@20 201.name"));
  // Width and spaces do not matter.
  EXPECT_THAT(WithDrug("201,2,1,1,2,610421321,アダラートCR錠 20mg,1,1,錠", &catalogue), IsEmpty());
}

TEST(CheckDrugTest, RX183OneNameOfSeveralIsEnoughAndTheGenericMarkDoesNotMatter) {
  FakeCatalogue catalogue;
  catalogue.drug().names = {"【般】甲錠", "乙錠"};
  for (const char* name : {"甲錠", "【般】甲錠", "乙錠"}) {
    EXPECT_THAT(WithDrug("201,2,1,1,2,610421321," + std::string(name) + ",1,1,錠", &catalogue),
                IsEmpty());
  }
  EXPECT_THAT(WithDrug("201,2,1,1,2,610421321,丙錠,1,1,錠", &catalogue),
              ElementsAre("RX-183@20 201.name"));
}

// RX-183, RX-570
TEST(CheckDrugTest, RX570ABrandMayHaveANameOfItsOwnButNotThatOfAnotherDrug) {
  FakeCatalogue catalogue;
  catalogue.drug().other_names = true;
  const auto with = [&](absl::string_view name) {
    return WithDrug(absl::StrCat("201,2,1,1,2,610421321,", name, ",1,1,錠"), &catalogue);
  };
  EXPECT_THAT(with("アダラートＣＲ錠２０ｍｇ"), IsEmpty());
  EXPECT_THAT(with("シンバスタチン"), ElementsAre("RX-570@20 201.name"));
  EXPECT_THAT(with("ノルバスク錠２．５ｍｇ"), ElementsAre("RX-183@20 201.name"));
  // What a pharmacy dispensed, from paper too, is looked up the same way.
  const auto dispensed = [&](absl::string_view name) {
    const std::string drug = absl::StrCat("201,1,1,1,2,610421321,", name);
    const std::string text =
        Change(ValidCj1(), "201,1,1,1,2,612170709,ノルバスク錠２．５ｍｇ", drug);
    return CheckDispensing(text, &catalogue);
  };
  EXPECT_THAT(All(dispensed("ノルバスク錠２．５ｍｇ").findings), ElementsAre("RX-183@13 201.name"));
  const CheckedDispensing brand = dispensed("シンバスタチン");
  EXPECT_THAT(All(brand.findings), ElementsAre("RX-570@13 201.name"));
  EXPECT_TRUE(brand.dispensing.has_value());
}

TEST(CheckDrugTest, RX200TheOfficialUnitIsNotConverted) {
  const FakeCatalogue catalogue;
  const std::string drug(kDrug);
  EXPECT_THAT(WithDrug(drug + "\n211,2,1,10", &catalogue), ElementsAre("RX-200@21 211.factor"));
  EXPECT_THAT(WithDrug(drug + "\n211,2,1,1", &catalogue), IsEmpty());
}

TEST(CheckDrugTest, RX201MetricUnitsConvertByTheirRatio) {
  FakeCatalogue catalogue;
  catalogue.drug().units = {"ｇ"};
  const auto with = [&](absl::string_view dose, absl::string_view factor) {
    return WithDrug(absl::StrCat("201,2,1,1,2,610421321,,", dose, "\n211,2,1,", factor),
                    &catalogue);
  };
  EXPECT_THAT(with("500,1,ｍｇ", "0.001"), IsEmpty());
  EXPECT_THAT(with("500,1,ｍｇ", "1000"), ElementsAre("RX-201@21 211.factor"));
  EXPECT_THAT(with("500,1,mg", "1"), ElementsAre("RX-201@21 211.factor"));
}

TEST(CheckDrugTest, RX571AFactorThatTheUnitsDoNotTellIsWarnedOf) {
  FakeCatalogue catalogue;
  const auto with = [&](absl::string_view dose, absl::string_view factor) {
    const std::string drug = absl::StrCat("201,2,1,1,2,610421321,,", dose, "\n211,2,1,", factor);
    return CheckPrescription(Change(ValidSj1(), kDrug, drug), &catalogue);
  };
  const CheckedPrescription tablets = with("5,1,ｍｇ", "20");
  EXPECT_THAT(All(tablets.findings), ElementsAre("RX-571@21 211.factor"));
  EXPECT_TRUE(tablets.prescription.has_value());
  catalogue.drug().units = {"ｇ"};
  // Potency is converted by the strength of the drug, a box by what it holds.
  EXPECT_THAT(All(with("500,2,ｍｇ", "0.1").findings), ElementsAre("RX-571@21 211.factor"));
  EXPECT_THAT(All(with("500,1,包", "0.1").findings), ElementsAre("RX-571@21 211.factor"));
  // Of several official units none is the one.
  catalogue.drug().units = {"ｇ", "包"};
  EXPECT_THAT(All(with("500,1,ｍｇ", "0.001").findings), ElementsAre("RX-571@21 211.factor"));
  EXPECT_THAT(All(with("500,1,ｍｇ", "0").findings), ElementsAre("RX-133@21 211.factor"));
  // Without a master nothing is told.
  EXPECT_THAT(WithDrug("201,2,1,1,2,610421321,,5,1,ｍｇ\n211,2,1,20"), IsEmpty());
}

std::vector<std::string> WithSingle(absl::string_view dose, absl::string_view single) {
  const std::string drug =
      absl::StrCat("201,2,1,1,2,610421321,甲,", dose, ",1,錠\n241,2,1,", single);
  return WithDrug(drug);
}

TEST(CheckDrugTest, RX574SingleDosesAddUpToTheDoseOfTheDay) {
  for (const auto& [dose, single] : {std::pair("3", "1,3"),
                                     {"1", "1/3,3"},
                                     {"2", "2/3,3"},
                                     {"1", "0.33333,3"},
                                     {"1", "0.33334,3"},
                                     {"0.66667", "1/3,2"},
                                     {"1", "1,"},
                                     {"0.5", "0.5,"}}) {
    EXPECT_THAT(WithSingle(dose, single), IsEmpty()) << dose << " " << single;
  }
  // Without a number of times it is that of the usage: once.
  for (const auto& [dose, single] : {std::pair("3", "1,2"),
                                     {"1", "1,3"},
                                     {"1", "0.3333,3"},
                                     {"2", "1/3,3"},
                                     {"1", "0.5,"},
                                     {"1", "999999/1,99"}}) {
    EXPECT_THAT(WithSingle(dose, single), ElementsAre("RX-574@21 241.dose"))
        << dose << " " << single;
  }
  const CheckedPrescription checked = CheckPrescription(ValidSj1() + "241,2,1,1,3\n", nullptr);
  EXPECT_TRUE(checked.prescription.has_value());
}

TEST(CheckDrugTest, RX574OnlyOfOralDrugsTheDoseIsThatOfADay) {
  for (const char* form : {"2", "4", "5"}) {
    const std::string text = Change(ValidSj1(), "101,2,1,,7", absl::StrCat("101,2,", form, ",,7"));
    EXPECT_THAT(All(CheckRecordFile(text + "241,2,1,1,3\n", nullptr).findings), IsEmpty()) << form;
  }
}

TEST(CheckDrugTest, RX575ASingleDoseIsOfEvenDosesOnly) {
  const std::string text = ValidSj1() + "221,2,1,0.75,0.25,,,,,,,,\n241,2,1,0.5,2\n";
  EXPECT_THAT(All(CheckRecordFile(text, nullptr).findings), ElementsAre("RX-575@22 241"));
}

TEST(CheckDrugTest, RX180ANarcoticNeedsItsRecord) {
  FakeCatalogue catalogue;
  catalogue.drug().narcotic = true;
  EXPECT_THAT(WithDrug(kDrug, &catalogue), ElementsAre("RX-180@20 201"));
  for (const char* record : {"60", "61"}) {
    const std::string text =
        Change(ValidSj1(), "101,1,1,", std::string(record) + ",1-2,東京都,03-0000-0000\n101,1,1,");
    EXPECT_THAT(All(CheckRecordFile(text, &catalogue).findings), IsEmpty()) << record;
  }
}

// RX-185
TEST(CheckDrugTest, RX185TheNarcoticRecordOfSj1NeedsTheLicence) {
  const std::string text = Change(ValidSj1(), "101,1,1,", "61,,東京都,03-0000-0000\n101,1,1,");
  EXPECT_THAT(All(CheckRecordFile(text, nullptr).findings), ElementsAre("RX-120@14 61.licence"));
}

TEST(CheckDrugTest, RX184SomeDrugsAreExcludedFromRefills) {
  FakeCatalogue catalogue;
  catalogue.drug().refill_excluded = true;
  EXPECT_THAT(WithDrug(kDrug, &catalogue), IsEmpty());
  const std::string refill = Change(ValidSj1(), "101,1,1,", "64,3\n101,1,1,");
  EXPECT_THAT(All(CheckRecordFile(refill, &catalogue).findings), ElementsAre("RX-184@21 201"));
}

}  // namespace
}  // namespace tsunagu::prescription::record
