#include "services/ltc/careplan/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/ltc/careplan/record.h"
#include "services/ltc/careplan/rules.h"
#include "services/ltc/careplan/samples.h"
#include "services/platform/national/cp932.h"

namespace tsunagu::ltc::careplan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

CheckedFile Check(const InputFile& file) {
  return CheckFile(*ParseFileName(file.name), file.bytes);
}
std::vector<std::string> Found(const InputFile& file) { return Texts(Check(file).findings); }

InputFile Table1() { return CarePlanSample()[0]; }
InputFile Table2() { return CarePlanSample()[1]; }
InputFile Table3() { return CarePlanSample()[2]; }
InputFile Supplement() { return CarePlanSample()[3]; }
InputFile Plan() { return MonthPlanSample()[0]; }
InputFile Money() { return MonthPlanSample()[1]; }

TEST(CheckTest, SamplesHaveNoFindings) {
  for (const auto& files : AllSamples()) {
    for (const InputFile& file : files) EXPECT_THAT(Found(file), IsEmpty()) << file.name;
  }
}

TEST(CheckTest, ReadsTheCellsByName) {
  const CheckedFile file = Check(Table1());
  ASSERT_EQ(file.rows.size(), 1u);
  EXPECT_EQ(CellOf(FileKind::kTable1, file.rows[0], "policy"), "\"見守り\"を基本に,転倒を防ぐ");
  EXPECT_EQ(CellOf(FileKind::kTable1, file.rows[0], "no such column"), "");
  EXPECT_EQ(CellOf(FileKind::kTable1, national::CsvRow{}, "policy"), "");
  EXPECT_EQ(PersonOf(file.rows[0]), (national::InsuredIdentity{"123456", "", "0000012345", ""}));
  EXPECT_EQ(PersonOf(national::CsvRow{}), national::InsuredIdentity{});
}

// LTC-101
TEST(CheckTest, TooLargeFilesAreRefusedUnread) {
  EXPECT_THAT(Found({Table1().name, std::string(kMaxFileBytes + 1, 'x')}),
              ElementsAre("LTC-101:0:UP1KYO"));
}

// LTC-102
TEST(CheckTest, OtherEncodingsAreRefused) {
  EXPECT_THAT(Found({Table1().name, "202407,\x81"}), ElementsAre("LTC-102:0:UP1KYO"));
}

// LTC-103
TEST(CheckTest, BrokenQuotesAreFound) {
  const std::string bytes = "202407,123456,0000012345,\"20260825\"x\r\n";
  EXPECT_THAT(Found({DeleteCarePlanSample()[0].name, bytes}),
              ElementsAre("LTC-103:1:DLT1KYO.plan_date", "LTC-114:1:DLT1KYO.plan_date"));
}

// LTC-104
TEST(CheckTest, OtherLineEndsAreAWarning) {
  const std::string bytes = "202407,123456,0000012345,20260825\n";
  const CheckedFile file = Check({DeleteCarePlanSample()[0].name, bytes});
  EXPECT_THAT(Texts(file.findings), ElementsAre("LTC-104:1:DLT1KYO"));
  EXPECT_FALSE(national::HasErrors(file.findings));
}

// LTC-105
TEST(CheckTest, PrivateCharactersAreAWarning) {
  EXPECT_THAT(Found(With(Table1(), 0, "policy", "\xEE\x80\x80")),
              ElementsAre("LTC-105:1:UP1KYO.policy"));
}

// LTC-106
TEST(CheckTest, AFileWithoutRecordsIsRefused) {
  EXPECT_THAT(Found({Table1().name, ""}), ElementsAre("LTC-106:0:UP1KYO"));
}

// LTC-110
TEST(CheckTest, EveryRecordNeedsAllColumns) {
  const std::string good = DeleteCarePlanSample()[0].bytes;
  EXPECT_THAT(Found({DeleteCarePlanSample()[0].name, good + "202407,123456\r\n"}),
              ElementsAre("LTC-110:2:DLT1KYO"));
  EXPECT_THAT(Found({DeleteCarePlanSample()[0].name, "202407,123456,0000012345,20260825,\r\n"}),
              ElementsAre("LTC-110:1:DLT1KYO"));
}

struct Change {
  InputFile file;
  size_t row;
  const char* column;
  const char* text;
  const char* finding;
};

