#include "tools/cli/check_document.h"

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/role.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/standing.h"
#include "services/platform/hpki/xades/verify.h"
#include "services/platform/national/finding_text.h"
#include "services/platform/national/jst.h"
#include "services/prescription/record/summary.h"
#include "tools/cli/decoded_record.h"

namespace tsunagu::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr hpki::Role kPrescribers[] = {hpki::Role::kMedicalDoctor, hpki::Role::kDentist};
constexpr hpki::Role kDispensers[] = {hpki::Role::kPharmacist};

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

constexpr char kSignature[] = "signature";
constexpr char kPrescriptionSignature[] = "prescription_signature";

void Add(const char* part, const national::Findings& findings, CheckReport* report) {
  for (const national::Finding& finding : findings) report->findings.push_back({part, finding});
}

// CL-041: a finding names its line, and the record that stands there or is missing.
void AddOfRecord(const char* part, const national::Findings& findings, const std::string& payload,
                 CheckReport* report) {
  const std::vector<absl::string_view> lines = absl::StrSplit(payload, '\n');
  for (const national::Finding& finding : findings) {
    const auto line = static_cast<size_t>(finding.record);
    int number = national::RecordNumberOf(finding.field);
    if (number == 0 && line > 0 && line <= lines.size()) {
      number = national::RecordNumberOf(lines[line - 1].substr(0, lines[line - 1].find(',')));
    }
    report->findings.push_back({part, finding, number});
  }
}

// CL-042: false, an error was found of a signature or of who signed; null, only doubts were.
Json Validity(const CheckReport& report) {
  bool doubt = false;
  for (const auto& [part, finding, record] : report.findings) {
    if (part != kSignature && part != kPrescriptionSignature) continue;
    if (finding.severity == national::Severity::kError) return false;
    doubt = true;
  }
  return doubt ? Json() : Json(true);
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
Json CheckPart(const char* part, const std::string& payload, const CheckContext& context,
               CheckReport* report) {
  const auto checked = prescription::record::CheckFile(payload, context.catalogue);
  AddOfRecord(part, checked.findings, payload, report);
  Json json = RecordJson(checked.summary);
  if (context.content) json["records"] = DecodeRecords(payload);
  return json;
}

Json TimeJson(absl::Time time) { return absl::FormatTime(time, absl::UTCTimeZone()); }

// Of a certificate what names it to its CA and what it asserts; not the person's name.
Json CertificateJson(const hpki::Certificate& certificate) {
  return {{"issuer", certificate.issuer()},
          {"serial", certificate.serial()},
          {"roles", certificate.role_names().value_or(std::vector<std::string>())},
          {"policies", certificate.policies()},
          {"not_before", TimeJson(certificate.not_before())},
          {"not_after", TimeJson(certificate.not_after())}};
}

// Assesses a signature and sums it up.
Json SignatureJson(const char* part, const xades::Signature& signature,
                   std::span<const hpki::Role> wanted, const CheckContext& context,
                   CheckReport* report) {
  const xades::Standing standing =
      xades::Assess(signature, "", wanted, context.anchors, context.now);
  Add(part, standing.findings, report);
  Json json = {{"level", LevelName(signature.level)},
               {"signed_at", Json()},
               {"stamped_at", Json()},
               {"archived_at", Json::array()},
               {"judged_at", TimeJson(standing.judged_at)},
               {"certificate", Json()}};
  if (signature.signing_time.has_value()) json["signed_at"] = TimeJson(*signature.signing_time);
  if (signature.time_stamp) json["stamped_at"] = TimeJson(signature.time_stamp->gen_time);
  for (const xades::TimeStamp& stamp : signature.archive_time_stamps) {
    json["archived_at"].push_back(TimeJson(stamp.gen_time));
  }
  if (standing.signer) json["certificate"] = CertificateJson(*standing.signer);
  return json;
}

void CheckSignatures(const std::string& bytes, const CheckContext& context, CheckReport* report) {
  const bool is_result = report->format == Format::kDispensing;
  const auto kind =
      is_result ? xades::DocumentKind::kDispensing : xades::DocumentKind::kPrescription;
  const std::span<const hpki::Role> wanted =
      is_result ? std::span<const hpki::Role>(kDispensers) : kPrescribers;
  const xades::Verification verified = xades::Verify(bytes, kind);
  Add(kSignature, verified.findings, report);
  Json signature = SignatureJson(kSignature, verified.signature, wanted, context, report);
  Json inner;
  if (verified.prescription) {
    inner = SignatureJson(kPrescriptionSignature, *verified.prescription, kPrescribers, context,
                          report);
  }
  report->summary = {{"valid", Validity(*report)},
                     {"fits_document", verified.valid()},
                     {"signature", std::move(signature)}};
  if (verified.prescription) report->summary["prescription_signature"] = std::move(inner);
}

}  // namespace

void CheckRecord(const std::string& bytes, const CheckContext& context, CheckReport* report) {
  report->summary = CheckPart("record", bytes, context, report);
}

void CheckDocument(const std::string& bytes, const CheckContext& context, CheckReport* report) {
  const auto document = xades::ReadDocument(bytes);
  const bool goes_without = context.signature_optional && document.ok() && !document->is_signed;
  if (!goes_without) CheckSignatures(bytes, context, report);
  // Also what a broken signature covers is looked at, so that all findings come at once.
  if (!document.ok()) return;
  report->summary["id"] = document->id;
  report->summary["signed"] = document->is_signed;
  report->summary["record"] = CheckPart("record", document->payload, context, report);
  if (!document->has_reference) return;
  report->summary["prescription"] =
      CheckPart("prescription", document->reference_payload, context, report);
}

}  // namespace tsunagu::cli
