#include "tools/cli/check_report.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "services/eligibility/insurer_file/insurer_file.h"
#include "services/eligibility/oqs/answer.h"
#include "services/eligibility/oqs/request.h"
#include "services/eligibility/oqs/summary.h"
#include "services/ltc/careplan/file_name.h"
#include "services/ltc/careplan/package.h"
#include "services/ltc/careplan/summary.h"
#include "services/medication/uke/summary.h"
#include "services/platform/drug_master/master.h"
#include "services/platform/national/finding_text.h"
#include "services/platform/national/jst.h"
#include "tools/cli/check_document.h"
#include "tools/cli/check_message.h"
#include "tools/cli/local_findings.h"

namespace tsunagu::cli {
namespace {

using Json = nlohmann::ordered_json;

void AddFindings(const national::Findings& findings, CheckReport* report) {
  for (const national::Finding& finding : findings) report->findings.push_back({"record", finding});
}

Json Lines(const std::string& text) {
  Json lines = Json::array();
  for (const absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    lines.push_back(std::string(line));
  }
  return {{"lines", lines}};
}

void CheckReceipts(const CheckInput& file, CheckReport* report) {
  const auto checked = medication::uke::CheckFile(file.name, file.bytes);
  AddFindings(checked.findings, report);
  report->summary = Json::parse(medication::uke::ToJson(checked));
  for (const char* told_elsewhere : {"name", "findings", "errors", "warnings"}) {
    report->summary.erase(told_elsewhere);
  }
}

void CheckEligibilityRequest(const CheckInput& file, CheckReport* report) {
  const auto result = eligibility::oqs::ReadRequest(file.bytes);
  AddFindings(result.findings, report);
  if (result.request) report->summary = Lines(eligibility::oqs::Summarise(*result.request));
}

void CheckEligibilityAnswer(const CheckInput& file, CheckReport* report) {
  const auto result = eligibility::oqs::ReadAnswer(file.bytes);
  AddFindings(result.findings, report);
  if (result.answer) report->summary = Lines(eligibility::oqs::Summarise(*result.answer));
}

void CheckInsurerFile(const CheckInput& file, CheckReport* report) {
  const auto result =
      eligibility::insurer_file::ReadInsurerFile(file.bytes, national::JstDay(absl::Now()));
  AddFindings(result.findings, report);
  report->summary = {{"persons", result.persons.size()}};
}

// MH-089
void CheckDrugMaster(const CheckInput& file, CheckReport* report) {
  drug_master::DrugMaster master;
  national::Findings findings = master.Load(file.bytes);
  if (!master.IsDifference()) {
    AddFindings(findings, report);
    report->summary = {{"kind", "full"}, {"drugs", master.size()}};
    return;
  }
  // It changes drugs that the file before it has introduced.
  std::erase_if(findings, [](const national::Finding& f) { return f.rule == "MH-086"; });
  AddFindings(findings, report);
  const drug_master::RowCounts& rows = master.rows();
  report->summary = {{"kind", "difference"},
                     {"rows", rows.added + rows.changed + rows.deleted + rows.discontinued},
                     {"added", rows.added},
                     {"changed", rows.changed},
                     {"deleted", rows.deleted},
                     {"discontinued", rows.discontinued}};
}

// CL-010 to CL-012
CheckReport NothingToCheck(const CheckInput& file) {
  national::Finding finding = {"CL-010", national::Severity::kError, 0, "", "", ""};
  const FormatWords foreign = ForeignFormat(file.bytes);
  if (!file.unreadable.empty()) {
    finding.text_ja = "ファイルを読み取れません。";
    finding.text_en = file.unreadable;
  } else if (file.bytes.empty()) {
    finding.rule = kEmptyFile.id;
    finding.text_ja = kEmptyFile.text_ja;
    finding.text_en = kEmptyFile.text_en;
  } else {
    finding.rule = "CL-012";
    finding.text_ja =
        foreign.ja.empty()
            ? "対応する形式（レセプト、処方箋・調剤結果、資格確認、ケアプラン、"
              "被保険者ファイル、医薬品マスター）のどれでもありません。"
            : absl::StrCat("形式は「", foreign.ja, "」ですが、この検査は対応していません。");
    finding.text_en =
        foreign.ja.empty()
            ? "not a format that check reads: receipts, prescriptions and dispensing "
              "results, eligibility messages, care plans, insurers' files, drug master"
            : absl::StrCat("the format is ", foreign.en, ", which check does not read");
  }
  CheckReport report;
  report.names = {file.name};
  report.summary = Json::object();
  report.findings.push_back({"file", finding});
  return report;
}

bool HasContent(const CheckInput& file) { return file.unreadable.empty() && !file.bytes.empty(); }

CheckReport CheckOne(const CheckInput& file, Format format, const CheckContext& context) {
  if (!HasContent(file) || format == Format::kUnknown) return NothingToCheck(file);
  CheckReport report;
  report.names = {file.name};
  report.format = format;
  report.summary = Json::object();
  switch (format) {
    case Format::kReceipt:
      CheckReceipts(file, &report);
      break;
    case Format::kRecord:
      CheckRecord(file.bytes, context, &report);
      break;
    case Format::kPrescription:
    case Format::kDispensing:
      CheckDocument(file.bytes, context, &report);
      break;
    case Format::kPrescriptionRequest:
    case Format::kPrescriptionAnswer:
      CheckMessage(file, context, &report);
      break;
    case Format::kEligibilityRequest:
      CheckEligibilityRequest(file, &report);
      break;
    case Format::kEligibilityAnswer:
      CheckEligibilityAnswer(file, &report);
      break;
    case Format::kInsurerFile:
      CheckInsurerFile(file, &report);
      break;
    case Format::kDrugMaster:
      CheckDrugMaster(file, &report);
      break;
    case Format::kCarePlan:  // by packages: CheckPackage
    case Format::kUnknown:   // NothingToCheck
      break;
  }
  return report;
}

// What the files of one package have in common; a name that cannot be read stands for itself.
std::string PackageKey(const std::string& name) {
  const auto parsed = ltc::careplan::ParseFileName(name);
  if (!parsed.ok()) return name;
  return absl::StrCat(parsed->source.number, "/", parsed->source.kind, "/",
                      parsed->destination.number, "/", parsed->destination.kind, "/",
                      parsed->timestamp);
}

CheckReport CheckPackage(const std::vector<ltc::careplan::InputFile>& files) {
  CheckReport report;
  report.format = Format::kCarePlan;
  report.summary = Json::object();
  for (const auto& file : files) report.names.push_back(file.name);
  const auto result = ltc::careplan::ReadPackage(files, absl::Now());
  AddFindings(result.findings, &report);
  if (result.package) report.summary = Lines(ltc::careplan::Summarise(*result.package));
  return report;
}

int Count(const CheckReport& report, national::Severity severity) {
  return static_cast<int>(
      std::count_if(report.findings.begin(), report.findings.end(),
                    [severity](const auto& f) { return f.finding.severity == severity; }));
}

Json FindingJson(const CheckReport::PartFinding& part) {
  const national::Finding& finding = part.finding;
  const bool is_error = finding.severity == national::Severity::kError;
  return {{"part", part.part},         {"code", national::FindingCode(finding.rule, is_error)},
          {"rule", finding.rule},      {"severity", is_error ? "error" : "warning"},
          {"line", finding.record},    {"record", part.record},
          {"field", finding.field},    {"text_ja", finding.text_ja},
          {"text_en", finding.text_en}};
}

Json ReportJson(const CheckReport& report) {
  Json json = {{"names", report.names},
               {"format", FormatName(report.format)},
               {"summary", report.summary},
               {"errors", Count(report, national::Severity::kError)},
               {"warnings", Count(report, national::Severity::kWarning)},
               {"findings", Json::array()}};
  for (const auto& finding : report.findings) json["findings"].push_back(FindingJson(finding));
  return json;
}

}  // namespace

std::vector<CheckReport> CheckFiles(const std::vector<CheckInput>& files,
                                    const CheckContext& context) {
  std::vector<CheckReport> reports;
  std::map<std::string, std::vector<ltc::careplan::InputFile>> packages;
  for (const CheckInput& file : files) {
    if (HasContent(file) && Recognise(file.name, file.bytes) == Format::kCarePlan) {
      packages[PackageKey(file.name)].push_back({file.name, file.bytes});
    }
  }
  for (const CheckInput& file : files) {
    const Format format = Recognise(file.name, file.bytes);
    if (!HasContent(file) || format != Format::kCarePlan) {
      reports.push_back(CheckOne(file, format, context));
      continue;
    }
    const auto package = packages.find(PackageKey(file.name));
    if (package == packages.end()) continue;  // reported with its first file
    reports.push_back(CheckPackage(package->second));
    packages.erase(package);
  }
  return reports;
}

int ExitStatus(const std::vector<CheckReport>& reports) {
  int status = kClean;
  for (const CheckReport& report : reports) {
    if (report.format == Format::kUnknown) return kUnrecognised;
    if (!report.findings.empty()) status = kFindings;
  }
  return status;
}

std::string ToJson(const std::vector<CheckReport>& reports) {
  Json json = {{"reports", Json::array()}, {"errors", 0}, {"warnings", 0}};
  int errors = 0;
  int warnings = 0;
  for (const CheckReport& report : reports) {
    json["reports"].push_back(ReportJson(report));
    errors += Count(report, national::Severity::kError);
    warnings += Count(report, national::Severity::kWarning);
  }
  json["errors"] = errors;
  json["warnings"] = warnings;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tsunagu::cli
