// The checklist of a prescription's record file: one test for each line of it, named after the
// line. Every case breaks a valid file in one place and names all findings that it gives.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/prescription/record/check.h"
#include "services/prescription/record/testing.h"

namespace tsunagu::prescription::record {
namespace {

using testing::All;
using testing::Change;
using testing::ValidSj1;

using Findings = std::vector<std::string>;

// All findings of an SJ1 text; each has what whoever mends the file needs.
Findings Of(absl::string_view text, const DrugCatalogue* catalogue = nullptr) {
  const CheckedPrescription checked = CheckPrescription(text, catalogue);
  for (const national::Finding& finding : checked.findings) {
    EXPECT_TRUE(absl::StartsWith(finding.rule, "RX-"));
    EXPECT_TRUE(finding.record > 0 || absl::StrContains("RX-110", finding.rule)) << finding.rule;
    EXPECT_FALSE(finding.text_ja.empty());
    EXPECT_FALSE(finding.text_en.empty());
  }
  return All(checked.findings);
}

// The valid text with one place changed.
Findings With(absl::string_view from, absl::string_view to) {
  return Of(Change(ValidSj1(), from, to));
}

// The valid text with header records before its first RP.
Findings WithHeader(absl::string_view records) {
  return With("101,1,1,,14", absl::StrCat(records, "\n101,1,1,,14"));
}

// The valid text with records of its last drug.
Findings WithDetail(absl::string_view records) {
  return Of(absl::StrCat(ValidSj1(), records, "\n"));
}

std::string Split() {
  return absl::StrReplaceAll(ValidSj1(), {{"101,1,1,,14", "63,3,1\n101,1,1,,14\n102,1,5,14"},
                                          {"101,2,1,,7", "101,2,1,,7\n102,2,3,7"}});
}

TEST(ChecklistTest, Header) {
  EXPECT_EQ(With("SJ1\n", "SJ2\n"), Findings{"RX-100@1"});
  EXPECT_EQ(With("SJ1\n", "JAHIS10\n"), Findings{"RX-100@1"});
  EXPECT_EQ(With("51,20260510\n", ""), Findings{"RX-110@0 51"});
  EXPECT_EQ(With("1,1,1234567,13", "1,1,1234567,48"), Findings{"RX-172@2 1.prefecture"});
}

TEST(ChecklistTest, OrderOfRecords) {
  EXPECT_EQ(With("12,2\n13,19600606\n", "13,19600606\n12,2\n"), Findings{"RX-112@9 12"});
  EXPECT_EQ(With("111,2,3,1011000400000000,１日１回朝食後,1\n"
                 "201,2,1,1,2,610421321,アダラートＣＲ錠２０ｍｇ,1,1,錠\n",
                 "201,2,1,1,2,610421321,アダラートＣＲ錠２０ｍｇ,1,1,錠\n"
                 "111,2,3,1011000400000000,１日１回朝食後,1\n"),
            Findings{"RX-112@20 111"});
}

TEST(ChecklistTest, One101AndOne111PerRp) {
  EXPECT_EQ(With("101,2,1,,7\n", ""), Findings{"RX-114@18 101"});
  EXPECT_EQ(With("101,2,1,,7\n", "101,2,1,,7\n101,2,1,,7\n"), Findings{"RX-114@19 101"});
  EXPECT_EQ(With("111,2,3,1011000400000000,１日１回朝食後,1\n", ""), Findings{"RX-115@18 111"});
}

TEST(ChecklistTest, RpNumbersFrom1WithoutGaps) {
  const std::string third = absl::StrReplaceAll(
      ValidSj1(), {{"\n101,2,", "\n101,3,"}, {"\n111,2,", "\n111,3,"}, {"\n201,2,", "\n201,3,"}});
  EXPECT_EQ(Of(third), Findings{"RX-113@18 101"});
}

TEST(ChecklistTest, DrugSeqUniqueInRp) {
  EXPECT_EQ(With("201,1,2,1,7", "201,1,1,1,7"), Findings{"RX-117@17 201.seq"});
}

TEST(ChecklistTest, 102OnlyWith63AndEqualTotals) {
  EXPECT_EQ(Of(Split()), Findings{});
  EXPECT_EQ(With("101,2,1,,7\n", "101,2,1,,7\n102,2,3,7\n"), Findings{"RX-140@19 102"});
  EXPECT_EQ(Of(Change(Split(), "102,1,5,14", "102,1,5,15")), Findings{"RX-141@16 102.total"});
  EXPECT_EQ(Of(Change(Split(), "102,2,3,7\n", "")), Findings{"RX-142@20 102"});
}

TEST(ChecklistTest, 63IndexTotal) {
  EXPECT_EQ(Of(Change(Split(), "63,3,1", "63,3,4")), Findings{"RX-143@14 63.index"});
  EXPECT_EQ(Of(Change(Split(), "63,3,1", "63,4,1")), Findings{"RX-143@14 63.index"});
  EXPECT_EQ(Of(Change(Split(), "63,3,1", "63,3,0")), Findings{"RX-143@14 63.index"});
  EXPECT_EQ(Of(Change(Split(), "63,3,1", "63,3,3")), Findings{});
}

// RX-578: a 63 is the doctor's, whatever the days.
TEST(ChecklistTest, RX578TheReasonOfADividedDispensingStandsInNoRecord) {
  std::string text =
      absl::StrReplaceAll(Split(), {{"101,1,1,,14", "101,1,1,,7"}, {"102,1,5,14", "102,1,3,7"}});
  EXPECT_EQ(Of(text), Findings{});
  EXPECT_EQ(Of(Change(text, "63,3,1", "63,2,2")), Findings{});
}

TEST(ChecklistTest, 64In2To3) {
  EXPECT_EQ(WithHeader("64,1"), Findings{"RX-144@14 64.total"});
  EXPECT_EQ(WithHeader("64,2"), Findings{});
  EXPECT_EQ(WithHeader("64,3"), Findings{});
  EXPECT_EQ(WithHeader("64,4"), Findings{"RX-144@14 64.total"});
}

TEST(ChecklistTest, 64With63) {
  EXPECT_EQ(Of(Change(Split(), "63,3,1\n", "63,3,1\n64,3\n")), Findings{"RX-145@15 64"});
}

TEST(ChecklistTest, 221Sum) {
  EXPECT_EQ(WithDetail("221,2,1,0.5,0.5,,,,V1,V2,,,"), Findings{});
  EXPECT_EQ(WithDetail("221,2,1,0.5,0.4,,,,V1,V2,,,"), Findings{"RX-150@21 221.dose1"});
}

TEST(ChecklistTest, 231AllOrNoneAndOnlyForPublicPayersPresent) {
  EXPECT_EQ(WithDetail("231,2,1,,,,"), (Findings{"RX-151@16 201", "RX-151@17 201"}));
  const std::string all = absl::StrReplaceAll(
      ValidSj1() + "231,2,1,1,,,\n",
      {{"ｍｇ,3,1,錠\n", "ｍｇ,3,1,錠\n231,1,1,1,,,\n"},
       {"カプセル１０ｍｇ,1,1,カプセル\n", "カプセル１０ｍｇ,1,1,カプセル\n231,1,2,1,,,\n"}});
  const std::string with_payer = Change(all, "51,2026", "27,12131009,1234567\n51,2026");
  EXPECT_EQ(Of(with_payer), Findings{});
  EXPECT_EQ(Of(all),
            (Findings{"RX-152@17 231.public1", "RX-152@19 231.public1", "RX-152@23 231.public1"}));
}

TEST(ChecklistTest, 181Kind8And9And281Kind7CodesPresent) {
  const std::string drug = "201,2,1,1,2";
  EXPECT_EQ(With(drug, "181,2,1,8,隔日,,\n" + drug), Findings{"RX-153@20 181.supplement_code"});
  EXPECT_EQ(With(drug, "181,2,1,9,左耳,,\n" + drug), Findings{"RX-153@20 181.site_code"});
  EXPECT_EQ(With(drug, "181,2,1,8,隔日,I1100000,\n181,2,2,9,左耳,,42L\n" + drug), Findings{});
  EXPECT_EQ(WithDetail("281,2,1,1,7,朝,"), Findings{"RX-154@21 281.supplement_code"});
}

TEST(ChecklistTest, DoseAndFactorFormat) {
  for (const char* dose : {"03", "3.50", "1234567", "0.123456", ".5", "3.", "-1", "1e3", "３"}) {
    EXPECT_EQ(With("ｍｇ,3,1,錠", absl::StrCat("ｍｇ,", dose, ",1,錠")),
              Findings{"RX-129@16 201.dose"})
        << dose;
    EXPECT_EQ(WithDetail(absl::StrCat("211,2,1,", dose)), Findings{"RX-129@21 211.factor"}) << dose;
  }
  for (const char* dose : {"0.25", "123456.12345", "3"}) {
    EXPECT_EQ(With("ｍｇ,3,1,錠", absl::StrCat("ｍｇ,", dose, ",1,錠")), Findings{}) << dose;
  }
  EXPECT_EQ(With("ｍｇ,3,1,錠", "ｍｇ,0,1,錠"), Findings{"RX-133@16 201.dose"});
}

TEST(ChecklistTest, TextWidthInBytesAfterCp932Encoding) {
  std::string name;
  for (int i = 0; i < 40; ++i) absl::StrAppend(&name, "錠");
  EXPECT_EQ(With("ノルバスク錠２．５ｍｇ", name), Findings{});
  EXPECT_EQ(With("ノルバスク錠２．５ｍｇ", name + "a"), Findings{"RX-125@16 201.name"});
  EXPECT_EQ(With("ノルバスク錠２．５ｍｇ", std::string(80, 'a')), Findings{});
  EXPECT_EQ(With("ノルバスク錠２．５ｍｇ", std::string(81, 'a')), Findings{"RX-125@16 201.name"});
}

TEST(ChecklistTest, ForbiddenCharacters) {
  EXPECT_EQ(With("つなぐ診療所", "つなぐ\t診療所"), Findings{"RX-126@2 1.name"});
  EXPECT_EQ(With("つなぐ診療所", "つなぐ\xEE\x80\x80診療所"), Findings{"RX-126@2 1.name"});
  EXPECT_EQ(With("つなぐ診療所", "つなぐ,診療所"), Findings{"RX-107@2 1"});
  EXPECT_EQ(With("つなぐ診療所", "つなぐ診療所 "), Findings{"RX-127@2 1.name"});
}

TEST(ChecklistTest, EraAndWesternDates) {
  for (const char* day : {"20260510", "5080510"}) {
    EXPECT_EQ(With("51,20260510", absl::StrCat("51,", day)), Findings{}) << day;
  }
  for (const char* day : {"20260230", "2026051", "4080230", "6080510"}) {
    EXPECT_EQ(With("51,20260510", absl::StrCat("51,", day)), Findings{"RX-130@13 51.day"}) << day;
  }
  for (const char* birth : {"3350606", "1960", "196006", "335", "33506"}) {
    EXPECT_EQ(With("13,19600606", absl::StrCat("13,", birth)), Findings{}) << birth;
  }
  EXPECT_EQ(With("13,19600606", "13,19601306"), Findings{"RX-131@9 13.birth"});
}

TEST(ChecklistTest, UseByNotBeforeIssueDate) {
  EXPECT_EQ(With("51,20260510\n", "51,20260510\n52,20260509\n"), Findings{"RX-170@14 52.day"});
  EXPECT_EQ(With("51,20260510\n", "51,20260510\n52,20260510\n"), Findings{});
}

TEST(ChecklistTest, InsurerNumberCheckDigit) {
  EXPECT_EQ(With("22,01130012", "22,01130013"), Findings{"RX-171@11 22.insurer"});
  EXPECT_EQ(With("51,2026", "27,12131008,1234567\n51,2026"), Findings{"RX-171@13 27.payer"});
  EXPECT_EQ(With("51,2026", "27,12131009,1234567\n51,2026"), Findings{});
}

// That a dentist signed it is a question to the signature: RX-199.
TEST(ChecklistTest, FeeTable) {
  for (const char* table : {"1", "3", "6"}) {
    EXPECT_EQ(With("1,1,1234567", absl::StrCat("1,", table, ",1234567")), Findings{}) << table;
  }
  for (const char* table : {"2", "4", "9"}) {
    EXPECT_EQ(With("1,1,1234567", absl::StrCat("1,", table, ",1234567")),
              Findings{"RX-128@2 1.table"})
        << table;
  }
}

TEST(ChecklistTest, DummyCodes) {
  EXPECT_EQ(With("1,2,610421321", "1,2,666660000"), Findings{"RX-160@20 201.code"});
  EXPECT_EQ(With("1,2,610421321", "1,4,2000000X0000"), Findings{"RX-160@20 201.code"});
  EXPECT_EQ(With("1,2,610421321", "2,2,777770000"), Findings{"RX-160@20 201.code"});
}

// Knows 610421321 only, until the issue day of the valid text.
class OneDrug : public DrugCatalogue {
 public:
  explicit OneDrug(CatalogueDrug drug) : drug_(std::move(drug)) {}
  bool Holds(DrugCodeKind kind) const override { return kind == DrugCodeKind::kReceipt; }
  std::optional<CatalogueDrug> Find(DrugCodeKind, absl::string_view code,
                                    absl::CivilDay day) const override {
    if (code == "612170709") return CatalogueDrug{};
    if (code != "610421321" || day > absl::CivilDay(2026, 5, 10)) return std::nullopt;
    return drug_;
  }
  bool NamesAnother(absl::string_view, absl::string_view, absl::CivilDay) const override {
    return false;
  }

