#include "services/prescription/record/write.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "services/prescription/record/check.h"
#include "services/prescription/record/testing.h"

namespace tsunagu::prescription::record {
namespace {

using testing::Errors;
using ::testing::IsEmpty;
using testing::ReadSample;
using testing::ValidCj1;
using testing::ValidSj1;

TEST(WriteTest, WhatWasReadIsWrittenTheSame) {
  EXPECT_EQ(WritePrescription(*CheckPrescription(ValidSj1(), nullptr).prescription), ValidSj1());
  EXPECT_EQ(WriteDispensing(*CheckDispensing(ValidCj1(), nullptr).dispensing), ValidCj1());
}

TEST(WriteTest, TheSamplesOfTheQrRuleAreWrittenTheSame) {
  for (const char* name : {"a01_naifuku_14d.txt", "a04_fukintou.txt", "a07_bunkatsu_1of3.txt",
                           "a11_kouhi_futankubun.txt", "a14_henkoufuka_all.txt"}) {
    const std::string bytes = ReadSample(name);
    EXPECT_EQ(WritePrescription(*CheckQrPrescription(bytes, nullptr).prescription, Format::kJahis,
                                kQrOptions),
              bytes)
        << name;
  }
}

int Pick(int low, int high) { return *rc::gen::inRange(low, high + 1); }
bool Maybe() { return *rc::gen::arbitrary<bool>(); }

// Half- and full-width, what only CP932 has, half-width kana; never a comma.
std::string Word() {
  static constexpr const char* kWords[] = {"髙①－～", "ＡＢＣ錠１０ｍｇ", "a b", "ｶﾅ", "○×", "甲"};
  return kWords[Pick(0, std::size(kWords) - 1)];
}

Decimal Dose() { return {*rc::gen::inRange<int64_t>(1, 100 * kDecimalScale)}; }

absl::CivilDay Day() { return absl::CivilDay(2026, 1, 1) + Pick(0, 700); }

Patient AnyPatient() {
  Patient patient = {Maybe() ? "p-1" : "", Word(), Maybe() ? "ｶﾅ ｶﾅ" : "", Pick(1, 2)};
  static constexpr const char* kBirths[] = {"19600606", "3150606", "1960", "196006"};
  patient.birth = kBirths[Pick(0, 3)];
  return patient;
}

Insurance AnyInsurance() {
  Insurance insurance;
  insurance.burden_class = Pick(0, 5);
  static constexpr int kKinds[] = {0, 1, 2, 5, 7};
  insurance.kind = kKinds[Pick(0, 4)];
  insurance.identity = {"01130012", Maybe() ? Word() : "", "１２３", Maybe() ? "00" : ""};
  insurance.relation = Pick(1, 2);
  if (Maybe()) insurance.patient_percent = Pick(0, 100);
  if (insurance.patient_percent) insurance.insurer_percent = 100 - *insurance.patient_percent;
  insurance.work_reason = Pick(0, 3);
  insurance.payers[0] = {"12131009", "1234567"};
  if (Maybe()) insurance.payers[3] = {Word(), Word()};
  insurance.receipt_kind = Maybe() ? 1112 : 0;
  return insurance;
}

Drug AnyDrug(int seq, bool shares) {
  Drug drug = {seq, Pick(0, 2), DrugCodeKind::kReceipt, "612170709", Word(), Dose(), Pick(1, 2)};
  drug.unit = "錠";
  if (Maybe()) drug.factor = Dose();
  if (Maybe()) {
    drug.uneven = UnevenDoses{{Decimal{}, drug.dose}, {"V1", "V2"}};
  }
  if (shares) drug.shares = CostShares{{1, 0, 0, 0}};
  if (!drug.uneven && Maybe()) drug.single_dose = SingleDose{Maybe() ? "2/3" : "0.5", Pick(0, 4)};
  for (int i = 1; i <= Pick(0, 2); ++i) drug.supplements.push_back({i, Pick(1, 8), Word(), "I1"});
  return drug;
}

std::vector<Rp> AnyRps(bool split) {
  std::vector<Rp> rps(Pick(1, 4));
  const bool shares = Maybe();
  for (size_t i = 0; i < rps.size(); ++i) {
    Rp& rp = rps[i];
    rp.number = static_cast<int>(i) + 1;
    rp.form = Pick(1, 6);
    rp.amount = Pick(2, 90);
    if (split) rp.split_amount = SplitAmount{Pick(1, rp.amount), rp.amount};
    rp.usage = {3, "1013044400000000", Word(), Pick(0, 4)};
    for (int s = 1; s <= Pick(0, 2); ++s)
      rp.supplements.push_back({s, Pick(1, 9), Word(), "I1", "42L"});
    for (int d = 1; d <= Pick(1, 3); ++d) rp.drugs.push_back(AnyDrug(d, shares));
  }
  return rps;
}

Prescription AnyPrescription() {
  Prescription p;
  p.issuer = {Pick(0, 1) * 3, "1234567", "13", Word(), Maybe() ? "105-0004" : "", Word()};
  if (Maybe()) p.issuer.phone = "03-0000-0000";
  if (!p.issuer.phone.empty()) p.issuer.contact = Word();
  if (Maybe()) p.department = {2, "01", Word()};
  p.doctor = {Maybe() ? "d.1" : "", "ｶﾅ", Word()};
  p.patient = AnyPatient();
  p.insurance = AnyInsurance();
  p.issue_day = Day();
  if (Maybe()) p.explicit_use_by = p.issue_day + Pick(0, 30);
  if (Maybe()) p.narcotic = Narcotic{"13-1", Word(), "03-0000-0000"};
  p.leftover = static_cast<Leftover>(Pick(0, 2));
  if (Maybe()) p.split = Split{3, Pick(1, 3)};
  if (!p.split && Maybe()) p.refill_total = Pick(2, 3);
  for (int i = 1; i <= Pick(0, 3); ++i) p.remarks.push_back({i, Pick(0, 3), Word()});
  if (Maybe()) p.exchange_number = "1234567890123456";
  p.rps = AnyRps(p.split.has_value());
  for (int i = 1; i <= Pick(0, 2); ++i) p.clinical_notes.push_back({i, Word(), Word()});
  for (int i = 1; i <= Pick(0, 2); ++i) p.laboratory_values.push_back({i, Word()});
  return p;
}

Dispensing AnyDispensing() {
  Dispensing d;
  d.pharmacy = {4, "7654321", "13", Word()};
  if (Maybe()) d.prescription_id = "12ab34cd-0000-8000-8000-000000000001";
  d.pharmacist = {Word(), Maybe() ? Word() : ""};
  d.patient = AnyPatient();
  d.insurance = AnyInsurance();
  d.dispensed_day = Day();
  if (Maybe()) d.split = Split{2, Pick(1, 2)};
  d.rps = AnyRps(d.split.has_value());
  if (Maybe()) d.rps[0].cautions = {Word(), Word()};
  if (Maybe()) d.rps[0].drugs[0].cautions = {Word()};
  for (int i = 0; i < Pick(0, 2); ++i) d.cautions.push_back(Word());
  for (int i = 0; i < Pick(0, 2); ++i) d.messages.push_back({30 + Pick(0, 1), Word()});
  for (int i = 0; i < Pick(0, 2); ++i) d.remarks.push_back(Word());
  for (int i = 1; i <= Pick(0, 2); ++i) d.inquiries.push_back({i, 999, Word()});
  if (Maybe()) d.refill = RefillUse{Pick(1, 3), 2, d.dispensed_day + 14};
  return d;
}

constexpr WriteOptions kEither[] = {WriteOptions{}, kQrOptions};

// RX-194
RC_GTEST_PROP(WriteTest, RX194APrescriptionIsReadAsItWasWritten, ()) {
  const Prescription p = AnyPrescription();
  const std::string bytes = WritePrescription(p, Format::kSj1, kEither[Pick(0, 1)]);
  const CheckedPrescription back = CheckPrescription(bytes, nullptr);
  RC_ASSERT(Errors(back.findings) == std::vector<std::string>{});
  RC_ASSERT(*back.prescription == p);
}

RC_GTEST_PROP(WriteTest, RX194ADispensingResultIsReadAsItWasWritten, ()) {
  const Dispensing d = AnyDispensing();
  const CheckedDispensing back = CheckDispensing(WriteDispensing(d, kEither[Pick(0, 1)]), nullptr);
  RC_ASSERT(Errors(back.findings) == std::vector<std::string>{});
  RC_ASSERT(*back.dispensing == d);
}

TEST(WriteTest, RX198ATextCannotBreakItsRecord) {
  Prescription p = *CheckPrescription(ValidSj1(), nullptr).prescription;
  p.doctor.name = "繋,一郎\r\n12,1";
  const CheckedPrescription back = CheckPrescription(WritePrescription(p), nullptr);
  ASSERT_TRUE(back.prescription.has_value());
  EXPECT_EQ(back.prescription->doctor.name, "繋，一郎  12，1");
}

TEST(WriteTest, WhatAFormatLacksIsLeftOut) {
  Prescription p = *CheckQrPrescription(ReadSample("a01_naifuku_14d.txt"), nullptr).prescription;
  p.clinical_notes.push_back({1, "", "腎機能低下"});
  p.rps[0].cautions.push_back("食後");
  EXPECT_EQ(WritePrescription(p, Format::kJahis, kQrOptions), ReadSample("a01_naifuku_14d.txt"));
}

}  // namespace
}  // namespace tsunagu::prescription::record
