#include "tools/cli/insured_parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "services/eligibility/insurer_file/insurer_file.h"
#include "services/platform/national/cp932.h"
#include "services/platform/status/error.h"
#include "tools/cli/error_text.h"

namespace tsunagu::cli {
namespace {

using eligibility::insurer_file::ReadInsurerFile;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr absl::CivilDay kToday(2026, 5, 12);
constexpr char kHeader[] =
    "InsurerNumber,InsuredIdentificationNumber,Name,Birthdate,InsuredCardValidDate,Note\r\n";

// A row of that person; each has kRowBytes.
std::string Row(int person, int year) {
  return absl::StrCat("39131016,", 10000000 + person, ",見本,19400115,", year, "0401,note\r\n");
}
constexpr size_t kRowBytes = 49;

std::vector<InsuredPart> Cut(const std::string& file, size_t rows_a_part) {
  auto parts = CutInsuredFile("f.csv", file, kToday, sizeof kHeader - 1 + rows_a_part * kRowBytes);
  EXPECT_TRUE(parts.ok()) << parts.status();
  return parts.ok() ? *std::move(parts) : std::vector<InsuredPart>();
}

std::vector<int> LinesOf(const InsuredPart& part) {
  std::vector<int> lines;
  for (const auto& row : part.rows) lines.push_back(row.in_file);
  return lines;
}

// EL-003
TEST(InsuredParts, RowsOfOnePersonThatStandFarApartAreInOnePart) {
  const std::string file =
      absl::StrCat(kHeader, Row(1, 2024), Row(2, 2024), Row(3, 2024), Row(1, 2022));
  const auto parts = Cut(file, 2);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].bytes, absl::StrCat(kHeader, Row(1, 2024), Row(1, 2022)));
  EXPECT_EQ(parts[1].bytes, absl::StrCat(kHeader, Row(2, 2024), Row(3, 2024)));
  EXPECT_THAT(LinesOf(parts[0]), ElementsAre(2, 5));
  EXPECT_THAT(LinesOf(parts[1]), ElementsAre(3, 4));
}

// EL-003
TEST(InsuredParts, RowsOfOnePersonAstrideABoundaryAreInOnePart) {
  const auto parts = Cut(absl::StrCat(kHeader, Row(1, 2024), Row(2, 2022), Row(2, 2024)), 2);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].bytes, absl::StrCat(kHeader, Row(1, 2024)));
  EXPECT_EQ(parts[1].bytes, absl::StrCat(kHeader, Row(2, 2022), Row(2, 2024)));
}

// EL-003: spellings of one identity are one.
TEST(InsuredParts, APersonIsKnownInEverySpelling) {
  std::string other = Row(1, 2022);
  other.replace(0, 8, "３９１３１０１６");
  const auto parts = Cut(absl::StrCat(kHeader, Row(1, 2024), Row(2, 2024), other), 2);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_THAT(LinesOf(parts[0]), ElementsAre(2, 4));
}

// EL-003
TEST(InsuredParts, APersonOfMoreRowsThanAPartTakesStaysWhole) {
  const auto parts =
      Cut(absl::StrCat(kHeader, Row(1, 2020), Row(1, 2021), Row(1, 2022), Row(2, 2020)), 2);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].rows.size(), 3u);
}

TEST(InsuredParts, EveryPartIsUtf8) {
  const std::string file = absl::StrCat(kHeader, Row(1, 2024), Row(2, 2024));
  const auto parts = Cut(*national::Utf8ToCp932(file), 1);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[1].bytes, absl::StrCat(kHeader, Row(2, 2024)));
}

// EL-002, CL-011
TEST(InsuredParts, WhatIsWrongAnywhereIsToldOfTheWholeFile) {
  const auto refusal = [](absl::string_view file) {
    const absl::Status status = CutInsuredFile("f.csv", file, kToday, 100).status();
    EXPECT_EQ(ReasonOf(status), "LOCAL_CHECK_FAILED");
    return ErrorText(status);
  };
  EXPECT_THAT(refusal(""), HasSubstr("CL-011"));
  EXPECT_THAT(refusal(kHeader), HasSubstr("EL-135"));
  EXPECT_THAT(refusal(absl::StrCat(kHeader, Row(1, 2024), Row(2, 2024), Row(1, 2024))),
              ::testing::AllOf(HasSubstr("EL-134 4 行目"), HasSubstr("nothing was loaded: f.csv")));
}

