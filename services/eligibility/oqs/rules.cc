#include "services/eligibility/oqs/rules.h"

#include <string>

namespace tsunagu::eligibility::oqs {

void Add(national::Findings& findings, const Rule& rule, int line, absl::string_view field) {
  national::Add(rule, line, field, findings, kMaxFindings);
}

}  // namespace tsunagu::eligibility::oqs
