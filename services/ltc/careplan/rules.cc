#include "services/ltc/careplan/rules.h"

#include <string>

namespace tsunagu::ltc::careplan {

void Add(national::Findings& findings, const Rule& rule, int line, absl::string_view field) {
  national::Add(rule, line, field, findings, kMaxFindings);
}

}  // namespace tsunagu::ltc::careplan
