// Receipts of DPC: how they are told apart, which records are one receipt, and their drugs.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/medication/uke/dispensing.h"
#include "services/medication/uke/layout.h"
#include "services/medication/uke/reader.h"
#include "services/medication/uke/summary.h"
#include "services/medication/uke/test_files.h"
#include "services/platform/national/cp932.h"

namespace tsunagu::medication::uke {
namespace {

using absl::CivilDay;
using Strings = std::vector<std::string>;

// Lines of the sample.
constexpr int kSingle = 2, kBundle = 5, kCoded = 24, kSummary = 32, kSummaryHo = 33, kDetail = 39,
              kDetailHo = 40, kMedicalDetail = 52;

constexpr char kBu[] = "BU,010060XX99X40X,20260510,20260515";
constexpr char kCo[] = "CO,01,1,810000001";
constexpr char kCd[] = "CD,20260511,21,1,1,620007818,1,,,3";

struct Read {
  std::vector<Kind> kinds;  // of the receipts
  std::vector<Dispensing> receipts;
};

Read ReadAll(absl::string_view file) {
  Read read;
  Reader reader(file);
  Receipt receipt;
  while (reader.Next(&receipt)) {
    read.kinds.push_back(receipt.header.kind);
    read.receipts.push_back(ReadDispensing(receipt));
  }
  return read;
}

std::vector<Kind> KindsOf(absl::string_view file) { return ReadAll(file).kinds; }

// An IY record with that count on the 11th.
std::string Item(const std::string& code, const std::string& count) {
  return Line("IY", {{2, "21"}, {3, "1"}, {4, code}, {5, "2"}, {7, count}, {24, count}});
}

// MH-200
TEST(DpcKindTest, MH200TheFirstReceiptTells) {
  EXPECT_EQ(CheckFile("", DpcSample()).summary.kind, Kind::kDpc);
  EXPECT_EQ(CheckFile("", MedicalSample()).summary.kind, Kind::kMedical);
  const std::string without = WithField(DpcFile({kCd}), 2, pos::kReSummary, "");
  EXPECT_EQ(KindsOf(without), std::vector{Kind::kDpc});                            // coding data
  EXPECT_EQ(KindsOf(DpcFile({Item("620007818", "1")})), std::vector{Kind::kDpc});  // 総括区分
  EXPECT_EQ(KindsOf(WithField(DpcFile({Item("620007818", "1")}), 2, pos::kReSummary, "")),
            std::vector{Kind::kMedical});
}

TEST(DpcKindTest, MH200ASearchNumberOfAMedicalReceiptIsNoMark) {
  for (const char* number : {"12345678901234567", "123456789012345678901234567890", "12"}) {
    EXPECT_EQ(KindsOf(WithField(MedicalSample(), 2, pos::kReMedicalSearch, number)),
              std::vector{Kind::kMedical});
  }
}

TEST(DpcKindTest, MH200AllReceiptsUnderAHeaderAreOfOneKind) {
  const std::string medical = MedicalFile(
      {Item("620007818", "1"), "RE,2,1111,202605,x,1,19700415", "HO,01130012,,10,1,0", kBu});
  EXPECT_EQ(KindsOf(medical), (std::vector{Kind::kMedical, Kind::kMedical}));
  EXPECT_EQ(FindingsOf(medical), (Strings{"MH-026 warning 5 RE#2/RE", "MH-005 error 7 RE#2/BU",
                                          "MH-022 error 8 GO[2]"}));
  const std::string dpc = DpcFile({kCd, "RE,2,1111,202605,x,1,19700415", "HO,01130012,,10,1,0"});
  EXPECT_EQ(KindsOf(dpc), (std::vector{Kind::kDpc, Kind::kDpc}));
}

TEST(DpcKindTest, MH200EachHeaderHasAKindOfItsOwn) {
  const std::string both = absl::StrCat(MedicalSample(), DpcSample(), MedicalSample());
  EXPECT_EQ(KindsOf(both), (std::vector{Kind::kMedical, Kind::kDpc, Kind::kDpc, Kind::kMedical}));
}

// MH-202
TEST(DpcReceiptTest, MH202ASummaryAndItsDetailsAreOneReceipt) {
  const Read read = ReadAll(DpcSample());
  ASSERT_EQ(read.receipts.size(), 2u);
  const Dispensing& summary = read.receipts[1];
  EXPECT_EQ(summary.key.ToString(), "dpc/1319999913/202606/202605/2/");
  // The branch stands with the summary alone.
  EXPECT_EQ(summary.identity.certainty, Certainty::kCertain);
  EXPECT_EQ(summary.identity.insured.branch, "01");
  EXPECT_EQ(summary.drugs.size(), 3u);
}

TEST(DpcReceiptTest, MH202DetailsOfAnotherNumberAreReceiptsOfTheirOwn) {
  const std::string other = WithField(DpcSample(), kDetail, pos::kReNumber, "3");
  EXPECT_EQ(ReadAll(other).receipts.size(), 4u);
}

TEST(DpcReceiptTest, MH202WithoutAHeaderTotalsAreTheSame) {
  const Totals whole = CheckFile("", DpcSample()).summary.found;
  const Totals headless = CheckFile("", WithoutLine(DpcSample(), 1)).summary.found;
  EXPECT_EQ(headless.count(), whole.count());
  EXPECT_EQ(headless.points, whole.points);
}

TEST(DpcReceiptTest, MH202PayersOfDetailsAreNotTheSummarys) {
  const std::string file = WithoutLine(DpcSample(), kSummaryHo);
  EXPECT_EQ(ReadAll(file).receipts.at(1).identity.certainty, Certainty::kNoInsurer);
  const Totals totals = CheckFile("", file).summary.found;
  EXPECT_EQ(totals.insurers, 1);
  EXPECT_EQ(totals.payers, 1);
}

TEST(DpcReceiptTest, MH062SearchNumbersAreReadFromTheirOwnPlace) {
  const std::string number = "123456789012345678901234567890";
  const std::string file = WithField(DpcSample(), kSingle, pos::kReDpcSearch, number);
  EXPECT_EQ(ReadAll(file).receipts[0].key.search_number, number);
}

// MH-203 to MH-206, MH-209, MH-210: one value of the sample is broken, and one finding comes of it.
TEST(DpcCheckTest, ABrokenValueGivesExactlyItsFinding) {
  const struct {
    int line;
    int position;
    const char* value;
    Strings findings;
  } kCases[] = {
      {kSingle, pos::kReSummary, "4", {"MH-203 warning 2 RE#1/RE[19]"}},
      {kSingle, pos::kReSummary, "2", {"MH-203 warning 2 RE#1/RE[19]"}},
      {kSingle, pos::kReSummary, "", {"MH-010 warning 2 RE#1/RE[19]"}},
      {kSummary, pos::kReDetails, "3", {"MH-204 warning 32 RE#2/RE[20]"}},
      {kSummary, pos::kReDetails, "", {"MH-204 warning 32 RE#2/RE[20]"}},
      {kDetailHo, pos::kHoPoints, "19501", {"MH-205 warning 33 RE#2/HO[6]"}},
      {kSingle, pos::kReType, "1112", {"MH-206 warning 2 RE#1/RE[3]"}},
      {kSingle, pos::kReType, "3111", {"MH-017 warning 2 RE#1/RE[3]"}},
      {60, pos::kGoCount, "5", {"MH-022 warning 60 GO[2]"}},
      {60, pos::kGoPoints, "70021", {"MH-023 warning 60 GO[3]"}},
      {kDetail, pos::kReBirth, "19500304", {"MH-210 error 39 RE#2/RE[7]"}},
      {kDetailHo, pos::kHoNumber, "23", {"MH-210 error 40 RE#2/HO[4]"}},
      {kCoded, pos::kCdDay, "20260532", {"MH-014 error 24 RE#1/CD[2]"}},
      {kCoded, pos::kCdCode, "800000001", {"MH-015 error 24 RE#1/CD[6]"}},
      {49,
       pos::kClass,
       "",
       {"MH-025 error 49 RE#2/SI[2]"}},  // the class before is another detail's
      {6, 3, "80021", {"MH-207 warning 6 RE#1/SB[3]"}},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(FindingsOf(WithField(DpcSample(), c.line, c.position, c.value)), c.findings)
        << c.line << "[" << c.position << "]";
  }
}

TEST(DpcCheckTest, MH209WithoutDetailsTheTotalsAreCertain) {
  const std::string file = DpcFile({kCo, kCd});
  EXPECT_EQ(FindingsOf(file), Strings{});
  EXPECT_EQ(FindingsOf(WithField(file, 6, pos::kGoCount, "2")), Strings{"MH-022 error 6 GO[2]"});
}

TEST(DpcCheckTest, MH203ADetailStandsBehindItsSummary) {
  const std::string file = WithField(DpcFile({kCo, kCd}), 2, pos::kReSummary, "3");
  EXPECT_EQ(FindingsOf(file), Strings{"MH-203 warning 2 RE#1/RE[19]"});
}

TEST(DpcCheckTest, MH006RecordsHaveTheirPlace) {
  EXPECT_EQ(FindingsOf(WithoutLine(DpcSample(), kBundle)), Strings{"MH-006 error 5 RE#1/SB"});
  EXPECT_EQ(FindingsOf(WithLine(DpcSample(), kCoded + 1, "CO,99,1,810000001")),
            (Strings{"MH-006 error 25 RE#1/CO"}));
}

TEST(DpcCheckTest, MH212FieldsOfLaterVersionsAreTaken) {
  const std::string later = WithField(DpcSample(), kSingle, 40, "001");
  EXPECT_EQ(FindingsOf(WithField(later, kSingle, 29, "02")), Strings{});
  EXPECT_EQ(FindingsOf(WithField(DpcSample(), kSingle, 41, "1")),
            Strings{"MH-009 error 2 RE#1/RE[41]"});
}

// MH-004, MH-006: what agencies leave behind the coding data.
TEST(DpcCheckTest, MH004RecordsOfAgenciesDoNotChangeTheTotals) {
  const std::string file = DpcFile({kCo, kCd, "HO,01130012,１２３,１０,2,87", "JY,2,4,0",
                                    "EX,,,1:42811:", "RC,Ver00001", "MN,9"});
  EXPECT_EQ(FindingsOf(file),
            (Strings{"MH-006 error 6 RE#1/HO", "MH-004 warning 7 JY", "MH-004 warning 8 EX",
                     "MH-004 warning 9 RC", "MH-004 warning 10 MN"}));
  EXPECT_EQ(CheckFile("", file).summary.found.points, 100);
}

TEST(DpcCheckTest, DatesOfOlderFilesAreReadInTheirEra) {
  std::string era = WithField(DpcFile({kBu, kCd}), 1, 8, "42811");
  era = WithField(WithField(era, 2, pos::kReMonth, "42806"), 2, pos::kReBirth, "3160822");
  era = WithField(WithField(era, 4, 3, "4280617"), 5, pos::kCdDay, "4280618");
  era = WithField(WithField(era, 2, 9, "4280617"), 4, 4, "");
  const Read read = ReadAll(era);
  ASSERT_EQ(read.receipts.size(), 1u);
  EXPECT_EQ(read.receipts[0].key.treatment_month, "201606");
  ASSERT_EQ(read.receipts[0].drugs.size(), 1u);
  EXPECT_EQ(read.receipts[0].drugs[0].dispensed_on, CivilDay(2016, 6, 18));
}

// MH-220
TEST(DpcDrugTest, MH220CodingDataGiveTheDayOfEveryDrug) {
  const Dispensing result = ReadAll(DpcSample()).receipts.at(0);
  ASSERT_EQ(result.drugs.size(), 7u);
  const DrugLine& injected = result.drugs[0];
  EXPECT_EQ(injected.dispensed_on, CivilDay(2026, 5, 10));
  EXPECT_EQ(injected.form, Form::kInjection);
  EXPECT_EQ(injected.form_code, "33");
  EXPECT_EQ(injected.basis, AmountBasis::kTotal);
  EXPECT_EQ(injected.total, "2");
  EXPECT_EQ(injected.facility, "1319999913");
  EXPECT_TRUE(injected.in_house);
  EXPECT_EQ(result.drugs[2].drug_code, "612450118");
  EXPECT_EQ(result.drugs[1].group, result.drugs[2].group);
  EXPECT_EQ(result.drugs[3].form, Form::kExternal);
  EXPECT_EQ(result.drugs[4].basis, AmountBasis::kPerTime);
  EXPECT_EQ(result.drugs[4].times, 5);
  const DrugLine& taken_home = result.drugs[5];
  EXPECT_EQ(taken_home.dispensed_on, CivilDay(2026, 5, 15));
  EXPECT_EQ(taken_home.basis, AmountBasis::kPerDay);
  EXPECT_EQ(taken_home.times, 14);
  EXPECT_NE(taken_home.group, result.drugs[1].group);
}

// MH-221
TEST(DpcDrugTest, MH221ItemsThatAreCodedAreNotReadTwice) {
  const auto drugs = [](const std::vector<std::string>& records) {
    return ReadAll(DpcFile(records)).receipts.at(0).drugs;
  };
  EXPECT_EQ(drugs({Item("620007818", "3"), kCd}).size(), 1u);
  const std::vector<DrugLine> both = drugs({Item("612450118", "3"), kCd});
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[0].drug_code, "612450118");
  EXPECT_EQ(both[0].dispensed_on, CivilDay(2026, 5, 11));
  EXPECT_EQ(both[1].drug_code, "620007818");
  EXPECT_EQ(drugs({Item("620007818", "3")}).size(), 1u);
}

TEST(DpcDrugTest, MH221DetailsAreReadOneByOne) {
  const std::vector<DrugLine> drugs = ReadAll(DpcSample()).receipts.at(1).drugs;
  ASSERT_EQ(drugs.size(), 3u);
  // The detail of 医科 has the same drug in day columns, and no coding data.
  EXPECT_EQ(drugs[1].drug_code, drugs[2].drug_code);
  EXPECT_EQ(drugs[2].dispensed_on, CivilDay(2026, 5, 8));
  EXPECT_EQ(drugs[2].times, 7);
  EXPECT_EQ(drugs[2].comment, "退院時");
  EXPECT_EQ(drugs[1].comment, "");
  EXPECT_LT(drugs[1].group, drugs[2].group);
  EXPECT_GT(drugs[2].line, kMedicalDetail);
}

// MH-055, MH-222
TEST(DpcDrugTest, MH055CodesAndDaysThatCannotBeReadAreTold) {
  const Dispensing result =
      ReadAll(DpcFile({absl::StrReplaceAll(kCd, {{"20260511", "20260532"}}),
                       absl::StrReplaceAll(kCd, {{"620007818", "62000781"}}),
                       absl::StrReplaceAll(kCd, {{"620007818", "160000310"}})}))
          .receipts.at(0);
  EXPECT_TRUE(result.drugs.empty());
  EXPECT_EQ(result.unread_lines, (std::vector<int>{4, 5}));
}

TEST(DpcDrugTest, MH222DrugsOfDpcAreOfAStayInHospital) {
  for (const Dispensing& receipt : ReadAll(DpcSample()).receipts) {
    EXPECT_TRUE(receipt.inpatient);
    EXPECT_FALSE(receipt.drugs.empty());
  }
}

TEST(DpcDrugTest, MH001Utf8AndPlainLineEndsGiveTheSame) {
  const std::string utf8 =
      absl::StrReplaceAll(*national::Cp932ToUtf8(DpcSample()), {{"\r\n", "\n"}, {"\x1A", ""}});
  EXPECT_EQ(FindingsOf(utf8), Strings{});
  const Read read = ReadAll(utf8);
  ASSERT_EQ(read.receipts.size(), 2u);
  EXPECT_EQ(read.receipts[1].identity.insured, ReadAll(DpcSample()).receipts[1].identity.insured);
}

TEST(DpcCheckTest, TheSummarysOwnPayerCounts) {
  EXPECT_EQ(FindingsOf(WithField(DpcSample(), kSummaryHo, pos::kHoPoints, "21501")),
            (Strings{"MH-205 warning 33 RE#2/HO[6]", "MH-023 warning 60 GO[3]"}));
}

}  // namespace
}  // namespace tsunagu::medication::uke