 private:
  const CatalogueDrug drug_;
};

TEST(ChecklistTest, DrugCodeOnTheMasterOnTheIssueDay) {
  const OneDrug catalogue({{"アダラートＣＲ錠２０ｍｇ"}, {"錠"}});
  EXPECT_EQ(Of(ValidSj1(), &catalogue), Findings{});
  EXPECT_EQ(Of(Change(ValidSj1(), "51,20260510", "51,20260511"), &catalogue),
            Findings{"RX-181@20 201.code"});
  EXPECT_EQ(Of(Change(ValidSj1(), "610421321,アダラート", "610421322,アダラート"), &catalogue),
            Findings{"RX-181@20 201.code"});
  EXPECT_EQ(
      Of(Change(ValidSj1(), "アダラートＣＲ錠２０ｍｇ", "アダラートＣＲ錠１０ｍｇ"), &catalogue),
      Findings{"RX-183@20 201.name"});
}

TEST(ChecklistTest, UnitIsTheOfficialUnitOr211Present) {
  const OneDrug catalogue({{}, {"ｇ"}});
  const std::string in_mg = Change(ValidSj1(), "アダラートＣＲ錠２０ｍｇ,1,1,錠", ",20,1,ｍｇ");
  EXPECT_EQ(Of(in_mg, &catalogue), Findings{"RX-182@20 201.unit"});
  EXPECT_EQ(Of(in_mg + "211,2,1,0.001\n", &catalogue), Findings{});
  EXPECT_EQ(Of(in_mg + "211,2,1,1000\n", &catalogue), Findings{"RX-201@21 211.factor"});
  const std::string in_g = Change(in_mg, "ｍｇ\n", "ｇ\n");
  EXPECT_EQ(Of(in_g + "211,2,1,1000\n", &catalogue), Findings{"RX-200@21 211.factor"});
}

TEST(ChecklistTest, RefillExcludedDrugs) {
  const OneDrug catalogue({.refill_excluded = true});
  EXPECT_EQ(Of(ValidSj1(), &catalogue), Findings{});
  EXPECT_EQ(Of(Change(ValidSj1(), "101,1,1,", "64,2\n101,1,1,"), &catalogue),
            Findings{"RX-184@21 201"});
}

TEST(ChecklistTest, NarcoticRecord) {
  const OneDrug catalogue({.narcotic = true});
  EXPECT_EQ(Of(ValidSj1(), &catalogue), Findings{"RX-180@20 201"});
  for (const char* number : {"60", "61"}) {
    const std::string record = absl::StrCat(number, ",1-2,東京都,03-0000-0000\n101,1,1,");
    EXPECT_EQ(Of(Change(ValidSj1(), "101,1,1,", record), &catalogue), Findings{}) << number;
  }
}

// What is wrong in several places is told at once.
TEST(ChecklistTest, AllFindingsAtOnce) {
  const std::string text = absl::StrReplaceAll(
      ValidSj1(),
      {{"51,20260510", "51,20260530\n52,20260501\n64,9"}, {"ｍｇ,3,1,錠", "ｍｇ,03,1,"}});
  EXPECT_THAT(Of(text),
              ::testing::UnorderedElementsAre("RX-170@14 52.day", "RX-144@15 64.total",
                                              "RX-129@18 201.dose", "RX-120@18 201.unit"));
}

}  // namespace
}  // namespace tsunagu::prescription::record
