// Messages of 電子処方箋管理サービス: what `check` says of the envelope and of what is within.
#include "tools/cli/check_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/platform/hpki/xades/document.h"
#include "services/prescription/envelope/interfaces.h"
#include "services/prescription/envelope/xmlmsg.h"

namespace tsunagu::cli {
namespace {

namespace envelope = prescription::envelope;
using ::testing::IsEmpty;

constexpr char kRecord[] = "SJ1\r\n1,1,1234567,13,つなぐ診療所\r\n101,1,1,,14\r\n";

std::string Document() { return *xades::BuildPrescription(kRecord, ""); }

std::string Request(int interface, envelope::Fields fields) {
  return *envelope::WriteRequest(*envelope::FindInterface(interface),
                                 {{"1311234567", "file-1"}, std::move(fields)});
}

std::string Registration(const char* issue_type = "2") {
  return Request(201, {{"IssueType", issue_type}, {"PrescriptionInfo", Document()}});
}

CheckReport Check(const std::string& bytes, const std::string& name = "x.xml",
                  const CheckContext& context = {}) {
  return CheckFiles({{name, bytes, ""}}, context)[0];
}

// "part rule" of each finding.
std::set<std::string> Findings(const CheckReport& report) {
  std::set<std::string> findings;
  for (const auto& part : report.findings) {
    findings.insert(absl::StrCat(part.part, " ", part.finding.rule));
  }
  return findings;
}

// CL-040
TEST(CheckMessageTest, ARequestIsReadByItsTableAndTheRecordInItsDocumentIsChecked) {
  const CheckReport report = Check(Registration());
  EXPECT_EQ(report.format, Format::kPrescriptionRequest);
  EXPECT_EQ(report.summary["interface"], 201);
  EXPECT_EQ(report.summary["known_by"], "content");
  EXPECT_EQ(report.summary["elements"], nlohmann::ordered_json({"IssueType", "PrescriptionInfo"}));
  const auto& document = report.summary["documents"][0];
  EXPECT_EQ(document["format"], "prescription");
  EXPECT_EQ(document["summary"]["record"]["format"], "SJ1");
  EXPECT_TRUE(Findings(report).contains("PrescriptionInfo/record RX-110")) << ToJson({report});
  for (const std::string& finding : Findings(report)) {
    EXPECT_FALSE(absl::StrContains(finding, "signature")) << finding;  // a copy of paper
  }
}

// CL-040
TEST(CheckMessageTest, OfAnElectronicOriginalTheSignatureIsAskedFor) {
  EXPECT_TRUE(Findings(Check(Registration("1"))).contains("PrescriptionInfo/signature SIG-006"));
}

// CL-040
TEST(CheckMessageTest, WhatIsWrongInTheEnvelopeDoesNotHideTheDocument) {
  const auto findings =
      Findings(Check(absl::StrReplaceAll(Registration(), {{"<IssueType>2", "<IssueType>7"}})));
  EXPECT_TRUE(findings.contains("envelope RX-303"));
  EXPECT_TRUE(findings.contains("PrescriptionInfo/record RX-110"));
}

// CL-040
TEST(CheckMessageTest, TheNameOfTheFileTellsTheInterfaceWhereItIsKnown) {
  const std::string by_id = Request(303, {{"PrescriptionId", "a"}});
  EXPECT_EQ(Check(by_id).summary["interface"], 203);  // the same elements
  const CheckReport named = Check(by_id, "EPSif303req_1.xml");
  EXPECT_EQ(named.summary["interface"], 303);
  EXPECT_EQ(named.summary["known_by"], "name");
  EXPECT_THAT(Findings(named), IsEmpty());
  EXPECT_TRUE(Findings(Check(by_id, "ESPsiPIR01req_1.xml")).contains("envelope RX-304"));
}

// CL-040
TEST(CheckMessageTest, AnAnswerIsReadWithItsRows) {
  const envelope::Interface& list = *envelope::FindInterface(313);
  envelope::Answer answer;
  answer.header = {"1311234567", "file-1"};
  answer.rows = {{{"PrescriptionId", "a"}}, {{"PrescriptionId", "b"}}};
  const CheckReport report = Check(*envelope::WriteAnswer(list, answer), "EPSif313res_1.xml");
  EXPECT_EQ(report.format, Format::kPrescriptionAnswer);
  EXPECT_EQ(report.summary["interface"], 314);
  EXPECT_EQ(report.summary["rows"], 2);
  EXPECT_EQ(report.summary["row_content"][1]["PrescriptionId"], "b");
  EXPECT_THAT(Findings(report), IsEmpty());
}

// CL-041
TEST(CheckMessageTest, AFindingNamesCodeLineRecordAndField) {
  const CheckReport report = Check(Registration());
  const auto json = nlohmann::json::parse(ToJson({report}))["reports"][0]["findings"];
  int seen = 0;
  for (const auto& finding : json) {
    if (finding["rule"] != "RX-110" || finding["field"] != "51") continue;
    ++seen;
    EXPECT_EQ(finding["code"], "RX110E");
    EXPECT_EQ(finding["record"], 51);
    EXPECT_EQ(finding["line"], 0);
    EXPECT_FALSE(finding["text_ja"].get<std::string>().empty());
    EXPECT_FALSE(finding["text_en"].get<std::string>().empty());
  }
  EXPECT_EQ(seen, 1);
}

// CL-043
TEST(CheckMessageTest, WithoutContentNothingThatAPersonWroteIsInTheReport) {
  CheckContext without;
  without.content = false;
  EXPECT_TRUE(absl::StrContains(ToJson({Check(Registration())}), "つなぐ診療所"));
  const std::string json = ToJson({Check(Registration(), "x.xml", without)});
  EXPECT_FALSE(absl::StrContains(json, "つなぐ診療所"));
  EXPECT_FALSE(absl::StrContains(json, "1234567")) << json;
  EXPECT_FALSE(absl::StrContains(json, "content\": {")) << json;
}

RC_GTEST_PROP(CheckMessageTest, AnyDocumentGivesAReport, ()) {
  const auto bytes = *rc::gen::nonEmpty(rc::gen::arbitrary<std::string>());
  const CheckReport report = Check(Request(219, {{"PrescriptionInfo", bytes}}));
  RC_ASSERT(report.format == Format::kPrescriptionRequest);
  RC_ASSERT(nlohmann::json::accept(ToJson({report})));
}

}  // namespace
}  // namespace tsunagu::cli
