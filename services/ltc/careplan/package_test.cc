#include "services/ltc/careplan/package.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/ltc/careplan/rules.h"
#include "services/ltc/careplan/samples.h"
#include "services/platform/national/jst.h"

namespace tsunagu::ltc::careplan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const national::InsuredIdentity kPerson = {"123456", "", "0000012345", ""};

std::vector<std::string> Found(const std::vector<InputFile>& files) {
  return Texts(ReadPackage(files, SampleTime()).findings);
}

InputFile Renamed(InputFile file, absl::string_view from, absl::string_view to) {
  file.name = absl::StrReplaceAll(file.name, {{from, to}});
  return file;
}

TEST(PackageTest, ReadsTheSamples) {
  const std::vector<std::vector<InputFile>> samples = AllSamples();
  for (size_t i = 0; i < samples.size(); ++i) {
    const PackageResult result = ReadPackage(samples[i], SampleTime());
    EXPECT_THAT(Texts(result.findings), IsEmpty());
    ASSERT_TRUE(result.package.has_value());
    EXPECT_EQ(static_cast<size_t>(result.package->kind), i);
    EXPECT_THAT(result.package->persons, ElementsAre(kPerson));
    EXPECT_EQ(result.package->files.size(), samples[i].size());
  }
}

TEST(PackageTest, TellsOfficesMonthAndTime) {
  const PackageResult actuals = ReadPackage(ActualsSample(), SampleTime());
  EXPECT_EQ(actuals.package->source, (Office{"1370000002", "11"}));
  EXPECT_EQ(actuals.package->destination, (Office{"1370000001", "43"}));
  EXPECT_EQ(actuals.package->timestamp, "20261001090000");
  EXPECT_EQ(actuals.package->month, "202609");
  EXPECT_EQ(ReadPackage(CarePlanSample(), SampleTime()).package->month, "");
}

// LTC-107
TEST(PackageTest, PreventionPlansAreNamedAsNotSupported) {
  for (const char* kind : {"UPKIHON", "UPKIHON_SUB1", "UPYOBO", "UPYOBO_SUB", "DLTYOBO"}) {
    const std::string name = absl::StrCat(kind, "_1370000001_46_1370000002_A2_20260825101530.CSV");
    EXPECT_THAT(Found({{name, "x"}}), ElementsAre("LTC-107:0:file[1]")) << kind;
  }
  EXPECT_THAT(Found({{"UPXYZ_1370000001_46_1370000002_A2_20260825101530.CSV", "x"}}),
              ElementsAre("LTC-100:0:file[1]"));
}

TEST(PackageTest, TheOrderOfTheFilesDoesNotMatter) {
  std::vector<InputFile> files = CarePlanSample();
  std::reverse(files.begin(), files.end());
  const PackageResult result = ReadPackage(files, SampleTime());
  ASSERT_TRUE(result.package.has_value());
  EXPECT_EQ(result.package->files.front().name.kind, FileKind::kSupplement);
  EXPECT_EQ(result.package->files.back().name.kind, FileKind::kTable3);
}

TEST(PackageTest, WritingReproducesTheBytes) {
  for (const auto& files : AllSamples()) {
    const PackageResult result = ReadPackage(files, SampleTime());
    for (const PackageFile& file : result.package->files) {
      const std::string name = BuildFileName(file.name);
      const auto input = std::find_if(files.begin(), files.end(),
                                      [&](const InputFile& f) { return f.name == name; });
      ASSERT_NE(input, files.end()) << name;
      EXPECT_EQ(*WriteFile(file), input->bytes) << name;
    }
  }
}

TEST(PackageTest, CharactersThatMs932LacksCannotBeWritten) {
  EXPECT_FALSE(WriteFile({{}, {{1, {{"😀", true}}}}}).ok());
}

