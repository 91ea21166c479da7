#include "services/prescription/warnings.h"

#include <string>
#include <utility>
#include <vector>

#include "services/prescription/submission_rules.h"

namespace tsunagu::prescription {
namespace {

struct Kept {
  const Rule& rule;
  const char* field;  // the only one at which a prescription breaks it
};
constexpr Kept kKept[] = {
    {kRuleName, "11"}, {kRuleKnown, "23"}, {kRuleSignerName, "5"}, {kRuleNotValid, "23"}};

const Kept* Find(const std::string& rule) {
  for (const Kept& kept : kKept) {
    if (kept.rule.id == rule) return &kept;
  }
  return nullptr;
}

}  // namespace

void KeepWarnings(const DocumentFindings& findings, v1::Event::Registered& event) {
  for (const auto* list : {&findings.signature, &findings.record}) {
    for (const national::Finding& finding : *list) {
      if (Find(finding.rule) != nullptr) event.add_warnings(finding.rule);
    }
  }
}

void RecallWarnings(const v1::Prescription& prescription, DocumentFindings& findings) {
  const auto is_kept = [](const auto& finding) { return Find(finding.rule) != nullptr; };
  std::erase_if(findings.signature, is_kept);
  std::erase_if(findings.record, is_kept);
  for (national::Finding& finding : KeptWarnings(prescription)) {
    const bool of_signer = finding.rule == kRuleSignerName.id;
    (of_signer ? findings.signature : findings.record).push_back(std::move(finding));
  }
}

national::Findings KeptWarnings(const v1::Prescription& prescription) {
  national::Findings findings;
  for (const std::string& rule : prescription.warnings()) {
    if (const Kept* kept = Find(rule)) Report(kept->rule, kept->field, findings);
  }
  return findings;
}

}  // namespace tsunagu::prescription
