#include "services/prescription/submission_read.h"

#include <utility>

#include "services/prescription/record/check.h"
#include "services/prescription/signer.h"
#include "services/prescription/submission_rules.h"

namespace tsunagu::prescription {

void AppendFindings(const national::Findings& from, national::Findings& to) {
  to.insert(to.end(), from.begin(), from.end());
}

std::optional<xades::UnverifiedDocument> ReadContent(absl::string_view document,
                                                     xades::DocumentKind kind,
                                                     const xades::Verification& verification,
                                                     bool is_signed, DocumentFindings& findings) {
  DocumentFindings sorted;
  SortFindings(verification, sorted);
  AppendFindings(sorted.envelope, findings.envelope);
  if (is_signed) AppendFindings(sorted.signature, findings.signature);
  auto read = xades::ReadDocument(document);
  if (read.ok() && read->kind == kind) return *std::move(read);
  if (!findings.HasErrors()) Report(kRuleManagement, "/Document", findings.envelope);
  return std::nullopt;
}

std::optional<record::RecordFile> ReadAnyway(absl::string_view payload, record::Format format) {
  auto file = record::CheckRecordFile(payload, nullptr).file;
  if (!file.has_value() || file->format != format) return std::nullopt;
  return file;
}

}  // namespace tsunagu::prescription
