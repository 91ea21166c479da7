// Receipts of 歯科: headers, checks and drugs.
#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <vector>

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

constexpr char kIr[] = "IR,1,13,3,9999920,,202606";

std::vector<Dispensing> ReadAll(absl::string_view file) {
  std::vector<Dispensing> all;
  Reader reader(file);
  Receipt receipt;
  while (reader.Next(&receipt)) all.push_back(ReadDispensing(receipt));
  return all;
}

// An IY record of that 医薬品区分 with that count on the 3rd.
std::string Item(const std::string& form, const std::string& count) {
  return Line("IY", {{2, "21"},
                     {3, "1"},
                     {4, "620007818"},
                     {5, "1.5"},
                     {7, count},
                     {pos::kDentalIyForm, form},
                     {pos::kDentalIyDays + 2, count}});
}

TEST(DentalFileTest, TheSampleNamesItsInstitutionAndPersons) {
  const std::vector<Dispensing> all = ReadAll(DentalSample());
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].key.ToString(), "dental/1339999920/202606/202605/1/");
  EXPECT_EQ(all[0].identity.certainty, Certainty::kCertain);
  EXPECT_EQ(all[0].identity.insured.number, "45");
  EXPECT_EQ(all[1].identity.certainty, Certainty::kNoInsurer);
}

// MH-201
TEST(DentalFileTest, MH201EveryReceiptBeginsWithItsInstitution) {
  EXPECT_EQ(FindingsOf(WithField(DentalSample(), 24, pos::kHeaderFacility, "9999912")),
            Strings{"MH-201 error 24 RE#2/IR[5]"});
  EXPECT_EQ(FindingsOf(WithoutLine(DentalSample(), 24)), Strings{"MH-006 error 24 RE#2/RE"});
  EXPECT_EQ(FindingsOf(WithLine(DentalSample(), 24, kIr)), Strings{"MH-006 error 24 IR"});
  EXPECT_EQ(FindingsOf(WithLine(DentalSample(), 30, kIr)), Strings{"MH-006 error 30 IR"});
}

TEST(DentalFileTest, MH201WithoutAHeaderTheInstitutionsStandForIt) {
  const std::string file = WithoutLine(DentalSample(), 1);
  EXPECT_EQ(FindingsOf(file), Strings{"MH-006 error 1 IR"});
  const FileSummary summary = CheckFile("", file).summary;
  EXPECT_EQ(summary.kind, Kind::kDental);
  EXPECT_EQ(summary.found.points, summary.stated_points);
  EXPECT_EQ(summary.drug_lines, 5);
  EXPECT_EQ(ReadAll(file)[0].key, ReadAll(DentalSample())[0].key);
  const std::string two = WithField(file, 23, pos::kHeaderFacility, "9999912");
  EXPECT_EQ(FindingsOf(two),
            (Strings{"MH-006 error 1 IR", "MH-007 warning 23 IR", "MH-016 warning 24 RE#2/RE[2]"}));
  EXPECT_EQ(ReadAll(two)[1].key.facility, "1339999912");
}

