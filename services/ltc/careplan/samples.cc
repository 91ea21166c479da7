#include "services/ltc/careplan/samples.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "services/ltc/careplan/layout.h"
#include "services/platform/national/cp932.h"
#include "services/platform/national/csv.h"
#include "services/platform/national/jst.h"

namespace tsunagu::ltc::careplan {

absl::Time SampleTime() { return national::JstMidnight(absl::CivilDay(2026, 10, 2)); }

InputFile Sample(const std::string& name) {
  std::ifstream in(absl::StrCat("services/ltc/careplan/testdata/", name), std::ios::binary);
  EXPECT_TRUE(in) << name;
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return {name, bytes.str()};
}

std::vector<InputFile> CarePlanSample() {
  const std::string rest = "_1370000001_43_1370000002_11_20260825101530.CSV";
  return {Sample("UP1KYO" + rest), Sample("UP2KYO" + rest), Sample("UP3KYO" + rest),
          Sample("UPHOSOKU_000000" + rest)};
}

std::vector<InputFile> MonthPlanSample() {
  const std::string rest = "_202609_1370000001_43_1370000002_11_20260825101540.CSV";
  return {Sample("UPPLAN" + rest), Sample("UPSIKYU" + rest), Sample("UPHOSOKU" + rest)};
}

std::vector<InputFile> ActualsSample() {
  return {Sample("UPJSK_202609_1370000002_11_1370000001_43_20261001090000.CSV")};
}

std::vector<InputFile> DeleteCarePlanSample() {
  return {Sample("DLT1KYO_1370000001_43_1370000002_11_20260826090010.CSV")};
}

std::vector<InputFile> DeleteMonthPlanSample() {
  return {Sample("DLTPLAN_202609_1370000001_43_1370000002_11_20260826090000.CSV")};
}

std::vector<InputFile> DeleteActualsSample() {
  return {Sample("DLTJSK_202609_1370000002_11_1370000001_43_20261001091500.CSV")};
}

std::vector<std::vector<InputFile>> AllSamples() {
  return {CarePlanSample(),       MonthPlanSample(),       ActualsSample(),
          DeleteCarePlanSample(), DeleteMonthPlanSample(), DeleteActualsSample()};
}

InputFile With(const InputFile& file, size_t row, absl::string_view column,
               absl::string_view text) {
  std::vector<national::CsvRow> rows = national::ParseCsv(*national::Cp932ToUtf8(file.bytes)).rows;
  const int index = LayoutOf(ParseFileName(file.name)->kind).Find(column);
  EXPECT_GE(index, 0) << column;
  rows.at(row).cells.at(static_cast<size_t>(index)).text = std::string(text);
  return {file.name, *national::Utf8ToCp932(national::FormatCsv(rows))};
}

std::vector<std::string> Texts(const national::Findings& findings) {
  std::vector<std::string> texts;
  for (const national::Finding& finding : findings) {
    texts.push_back(absl::StrCat(finding.rule, ":", finding.record, ":", finding.field));
  }
  return texts;
}

}  // namespace tsunagu::ltc::careplan