// A note of two lines in the second row of the file.
std::string WithNote() {
  std::string noted = Row(2, 2024);
  noted.replace(noted.find("note"), 4, "\"a\nb\"");
  return absl::StrCat(kHeader, Row(1, 2024), "\r\n", noted, Row(3, 2024), Row(2, 2022));
}

TEST(InsuredParts, AFindingHasTheLineOfTheUsersFile) {
  const auto parts = Cut(WithNote(), 2);
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_THAT(LinesOf(parts[1]), ElementsAre(4, 7));
  google::protobuf::RepeatedPtrField<common::v1::Finding> findings;
  for (const auto& finding : ReadInsurerFile(parts[1].bytes, kToday).findings) {
    findings.Add()->set_record(finding.record);  // EL-124 of the header
  }
  ASSERT_EQ(findings.size(), 1);
  findings.Add()->set_record(4);  // the second row: the note has two lines
  const auto first = FindingsOfFile(findings, parts, 0);
  EXPECT_EQ(first.size(), 2);
  const auto of_file = FindingsOfFile(findings, parts, 1);
  ASSERT_EQ(of_file.size(), 1);
  EXPECT_EQ(of_file[0].record(), 7);
}

// EL-002
TEST(InsuredParts, AnErrorSaysHowManyRowsAreLoadedAndWhichAreNot) {
  const auto parts = Cut(WithNote(), 2);
  common::v1::Findings findings;
  findings.add_record()->set_record(4);
  const absl::Status refused =
      ErrorBuilder(absl::StatusCode::kInvalidArgument, "FINDINGS", "errors").Detail(findings);
  const absl::Status explained = ExplainLoading(refused, parts, 1);
  EXPECT_EQ(ReasonOf(explained), "FINDINGS");
  EXPECT_EQ(MetadataOf(explained),
            (std::map<std::string, std::string>{
                {"rows_loaded", "1"}, {"rows_not_loaded", "3"}, {"lines_not_loaded", "4, 6-7"}}));
  EXPECT_THAT(ErrorText(explained), HasSubstr(" 7 行目"));
}

// EL-002
TEST(InsuredParts, OfAPartWithoutAnAnswerItIsNotKnown) {
  const auto parts = Cut(WithNote(), 2);
  EXPECT_EQ(MetadataOf(ExplainLoading(absl::DeadlineExceededError("late"), parts, 1)),
            (std::map<std::string, std::string>{{"rows_loaded", "1"},
                                                {"rows_not_loaded", "1"},
                                                {"lines_not_loaded", "6"},
                                                {"rows_unknown", "2"},
                                                {"lines_unknown", "4, 7"}}));
}

// EL-003
RC_GTEST_PROP(InsuredParts, NoRowIsLostAndNoPersonIsInTwoParts, ()) {
  const auto order =
      *rc::gen::unique<std::vector<int>>(rc::gen::inRange(0, 100)).as("person * 10 + year");
  RC_PRE(!order.empty());
  std::string file = kHeader;
  for (const int row : order) file += Row(row / 10, 2010 + row % 10);
  const auto parts = Cut(file, static_cast<size_t>(*rc::gen::inRange(1, 8)));
  std::map<std::string, size_t> part_of;
  std::map<std::string, int> last_line;
  std::set<int> lines;
  const auto whole = ReadInsurerFile(file, kToday);
  for (size_t i = 0; i < parts.size(); ++i) {
    const auto read = ReadInsurerFile(parts[i].bytes, kToday);
    RC_ASSERT(read.persons.size() == parts[i].rows.size());
    for (size_t j = 0; j < read.persons.size(); ++j) {
      const int line = parts[i].rows[j].in_file;
      RC_ASSERT(read.persons[j].line == parts[i].rows[j].in_part);
      RC_ASSERT(lines.insert(line).second);
      auto person = whole.persons.at(static_cast<size_t>(line) - 2);
      person.line = read.persons[j].line;
      RC_ASSERT(person == read.persons[j]);
      const std::string key = IdentityKey(person);
      RC_ASSERT(part_of.emplace(key, i).first->second == i);
      RC_ASSERT(last_line[key] < line);
      last_line[key] = line;
    }
  }
  RC_ASSERT(lines.size() == order.size());
}

}  // namespace
}  // namespace tsunagu::cli