// LTC-100
TEST(PackageTest, NamesTheInputWithAWrongName) {
  auto files = DeleteCarePlanSample();
  files.push_back({"notes.txt", ""});
  const PackageResult result = ReadPackage(files, SampleTime());
  EXPECT_THAT(Texts(result.findings), ElementsAre("LTC-100:0:file[2]"));
  EXPECT_FALSE(result.package.has_value());
}

// LTC-101
TEST(PackageTest, TooManyFilesAreRefusedUnread) {
  EXPECT_THAT(Found(std::vector<InputFile>(kMaxPackageFiles + 1)), ElementsAre("LTC-101:0:"));
}

// LTC-140
TEST(PackageTest, FilesShareSenderReceiverAndTimestamp) {
  for (const auto& [from, to] : std::vector<std::pair<const char*, const char*>>{
           {"1370000002_11", "1370000002_15"}, {"20260825101530", "20260825101531"}}) {
    auto files = CarePlanSample();
    files[2] = Renamed(files[2], from, to);
    EXPECT_THAT(Found(files), ElementsAre("LTC-140:0:file[3]"));
  }
}

// LTC-141
TEST(PackageTest, OnlyTheSetsOfTheStandardAreSentTogether) {
  EXPECT_THAT(Found({}), ElementsAre("LTC-141:0:"));
  auto files = CarePlanSample();
  files.push_back(Renamed(DeleteCarePlanSample()[0], "20260826090010", "20260825101530"));
  EXPECT_THAT(Found(files), ElementsAre("LTC-141:0:"));
}

// LTC-141
TEST(PackageTest, ASupplementWithAMonthDoesNotTravelWithTables1To3) {
  auto files = CarePlanSample();
  files[3] = Renamed(MonthPlanSample()[2], "20260825101540", "20260825101530");
  EXPECT_THAT(Found(files), ElementsAre("LTC-141:0:"));
}

// LTC-142
TEST(PackageTest, AKindOccursOnce) {
  auto files = ActualsSample();
  files.push_back(files[0]);
  EXPECT_THAT(Found(files), ElementsAre("LTC-142:0:file[2]"));
}

// LTC-143
TEST(PackageTest, FilesShareTheirMonth) {
  auto files = MonthPlanSample();
  files[2] = Renamed(With(files[2], 0, "month", "202608"), "202609", "202608");
  EXPECT_THAT(Found(files), ElementsAre("LTC-143:0:file[3]"));
}

// LTC-144
TEST(PackageTest, ASetNeedsItsHead) {
  auto files = CarePlanSample();
  files.erase(files.begin());
  EXPECT_THAT(Found(files), ElementsAre("LTC-144:0:UP1KYO"));
  files = MonthPlanSample();
  files.erase(files.begin());
  EXPECT_THAT(Found(files), ElementsAre("LTC-144:0:UPPLAN"));
}

// LTC-145
TEST(PackageTest, OtherMissingFilesAreAWarning) {
  auto files = CarePlanSample();
  files.erase(files.begin() + 1);
  const PackageResult result = ReadPackage(files, SampleTime());
  EXPECT_THAT(Texts(result.findings), ElementsAre("LTC-145:0:UP2KYO"));
  EXPECT_TRUE(result.package.has_value());
}

// LTC-146
TEST(PackageTest, RecordsBelongToAPersonAndPlanOfTheHead) {
  auto files = CarePlanSample();
  files[1] = With(files[1], 1, "insured_no", "0000099999");
  EXPECT_THAT(Found(files), ElementsAre("LTC-146:2:UP2KYO.insured_no"));
  files = CarePlanSample();
  files[2] = With(files[2], 0, "plan_date", "20260824");
  EXPECT_THAT(Found(files), ElementsAre("LTC-146:1:UP3KYO.insured_no"));
}

TEST(PackageTest, LTC146EachPersonThatTheHeadLacksIsNamedOnce) {
  auto files = CarePlanSample();
  files[0] = With(files[0], 0, "insured_no", "0000099999");
  EXPECT_THAT(Found(files),
              ElementsAre("LTC-146:1:UPHOSOKU.insured_no", "LTC-146:1:UP2KYO.insured_no",
                          "LTC-146:1:UP3KYO.insured_no"));
}

