#include "services/prescription/signer.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/path.h"
#include "services/prescription/submission_rules.h"

namespace tsunagu::prescription {
namespace {

constexpr char kCertificateField[] = "KeyInfo/X509Data/X509Certificate";

bool IsOfEnvelope(const std::string& rule) {
  // Size, DTD, limits, well-formedness, layout, xml: attributes, Base64.
  static const auto* const rules = new std::set<std::string>{
      "SIG-001", "SIG-002", "SIG-003", "SIG-004", "SIG-005", "SIG-008", "SIG-019"};
  return rules->contains(rule);
}

std::vector<hpki::Certificate> Presented(const xades::Signature& signature, const Trust& trust) {
  std::vector<hpki::Certificate> presented;
  for (const std::string& der : signature.certificates) {
    if (presented.size() == hpki::kMaxPresentedCertificates) break;
    if (auto certificate = trust.ReadCertificate(der); certificate.ok()) {
      presented.push_back(*std::move(certificate));
    }
  }
  return presented;
}

// RX-025, with the path's own reason.
void ReportSigner(absl::string_view reason, national::Findings& findings) {
  Report(kRuleSigner, kCertificateField, findings);
  absl::StrAppend(&findings.back().text_ja, " (", reason, ")");
  absl::StrAppend(&findings.back().text_en, " (", reason, ")");
}

void CheckLicence(const hpki::Certificate& certificate, std::span<const hpki::Role> wanted,
                  const std::vector<hpki::Role>& callers, national::Findings& findings) {
  const auto roles = certificate.Roles();
  std::vector<hpki::Role> fitting;
  for (const hpki::Role role : roles.ok() ? *roles : std::vector<hpki::Role>()) {
    if (std::ranges::count(wanted, role) > 0) fitting.push_back(role);
  }
  if (fitting.empty()) return Report(kRuleLicence, kCertificateField, findings);
  const bool shared = std::ranges::any_of(
      fitting, [&](hpki::Role role) { return std::ranges::count(callers, role) > 0; });
  if (!shared) Report(kRuleCaller, kCertificateField, findings);
}

}  // namespace

void SortFindings(const xades::Verification& verification, DocumentFindings& findings) {
  for (const national::Finding& finding : verification.findings) {
    (IsOfEnvelope(finding.rule) ? findings.envelope : findings.signature).push_back(finding);
  }
}

absl::Status CheckSigner(const xades::Signature& signature, std::span<const hpki::Role> wanted,
                         const std::vector<hpki::Role>& callers, const Trust& trust, absl::Time now,
                         national::Findings& findings) {
  if (signature.signer_certificate.empty()) return absl::OkStatus();  // SIG-016 tells
  const auto certificate = trust.ReadCertificate(signature.signer_certificate);
  if (!certificate.ok()) {
    ReportSigner("BAD_CERTIFICATE", findings);
    return absl::OkStatus();
  }
  CheckLicence(*certificate, wanted, callers, findings);
  const absl::Status path = trust.CheckPath(*certificate, Presented(signature, trust), now);
  if (absl::IsUnavailable(path)) return RevocationUnknown();
  if (!path.ok()) {
    const auto refusal = hpki::RefusalOf(path);
    ReportSigner(refusal.has_value() ? hpki::ReasonOf(*refusal) : "UNTRUSTED", findings);
  }
  return absl::OkStatus();
}

void CheckFeeTable(const absl::StatusOr<hpki::Certificate>& certificate, int fee_table,
                   national::Findings& findings) {
  constexpr int kDental = 3;
  if (fee_table != kDental) return;
  if (!certificate.ok()) return;  // RX-025 tells
  const auto roles = certificate->Roles();
  if (!roles.ok() || std::ranges::count(*roles, hpki::Role::kMedicalDoctor) == 0) return;
  if (std::ranges::count(*roles, hpki::Role::kDentist) > 0) return;
  Report(kRuleDental, kCertificateField, findings);
}

}  // namespace tsunagu::prescription
