#include "services/prescription/test_submission.h"

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/national/jst.h"

namespace tsunagu::prescription {
namespace {

using hpki::TestPki;

const Trust& TheTrust() {
  static const auto* const trust = TestTrust().release();
  return *trust;
}

}  // namespace

const national::SubjectKey& Subjects() {
  static const auto* const key =
      new national::SubjectKey(*national::SubjectKey::Create(std::string(32, 'k')));
  return *key;
}

Judges TheJudges() { return {TheTrust(), Subjects(), nullptr}; }
absl::CivilDay Day() { return national::JstDay(TestPki::Now()); }

Submitter Clinic() { return {kClinic, {hpki::Role::kMedicalDoctor}, "register-1", TestPki::Now()}; }
Submitter Pharmacy() {
  return {kPharmacy, {hpki::Role::kPharmacist}, "dispense-1", TestPki::Now()};
}

std::string Signed(const std::string& text, absl::string_view signer) {
  return SignedPrescription(text, TestPki::Now(), signer);
}

std::string Rules(const national::Findings& findings) {
  std::string rules;
  for (const auto& finding : findings) {
    absl::StrAppend(&rules, rules.empty() ? "" : " ", finding.rule,
                    finding.severity == national::Severity::kWarning ? "W" : "",
                    finding.rule.starts_with("RX-0") && !finding.field.empty()
                        ? absl::StrCat("@", finding.field)
                        : "");
  }
  return rules;
}

// "envelope / record / signature".
std::string Rules(const Verdict& verdict) {
  const DocumentFindings& findings = verdict.findings;
  return absl::StrCat(Rules(findings.envelope), " / ", Rules(findings.record), " / ",
                      Rules(findings.signature));
}

RegistrationVerdict Judge(const std::string& document, const Submitter& submitter,
                          v1::IssueType issue_type) {
  return JudgePrescription(document, issue_type, submitter, TheJudges());
}

}  // namespace tsunagu::prescription
