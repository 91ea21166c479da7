#include "services/prescription/insured.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

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

std::string Compare(const record::Patient& patient, const v1::KnownInsured& insured) {
  national::Findings findings;
  CompareWithInsured(patient, insured, findings);
  std::string rules;
  for (const auto& finding : findings) {
    absl::StrAppend(&rules, finding.rule,
                    finding.severity == national::Severity::kWarning ? "W@" : "@", finding.field,
                    " ");
  }
  return rules;
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

}  // namespace
}  // namespace tsunagu::prescription
