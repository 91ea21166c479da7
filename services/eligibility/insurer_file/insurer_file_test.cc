#include "services/eligibility/insurer_file/insurer_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/eligibility/insurer_file/test_rows.h"
#include "services/platform/national/cp932.h"

namespace tsunagu::eligibility::insurer_file {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(InsurerFileTest, ReadsEveryColumn) {
  const InsurerFile file = Read(File({Person()}));
  EXPECT_THAT(file.findings, IsEmpty());
  InsuredPerson person;
  person.line = 2;
  person.identity = {"01130012", "12-34", "10", "00"};
  person.name = "見本　一郎";
  person.name_kana = "ﾐﾎﾝ ｲﾁﾛｳ";
  person.sex = "1";
  person.birth_date = absl::CivilDay(1970, 4, 15);
  person.personal_family = "1";
  person.valid_from = absl::CivilDay(2024, 4, 1);
  person.expires = absl::CivilDay(2026, 3, 31);
  person.reason_of_loss = "03";
  person.contribution_ratio = 30;
  person.insurer_name = "見本健保";
  person.address = "東京都千代田区";
  person.post_number = "100-0005";
  person.previous = national::InsuredIdentity{"138057", "02-02", "22", "01"};
  EXPECT_THAT(file.persons, ElementsAre(person));
}

TEST(InsurerFileTest, TheRequiredColumnsAreEnough) {
  const InsurerFile file = Read(
      "Birthdate,InsuredCardValidDate,InsurerNumber,InsuredIdentificationNumber,NameKana\n"
      "19400115,20200401,39131016,01234567,ﾐﾎﾝ\n");
  EXPECT_THAT(file.findings, IsEmpty());
  ASSERT_EQ(file.persons.size(), 1u);
  EXPECT_EQ(file.persons[0].identity, (national::InsuredIdentity{"39131016", "", "01234567", ""}));
  EXPECT_EQ(file.persons[0].sex, "3");
  EXPECT_EQ(file.persons[0].expires, std::nullopt);
  EXPECT_EQ(file.persons[0].contribution_ratio, std::nullopt);
  EXPECT_EQ(file.persons[0].previous, std::nullopt);
}

TEST(InsurerFileTest, ReadsCp932AndUtf8Alike) {
  const std::string utf8 = File({Person({{"Name", "髙橋　①"}})});
  const InsurerFile file = Read(*national::Utf8ToCp932(utf8));
  EXPECT_EQ(file.persons, Read(utf8).persons);
  EXPECT_EQ(file.persons, Read("\xEF\xBB\xBF" + utf8).persons);
  EXPECT_EQ(file.persons.at(0).name, "髙橋　①");
}

TEST(InsurerFileTest, SpellingsOfOnePersonHaveOneNormalForm) {
  const Cells other = Person({{"InsuredCardSymbol", "１２－３４"},
                              {"InsuredIdentificationNumber", "１０"},
                              {"InsuredBranchNumber", "0"},
                              {"Name", "　見本　一郎 　"},
                              {"Sex1", "１"},
                              {"Birthdate", "１９７００４１５"},
                              {"InsuredPartialContributionRatio", "30"},
                              {"PostNumber", "１０００００５"},
                              {"PreviousInsurerNumber", "  138057"}});
  EXPECT_EQ(Read(File({other})).persons, Read(File({Person()})).persons);
}

TEST(InsurerFileTest, EachRowKnowsItsLine) {
  const InsurerFile file = Read(File({Person({{"Zzz", "not ours,\r\nignored"}}),
                                      Person({{"Zzz", ""}, {"InsuredBranchNumber", "01"}})}));
  ASSERT_EQ(file.persons.size(), 2u);
  EXPECT_EQ(file.persons[0].line, 2);
  EXPECT_EQ(file.persons[1].line, 4);
}

TEST(InsurerFileTest, BlankLinesAreSkipped) {
  EXPECT_THAT(Found(File({Person()}) + "\r\n\r\n"), IsEmpty());
}

// EL-127 EL-128 EL-129 EL-130 EL-131 EL-132 EL-133 EL-136 EL-140 EL-142
TEST(InsurerFileTest, EachBrokenRuleGivesExactlyItsFinding) {
  const Change kChanges[] = {
      {"InsurerNumber", "", "EL-127:2:InsurerNumber"},
      {"InsuredIdentificationNumber", "　", "EL-127:2:InsuredIdentificationNumber"},
      {"Birthdate", "", "EL-127:2:Birthdate"},
      {"InsuredCardValidDate", "", "EL-127:2:InsuredCardValidDate"},
      {"PreviousInsurerNumber", "", "EL-127:2:PreviousInsurerNumber"},
      {"InsurerNumber", "0113001", "EL-128:2:InsurerNumber"},
      {"InsurerNumber", "0113001x", "EL-128:2:InsurerNumber"},
      {"InsuredBranchNumber", "001", "EL-128:2:InsuredBranchNumber"},
      {"PostNumber", "1000-005", "EL-128:2:PostNumber"},
      {"InsuredPartialContributionRatio", "101", "EL-128:2:InsuredPartialContributionRatio"},
      {"InsuredPartialContributionRatio", "3割", "EL-128:2:InsuredPartialContributionRatio"},
      {"Birthdate", "20230229", "EL-129:2:Birthdate"},
      {"Birthdate", "3450415", "EL-129:2:Birthdate"},
      {"InsuredCardExpirationDate", "20261301", "EL-129:2:InsuredCardExpirationDate"},
      {"Sex1", "4", "EL-130:2:Sex1"},
      {"PersonalFamilyClassification", "3", "EL-130:2:PersonalFamilyClassification"},
      {"ReasonOfLoss", "04", "EL-130:2:ReasonOfLoss"},
      {"InsurerNumber", "01130013", "EL-131:2:InsurerNumber"},
      {"InsuredBranchNumber", "", "EL-132:2:InsuredBranchNumber"},
      {"PreviousInsuredBranchNumber", "", "EL-132:2:PreviousInsuredBranchNumber"},
      {"InsuredCardExpirationDate", "20240331", "EL-133:2:InsuredCardExpirationDate"},
      {"InsuredCardExpirationDate", "", "EL-136:2:ReasonOfLoss"},
      {"Birthdate", "18721231", "EL-140:2:Birthdate"},
      {"Birthdate", "20260513", "EL-140:2:Birthdate"},
      {"Name", "見本\x07一郎", "EL-142:2:Name"},
      {"Address", "東京都\r\n千代田区", "EL-142:2:Address"},
      {"InsuredCardSymbol", "12\x7F", "EL-142:2:InsuredCardSymbol"},
      {"InsurerName", "見本\xC2\x85健保", "EL-142:2:InsurerName"},
      {"PreviousInsuredCardSymbol", "0\x1B[2J", "EL-142:2:PreviousInsuredCardSymbol"},
  };
  for (const Change& c : kChanges) {
    EXPECT_THAT(Found(File({Person({{c.column, c.text}})})), ElementsAre(c.finding))
        << c.column << " = " << c.text;
  }
}

// EL-131
TEST(InsurerFileTest, AWrongCheckDigitIsOnlyAWarning) {
  const InsurerFile file = Read(File({Person({{"InsurerNumber", "01130013"}})}));
  EXPECT_FALSE(national::HasErrors(file.findings));
  EXPECT_EQ(file.persons.size(), 1u);
}

// EL-120
TEST(InsurerFileTest, HoldsItsLimits) {
  EXPECT_THAT(Found(std::string(kMaxFileBytes + 1, 'x')), ElementsAre("EL-120:0:"));
  EXPECT_EQ(Found(File({Person({{"Address", std::string(kMaxCellBytes + 1, 'x')}})})),
            std::vector<std::string>{"EL-120:2:cell[1]"});
}

// EL-121
TEST(InsurerFileTest, OtherEncodingsAreRefused) {
  EXPECT_THAT(Found("Name\n\x81"), ElementsAre("EL-121:0:"));
}

// EL-122
TEST(InsurerFileTest, BrokenQuotesAreFound) {
  const std::string text = File({Person()});
  EXPECT_THAT(Found(text.substr(0, text.size() - 3)), ElementsAre("EL-122:2:cell[20]"));
}

// EL-123 EL-124 EL-125
TEST(InsurerFileTest, TheHeaderIsChecked) {
  EXPECT_THAT(Found(""), ElementsAre("EL-123:0:"));
  EXPECT_THAT(Found("InsurerNumber,Name,Birthdate,InsuredCardValidDate\n"),
              ElementsAre("EL-123:1:InsuredIdentificationNumber"));
  EXPECT_THAT(Found(File({Person({{"Zzz", "1"}})})), ElementsAre("EL-124:1:cell[21]"));
  std::string twice = File({Person()});
  twice.replace(twice.find("\"Address\""), 9, "\"Name\"");
  EXPECT_THAT(Found(twice), ElementsAre("EL-125:1:Name"));
}

// EL-126
TEST(InsurerFileTest, ARowHasTheCellsOfTheHeader) {
  EXPECT_THAT(Found(File({Person()}) + "1,2\r\n"), ElementsAre("EL-126:3:"));
}

// EL-134
TEST(InsurerFileTest, AQualificationStartsOncePerDay) {
  EXPECT_THAT(Found(File({Person(), Person()})), ElementsAre("EL-134:3:InsuredCardValidDate"));
  EXPECT_THAT(Found(File({Person(), Person({{"InsuredCardValidDate", "20250401"}})})), IsEmpty());
}

// EL-137
TEST(InsurerFileTest, EveryRowOfAForeignInsurerIsNamed) {
  const std::string file = File({Person({{"InsurerNumber", "138057"}}), Person(),
                                 Person({{"InsurerNumber", "00138057"}, {"Sex1", "9"}})});
  const auto found = [&file](SpeaksFor speaks_for) {
    std::vector<std::string> texts;
    for (const auto& finding : ReadInsurerFile(file, kToday, speaks_for).findings) {
      texts.push_back(absl::StrCat(finding.rule, ":", finding.record, ":", finding.field));
    }
    return texts;
  };
  EXPECT_THAT(found([](absl::string_view insurer) { return insurer == "01130012"; }),
              ElementsAre("EL-137:2:InsurerNumber", "EL-137:4:InsurerNumber", "EL-130:4:Sex1"));
  // The predecessor of a person may be another insurer's.
  EXPECT_THAT(found([](absl::string_view insurer) { return insurer == "138057"; }),
              ElementsAre("EL-137:3:InsurerNumber", "EL-130:4:Sex1"));
}

// EL-135
TEST(InsurerFileTest, AFileWithoutPersonsIsRefused) {
  EXPECT_THAT(Found(Line(Person(), true)), ElementsAre("EL-135:0:"));
}

TEST(InsurerFileTest, FindingsOfAllRowsComeAtOnceAndGoodRowsAreKept) {
  const InsurerFile file = Read(File({Person({{"Sex1", "9"}, {"Birthdate", "x"}}), Person(),
                                      Person({{"InsuredBranchNumber", ""}})}));
  EXPECT_EQ(file.findings.size(), 3u);
  EXPECT_EQ(file.persons.size(), 1u);
}

TEST(InsurerFileTest, FindingsHoldNoValues) {
  const std::string text = "SECRET,InsurerNumber\nSECRET,SECRET\n";
  for (const auto& finding : Read(text).findings) {
    EXPECT_EQ((finding.field + finding.text_ja + finding.text_en).find("SECRET"),
              std::string::npos);
  }
}

TEST(InsurerFileTest, FindingsAreBounded) {
  std::string text = Line(Person(), true);
  for (int i = 0; i < 3000; ++i) text += "x\n";
  EXPECT_EQ(Found(text).size(), 1000u);
}

// The person is the last thing in the file: any cut before the line end takes something away. Only
// one cannot be told: right behind the last comma it leaves an empty cell, which Sex1 may be.
TEST(InsurerFileTest, TruncationsAreAlwaysFound) {
  const std::string utf8 = File({Person()});
  for (const std::string& text : {utf8, *national::Utf8ToCp932(utf8)}) {
    for (size_t size = 0; size + 2 < text.size(); ++size) {
      const InsurerFile file = Read(text.substr(0, size));
      EXPECT_EQ(national::HasErrors(file.findings), size != text.rfind(',') + 1) << size;
    }
  }
}

TEST(InsurerFileTest, ChangedBytesAreFoundOrReadAndNeverQuoted) {
  const std::string utf8 = File({Person()});
  for (const std::string& whole : {utf8, *national::Utf8ToCp932(utf8)}) {
    for (size_t at = 0; at < whole.size(); ++at) {
      for (const char flip : {'\x01', '\x02', '\x80', '\xFF'}) {
        std::string text = whole;
        text[at] = static_cast<char>(text[at] ^ flip);
        const InsurerFile file = Read(text);
        EXPECT_LE(file.persons.size(), 1u) << at;
        EXPECT_TRUE(file.persons.size() == 1 || national::HasErrors(file.findings)) << at;
        for (const auto& finding : file.findings) {
          EXPECT_EQ(finding.rule.substr(0, 4), "EL-1") << at;
          EXPECT_LE(finding.record, 3) << at;
        }
      }
    }
  }
}

RC_GTEST_PROP(InsurerFileProperty, GarbageNeverCrashes, (const std::string& bytes)) {
  Read(bytes);
  Read(Line(Person(), true) + bytes);
}

RC_GTEST_PROP(InsurerFileProperty, AnyNumberIsReadInItsNormalForm, (uint32_t number)) {
  const std::string plain = absl::StrCat(number);
  const InsurerFile file =
      Read(File({Person({{"InsuredIdentificationNumber", " " + plain + "　"}})}));
  RC_ASSERT(file.persons.size() == 1u);
  RC_ASSERT(file.persons[0].identity.number == plain);
}

}  // namespace
}  // namespace tsunagu::eligibility::insurer_file
