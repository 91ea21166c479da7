#include "services/prescription/duplication/draft.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"
#include "services/prescription/findings.h"
#include "services/prescription/record/check.h"

namespace tsunagu::prescription::duplication {
namespace {

constexpr national::Rule kRuleEnvelope = {"RX-410", national::Severity::kError,
                                          "処方箋・調剤結果の XML として読めません。",
                                          "It does not read as the XML of such a document."};

absl::Status Refused(national::Findings findings) {
  DocumentFindings refused;
  refused.record = std::move(findings);
  return DocumentRefused(refused);
}

// The record file: the document itself, or what stands in the XML.
absl::StatusOr<std::string> PayloadOf(absl::string_view document, xades::DocumentKind kind) {
  absl::string_view start = absl::StripLeadingAsciiWhitespace(document);
  absl::ConsumePrefix(&start, "\xEF\xBB\xBF");
  if (!absl::StartsWith(start, "<")) return std::string(document);
  auto read = xades::ReadDocument(document);
  if (read.ok() && read->kind == kind) return std::move(read->payload);
  DocumentFindings findings;
  national::Add(kRuleEnvelope, 0, "/Document", findings.envelope);
  return DocumentRefused(findings);
}

}  // namespace

absl::StatusOr<DraftDocument> ReadDraft(absl::string_view document,
                                        const record::DrugCatalogue* catalogue) {
  ASSIGN_OR_RETURN(const std::string payload,
                   PayloadOf(document, xades::DocumentKind::kPrescription));
  auto checked = record::CheckPrescription(payload, catalogue);
  if (!checked.prescription.has_value()) return Refused(std::move(checked.findings));
  DraftDocument draft{checked.prescription->insurance.Subject(), checked.prescription->patient, {}};
  AddDrugs(checked.prescription->rps, &draft.drugs);
  return draft;
}

absl::StatusOr<DraftDocument> ReadDraftResult(absl::string_view document,
                                              const record::DrugCatalogue* catalogue) {
  ASSIGN_OR_RETURN(const std::string payload,
                   PayloadOf(document, xades::DocumentKind::kDispensing));
  auto checked = record::CheckDispensing(payload, catalogue);
  if (!checked.dispensing.has_value()) return Refused(std::move(checked.findings));
  DraftDocument draft{checked.dispensing->insurance.Subject(), checked.dispensing->patient, {}};
  AddDispensedDrugs(checked.dispensing->rps, &draft.drugs);
  return draft;
}

}  // namespace tsunagu::prescription::duplication
