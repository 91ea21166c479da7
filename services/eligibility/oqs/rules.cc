#include "services/eligibility/oqs/rules.h"

#include <string>

namespace tsunagu::eligibility::oqs {

void Add(national::Findings& findings, const Rule& rule, int line, absl::string_view field) {
  if (findings.size() >= kMaxFindings) return;
  findings.push_back(
      {rule.id, rule.severity, line, std::string(field), rule.text_ja, rule.text_en});
}

}  // namespace tsunagu::eligibility::oqs
