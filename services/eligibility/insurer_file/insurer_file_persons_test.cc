// Who can stand in an insurer's file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/eligibility/insurer_file/insurer_file.h"
#include "services/eligibility/insurer_file/test_rows.h"

namespace tsunagu::eligibility::insurer_file {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// EL-139, EL-123
TEST(InsurerFileTest, APersonHasANameOrItsReading) {
  EXPECT_THAT(Found(File({Person({{"Name", ""}})})), IsEmpty());
  EXPECT_THAT(Found(File({Person({{"NameKana", ""}})})), IsEmpty());
  EXPECT_THAT(Found(File({Person({{"Name", "　"}, {"NameKana", ""}})})),
              ElementsAre("EL-139:2:Name"));
  EXPECT_THAT(Found("InsurerNumber,InsuredIdentificationNumber,Birthdate,InsuredCardValidDate\n"
                    "39131016,01234567,19400115,20200401\n"),
              ElementsAre("EL-123:1:Name"));
}

// EL-140
TEST(InsurerFileTest, TheOldestAndTheYoungestAreTaken) {
  for (const char* day : {"18730101", "20260512"}) {
    EXPECT_THAT(Found(File({Person({{"Birthdate", day}})})), IsEmpty()) << day;
  }
}

// EL-141
TEST(InsurerFileTest, OneNumberIsOnePerson) {
  const Cells later = {{"InsuredCardValidDate", "20250401"}};
  const auto found = [&later](const Cells& first, Cells second, const Cells& third = {}) {
    second.insert(later.begin(), later.end());
    std::vector<Cells> rows = {Person(first), Person({{"InsuredBranchNumber", "01"}}),
                               Person(second)};
    if (!third.empty()) rows.push_back(Person(third));
    return Found(File(rows));
  };
  EXPECT_THAT(found({}, {}), IsEmpty());
  EXPECT_THAT(found({}, {{"Birthdate", "19700416"}}), ElementsAre("EL-141:4:Birthdate"));
  EXPECT_THAT(found({}, {{"Sex1", "2"}}), ElementsAre("EL-141:4:Sex1"));
  // A row that tells no sex contradicts none.
  EXPECT_THAT(found({}, {{"Sex1", "3"}}), IsEmpty());
  EXPECT_THAT(found({{"Sex1", ""}}, {{"Sex1", "2"}}), IsEmpty());
  EXPECT_THAT(
      found({{"Sex1", "1"}}, {{"Sex1", ""}}, {{"Sex1", "2"}, {"InsuredCardValidDate", "20220401"}}),
      ElementsAre("EL-141:5:Sex1"));
}

Cells CareInsured(const Cells& changes = {}) {
  Cells cells = Person({{"InsuranceKind", "2"},
                        {"InsurerNumber", "131011"},
                        {"InsuredCardSymbol", ""},
                        {"InsuredIdentificationNumber", "0000012345"},
                        {"InsuredBranchNumber", ""},
                        {"PreviousInsurerNumber", ""},
                        {"PreviousInsuredCardSymbol", ""},
                        {"PreviousInsuredIdentificationNumber", ""},
                        {"PreviousInsuredBranchNumber", ""}});
  for (const auto& [name, text] : changes) cells[name] = text;
  return cells;
}

// EL-138
TEST(InsurerFileTest, LongTermCareHasNoBranchAndSaysSo) {
  const InsurerFile file = Read(File({CareInsured()}));
  EXPECT_THAT(file.findings, IsEmpty());
  ASSERT_EQ(file.persons.size(), 1u);
  EXPECT_TRUE(file.persons[0].long_term_care);
  EXPECT_FALSE(Read(File({Person()})).persons.at(0).long_term_care);
  for (const char* medical : {"", "1"}) {
    EXPECT_THAT(Found(File({CareInsured({{"InsuranceKind", medical}})})),
                ElementsAre("EL-132:2:InsuredBranchNumber"));
  }
  EXPECT_THAT(Found(File({CareInsured({{"InsuranceKind", "3"}, {"InsuredBranchNumber", "00"}})})),
              ElementsAre("EL-130:2:InsuranceKind"));
}

// EL-138
TEST(InsurerFileTest, LongTermCareHasItsForm) {
  const Change kChanges[] = {
      {"InsurerNumber", "39131016", "EL-138:2:InsuredIdentificationNumber"},
      {"InsuredCardSymbol", "12", "EL-138:2:InsuredIdentificationNumber"},
      {"InsuredIdentificationNumber", "12345", "EL-138:2:InsuredIdentificationNumber"},
      {"InsuredBranchNumber", "00", "EL-138:2:InsuredIdentificationNumber"},
  };
  for (const Change& c : kChanges) {
    EXPECT_THAT(Found(File({CareInsured({{c.column, c.text}})})), ElementsAre(c.finding))
        << c.column << " = " << c.text;
  }
  // It continues an identity of long-term care, never one of medical insurance.
  EXPECT_THAT(Found(File({CareInsured({{"PreviousInsurerNumber", "01130012"},
                                       {"PreviousInsuredCardSymbol", "12"},
                                       {"PreviousInsuredIdentificationNumber", "10"},
                                       {"PreviousInsuredBranchNumber", "00"}})})),
              ElementsAre("EL-138:2:PreviousInsuredIdentificationNumber"));
}

}  // namespace
}  // namespace tsunagu::eligibility::insurer_file
