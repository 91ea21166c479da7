#include "services/medication/uke/summary.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "services/medication/uke/test_files.h"
#include "services/platform/national/finding.h"

namespace tsunagu::medication::uke {
namespace {

TEST(CheckFileTest, SumsUpTheMedicalSample) {
  const FileReport report = CheckFile("RECEIPTC.UKE", MedicalSample());
  EXPECT_EQ(report.summary.kind, Kind::kMedical);
  EXPECT_EQ(report.summary.encoding, Encoding::kCp932);
  EXPECT_EQ(report.summary.lines, 18);
  EXPECT_EQ(report.summary.found.receipts, 1);
  EXPECT_EQ(report.summary.found.points, 630);
  EXPECT_EQ(report.summary.stated_count, 1);
  EXPECT_EQ(report.summary.stated_points, 630);
  EXPECT_EQ(report.summary.drug_lines, 6);
  EXPECT_TRUE(report.findings.empty());
}

TEST(CheckFileTest, SumsUpThePharmacySample) {
  const FileSummary summary = CheckFile("RECEIPTY.CYO", PharmacySample()).summary;
  EXPECT_EQ(summary.kind, Kind::kPharmacy);
  EXPECT_EQ(summary.found.receipts, 2);
  EXPECT_EQ(summary.found.points, summary.stated_points);
  EXPECT_EQ(summary.drug_lines, 6);
  EXPECT_EQ(summary.uncertain_receipts, 0);
}

// MH-209
TEST(CheckFileTest, SumsUpTheDpcSample) {
  const FileReport report = CheckFile("RECEIPTD.UKE", DpcSample());
  EXPECT_EQ(report.summary.kind, Kind::kDpc);
  EXPECT_EQ(report.summary.found.receipts, 2);
  EXPECT_EQ(report.summary.found.details, 2);
  EXPECT_EQ(report.summary.found.count(), 3);
  EXPECT_EQ(report.summary.stated_count, 3);
  EXPECT_EQ(report.summary.found.points, 48521);
  EXPECT_EQ(report.summary.stated_points, 48521);
  EXPECT_EQ(report.summary.drug_lines, 10);
  EXPECT_EQ(report.summary.unread_drug_lines, 0);
  EXPECT_EQ(report.summary.uncertain_receipts, 0);
  EXPECT_TRUE(report.findings.empty());
}

TEST(CheckFileTest, SumsUpTheDentalSample) {
  const FileReport report = CheckFile("RECEIPTS.UKE", DentalSample());
  EXPECT_EQ(report.summary.kind, Kind::kDental);
  EXPECT_EQ(report.summary.found.receipts, 2);
  EXPECT_EQ(report.summary.found.count(), report.summary.stated_count);
  EXPECT_EQ(report.summary.found.points, report.summary.stated_points);
  EXPECT_EQ(report.summary.drug_lines, 5);
  EXPECT_EQ(report.summary.uncertain_receipts, 1);  // public payers alone
  EXPECT_TRUE(report.findings.empty());
}

TEST(CheckFileTest, FindingsOfReaderAndCheckComeInTheOrderOfLines) {
  std::string file = WithField(MedicalSample(), 3, 2, "01130013");  // MH-021
  file = WithLine(WithoutLine(file, 18), 11, "ZZ,1");               // MH-005, MH-006
  const FileReport report = CheckFile("", file);
  ASSERT_EQ(report.findings.size(), 3u);
  EXPECT_EQ(report.findings[0].rule, "MH-021");
  EXPECT_EQ(report.findings[1].rule, "MH-005");
  EXPECT_EQ(report.findings[2].record, 0);
  EXPECT_EQ(report.summary.errors, 2);
  EXPECT_EQ(report.summary.warnings, 1);
}

TEST(CheckFileTest, MH213WithoutAHeaderTheReceiptsTellTheirKind) {
  for (const std::string& sample : Samples()) {
    const FileSummary whole = CheckFile("", sample).summary;
    std::vector<std::string> lines = Lines(sample);
    std::erase_if(lines, [](const std::string& line) {
      return line.starts_with("IR,") || line.starts_with("UK,") || line.starts_with("YK,");
    });
    const FileReport report = CheckFile("", File(lines));
    EXPECT_EQ(report.summary.kind, whole.kind);
    EXPECT_EQ(report.summary.found.count(), whole.found.count());
    EXPECT_EQ(report.summary.found.points, whole.found.points);
    EXPECT_EQ(report.summary.drug_lines, whole.drug_lines);
    for (const national::Finding& finding : report.findings) EXPECT_EQ(finding.rule, "MH-006");
  }
  EXPECT_EQ(CheckFile("", "RE,1,9999,202605\r\n").summary.kind, Kind::kUnknown);
}

TEST(CheckFileTest, NothingIsNoClaim) {
  const FileReport report = CheckFile("empty", "");
  EXPECT_EQ(report.summary.kind, Kind::kUnknown);
  EXPECT_EQ(report.summary.stated_count, std::nullopt);
  EXPECT_TRUE(national::HasErrors(report.findings));
}

TEST(ToJsonTest, HoldsTheSummaryAndTheFindings) {
  const std::string file = WithField(MedicalSample(), 18, 3, "631");
  const auto json = nlohmann::json::parse(ToJson(CheckFile("a.UKE", file)));
  EXPECT_EQ(json["name"], "a.UKE");
  EXPECT_EQ(json["kind"], "medical");
  EXPECT_EQ(json["encoding"], "cp932");
  EXPECT_EQ(json["details"], 0);
  EXPECT_EQ(json["points"], 630);
  EXPECT_EQ(json["stated_points"], 631);
  ASSERT_EQ(json["findings"].size(), 1u);
  EXPECT_EQ(json["findings"][0]["rule"], "MH-023");
  EXPECT_EQ(json["findings"][0]["severity"], "error");
  EXPECT_EQ(json["findings"][0]["line"], 18);
  EXPECT_EQ(json["findings"][0]["field"], "GO[3]");
}

TEST(ToJsonTest, NamesNeedNotBeUtf8AndTotalsMayBeMissing) {
  const auto json = nlohmann::json::parse(ToJson(CheckFile("\x81\xFF", "")));
  EXPECT_TRUE(json["stated_count"].is_null());
  EXPECT_EQ(json["kind"], "unknown");
}

}  // namespace
}  // namespace tsunagu::medication::uke
