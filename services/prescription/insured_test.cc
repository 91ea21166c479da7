#include "services/prescription/insured.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/prescription/submission_rules.h"

namespace tsunagu::prescription {
namespace {

record::Patient Patient() {
  record::Patient patient;
  patient.name = "試験　花子";
  patient.kana = "ｼｹﾝ ﾊﾅｺ";
  patient.sex = 2;
  patient.birth = "19600606";
  return patient;
}

v1::KnownInsured Insured() {
  v1::KnownInsured insured;
  insured.set_birth_date("19600606");
  insured.set_sex("2");
  insured.set_name("試験　花子");
  insured.set_name_kana("ｼｹﾝ ﾊﾅｺ");
  return insured;
}

constexpr char kIssuedOn[] = "20260601";

std::string Compare(const Claim& claim, const v1::KnownInsured& insured,
                    bool insurer_known = false) {
  national::Findings findings;
  CompareWithInsured(claim, insured, insurer_known, findings);
  std::string rules;
  for (const auto& finding : findings) {
    absl::StrAppend(&rules, finding.rule,
                    finding.severity == national::Severity::kWarning ? "W@" : "@", finding.field,
                    " ");
  }
  return rules;
}

std::string Compare(const record::Patient& patient, const v1::KnownInsured& insured) {
  return Compare(Claim{patient, kIssuedOn}, insured);
}

TEST(InsuredTest, TheInsuredPersonHasNoFinding) { EXPECT_EQ(Compare(Patient(), Insured()), ""); }

TEST(InsuredTest, RX045AnotherBirthDateIsAnError) {
  record::Patient patient = Patient();
  patient.birth = "19600607";
  EXPECT_EQ(Compare(patient, Insured()), "RX-045@13 ");
  patient.birth = "3350606";
  EXPECT_EQ(Compare(patient, Insured()), "");
  patient.birth = "3350607";
  EXPECT_EQ(Compare(patient, Insured()), "RX-045@13 ");
  patient.birth = "1950";  // nothing but the year is known
  EXPECT_EQ(Compare(patient, Insured()), "");
}

TEST(InsuredTest, RX046AnotherSexIsAnErrorWhereTheInsurerTellsOne) {
  record::Patient patient = Patient();
  patient.sex = 1;
  v1::KnownInsured insured = Insured();
  EXPECT_EQ(Compare(patient, insured), "RX-046@12 ");
  for (const char* unset : {"", "3"}) {
    insured.set_sex(unset);
    EXPECT_EQ(Compare(patient, insured), "");
  }
}

TEST(InsuredTest, RX047ANameThatAgreesInNeitherFormIsAWarning) {
  record::Patient patient = Patient();
  patient.name = "見本　花子";
  EXPECT_EQ(Compare(patient, Insured()), "");  // variants of kanji: the kana agree
  patient.kana = "ﾐﾎﾝ ﾊﾅｺ";
  EXPECT_EQ(Compare(patient, Insured()), "RX-047W@11 ");
  patient.name = "";
  EXPECT_EQ(Compare(patient, Insured()), "RX-047W@11 ");
  v1::KnownInsured nameless = Insured();
  nameless.clear_name();
  nameless.clear_name_kana();
  EXPECT_EQ(Compare(patient, nameless), "");
}

TEST(InsuredTest, RX048AnUnknownPersonIsAWarning) {
  EXPECT_EQ(Compare(Patient(), {}), "RX-048W@23 ");
}

TEST(InsuredTest, RX053ANumberThatNobodyHasIsAnErrorUnlessTheIssuerVouchesForIt) {
  Claim claim{Patient(), kIssuedOn};
  EXPECT_EQ(Compare(claim, {}, true), "RX-053@23 ");
  claim.confirmed = true;
  EXPECT_EQ(Compare(claim, {}, true), "RX-048W@23 ");
  // Nobody vouches for another birth date than the insurer's.
  claim.patient.birth = "19600607";
  EXPECT_EQ(Compare(claim, Insured(), true), "RX-045@13 ");
}

TEST(InsuredTest, RX052AQualificationThatIsNotValidOnTheIssueDayIsAWarning) {
  v1::KnownInsured insured = Insured();
  const auto add = [&insured](const char* from, const char* to) {
    insured.add_periods()->set_from(from);
    insured.mutable_periods(insured.periods_size() - 1)->set_to(to);
  };
  const auto on = [&insured](const char* day) { return Compare(Claim{Patient(), day}, insured); };
  add("20200401", "20240331");
  EXPECT_EQ(on("20200331"), "RX-052W@23 ");
  EXPECT_EQ(on("20200401"), "");
  EXPECT_EQ(on("20240331"), "");
  EXPECT_EQ(on("20240401"), "RX-052W@23 ");
  add("20250401", "");
  EXPECT_EQ(on("20240401"), "RX-052W@23 ");
  EXPECT_EQ(on("20260601"), "");
  add("20260501", "20260531");  // the latest that has begun decides
  EXPECT_EQ(on("20260601"), "RX-052W@23 ");
}

TEST(InsuredTest, AllThatDiffersIsTold) {
  record::Patient other;
  other.name = "別人";
  other.sex = 1;
  other.birth = "19700415";
  EXPECT_EQ(Compare(other, Insured()), "RX-045@13 RX-046@12 RX-047W@11 ");
}

// RX-047
TEST(NameKeyTest, SpellingsOfANameHaveOneKey) {
  for (const char* spelling :
       {"ｼｮｳｺ ﾊﾞﾝﾄﾞｳ", "ｼﾖｳｺﾊﾞﾝﾄﾞｳ", "ショウコ　バンドウ", "しょうこ ばんどう"}) {
    EXPECT_EQ(NameKey(spelling), "ｼﾖｳｺﾊﾞﾝﾄﾞｳ") << spelling;
  }
  EXPECT_EQ(NameKey("パーカー　ヴィヴィ"), NameKey("ﾊﾟｶ ｳﾞｨｳﾞｲ"));
  EXPECT_EQ(NameKey("Ｓｍｉｔｈ　Ｊｏｈｎ"), NameKey("Smith John"));
  EXPECT_EQ(NameKey("繋　一郎"), "繋一郎");
  EXPECT_NE(NameKey("ﾊﾅｺ"), NameKey("ﾊﾞﾅｺ"));
  EXPECT_NE(NameKey("ﾊﾅｺ"), NameKey("ﾊﾅｴ"));
  EXPECT_EQ(NameKey("\xFF"), "\xFF");
}

std::string InResult(const record::Patient& patient, const v1::Patient& prescribed) {
  national::Findings findings;
  CompareWithPrescribed(patient, prescribed, findings);
  std::string rules;
  for (const auto& finding : findings) absl::StrAppend(&rules, finding.rule, " ");
  return rules;
}

TEST(InsuredTest, RX548TheResultsPatientIsThePrescriptions) {
  record::Patient other = Patient();
  EXPECT_EQ(InResult(other, PatientOf(Patient())), "");
  other.birth = "3350606";
  EXPECT_EQ(InResult(other, PatientOf(Patient())), "");
  other.birth = "19600607";
  EXPECT_EQ(InResult(other, PatientOf(Patient())), "RX-548 ");
}

TEST(InsuredTest, RX549TheSexIsCompared) {
  record::Patient other = Patient();
  other.sex = 1;
  EXPECT_EQ(InResult(other, PatientOf(Patient())), "RX-549 ");
}

TEST(InsuredTest, RX550AnotherNameIsAWarning) {
  record::Patient other = Patient();
  other.name = "別人　花子";
  EXPECT_EQ(InResult(other, PatientOf(Patient())), "");  // the kana agree
  other.kana = "ﾍﾞﾂｼﾞﾝ ﾊﾅｺ";
  EXPECT_EQ(InResult(other, PatientOf(Patient())), "RX-550 ");
  EXPECT_EQ(kRuleResultName.severity, national::Severity::kWarning);
}

TEST(InsuredTest, RX548WhatIsNotToldIsNotCompared) {
  EXPECT_EQ(InResult(Patient(), v1::Patient()), "");
  EXPECT_EQ(InResult(record::Patient(), PatientOf(Patient())), "");
  record::Patient year = Patient();
  year.birth = "1950";
  EXPECT_EQ(PatientOf(year).birth_date(), "");
}

}  // namespace
}  // namespace tsunagu::prescription
