#include "services/medication/uke/summary.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/numbers.h"
#include "services/medication/uke/dispensing.h"
#include "services/medication/uke/reader.h"

namespace tsunagu::medication::uke {
namespace {

std::optional<int64_t> Stated(absl::string_view digits) {
  int64_t value = 0;
  if (!absl::SimpleAtoi(digits, &value)) return std::nullopt;
  return value;
}

void CountDrugs(const Receipt& receipt, FileSummary* summary) {
  const Dispensing dispensing = ReadDispensing(receipt);
  summary->drug_lines += static_cast<int>(dispensing.drugs.size());
  summary->unread_drug_lines += static_cast<int>(dispensing.unread_lines.size());
  if (dispensing.identity.certainty != Certainty::kCertain) ++summary->uncertain_receipts;
}

void CollectFindings(const Reader& reader, const FileCheck& check, FileReport* report) {
  national::Findings& all = report->findings;
  all = reader.findings();
  std::copy(check.findings().begin(), check.findings().end(), std::back_inserter(all));
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    if ((a.record == 0) != (b.record == 0)) return b.record == 0;
    return a.record < b.record;
  });
  for (const national::Finding& finding : all) {
    ++(finding.severity == national::Severity::kError ? report->summary.errors
                                                      : report->summary.warnings);
  }
}

nlohmann::ordered_json FindingJson(const national::Finding& finding) {
  return {{"rule", finding.rule},
          {"severity", finding.severity == national::Severity::kError ? "error" : "warning"},
          {"line", finding.record},
          {"field", finding.field},
          {"text_ja", finding.text_ja},
          {"text_en", finding.text_en}};
}

nlohmann::ordered_json OptionalJson(std::optional<int64_t> value) {
  return value.has_value() ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
}

}  // namespace

FileReport CheckFile(absl::string_view name, absl::string_view bytes) {
  FileReport report;
  FileSummary& summary = report.summary;
  Reader reader(bytes);
  FileCheck check;
  Receipt receipt;
  while (reader.Next(&receipt)) {
    if (check.totals().receipts == 0) summary.kind = receipt.header.kind;
    check.Add(receipt);
    CountDrugs(receipt, &summary);
  }
  check.Finish(reader);
  summary.name = std::string(name);
  if (!reader.headers().empty()) summary.kind = reader.headers().front().kind;
  summary.encoding = reader.encoding();
  summary.lines = reader.lines();
  summary.found = check.totals();
  summary.stated_count = Stated(reader.trailer().Get(pos::kGoCount));
  summary.stated_points = Stated(reader.trailer().Get(pos::kGoPoints));
  CollectFindings(reader, check, &report);
  return report;
}

std::string ToJson(const FileReport& report) {
  const FileSummary& summary = report.summary;
  nlohmann::ordered_json json = {
      {"name", summary.name},
      {"kind", std::string(KindName(summary.kind))},
      {"encoding", summary.encoding == Encoding::kUtf8 ? "utf-8" : "cp932"},
      {"lines", summary.lines},
      {"receipts", summary.found.receipts},
      {"details", summary.found.details},
      {"insurers", summary.found.insurers},
      {"payers", summary.found.payers},
      {"count", summary.found.count()},
      {"stated_count", OptionalJson(summary.stated_count)},
      {"points", summary.found.points},
      {"stated_points", OptionalJson(summary.stated_points)},
      {"drug_lines", summary.drug_lines},
      {"unread_drug_lines", summary.unread_drug_lines},
      {"uncertain_receipts", summary.uncertain_receipts},
      {"errors", summary.errors},
      {"warnings", summary.warnings},
  };
  json["findings"] = nlohmann::ordered_json::array();
  for (const national::Finding& finding : report.findings) {
    json["findings"].push_back(FindingJson(finding));
  }
  // A file name need not be UTF-8.
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace tsunagu::medication::uke
