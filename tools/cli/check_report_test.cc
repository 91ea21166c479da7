#include "tools/cli/check_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/platform/hpki/xades/document.h"
#include "tools/cli/check_document.h"
#include "tools/cli/files.h"

namespace tsunagu::cli {
namespace {

using Json = nlohmann::json;
using ::testing::SizeIs;

constexpr char kRecords[] = "services/prescription/record/testdata";
constexpr char kReceipts[] = "services/medication/uke/testdata";
constexpr char kCarePlans[] = "services/ltc/careplan/testdata";
constexpr char kMessages[] = "services/eligibility/oqs/testdata";

CheckInput Sample(const std::string& path) { return {BaseName(path), ReadFile(path).value(), ""}; }

std::vector<CheckInput> Samples(const std::string& folder, const std::string& start = "") {
  std::vector<CheckInput> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (absl::StartsWith(entry.path().filename().string(), start)) {
      files.push_back(Sample(entry.path().string()));
    }
  }
  return files;
}

int Errors(const CheckReport& report) {
  int errors = 0;
  for (const auto& part : report.findings) {
    errors += part.finding.severity == national::Severity::kError ? 1 : 0;
  }
  return errors;
}

TEST(CheckFiles, ValidRecordsHaveNoErrors) {
  const auto reports = CheckFiles(Samples(kRecords, "a"));
  ASSERT_GE(reports.size(), 16u);
  for (const CheckReport& report : reports) {
    EXPECT_EQ(report.format, Format::kRecord);
    EXPECT_EQ(Errors(report), 0) << report.names[0] << ToJson({report});
    EXPECT_EQ(report.summary["format"], "JAHIS") << report.names[0];
  }
}

TEST(CheckFiles, InvalidRecordsHaveErrors) {
  for (const CheckReport& report : CheckFiles(Samples(kRecords, "n"))) {
    EXPECT_GT(Errors(report), 0) << report.names[0];
  }
}

TEST(CheckFiles, ReceiptsAreCounted) {
  const auto reports = CheckFiles({Sample(std::string(kReceipts) + "/RECEIPTC_synthetic.UKE")});
  ASSERT_THAT(reports, SizeIs(1));
  EXPECT_EQ(reports[0].format, Format::kReceipt);
  EXPECT_GT(reports[0].summary["receipts"], 0);
  EXPECT_FALSE(reports[0].summary.contains("findings"));
}

// MH-200, MH-201
TEST(CheckFiles, ReceiptsOfEachKindAreToldApartAndTheirTotalsReproduced) {
  const std::map<std::string, std::string> kKinds = {{"RECEIPTC_synthetic.UKE", "medical"},
                                                     {"RECEIPTD_synthetic.UKE", "dpc"},
                                                     {"RECEIPTS_synthetic.UKE", "dental"},
                                                     {"RECEIPTY_synthetic.CYO", "pharmacy"}};
  for (const auto& [name, kind] : kKinds) {
    CheckInput file = Sample(absl::StrCat(kReceipts, "/", name));
    file.name = "x";  // its content tells
    const auto reports = CheckFiles({file});
    ASSERT_THAT(reports, SizeIs(1));
    EXPECT_EQ(reports[0].format, Format::kReceipt) << name;
    EXPECT_EQ(reports[0].summary["kind"], kind) << name;
    EXPECT_EQ(reports[0].summary["points"], reports[0].summary["stated_points"]) << name;
    EXPECT_EQ(reports[0].summary["count"], reports[0].summary["stated_count"]) << name;
    EXPECT_EQ(ExitStatus(reports), kClean) << name << ToJson(reports);
  }
}

TEST(CheckFiles, EligibilityMessagesAreSummedUp) {
  for (const CheckReport& report : CheckFiles(Samples(kMessages))) {
    EXPECT_TRUE(report.format == Format::kEligibilityRequest ||
                report.format == Format::kEligibilityAnswer);
    EXPECT_EQ(Errors(report), 0) << report.names[0];
    EXPECT_GT(report.summary["lines"].size(), 0u);
  }
}

TEST(CheckFiles, ThePackageOfOneTimestampIsOneReport) {
  const auto reports = CheckFiles(Samples(kCarePlans));
  EXPECT_GT(reports.size(), 1u);
  size_t names = 0;
  for (const CheckReport& report : reports) {
    names += report.names.size();
    EXPECT_EQ(Errors(report), 0) << report.names[0] << ToJson({report});
  }
  EXPECT_EQ(names, Samples(kCarePlans).size());
  EXPECT_LT(reports.size(), names);
}

TEST(CheckFiles, AnInsurersFileIsChecked) {
  const auto reports = CheckFiles({{"insurers.csv", "InsurerNumber,Name\n01130012,x\n", ""}});
  EXPECT_EQ(reports[0].format, Format::kInsurerFile);
  EXPECT_GT(Errors(reports[0]), 0);
}

TEST(CheckFiles, AnUnsignedDocumentIsToldAndItsRecordCheckedAllTheSame) {
  const std::string document = xades::BuildPrescription("SJ1\n101,1,1,,14\n", "").value();
  const auto reports = CheckFiles({{"x.xml", document, ""}});
  EXPECT_EQ(reports[0].format, Format::kPrescription);
  EXPECT_EQ(reports[0].summary["signed"], false);
  EXPECT_EQ(reports[0].summary["valid"], false);
  const std::string json = ToJson(reports);
  EXPECT_TRUE(absl::StrContains(json, "SIG-")) << json;
  EXPECT_TRUE(absl::StrContains(json, "RX-110")) << json;
}

TEST(CheckFiles, ADispensingResultShowsThePrescriptionInside) {
  const std::string prescription = xades::BuildPrescription("SJ1\n", "").value();
  const std::string document = xades::BuildDispensing({"CJ1\n", prescription, ""}).value();
  const auto reports = CheckFiles({{"x.xml", document, ""}});
  EXPECT_EQ(reports[0].format, Format::kDispensing);
  EXPECT_EQ(reports[0].summary["record"]["format"], "CJ1");
  EXPECT_EQ(reports[0].summary["prescription"]["format"], "SJ1");
}

TEST(CheckFiles, BrokenXmlIsAFinding) {
  const auto reports = CheckFiles({{"x.xml", "<Document><Prescription>", ""}});
  EXPECT_GT(Errors(reports[0]), 0);
}

// CL-010, CL-011, CL-012
TEST(CheckFiles, WhatCannotBeCheckedIsTold) {
  const struct {
    CheckInput file;
    const char* rule;
    const char* english;
  } kCases[] = {
      {{"x", "", "cannot read x"}, "CL-010", "cannot read x"},
      {{"RECEIPTC.UKE", "", ""}, "CL-011", "the file is empty"},
      {{"x", "hello", ""}, "CL-012", "not a format that check reads"},
      {{"x", "FORM_0900_2021\r\n", ""}, "CL-012", "the format is LIFE"},
  };
  for (const auto& c : kCases) {
    const auto reports = CheckFiles({c.file});
    ASSERT_THAT(reports, SizeIs(1));
    ASSERT_THAT(reports[0].findings, SizeIs(1)) << c.rule;
    EXPECT_EQ(reports[0].findings[0].part, "file");
    EXPECT_EQ(reports[0].findings[0].finding.rule, c.rule);
    EXPECT_TRUE(absl::StrContains(reports[0].findings[0].finding.text_en, c.english)) << c.rule;
    EXPECT_FALSE(reports[0].findings[0].finding.text_ja.empty());
    EXPECT_EQ(ExitStatus(reports), kUnrecognised);
  }
}

TEST(CheckFiles, ADrugMasterIsCounted) {
  const auto reports = CheckFiles({Sample("services/platform/drug_master/testdata/y_small.csv")});
  EXPECT_EQ(reports[0].format, Format::kDrugMaster);
  EXPECT_EQ(reports[0].summary, nlohmann::ordered_json({{"kind", "full"}, {"drugs", 60}}));
  EXPECT_EQ(ExitStatus(reports), kClean) << ToJson(reports);
}

// A row of the drug master with nothing but its first columns.
std::string MasterRow(const std::string& change, const std::string& code) {
  std::string row = "\"" + change + "\",\"Y\",\"" + code + "\"";
  for (int column = 3; column < 42; ++column) row += ",\"\"";
  return row + "\r\n";
}

// MH-086, MH-089
TEST(CheckFiles, ADifferenceFileByItselfIsCleanAndItsRowsAreCounted) {
  std::string rows;
  for (const char* change : {"5", "3", "5", "9", "1", "5", "9"}) {
    rows += MasterRow(change, "610408632");
  }
  const auto reports = CheckFiles({{"y.csv", rows, ""}});
  EXPECT_EQ(reports[0].format, Format::kDrugMaster);
  EXPECT_EQ(reports[0].summary, nlohmann::ordered_json({{"kind", "difference"},
                                                        {"rows", 7},
                                                        {"added", 1},
                                                        {"changed", 3},
                                                        {"deleted", 1},
                                                        {"discontinued", 2}}));
  EXPECT_EQ(ExitStatus(reports), kClean) << ToJson(reports);
}

// MH-086
TEST(CheckFiles, AFullMasterThatChangesWhatItDoesNotHaveIsTold) {
  auto full = Sample("services/platform/drug_master/testdata/y_small.csv");
  full.bytes += MasterRow("5", "610408632");
  const auto reports = CheckFiles({full});
  EXPECT_EQ(reports[0].summary["kind"], "full");
  ASSERT_EQ(reports[0].findings.size(), 1u);
  EXPECT_EQ(reports[0].findings[0].finding.rule, "MH-086");
}

TEST(ExitStatus, TellsTheWorst) {
  CheckReport clean;
  clean.format = Format::kRecord;
  CheckReport warned = clean;
  warned.findings.push_back({"record", {"RX-104", national::Severity::kWarning, 0, "", "", ""}});
  const CheckReport unknown;
  EXPECT_EQ(ExitStatus({}), kClean);
  EXPECT_EQ(ExitStatus({clean}), kClean);
  EXPECT_EQ(ExitStatus({clean, warned}), kFindings);
  EXPECT_EQ(ExitStatus({warned, unknown}), kUnrecognised);
}

TEST(ToJson, CountsAndLists) {
  CheckReport report;
  report.names = {"x"};
  report.format = Format::kRecord;
  report.findings.push_back({"record", {"RX-110", national::Severity::kError, 3, "51", "ア", "a"}});
  report.findings.push_back({"record", {"RX-104", national::Severity::kWarning, 0, "", "イ", "b"}});
  const Json json = Json::parse(ToJson({report, report}));
  EXPECT_EQ(json["errors"], 2);
  EXPECT_EQ(json["warnings"], 2);
  const Json finding = json["reports"][0]["findings"][0];
  EXPECT_EQ(finding["part"], "record");
  EXPECT_EQ(finding["rule"], "RX-110");
  EXPECT_EQ(finding["severity"], "error");
  EXPECT_EQ(finding["line"], 3);
  EXPECT_EQ(finding["field"], "51");
  EXPECT_EQ(finding["text_ja"], "ア");
}

TEST(ToJson, ANameThatIsNoUtf8DoesNotBreakIt) {
  EXPECT_TRUE(Json::accept(ToJson(CheckFiles({{"\xff\xfe", "SJ1\n", ""}}))));
}

RC_GTEST_PROP(CheckFiles, AnyBytesGiveJson, ()) {
  static const char* const kHeads[] = {"",        "SJ1\n",         "IR,", "<Document><Prescription",
                                       "<XmlMsg", "InsurerNumber,"};
  const std::string head =
      *rc::gen::elementOf(std::vector<std::string>(std::begin(kHeads), std::end(kHeads)));
  const std::string bytes = head + *rc::gen::arbitrary<std::string>();
  RC_ASSERT(Json::accept(ToJson(CheckFiles({{"x", bytes, ""}}))));
}

}  // namespace
}  // namespace tsunagu::cli
