#include "services/medication/uke/dispensing.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/medication/uke/reader.h"
#include "services/medication/uke/test_files.h"
#include "services/platform/national/cp932.h"
#include "services/platform/national/insured.h"

namespace tsunagu::medication::uke {
namespace {

using absl::CivilDay;

std::vector<Dispensing> ReadAll(absl::string_view file) {
  std::vector<Dispensing> all;
  Reader reader(file);
  Receipt receipt;
  while (reader.Next(&receipt)) all.push_back(ReadDispensing(receipt));
  return all;
}

Dispensing ReadFirst(absl::string_view file) {
  const std::vector<Dispensing> all = ReadAll(file);
  return all.empty() ? Dispensing{} : all.front();
}

// An IY record of 医科 with that many units on those days.
std::string Item(absl::string_view treatment_class, absl::string_view amount,
                 const std::map<int, std::string>& days) {
  std::map<int, std::string> fields = {
      {2, std::string(treatment_class)}, {3, "1"}, {4, "620007818"}, {5, std::string(amount)}};
  for (const auto& [day, count] : days) fields[pos::kItemDays + day - 1] = count;
  return Line("IY", fields);
}

// SH and CZ of 調剤.
std::string Sh(absl::string_view form, absl::string_view usage = "006",
               absl::string_view text = "") {
  return absl::StrCat("SH,01,", form, ",", usage, ",", text, ",3");
}
std::string Cz(absl::string_view dispensed, absl::string_view quantity) {
  return absl::StrCat("CZ,1,20260511,", dispensed, ",1,", quantity);
}

Certainty CertaintyOf(absl::string_view file) { return ReadFirst(file).identity.certainty; }

// MH-050
TEST(DispensingTest, MH050TheMedicalSampleGivesItsInHouseDrugs) {
  const Dispensing result = ReadFirst(MedicalSample());
  ASSERT_EQ(result.drugs.size(), 6u);
  EXPECT_TRUE(result.unread_lines.empty());
  const DrugLine& first = result.drugs[0];
  EXPECT_EQ(first.dispensed_on, CivilDay(2026, 5, 11));
  EXPECT_EQ(first.prescribed_on, std::nullopt);
  EXPECT_EQ(first.facility, "1319999913");
  EXPECT_EQ(first.prescriber, "");
  EXPECT_EQ(first.drug_code, "620007818");
  EXPECT_EQ(first.form, Form::kOral);
  EXPECT_EQ(first.basis, AmountBasis::kPerDay);
  EXPECT_EQ(first.amount, "1");
  EXPECT_EQ(first.times, 14);
  EXPECT_EQ(first.total, "14");
  EXPECT_TRUE(first.in_house);
  EXPECT_EQ(first.line, 11);
  EXPECT_EQ(result.drugs[1].dispensed_on, CivilDay(2026, 5, 25));
  EXPECT_EQ(result.drugs[3].total, "28");
}

// MH-051
TEST(DispensingTest, MH051BlankClassContinuesTheGroup) {
  const Dispensing result = ReadFirst(MedicalFile(
      {"SI,21,1,120000710,,9,1", Item("", "1", {{3, "7"}}), Item("23", "5", {{3, "1"}})}));
  ASSERT_EQ(result.drugs.size(), 2u);
  EXPECT_EQ(result.drugs[0].form_code, "21");
  EXPECT_EQ(result.drugs[0].form, Form::kOral);
  EXPECT_EQ(result.drugs[0].group, 1);
  EXPECT_EQ(result.drugs[1].group, 2);
}

// MH-052
TEST(DispensingTest, MH052MedicalClassesHaveTheirFormAndBasis) {
  const std::tuple<const char*, Form, AmountBasis> kCases[] = {
      {"21", Form::kOral, AmountBasis::kPerDay},     {"22", Form::kAsNeeded, AmountBasis::kPerTime},
      {"23", Form::kExternal, AmountBasis::kTotal},  {"31", Form::kInjection, AmountBasis::kTotal},
      {"33", Form::kInjection, AmountBasis::kTotal}, {"14", Form::kOther, AmountBasis::kTotal},
      {"50", Form::kOther, AmountBasis::kTotal},
  };
  for (const auto& [treatment_class, form, basis] : kCases) {
    const Dispensing result = ReadFirst(MedicalFile({Item(treatment_class, "2.5", {{9, "3"}})}));
    ASSERT_EQ(result.drugs.size(), 1u) << treatment_class;
    EXPECT_EQ(result.drugs[0].form, form) << treatment_class;
    EXPECT_EQ(result.drugs[0].basis, basis) << treatment_class;
    EXPECT_EQ(result.drugs[0].times, 3) << treatment_class;
    EXPECT_EQ(result.drugs[0].total, "7.5") << treatment_class;
  }
}

// MH-053
TEST(DispensingTest, MH053EveryDayColumnIsALineOfItsOwn) {
  const Dispensing result =
      ReadFirst(MedicalFile({Item("31", "1", {{1, "1"}, {8, "2"}, {31, "1"}})}));
  ASSERT_EQ(result.drugs.size(), 3u);
  EXPECT_EQ(result.drugs[1].dispensed_on, CivilDay(2026, 5, 8));
  EXPECT_EQ(result.drugs[1].times, 2);
  EXPECT_EQ(result.drugs[2].dispensed_on, CivilDay(2026, 5, 31));
}

// MH-054
TEST(DispensingTest, MH054CommentsGoWithTheirGroup) {
  const Dispensing sample = ReadFirst(MedicalSample());
  EXPECT_EQ(sample.drugs[4].comment, "疼痛時");
  EXPECT_EQ(sample.drugs[5].comment, "");
  const Dispensing opened =
      ReadFirst(MedicalFile({"CO,22,1,810000001,発熱時", Item("", "1", {{3, "5"}}),
                             "CO,,1,810000001,一日三回まで", Item("22", "1", {{3, "5"}})}));
  ASSERT_EQ(opened.drugs.size(), 2u);
  EXPECT_EQ(opened.drugs[0].comment, "発熱時　一日三回まで");
  EXPECT_EQ(opened.drugs[1].comment, "");
}

TEST(DispensingTest, MH054CommentsOfAnotherClassAreNotTheGroups) {
  const Dispensing result =
      ReadFirst(MedicalFile({Item("21", "1", {{3, "5"}}), "CO,99,1,810000001,摘要"}));
  EXPECT_EQ(result.drugs.at(0).comment, "");
}

TEST(DispensingTest, MH054CommentsWithinTheDrugRecordAreItsOwn) {
  std::string item = Item("21", "1", {{3, "5"}});
  item = absl::StrReplaceAll(item, {{"620007818,1,,,,,", "620007818,1,,,810000001,１日おき,"}});
  EXPECT_EQ(ReadFirst(MedicalFile({item})).drugs.at(0).comment, "１日おき");
}

// MH-055
TEST(DispensingTest, MH055DrugsWithoutADayOrCodeAreToldNotGuessed) {
  const Dispensing result = ReadFirst(
      MedicalFile({Item("21", "1", {}),
                   absl::StrReplaceAll(Item("21", "1", {{1, "1"}}), {{"620007818", "62000781"}})}));
  EXPECT_TRUE(result.drugs.empty());
  EXPECT_EQ(result.unread_lines, (std::vector<int>{4, 5}));
}

TEST(DispensingTest, MH055DaysThatTheMonthLacksAreNotMovedToTheNext) {
  const std::string file = MedicalFile({Item("21", "1", {{31, "7"}})});
  const Dispensing june = ReadFirst(WithField(file, 2, 4, "202606"));
  EXPECT_TRUE(june.drugs.empty());
  EXPECT_EQ(june.unread_lines, std::vector<int>{4});
}

TEST(DispensingTest, MH055PharmacyDrugsNeedTheirDay) {
  const Dispensing result = ReadFirst(PharmacyFile(
      {Sh("1"), Cz("20260532", "7"), "IY,1,620007818,1", Sh("1"), "IY,1,620007818,1"}));
  EXPECT_TRUE(result.drugs.empty());
  EXPECT_EQ(result.unread_lines, (std::vector<int>{6, 8}));
}

// MH-056
TEST(DispensingTest, MH056ThePharmacySampleGivesItsDrugs) {
  const std::vector<Dispensing> all = ReadAll(PharmacySample());
  ASSERT_EQ(all.size(), 2u);
  ASSERT_EQ(all[0].drugs.size(), 4u);
  const DrugLine& second = all[0].drugs[1];
  EXPECT_EQ(second.dispensed_on, CivilDay(2026, 5, 12));
  EXPECT_EQ(second.prescribed_on, CivilDay(2026, 5, 11));
  EXPECT_EQ(second.facility, "1349999996");
  EXPECT_EQ(second.prescriber, "1319999913");
  EXPECT_EQ(second.drug_code, "612450118");
  EXPECT_EQ(second.amount, "2");
  EXPECT_EQ(second.times, 28);
  EXPECT_EQ(second.total, "56");
  EXPECT_EQ(second.dose_once, "2");
  EXPECT_EQ(second.usage_code, "006");
  EXPECT_FALSE(second.in_house);
  EXPECT_EQ(all[0].drugs[2].usage_text, "疼痛時");
  EXPECT_EQ(all[0].drugs[3].comment, "１回１枚");
}

// MH-057
TEST(DispensingTest, MH057PharmacyFormsHaveTheirFormAndBasis) {
  const std::tuple<const char*, Form, AmountBasis> kCases[] = {
      {"1", Form::kOral, AmountBasis::kPerDay},      {"2", Form::kOral, AmountBasis::kPerDay},
      {"3", Form::kAsNeeded, AmountBasis::kPerTime}, {"4", Form::kInjection, AmountBasis::kTotal},
      {"5", Form::kExternal, AmountBasis::kTotal},   {"6", Form::kOral, AmountBasis::kPerDay},
      {"7", Form::kOral, AmountBasis::kPerDay},      {"9", Form::kOther, AmountBasis::kTotal},
  };
  for (const auto& [code, form, basis] : kCases) {
    const Dispensing result =
        ReadFirst(PharmacyFile({Sh(code), Cz("20260512", "10"), "IY,1,620007818,0.5"}));
    ASSERT_EQ(result.drugs.size(), 1u) << code;
    EXPECT_EQ(result.drugs[0].form, form) << code;
    EXPECT_EQ(result.drugs[0].form_code, code);
    EXPECT_EQ(result.drugs[0].basis, basis) << code;
    EXPECT_EQ(result.drugs[0].total, "5") << code;
  }
}

// MH-058
TEST(DispensingTest, MH058TaperingDosesStayApart) {
  const std::vector<Dispensing> all = ReadAll(PharmacySample());
  const std::vector<DrugLine>& taper = all.at(1).drugs;
  ASSERT_EQ(taper.size(), 2u);
  EXPECT_EQ(taper[0].drug_code, taper[1].drug_code);
  EXPECT_NE(taper[0].group, taper[1].group);
  EXPECT_EQ(taper[0].dispensed_on, CivilDay(2026, 5, 1));
  EXPECT_EQ(taper[1].dispensed_on, CivilDay(2026, 5, 16));
  EXPECT_EQ(taper[0].comment, "");
  EXPECT_EQ(taper[1].comment, "漸減①");
}

TEST(DispensingTest, MH058RefillsAreDispensingsOfOnePrescription) {
  const Dispensing result = ReadFirst(PharmacyFile(
      {Sh("1"), Cz("20260511", "7"), "IY,1,620007818,1", Cz("20260518", "7"), "IY,1,620007818,1"}));
  ASSERT_EQ(result.drugs.size(), 2u);
  EXPECT_EQ(result.drugs[0].prescribed_on, result.drugs[1].prescribed_on);
  EXPECT_EQ(result.drugs[1].dispensed_on, CivilDay(2026, 5, 18));
  EXPECT_EQ(result.drugs[1].group, 2);
}

// MH-059
TEST(DispensingTest, MH059CompoundedDrugsNameTheirMixture) {
  const Dispensing result =
      ReadFirst(PharmacyFile({Sh("5"), Cz("20260512", "1"), "IY,1,620007813,10,,,1,1",
                              "IY,1,612450118,10,,,1,1", "IY,1,620007818,1"}));
  ASSERT_EQ(result.drugs.size(), 3u);
  EXPECT_EQ(result.drugs[0].mixture, "1-1");
  EXPECT_EQ(result.drugs[1].mixture, "1-1");
  EXPECT_EQ(result.drugs[2].mixture, "");
}

// MH-060
TEST(DispensingTest, MH060AmountsThatAreNotStatedStayEmpty) {
  const Dispensing result =
      ReadFirst(PharmacyFile({Sh("1"), Cz("20260512", ""), "IY,1,620007818,1", "IY,1,620007818"}));
  ASSERT_EQ(result.drugs.size(), 2u);
  EXPECT_EQ(result.drugs[0].amount, "1");
  EXPECT_EQ(result.drugs[0].times, 0);
  EXPECT_EQ(result.drugs[0].total, "");
  EXPECT_EQ(result.drugs[1].amount, "");
}

// MH-061
TEST(IdentityTest, MH061TheBranchComesFromTheQualificationCheck) {
  const std::vector<Dispensing> all = ReadAll(PharmacySample());
  const national::InsuredIdentity expected = {"138057", "02-02", "22", "01"};
  EXPECT_EQ(all.at(1).identity.insured, expected);
  EXPECT_EQ(all.at(1).identity.certainty, Certainty::kCertain);
}

TEST(IdentityTest, MH061WithoutABranchItIsNotCertain) {
  EXPECT_EQ(CertaintyOf(WithoutLine(MedicalSample(), 4)), Certainty::kNoBranch);
  EXPECT_EQ(CertaintyOf(WithField(MedicalSample(), 4, 7, "")), Certainty::kNoBranch);
  EXPECT_EQ(CertaintyOf(WithField(MedicalSample(), 4, 2, "2")), Certainty::kNoBranch);
  EXPECT_EQ(CertaintyOf(WithLine(MedicalSample(), 5, "SN,1,01,,,,01")), Certainty::kNoBranch);
  EXPECT_EQ(CertaintyOf(WithLine(MedicalSample(), 5, "SN,1,01,,,,00")), Certainty::kCertain);
}

TEST(IdentityTest, MH061TheLateElderlyNeedNoBranch) {
  const std::string elderly = WithField(WithField(MedicalSample(), 3, 2, "39131016"), 3, 3, "");
  EXPECT_EQ(CertaintyOf(WithoutLine(elderly, 4)), Certainty::kCertain);
  EXPECT_EQ(ReadFirst(elderly).identity.insured.branch, "");
}

TEST(IdentityTest, MH061UnknownInsuranceIsFilledWithSevens) {
  EXPECT_EQ(CertaintyOf(WithField(MedicalSample(), 3, 2, "77777777")), Certainty::kSevens);
  EXPECT_EQ(CertaintyOf(WithField(MedicalSample(), 3, 4, "777777777")), Certainty::kSevens);
  EXPECT_EQ(CertaintyOf(WithField(MedicalSample(), 3, 4, "7")), Certainty::kCertain);
}

TEST(IdentityTest, MH061PublicPayersAloneNameNoInsured) {
  EXPECT_EQ(CertaintyOf(WithoutLine(MedicalSample(), 3)), Certainty::kNoInsurer);
}

TEST(IdentityTest, MH061AClaimThatMovedNamesTheNewInsurer) {
  const std::string file =
      absl::StrReplaceAll(MedicalSample(), {{"SN,1,01,,,,00", "SN,1,04,06130017,5,6,02"}});
  const Identity identity = ReadFirst(file).identity;
  const national::InsuredIdentity expected = {"06130017", "5", "6", "02"};
  EXPECT_EQ(identity.insured, expected);
  EXPECT_EQ(identity.certainty, Certainty::kMoved);
}

TEST(IdentityTest, MH061NumbersThatCannotBeReadAreNotGuessed) {
  EXPECT_EQ(CertaintyOf(WithField(MedicalSample(), 3, 4, "")), Certainty::kUnreadable);
  EXPECT_EQ(CertaintyOf(WithField(MedicalSample(), 3, 3, "\x81")), Certainty::kUnreadable);
  EXPECT_EQ(CertaintyOf(WithField(MedicalSample(), 3, 2, "0113001")), Certainty::kUnreadable);
}

// MH-062
TEST(ReceiptKeyTest, MH062NamesTheReceiptAndNobody) {
  const std::vector<Dispensing> all = ReadAll(PharmacySample());
  EXPECT_EQ(all.at(0).key.ToString(), "pharmacy/1349999996/202606/202605/1/");
  EXPECT_EQ(all.at(1).key.ToString(), "pharmacy/1349999996/202606/202605/2/");
  EXPECT_EQ(all.at(1).birth, CivilDay(1985, 12, 31));
}

TEST(ReceiptKeyTest, MH062SearchNumbersOfReturnedReceiptsArePartOfIt) {
  const std::string number = "123456789012345678901234567890";
  EXPECT_EQ(
      ReadFirst(WithField(MedicalSample(), 2, pos::kReMedicalSearch, number)).key.search_number,
      number);
  EXPECT_EQ(
      ReadFirst(WithField(PharmacySample(), 2, pos::kRePharmacySearch, number)).key.search_number,
      number);
}

TEST(ReceiptKeyTest, MH062MonthsOfBothNotationsGiveOneKey) {
  const std::string era = WithField(WithField(MedicalSample(), 1, 8, "50806"), 2, 4, "50805");
  EXPECT_EQ(ReadFirst(era).key, ReadFirst(MedicalSample()).key);
}

TEST(ReceiptKeyTest, MH062OtherTextThanDigitsStaysOut) {
  EXPECT_EQ(ReadFirst(WithField(MedicalSample(), 2, 2, "NAME")).key.number, "");
}

TEST(DispensingTest, MH001BothEncodingsGiveTheSame) {
  const std::vector<Dispensing> cp932 = ReadAll(PharmacySample());
  const std::vector<Dispensing> utf8 = ReadAll(*national::Cp932ToUtf8(PharmacySample()));
  ASSERT_EQ(cp932.size(), utf8.size());
  for (size_t i = 0; i < cp932.size(); ++i) {
    EXPECT_EQ(cp932[i].identity.insured, utf8[i].identity.insured);
    ASSERT_EQ(cp932[i].drugs.size(), utf8[i].drugs.size());
    for (size_t j = 0; j < cp932[i].drugs.size(); ++j) {
      EXPECT_EQ(cp932[i].drugs[j].usage_text, utf8[i].drugs[j].usage_text);
      EXPECT_EQ(cp932[i].drugs[j].comment, utf8[i].drugs[j].comment);
    }
  }
}

TEST(DispensingTest, MH053DaysHandedOutAddUpForAnyReceipt) {
  EXPECT_TRUE(rc::check([] {
    std::map<int, std::string> days;
    int sum = 0;
    for (const int day : *rc::gen::container<std::set<int>>(rc::gen::inRange(1, 32))) {
      const int count = *rc::gen::inRange(1, 100);
      days[day] = absl::StrCat(count);
      sum += count;
    }
    const Dispensing result = ReadFirst(MedicalFile({Item("21", "1.5", days)}));
    RC_ASSERT(result.drugs.size() == days.size());
    RC_ASSERT(result.unread_lines.empty() == !days.empty());
    for (const DrugLine& drug : result.drugs) sum -= drug.times;
    RC_ASSERT(sum == 0);
  }));
}

TEST(DispensingTest, BrokenSamplesNeverCrash) {
  for (const std::string& sample : Samples()) {
    for (size_t at = 0; at < sample.size(); at += 3) {
      ReadAll(absl::string_view(sample).substr(0, at));
      for (const char flip : {'\x01', '\x80', '\xFF', '\x06'}) {
        std::string broken = sample;
        broken[at] = static_cast<char>(broken[at] ^ flip);
        EXPECT_LE(ReadAll(broken).size(), 5u);
      }
    }
  }
}

}  // namespace
}  // namespace tsunagu::medication::uke
