#include "tools/cli/check_document.h"

#include "absl/time/time.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/verify.h"
#include "services/platform/national/jst.h"
#include "services/prescription/record/summary.h"

namespace tsunagu::cli {
namespace {

using Json = nlohmann::ordered_json;
using prescription::record::DrugCatalogue;

const char* LevelName(xades::Level level) {
  switch (level) {
    case xades::Level::kEs:
      return "ES";
    case xades::Level::kEsT:
      return "ES-T";
    case xades::Level::kEsXl:
      return "ES-X-L";
    case xades::Level::kEsA:
      return "ES-A";
  }
  return "";
}

void Add(const char* part, const national::Findings& findings, CheckReport* report) {
  for (const national::Finding& finding : findings) report->findings.push_back({part, finding});
}

Json RecordJson(const prescription::record::Summary& summary) {
  Json json = {{"format", summary.format},    {"version", summary.version},
               {"issue_day", Json()},         {"rps", summary.rp_count},
               {"drugs", summary.drug_count}, {"refill", summary.refill},
               {"split", summary.split}};
  if (summary.issue_day.has_value()) json["issue_day"] = national::FormatDay(*summary.issue_day);
  return json;
}

// Checks a record and returns its summary.
Json CheckPart(const char* part, const std::string& payload, const DrugCatalogue* catalogue,
               CheckReport* report) {
  const auto checked = prescription::record::CheckFile(payload, catalogue);
  Add(part, checked.findings, report);
  return RecordJson(checked.summary);
}

Json SignatureJson(const xades::Signature& signature) {
  Json json = {{"level", LevelName(signature.level)}, {"signed_at", Json()}};
  if (signature.signing_time.has_value()) {
    json["signed_at"] = absl::FormatTime(*signature.signing_time, absl::UTCTimeZone());
  }
  return json;
}

}  // namespace

void CheckRecord(const std::string& bytes, const DrugCatalogue* catalogue, CheckReport* report) {
  report->summary = CheckPart("record", bytes, catalogue, report);
}

void CheckDocument(const std::string& bytes, const DrugCatalogue* catalogue, CheckReport* report) {
  const auto kind = report->format == Format::kDispensing ? xades::DocumentKind::kDispensing
                                                          : xades::DocumentKind::kPrescription;
  const xades::Verification verified = xades::Verify(bytes, kind);
  Add("signature", verified.findings, report);
  report->summary = {{"valid", verified.valid()}, {"signature", SignatureJson(verified.signature)}};
  // Also what a broken signature covers is looked at, so that all findings come at once.
  const auto document = xades::ReadDocument(bytes);
  if (!document.ok()) return;
  report->summary["id"] = document->id;
  report->summary["signed"] = document->is_signed;
  report->summary["record"] = CheckPart("record", document->payload, catalogue, report);
  if (!document->has_reference) return;
  report->summary["prescription"] =
      CheckPart("prescription", document->reference_payload, catalogue, report);
}

}  // namespace tsunagu::cli
