#include "tools/cli/check_document.h"

#include <span>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/role.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/standing.h"
#include "services/platform/hpki/xades/verify.h"
#include "services/platform/national/jst.h"
#include "services/prescription/record/summary.h"

namespace tsunagu::cli {
namespace {

using Json = nlohmann::ordered_json;
using prescription::record::DrugCatalogue;

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

}  // namespace

void CheckRecord(const std::string& bytes, const CheckContext& context, CheckReport* report) {
  report->summary = CheckPart("record", bytes, context.catalogue, report);
}

void CheckDocument(const std::string& bytes, const CheckContext& context, CheckReport* report) {
  const bool is_result = report->format == Format::kDispensing;
  const auto kind =
      is_result ? xades::DocumentKind::kDispensing : xades::DocumentKind::kPrescription;
  const std::span<const hpki::Role> wanted =
      is_result ? std::span<const hpki::Role>(kDispensers) : kPrescribers;
  const xades::Verification verified = xades::Verify(bytes, kind);
  Add("signature", verified.findings, report);
  report->summary = {
      {"valid", verified.valid()},
      {"signature", SignatureJson("signature", verified.signature, wanted, context, report)}};
  if (verified.prescription) {
    report->summary["prescription_signature"] = SignatureJson(
        "prescription_signature", *verified.prescription, kPrescribers, context, report);
  }
  // Also what a broken signature covers is looked at, so that all findings come at once.
  const auto document = xades::ReadDocument(bytes);
  if (!document.ok()) return;
  report->summary["id"] = document->id;
  report->summary["signed"] = document->is_signed;
  report->summary["record"] = CheckPart("record", document->payload, context.catalogue, report);
  if (!document->has_reference) return;
  report->summary["prescription"] =
      CheckPart("prescription", document->reference_payload, context.catalogue, report);
}

}  // namespace tsunagu::cli
