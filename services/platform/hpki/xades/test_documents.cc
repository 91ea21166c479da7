#include "services/platform/hpki/xades/test_documents.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/test_keys.h"

namespace tsunagu::xades {

absl::Time SigningTime() { return absl::FromUnixSeconds(1795000000); }

const Signer& Doctor() {
  static const Signer* const signer =
      new Signer(*Signer::Create(DoctorKey().key_pem, DoctorKey().cert_pem));
  return *signer;
}

const Signer& Pharmacist() {
  static const Signer* const signer =
      new Signer(*Signer::Create(PharmacistKey().key_pem, PharmacistKey().cert_pem));
  return *signer;
}

std::string Prescription() {
  return *Doctor().Sign(*BuildPrescription(kPrescribed, "11111111-2222"),
                        DocumentKind::kPrescription, SigningTime());
}

std::string Dispensing() {
  const std::string prescription = Prescription();
  return *Pharmacist().Sign(*BuildDispensing({kDispensed, prescription, "3333"}),
                            DocumentKind::kDispensing, SigningTime());
}

std::string Replace(std::string text, absl::string_view from, absl::string_view to) {
  const size_t at = text.find(std::string(from));
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), std::string(to));
}

std::string Cut(const std::string& text, absl::string_view begin, absl::string_view end) {
  const size_t from = text.find(std::string(begin));
  const size_t to = from == std::string::npos ? from : text.find(std::string(end), from);
  EXPECT_NE(to, std::string::npos) << begin;
  return to == std::string::npos ? "" : text.substr(from, to + end.size() - from);
}

bool HasRule(const Verification& verification, absl::string_view rule) {
  for (const national::Finding& finding : verification.findings) {
    if (finding.rule == rule) return true;
  }
  return false;
}

std::string RulesOf(const Verification& verification) {
  std::string rules;
  for (const national::Finding& finding : verification.findings) {
    absl::StrAppend(&rules, finding.rule, " ", finding.field, "; ");
  }
  return rules;
}

void ExpectRefused(const std::string& document, absl::string_view rule, DocumentKind kind) {
  const Verification result = Verify(document, kind);
  EXPECT_FALSE(result.valid()) << rule;
  EXPECT_TRUE(HasRule(result, rule)) << "wanted " << rule << ", got " << RulesOf(result);
  EXPECT_EQ(result.signature.content, "");
  EXPECT_EQ(result.prescription.value_or(Signature()).content, "");
}

}  // namespace tsunagu::xades