// LTC-147
TEST(PackageTest, LTC147AHeadThatCannotBeReadIsOneFinding) {
  auto files = CarePlanSample();
  files[0].bytes = "\xFF\xFF";
  EXPECT_THAT(Found(files), ElementsAre("LTC-102:0:UP1KYO"));
  files[0].bytes = "";
  EXPECT_THAT(Found(files), ElementsAre("LTC-106:0:UP1KYO"));
  files[0].bytes = "202407,123456\r\n";
  EXPECT_THAT(Found(files), ElementsAre("LTC-110:1:UP1KYO"));
  files = CarePlanSample();
  files[0] = With(files[0], 0, "insured_no", "X");
  EXPECT_THAT(Found(files), ElementsAre("LTC-113:1:UP1KYO.insured_no"));
}

TEST(PackageTest, LTC147AWrongNameIsOneFinding) {
  auto files = CarePlanSample();
  files[0].name = "plan.csv";
  EXPECT_THAT(Found(files), ElementsAre("LTC-100:0:file[1]"));
}

TEST(PackageTest, LTC147AFileOfAnotherPackageIsOneFindingWhereverItStands) {
  for (const size_t at : {0u, 1u, 2u, 3u}) {
    auto files = CarePlanSample();
    files[at] = Renamed(files[at], "20260825101530", "20260825101531");
    EXPECT_THAT(Found(files), ElementsAre(absl::StrCat("LTC-140:0:file[", at + 1, "]")));
  }
  auto files = MonthPlanSample();
  files[0] = Renamed(files[0], "202609", "202608");
  EXPECT_THAT(Found(files), ElementsAre("LTC-143:0:file[1]", "LTC-121:1:UPPLAN.month"));
}

TEST(PackageTest, LTC147WhatIsIndependentIsStillFound) {
  auto files = CarePlanSample();
  files[0].bytes = "\xFF\xFF";
  files[2] = With(files[2], 1, "weekday", "9");
  EXPECT_THAT(Found(files), ElementsAre("LTC-102:0:UP1KYO", "LTC-117:2:UP3KYO.weekday"));
}

TEST(PackageTest, LTC147TheFindingsOfOneFileLeaveRoomForThoseOfTheOthers) {
  auto files = CarePlanSample();
  files[0].bytes.clear();
  for (size_t i = 0; i < 2 * kMaxFindings; ++i) files[0].bytes += "x\r\n";
  files[2] = With(files[2], 1, "weekday", "9");
  const std::vector<std::string> found = Found(files);
  EXPECT_LE(found.size(), kMaxFindings);
  EXPECT_EQ(found.back(), "LTC-117:2:UP3KYO.weekday");
}

TEST(PackageTest, LTC136AFileFromTheFutureIsRefusedOnce) {
  const auto files = CarePlanSample();
  const absl::Time sent = national::JstMidnight(absl::CivilDay(2026, 8, 25)) + absl::Hours(10) +
                          absl::Minutes(15) + absl::Seconds(30);
  EXPECT_THAT(Texts(ReadPackage(files, sent).findings), IsEmpty());
  EXPECT_THAT(Texts(ReadPackage(files, sent - absl::Hours(1)).findings), IsEmpty());
  const auto early = ReadPackage(files, sent - absl::Hours(1) - absl::Seconds(1));
  EXPECT_THAT(Texts(early.findings), ElementsAre("LTC-136:0:file[1]"));
  EXPECT_FALSE(early.package.has_value());
}

TEST(PackageTest, FindingsOfAllFilesComeAtOnce) {
  auto files = CarePlanSample();
  files[0] = With(files[0], 0, "care_level", "99");
  files[2] = With(files[2], 1, "weekday", "9");
  EXPECT_THAT(Found(files), ElementsAre("LTC-117:1:UP1KYO.care_level", "LTC-117:2:UP3KYO.weekday"));
}