// One value of the sample is broken, and one finding comes of it.
TEST(DentalCheckTest, ABrokenValueGivesExactlyItsFinding) {
  const struct {
    int line;
    int position;
    const char* value;
    const char* finding;
  } kCases[] = {
      {3, pos::kReType, "1112", "MH-017 warning 3 RE#1/RE[3]"},
      {8, 4, "10460010470", "MH-207 warning 8 RE#1/HS[4]"},
      {9, 6, "80020", "MH-207 warning 9 RE#1/HS[6]"},
      {22, 6, "1046", "MH-207 warning 22 RE#1/CO[6]"},
      {10, pos::kCode, "111000110", "MH-015 error 10 RE#1/SS[4]"},
      {10, pos::kClass, "", "MH-025 error 10 RE#1/SS[2]"},
      {10, pos::kSsCount, "2", "MH-019 error 10 RE#1/SS[78]"},
      {13, pos::kCount, "5", "MH-019 error 13 RE#1/IY[7]"},
      {13, pos::kDentalIyForm, "", "MH-010 warning 13 RE#1/IY[8]"},
      {19, pos::kCount, "2", "MH-019 error 19 RE#1/SI[7]"},
      {21, pos::kDentalToCount, "2", "MH-019 error 21 RE#1/TO[14]"},
      {29, pos::kGoCount, "3", "MH-022 error 29 GO[2]"},
      {29, pos::kGoPoints, "1", "MH-023 error 29 GO[3]"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(FindingsOf(WithField(DentalSample(), c.line, c.position, c.value)),
              Strings{c.finding})
        << c.line << "[" << c.position << "]";
  }
}

// MH-208
TEST(DentalCheckTest, MH208WhoDidNotComeHasNoDays) {
  EXPECT_EQ(FindingsOf(WithField(DentalSample(), 25, pos::kReNotVisited, "")),
            Strings{"MH-019 error 28 RE#2/SS[78]"});
  const std::string days = WithField(DentalSample(), 28, pos::kSsDays, "2");
  EXPECT_EQ(FindingsOf(days), Strings{"MH-019 error 28 RE#2/SS[78]"});
}

TEST(DentalCheckTest, MH020DaysThatTheMonthLacksAreEmpty) {
  const std::string item = Line(
      "IY",
      {{2, "21"}, {3, "1"}, {4, "620007818"}, {7, "1"}, {8, "1"}, {pos::kDentalIyDays + 30, "1"}});
  EXPECT_EQ(FindingsOf(DentalFile({item})), Strings{});
  EXPECT_EQ(FindingsOf(WithField(DentalFile({item}), 3, pos::kReMonth, "202606")),
            Strings{"MH-020 error 5 RE#1/IY[39]"});
}

TEST(DentalCheckTest, MH005RecordsOfOtherKindsAreErrors) {
  EXPECT_EQ(FindingsOf(WithLine(DentalSample(), 10, "SY,8840107,20260511,1")),
            Strings{"MH-005 error 10 RE#1/SY"});
  EXPECT_EQ(FindingsOf(DentalFile({Item("1", "1"), "CD,20260511,21,1,1,620007818,1,,,3"})),
            Strings{"MH-005 error 6 RE#1/CD"});
}

// MH-223
TEST(DentalDrugTest, MH223TheDrugsClassTellsItsForm) {
  const std::tuple<const char*, Form, AmountBasis> kCases[] = {
      {"1", Form::kOral, AmountBasis::kPerDay},    {"2", Form::kAsNeeded, AmountBasis::kPerTime},
      {"3", Form::kExternal, AmountBasis::kTotal}, {"4", Form::kInjection, AmountBasis::kTotal},
      {"5", Form::kOther, AmountBasis::kTotal},    {"6", Form::kOther, AmountBasis::kTotal},
      {"7", Form::kOther, AmountBasis::kTotal},    {"", Form::kOther, AmountBasis::kTotal},
  };
  for (const auto& [code, form, basis] : kCases) {
    const std::vector<DrugLine> drugs = ReadAll(DentalFile({Item(code, "4")})).at(0).drugs;
    ASSERT_EQ(drugs.size(), 1u) << code;
    EXPECT_EQ(drugs[0].form, form) << code;
    EXPECT_EQ(drugs[0].form_code, code);
    EXPECT_EQ(drugs[0].basis, basis) << code;
    EXPECT_EQ(drugs[0].dispensed_on, CivilDay(2026, 5, 3));
    EXPECT_EQ(drugs[0].total, "6") << code;
    EXPECT_TRUE(drugs[0].in_house);
  }
}

TEST(DentalDrugTest, MH223CommentsGoWithTheirGroup) {
  const std::vector<DrugLine> drugs = ReadAll(DentalSample()).at(0).drugs;
  ASSERT_EQ(drugs.size(), 5u);
  EXPECT_EQ(drugs[0].dispensed_on, CivilDay(2026, 5, 7));
  EXPECT_EQ(drugs[0].group, drugs[1].group);
  EXPECT_EQ(drugs[2].comment, "疼痛時");
  EXPECT_EQ(drugs[4].form_code, "6");
}

// MH-063
TEST(DentalDrugTest, MH063OddTypesAreOfAStayInHospital) {
  const std::string file = DentalFile({Item("1", "4")});
  EXPECT_FALSE(ReadAll(file).at(0).inpatient);
  EXPECT_TRUE(ReadAll(WithField(file, 3, pos::kReType, "3111")).at(0).inpatient);
}

TEST(DentalDrugTest, MH055ADrugOfWhoDidNotComeHasNoDay) {
  const std::string item = Line("IY", {{2, "21"}, {3, "1"}, {4, "620007818"}, {7, "1"}, {8, "1"}});
  const std::string file = WithField(DentalFile({item}), 3, pos::kReNotVisited, "01");
  EXPECT_EQ(FindingsOf(file), Strings{});
  EXPECT_EQ(ReadAll(file).at(0).unread_lines, std::vector<int>{5});
}

TEST(DentalFileTest, MH062SearchNumbersAreReadFromTheirOwnPlace) {
  const std::string number = "123456789012345678901234567890";
  EXPECT_EQ(
      ReadAll(WithField(DentalSample(), 3, pos::kReDentalSearch, number))[0].key.search_number,
      number);
}

// MH-014
TEST(DentalFileTest, DatesOfOlderFilesAreReadInTheirEra) {
  std::string era = DentalFile({Item("1", "4")});
  era = WithField(WithField(era, 1, pos::kUkMonth, "43102"), 2, pos::kDentalIrMonth, "43102");
  era = WithField(WithField(era, 3, pos::kReMonth, "43101"), 3, pos::kReBirth, "3430101");
  EXPECT_EQ(FindingsOf(era), Strings{});
  const Dispensing result = ReadAll(era).at(0);
  EXPECT_EQ(result.key.claim_month, "201902");
  EXPECT_EQ(result.drugs.at(0).dispensed_on, CivilDay(2019, 1, 3));
}

TEST(DentalFileTest, MH001Utf8AndPlainLineEndsGiveTheSame) {
  const std::string utf8 =
      absl::StrReplaceAll(*national::Cp932ToUtf8(DentalSample()), {{"\r\n", "\n"}, {"\x1A", ""}});
  EXPECT_EQ(FindingsOf(utf8), Strings{});
  EXPECT_EQ(ReadAll(utf8)[0].drugs.size(), 5u);
}

}  // namespace
}  // namespace tsunagu::medication::uke