std::vector<Change> Changes() {
  return {
      {Table1(), 0, "planner_name", "", "LTC-111:1:UP1KYO.planner_name"},
      {Plan(), 8, "service_code", "", "LTC-111:9:UPPLAN.service_code"},
      {Plan(), 0, "units", "1234567", "LTC-112:1:UPPLAN.units"},
      {Supplement(), 0, "tel", "０３－１２３４－５６", "LTC-112:1:UPHOSOKU.tel"},
      {Table1(), 0, "insured_no", "X000012345", "LTC-113:1:UP1KYO.insured_no"},
      {Table1(), 0, "created_on", "20260231", "LTC-114:1:UP1KYO.created_on"},
      {DeleteMonthPlanSample()[0], 0, "csv_version", "202413", "LTC-115:1:DLTPLAN.csv_version"},
      {Table3(), 1, "start", "2560", "LTC-116:2:UP3KYO.start"},
      {Table1(), 0, "care_level", "26", "LTC-117:1:UP1KYO.care_level"},
      {Table1(), 0, "plan_class", "13", "LTC-117:1:UP1KYO.plan_class"},
      {Table3(), 0, "weekday", "8", "LTC-117:1:UP3KYO.weekday"},
      {Table2(), 1, "insured_flag", "X", "LTC-117:2:UP2KYO.insured_flag"},
      {Table1(), 0, "csv_version", "202208", "LTC-119:1:UP1KYO.csv_version"},
      {Table2(), 1, "csv_version", "202504", "LTC-120:2:UP2KYO.csv_version"},
      {DeleteMonthPlanSample()[0], 0, "month", "202610", "LTC-121:1:DLTPLAN.month"},
      {Money(), 1, "month", "202608", "LTC-121:2:UPSIKYU.month"},
      {Table1(), 0, "office_code", "1370000009", "LTC-122:1:UP1KYO.office_code"},
      {Plan(), 2, "plan_office_code", "1370000009", "LTC-122:3:UPPLAN.plan_office_code"},
      {ActualsSample()[0], 1, "provider_code", "1370000009", "LTC-122:2:UPJSK.provider_code"},
      {ActualsSample()[0], 1, "plan_office_code", "1370000009", "LTC-122:2:UPJSK.plan_office_code"},
      {DeleteActualsSample()[0], 0, "provider_code", "1370000009",
       "LTC-122:1:DLTJSK.provider_code"},
      {DeleteActualsSample()[0], 0, "service_kind", "15", "LTC-123:1:DLTJSK.service_kind"},
      {Plan(), 0, "service_date", "20261003", "LTC-124:1:UPPLAN.service_date"},
      {Table1(), 0, "cert_to", "20260331", "LTC-125:1:UP1KYO.cert_to"},
      {Supplement(), 0, "limit_to", "20260331", "LTC-125:1:UPHOSOKU.limit_to"},
      {Money(), 2, "service_code", "11AAAA", "LTC-126:1:UPSIKYU"},
      {Supplement(), 0, "plan_date", "00000000", "LTC-127:1:UPHOSOKU.plan_date"},
      {MonthPlanSample()[2], 0, "plan_date", "20260825", "LTC-127:1:UPHOSOKU.plan_date"},
  };
}

// LTC-111 LTC-112 LTC-113 LTC-114 LTC-115 LTC-116 LTC-117 LTC-119 LTC-120
// LTC-121 LTC-122 LTC-123 LTC-124 LTC-125 LTC-126 LTC-127
TEST(CheckTest, EachBrokenRuleGivesExactlyItsFinding) {
  for (const Change& c : Changes()) {
    if (absl::string_view(c.finding).substr(0, 7) == "LTC-115") {
      // A version that is no month is also an unknown one.
      EXPECT_THAT(Found(With(c.file, c.row, c.column, c.text)),
                  ElementsAre(c.finding, "LTC-119:1:DLTPLAN.csv_version"));
      continue;
    }
    EXPECT_THAT(Found(With(c.file, c.row, c.column, c.text)), ElementsAre(c.finding))
        << c.column << " = " << c.text;
  }
}

// LTC-118
TEST(CheckTest, FreeTextWithoutQuotesIsAWarning) {
  std::string text = *national::Cp932ToUtf8(Table3().bytes);
  text.replace(text.find("\"身体介護\""), std::string("\"身体介護\"").size(), "身体介護");
  EXPECT_THAT(Found({Table3().name, *national::Utf8ToCp932(text)}),
              ElementsAre("LTC-118:1:UP3KYO.service_content"));
}

// LTC-128
TEST(CheckTest, AKeyOccursOnce) {
  for (const InputFile& file : {Table1(), Supplement(), DeleteCarePlanSample()[0],
                                DeleteMonthPlanSample()[0], DeleteActualsSample()[0]}) {
    const CheckedFile twice = Check({file.name, file.bytes + file.bytes});
    ASSERT_EQ(twice.findings.size(), 1u) << file.name;
    EXPECT_EQ(twice.findings[0].rule, "LTC-128");
  }
}

TEST(CheckTest, ActualsCarryNoKeyOfTheirOwn) {
  const InputFile file = ActualsSample()[0];
  EXPECT_THAT(Found({file.name, file.bytes + file.bytes}), IsEmpty());
}

TEST(CheckTest, FindingsHoldNoValues) {
  for (const auto& finding : Check(With(Table1(), 0, "insured_no", "SECRET")).findings) {
    EXPECT_EQ(absl::StrCat(finding.field, finding.text_ja, finding.text_en).find("SECRET"),
              std::string::npos);
  }
}

TEST(CheckTest, FindingsAreBounded) {
  std::string bytes;
  for (size_t i = 0; i < 2 * kMaxFindings; ++i) bytes += "x\r\n";
  EXPECT_EQ(Check({Table1().name, bytes}).findings.size(), kMaxFindings);
}

TEST(CheckTest, TruncationsNeverCrash) {
  const InputFile file = Table1();
  for (size_t size = 0; size < file.bytes.size(); ++size) {
    EXPECT_FALSE(Found({file.name, file.bytes.substr(0, size)}).empty()) << size;
  }
}

RC_GTEST_PROP(CheckProperty, FlippedBytesNeverCrash, (uint32_t at, uint8_t value)) {
  static const auto* const kSamples = new std::vector<std::vector<InputFile>>(AllSamples());
  for (const auto& files : *kSamples) {
    for (InputFile file : files) {
      file.bytes[at % file.bytes.size()] = static_cast<char>(value);
      Check(file);
    }
  }
}

RC_GTEST_PROP(CheckProperty, GarbageNeverCrashes, (const std::string& bytes)) {
  for (const FileKind kind : kFileKinds) {
    CheckFile({kind, "202609", {"1370000001", "43"}, {"1370000002", "11"}, ""}, bytes);
  }
}

}  // namespace
}  // namespace tsunagu::ltc::careplan