TEST(PackageTest, SplitsIntoPersons) {
  auto actuals = ActualsSample();
  actuals[0] = With(actuals[0], 3, "insured_no", "H000000001");
  const PackageResult two = ReadPackage(actuals, SampleTime());
  ASSERT_TRUE(two.package.has_value());
  const std::vector<PersonPart> parts = SplitByPerson(*two.package);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].person, two.package->persons[0]);
  EXPECT_EQ(parts[0].files[0].rows.size(), 6u);
  EXPECT_EQ(parts[1].person.number, "H000000001");
  ASSERT_EQ(parts[1].files[0].rows.size(), 1u);
  EXPECT_EQ(parts[1].files[0].rows[0], two.package->files[0].rows[3]);
}

TEST(PackageTest, EachPartOfAPackageIsAFileSetOfItsPerson) {
  const PackageResult result = ReadPackage(CarePlanSample(), SampleTime());
  const std::vector<PersonPart> parts = SplitByPerson(*result.package);
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ(parts[0].person, kPerson);
  std::vector<InputFile> again;
  for (const PackageFile& file : parts[0].files) {
    again.push_back({BuildFileName(file.name), *WriteFile(file)});
  }
  EXPECT_THAT(Found(again), IsEmpty());
}

// Whatever is accepted can be written, and reads as the same rows.
void ExpectSound(const std::vector<InputFile>& files) {
  const PackageResult result = ReadPackage(files, SampleTime());
  EXPECT_EQ(result.package.has_value(), !national::HasErrors(result.findings));
  if (!result.package.has_value()) return;
  std::vector<InputFile> written;
  for (const PackageFile& file : result.package->files) {
    const auto bytes = WriteFile(file);
    ASSERT_TRUE(bytes.ok());
    written.push_back({BuildFileName(file.name), *bytes});
  }
  const PackageResult again = ReadPackage(written, SampleTime());
  ASSERT_TRUE(again.package.has_value());
  for (size_t i = 0; i < written.size(); ++i) {
    const auto& before = result.package->files[i].rows;
    const auto& after = again.package->files[i].rows;
    ASSERT_EQ(after.size(), before.size());
    for (size_t row = 0; row < before.size(); ++row) {
      EXPECT_EQ(after[row].cells, before[row].cells);
    }
  }
}

TEST(PackageTest, TruncatedFilesAreNeverTakenForWholeOnes) {
  for (std::vector<InputFile> files : AllSamples()) {
    for (InputFile& file : files) {
      const std::string whole = file.bytes;
      for (size_t size = 0; size + 2 < whole.size(); size += 29) {
        file.bytes = whole.substr(0, size);
        const bool at_line_end = size == 0 || whole[size - 1] == '\n';
        if (!at_line_end) {
          EXPECT_FALSE(ReadPackage(files, SampleTime()).findings.empty()) << file.name << size;
        }
        ExpectSound(files);
      }
      file.bytes = whole;
    }
  }
}

TEST(PackageTest, ChangedBytesAreRefusedOrReadAsAWhole) {
  for (std::vector<InputFile> files : AllSamples()) {
    for (InputFile& file : files) {
      for (size_t at = 0; at < file.bytes.size(); at += 19) {
        const char original = file.bytes[at];
        for (const char flip : {'\x01', '\x80', '\xFF'}) {
          file.bytes[at] = static_cast<char>(original ^ flip);
          ExpectSound(files);
        }
        file.bytes[at] = original;
      }
    }
  }
}

TEST(PackageTest, ChangedNamesAreRefusedOrReadAsAWhole) {
  for (std::vector<InputFile> files : AllSamples()) {
    for (size_t at = 0; at < files[0].name.size(); ++at) {
      for (const char c : {'0', '9', '_', 'A', '\0', '\xE3'}) {
        std::vector<InputFile> changed = files;
        changed[0].name[at] = c;
        ExpectSound(changed);
      }
    }
  }
}

}  // namespace
}  // namespace tsunagu::ltc::careplan
