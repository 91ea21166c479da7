#include "services/medication/uke/check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/medication/uke/reader.h"
#include "services/medication/uke/test_files.h"
#include "services/platform/national/finding.h"

namespace tsunagu::medication::uke {
namespace {

using national::Finding;
using national::Findings;
using national::Severity;

struct Checked {
  Findings findings;
  Totals totals;
};

Checked Check(absl::string_view file) {
  Reader reader(file);
  FileCheck check;
  Receipt receipt;
  while (reader.Next(&receipt)) check.Add(receipt);
  check.Finish(reader);
  return {check.findings(), check.totals()};
}

// "MH-012 error 9 RE#1/IY[4]" for each finding.
std::vector<std::string> Told(absl::string_view file) {
  std::vector<std::string> told;
  for (const Finding& f : Check(file).findings) {
    told.push_back(absl::StrCat(f.rule, f.severity == Severity::kError ? " error " : " warning ",
                                f.record, " ", f.field));
  }
  return told;
}

using Strings = std::vector<std::string>;

TEST(FileCheckTest, SamplesHaveNoFindings) {
  for (const std::string& sample : Samples()) EXPECT_EQ(Told(sample), Strings{});
}

TEST(FileCheckTest, TotalsCountPayersAndPoints) {
  const Totals medical = Check(MedicalSample()).totals;
  EXPECT_EQ(medical.receipts, 1);
  EXPECT_EQ(medical.count(), 1);
  EXPECT_EQ(medical.points, 630);
  const Totals pharmacy = Check(PharmacySample()).totals;
  EXPECT_EQ(pharmacy.receipts, 2);
  EXPECT_EQ(pharmacy.points, 507);
}

// One value of a sample is broken, and one finding comes of it.
struct FieldCase {
  const char* name;
  bool medical;
  int line;
  int position;
  const char* value;
  const char* finding;
};

class BrokenFieldTest : public testing::TestWithParam<FieldCase> {};

TEST_P(BrokenFieldTest, GivesExactlyItsFinding) {
  const FieldCase& c = GetParam();
  const std::string sample = c.medical ? MedicalSample() : PharmacySample();
  EXPECT_EQ(Told(WithField(sample, c.line, c.position, c.value)), Strings{c.finding});
}

constexpr FieldCase kBrokenFields[] = {
    {"MH001_HalfACharacter", true, 2, 5, "\x8D", "MH-001 error 2 RE#1/RE[5]"},
    {"MH009_MoreFieldsThanTheLayout", true, 18, 5, "1", "MH-009 error 18 GO[5]"},
    {"MH009_MoreFieldsInAReceipt", false, 9, 11, "1", "MH-009 error 9 RE#1/IY[11]"},
    {"MH010_HeaderName", true, 1, 7, "", "MH-010 warning 1 IR[7]"},
    {"MH010_BirthDate", true, 2, 7, "", "MH-010 error 2 RE#1/RE[7]"},
    {"MH010_Sex", true, 2, 6, "", "MH-010 warning 2 RE#1/RE[6]"},
    {"MH010_InsuredNumber", true, 3, 4, "", "MH-010 error 3 RE#1/HO[4]"},
    {"MH010_DrugCode", true, 11, 4, "", "MH-010 error 11 RE#1/IY[4]"},
    {"MH010_DispensingDay", false, 8, 4, "", "MH-010 error 8 RE#1/CZ[4]"},
    {"MH010_FormOfThePrescription", false, 27, 3, "", "MH-010 error 27 RE#2/SH[3]"},
    {"MH011_TooManyDigits", true, 3, 5, "123", "MH-011 error 3 RE#1/HO[5]"},
    {"MH011_NameTooLong", true, 2, 5, "12345678901234567890123456789012345678901",
     "MH-011 warning 2 RE#1/RE[5]"},
    {"MH011_TooManyDecimalPlaces", true, 11, 5, "1.000001", "MH-011 error 11 RE#1/IY[5]"},
    {"MH011_AmountTooLarge", true, 11, 5, "123456.5", "MH-011 error 11 RE#1/IY[5]"},
    {"MH012_CodeTooShort", true, 11, 4, "62000781", "MH-012 error 11 RE#1/IY[4]"},
    {"MH012_FacilityTooShort", true, 1, 5, "999991", "MH-012 error 1 IR[5]"},
    {"MH013_NotDigits", true, 3, 5, "2x", "MH-013 error 3 RE#1/HO[5]"},
    {"MH013_NotADecimal", true, 11, 5, "1.", "MH-013 error 11 RE#1/IY[5]"},
    {"MH013_OneByteLettersInAKanjiField", true, 1, 7, "Clinic", "MH-013 warning 1 IR[7]"},
    {"MH013_KanjiInAOneByteField", true, 1, 10, "\x82\x50", "MH-013 warning 1 IR[10]"},
    {"MH014_NoSuchDay", true, 2, 7, "20250229", "MH-014 error 2 RE#1/RE[7]"},
    {"MH014_EraDayOutsideItsEra", true, 2, 7, "3650101", "MH-014 error 2 RE#1/RE[7]"},
    {"MH014_NoSuchMonth", true, 1, 8, "202613", "MH-014 error 1 IR[8]"},
    {"MH014_NoSuchDispensingDay", false, 8, 4, "20260532", "MH-014 error 8 RE#1/CZ[4]"},
    {"MH015_TreatmentCodeInADrugRecord", true, 11, 4, "111000110", "MH-015 error 11 RE#1/IY[4]"},
    {"MH015_DrugCodeInATreatmentRecord", true, 9, 4, "620007818", "MH-015 error 9 RE#1/SI[4]"},
    {"MH015_NoCommentCode", false, 17, 2, "610000001", "MH-015 error 17 RE#1/CO[2]"},
    {"MH016_ReceiptNumberSkipped", false, 19, 2, "3", "MH-016 warning 19 RE#3/RE[2]"},
    {"MH017_TypeOfAnotherKind", true, 2, 3, "4112", "MH-017 warning 2 RE#1/RE[3]"},
    {"MH019_CountDiffersFromItsDays", true, 11, 7, "27", "MH-019 error 11 RE#1/IY[7]"},
    {"MH019_CountWithoutDays", true, 10, 44, "1", "MH-019 error 10 RE#1/SI[7]"},
    {"MH021_InsurerCheckDigit", true, 3, 2, "01130013", "MH-021 warning 3 RE#1/HO[2]"},
    {"MH021_PaddedInsurerCheckDigit", false, 20, 2, "  138058", "MH-021 warning 20 RE#2/HO[2]"},
    {"MH022_CountOfTheClaim", true, 18, 2, "2", "MH-022 error 18 GO[2]"},
    {"MH022_ZeroCountOfSplitReceipts", true, 18, 2, "0", "MH-022 warning 18 GO[2]"},
    {"MH023_PointsOfTheClaim", true, 18, 3, "631", "MH-023 error 18 GO[3]"},
    {"MH023_ZeroPointsOfSplitReceipts", true, 18, 3, "0", "MH-023 warning 18 GO[3]"},
    {"MH025_FirstItemWithoutClass", true, 9, 2, "", "MH-025 error 9 RE#1/SI[2]"},
};

INSTANTIATE_TEST_SUITE_P(Rules, BrokenFieldTest, testing::ValuesIn(kBrokenFields),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(FileCheckTest, MH005RecordsOfAnotherKindAreErrors) {
  EXPECT_EQ(Told(WithLine(MedicalSample(), 11, "SH,01,1,006,,3")),
            Strings{"MH-005 error 11 RE#1/SH"});
  EXPECT_EQ(Told(WithLine(PharmacySample(), 7, "SY,8840107,20260511,1")),
            Strings{"MH-005 error 7 RE#1/SY"});
}

TEST(FileCheckTest, MH006RecordsOutOfOrderAreErrors) {
  EXPECT_EQ(Told(WithLine(MedicalSample(), 16, "SY,8840107,20260511,1")),
            Strings{"MH-006 error 16 RE#1/SY"});
  EXPECT_EQ(Told(WithoutLine(PharmacySample(), 8)), Strings{"MH-006 error 8 RE#1/IY"});
  EXPECT_EQ(Told(WithLine(MedicalSample(), 5, "HO,01130012,,10,1,0")),
            Strings{"MH-006 error 5 RE#1/HO"});
}

TEST(FileCheckTest, MH006OrganDonorsHaveABlockOfTheirOwn) {
  EXPECT_EQ(Told(MedicalFile({"IY,21,1,620007818,1,1,0", "TI,1", "TR,1", "TS,1",
                              "SY,8840107,20260511,1", "IY,21,1,620007818,1,1,0"})),
            Strings{});
}

TEST(FileCheckTest, MH010TrailingFieldsMayBeLeftOut) {
  EXPECT_EQ(Told(MedicalFile({"IY,21,1,620007818"})), Strings{});
  EXPECT_EQ(Told(MedicalFile({"IY,21,1"})), Strings{"MH-010 error 4 RE#1/IY[4]"});
}

TEST(FileCheckTest, MH018SomebodyPays) {
  const std::string nobody =
      WithField(WithField(WithoutLine(MedicalSample(), 3), 17, 2, "0"), 17, 3, "0");
  const Strings told = Told(nobody);
  EXPECT_EQ(told, (Strings{"MH-006 error 3 RE#1/SN", "MH-018 error 2 RE#1/RE"}));
}

TEST(FileCheckTest, MH018FourPublicPayersAtMost) {
  const std::string payer = "KO,54136015,1234567,,1,0";
  const std::string item = "IY,21,1,620007818,1,1,0";
  EXPECT_EQ(Told(WithField(MedicalFile({payer, payer, payer, payer, item}), 9, 2, "5")), Strings{});
  EXPECT_EQ(Told(WithField(MedicalFile({payer, payer, payer, payer, payer, item}), 10, 2, "6")),
            Strings{"MH-018 error 2 RE#1/RE"});
}

TEST(FileCheckTest, MH020DaysThatTheMonthLacksAreEmpty) {
  const std::string item =
      Line("IY",
           {{2, "21"}, {3, "1"}, {4, "620007818"}, {5, "1"}, {7, "1"}, {pos::kItemDays + 30, "1"}});
  const std::string file = MedicalFile({item});
  EXPECT_EQ(Told(file), Strings{});
  EXPECT_EQ(Told(WithField(file, 2, 4, "202606")), Strings{"MH-020 error 4 RE#1/IY[44]"});
}

TEST(FileCheckTest, MH019MaterialsHaveTheirDaysElsewhere) {
  const std::string item =
      Line("TO", {{2, "40"}, {3, "1"}, {4, "700590000"}, {7, "2"}, {pos::kToDays + 4, "2"}});
  EXPECT_EQ(Told(MedicalFile({item})), Strings{});
  EXPECT_EQ(Told(WithField(MedicalFile({item}), 4, 7, "3")), Strings{"MH-019 error 4 RE#1/TO[7]"});
}

TEST(FileCheckTest, MH021UnknownInsuranceHasNoCheckDigit) {
  EXPECT_EQ(Told(WithField(MedicalSample(), 3, 2, "77777777")), Strings{});
}

TEST(FileCheckTest, MH023PublicPayersCountOnlyWithoutAnInsurer) {
  const std::string file = WithField(
      WithField(WithField(MedicalFile({"KO,54136015,1234567,,1,40", "KO,54136015,1234567,,1,7",
                                       "IY,21,1,620007818,1,1,0"}),
                          7, 2, "2"),
                7, 3, "40"),
      3, 1, "XX");
  EXPECT_EQ(Check(file).totals.points, 40);
  EXPECT_EQ(Told(file), Strings{});  // the reader tells of XX
}

TEST(FileCheckTest, MH026AReceiptHasAnItem) {
  EXPECT_EQ(Told(MedicalFile({"SY,8840107,20260511,1"})), Strings{"MH-026 warning 2 RE#1/RE"});
}

TEST(FileCheckTest, NumbersStartAgainUnderANewHeader) {
  const std::string file =
      MedicalFile({"IY,21,1,620007818,1,1,0", "IR,1,13,1,9999913,,合成クリニック,202606,00",
                   "RE,1,1112,202605,合成　一郎,1,19700415", "HO,01130012,１２３,１０,2,0",
                   "IY,21,1,620007818,1,1,0"});
  EXPECT_EQ(Told(WithField(file, 9, 2, "2")), Strings{});
}

TEST(FileCheckTest, FindingsNeverQuoteTheFile) {
  const std::string secret = "SECRETNAME";
  std::string file = MedicalSample();
  for (const int line : {2, 3, 4, 11}) {
    for (int position = 2; position <= 8; ++position)
      file = WithField(file, line, position, secret);
  }
  const Findings findings = Check(file).findings;
  EXPECT_GT(findings.size(), 10u);
  for (const Finding& f : findings) {
    EXPECT_FALSE(absl::StrContains(absl::StrCat(f.field, f.text_ja, f.text_en), secret)) << f.rule;
    EXPECT_FALSE(f.text_ja.empty());
    EXPECT_FALSE(f.text_en.empty());
  }
}

TEST(FileCheckTest, FlippedBytesNeverCrash) {
  for (const std::string& sample : Samples()) {
    for (size_t at = 0; at < sample.size(); at += 3) {
      for (const char flip : {'\x01', '\x80', '\xFF', '\x06'}) {
        std::string broken = sample;
        broken[at] = static_cast<char>(broken[at] ^ flip);
        EXPECT_LE(Check(broken).findings.size(), kMaxFindings);
      }
    }
  }
}

TEST(FileCheckTest, TruncatedSamplesAlwaysTellThatSomethingIsMissing) {
  const std::string sample = PharmacySample();
  // The end mark and the last line end may be missing; all before that is needed.
  for (size_t length = 0; length + 3 < sample.size(); ++length) {
    const absl::string_view cut = absl::string_view(sample).substr(0, length);
    Reader reader(cut);
    FileCheck check;
    Receipt receipt;
    while (reader.Next(&receipt)) check.Add(receipt);
    check.Finish(reader);
    EXPECT_GT(reader.findings().size() + check.findings().size(), 0u) << length;
  }
}

}  // namespace
}  // namespace tsunagu::medication::uke
