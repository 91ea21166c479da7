#include "services/prescription/record/prescription.h"

#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "services/prescription/record/check.h"
#include "services/prescription/record/testing.h"

namespace tsunagu::prescription::record {
namespace {

using testing::Change;
using testing::ReadSample;
using testing::ValidSj1;

Prescription Read(absl::string_view bytes) {
  const bool qr = absl::StartsWith(bytes, "JAHIS");
  return *(qr ? CheckQrPrescription(bytes, nullptr) : CheckPrescription(bytes, nullptr))
              .prescription;
}

TEST(PrescriptionTest, ReadsWhoWroteItForWhom) {
  const Prescription p = Read(ReadSample("a01_naifuku_14d.txt"));
  EXPECT_EQ(p.issuer.FullCode(), "1311234567");
  EXPECT_EQ(p.issuer.name, "医療法人 工業会病院");
  EXPECT_EQ(p.issuer.phone, "03-0000-0000");
  EXPECT_EQ(p.department.name, "内科");
  EXPECT_EQ(p.doctor.name, "工業会 次郎");
  EXPECT_EQ(p.patient.kana, "ﾆﾁﾔｸ ﾀﾛｳ");
  EXPECT_EQ(p.patient.sex, 1);
  EXPECT_EQ(p.patient.BirthDay(), absl::CivilDay(1960, 6, 6));
  EXPECT_EQ(p.insurance.identity,
            (national::InsuredIdentity{"06012345", "０１－２３", "１２３４", ""}));
  EXPECT_EQ(p.insurance.relation, 1);
  EXPECT_EQ(p.insurance.patient_percent, 30);
  EXPECT_EQ(p.exchange_number, "1234567890123456");
}

TEST(PrescriptionTest, ReadsDrugsAndUsage) {
  const Prescription p = Read(ReadSample("a03_gaiyou_site.txt"));
  ASSERT_EQ(p.rps.size(), 2u);
  EXPECT_EQ(p.rps[0].form, 3);
  EXPECT_EQ(p.rps[0].usage.times, 3);
  EXPECT_EQ(p.rps[0].supplements[0].text, "膝");
  EXPECT_EQ(p.rps[1].supplements[0].site_code, "42L");
  const Drug& drug = p.rps[0].drugs[0];
  EXPECT_EQ(drug.code_kind, DrugCodeKind::kReceipt);
  EXPECT_EQ(drug.code, "662640418");
  EXPECT_EQ(drug.dose, ParseDecimal("10"));
  EXPECT_EQ(drug.unit, "ｇ");
}

// RX-196
TEST(PrescriptionTest, RX196WithoutAUseByDayItIsGoodForFourDays) {
  EXPECT_EQ(Read(ReadSample("a01_naifuku_14d.txt")).UseBy(), absl::CivilDay(2024, 6, 13));
  EXPECT_EQ(Read(ReadSample("a16_extended_validity.txt")).UseBy(), absl::CivilDay(2024, 6, 16));
  // Over the end of a year and over a leap day.
  Prescription p;
  p.issue_day = absl::CivilDay(2025, 12, 30);
  EXPECT_EQ(p.UseBy(), absl::CivilDay(2026, 1, 2));
  p.issue_day = absl::CivilDay(2028, 2, 27);
  EXPECT_EQ(p.UseBy(), absl::CivilDay(2028, 3, 1));
}

TEST(PrescriptionTest, ReadsRefillAndSplit) {
  EXPECT_EQ(Read(ReadSample("a06_refill_3times.txt")).refill_total, 3);
  const Prescription split = Read(ReadSample("a07_bunkatsu_2of3.txt"));
  EXPECT_EQ(split.split, (Split{3, 2}));
  EXPECT_EQ(split.rps[0].split_amount, (SplitAmount{14, 42}));
  EXPECT_EQ(split.rps[0].amount, 42);
  EXPECT_EQ(split.remarks[0].seq, 3);
  EXPECT_EQ(split.refill_total, 0);
}

TEST(PrescriptionTest, ReadsPublicPayersAndTheirShares) {
  const Prescription p = Read(ReadSample("a11_kouhi_futankubun.txt"));
  EXPECT_EQ(p.insurance.payers[1], (PublicPayer{"51123456", "1234567"}));
  EXPECT_FALSE(p.insurance.payers[2].has_value());
  EXPECT_EQ(p.rps[1].drugs[0].shares->shares, (std::array<int, 4>{0, 1, 0, 0}));
  EXPECT_EQ(p.leftover, Leftover::kInform);
}

TEST(PrescriptionTest, ReadsUnevenDosesConversionAndSupplements) {
  const Drug uneven = Read(ReadSample("a04_fukintou.txt")).rps[0].drugs[0];
  EXPECT_EQ(uneven.uneven->doses[2], ParseDecimal("1"));
  EXPECT_FALSE(uneven.uneven->doses[3].has_value());
  EXPECT_EQ(uneven.uneven->codes[0], "V14NNNNN");
  EXPECT_EQ(Read(ReadSample("a10_tanihenkan.txt")).rps[0].drugs[0].factor, ParseDecimal("250"));
  EXPECT_EQ(Read(ReadSample("a14_henkoufuka_all.txt")).rps[0].drugs[4].supplements[0].kind, 8);
}

TEST(PrescriptionTest, ReadsEraDays) {
  const Prescription p = Read(ReadSample("a15_wareki_koureisha.txt"));
  EXPECT_EQ(p.issue_day, absl::CivilDay(2024, 6, 10));
  EXPECT_EQ(p.patient.BirthDay(), absl::CivilDay(1940, 6, 6));
  EXPECT_EQ(p.insurance.burden_class, 5);
}

// RX-185
TEST(PrescriptionTest, RX185TheNarcoticRecordHasTwoNumbers) {
  for (const char* record : {"60", "61"}) {
    const std::string narcotic = std::string(record) + ",13-1234,東京都港区,03-0000-0000\n101,1,1,";
    const Prescription p = Read(Change(ValidSj1(), "101,1,1,", narcotic));
    ASSERT_TRUE(p.narcotic.has_value()) << record;
    EXPECT_EQ(p.narcotic->licence, "13-1234");
  }
}

TEST(PrescriptionTest, ReadsWhatOnlySj1Has) {
  const Prescription p = Read(ValidSj1() + "301,1,薬,腎機能低下\n302,1,eGFR 40\n");
  ASSERT_EQ(p.clinical_notes.size(), 1u);
  EXPECT_EQ(p.clinical_notes[0], (ClinicalNote{1, "薬", "腎機能低下"}));
  EXPECT_EQ(p.laboratory_values[0].text, "eGFR 40");
}

TEST(PrescriptionTest, AFileWithErrorsIsStillReadWithoutACrash) {
  const CheckedFile checked = CheckRecordFile("SJ1\n101,1\n201,1,1\n63\n231,2,1\n", nullptr);
  ASSERT_TRUE(checked.file.has_value());
  EXPECT_EQ(MakePrescription(*checked.file).rps.size(), 2u);
}

}  // namespace
}  // namespace tsunagu::prescription::record
