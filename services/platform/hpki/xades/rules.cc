#include "services/platform/hpki/xades/rules.h"

namespace tsunagu::xades {

bool Report(const Rule& rule, absl::string_view where, national::Findings* findings,
            national::Severity severity) {
  national::Finding finding;
  finding.rule = rule.id;
  finding.severity = severity;
  finding.field = std::string(where);
  finding.text_ja = rule.ja;
  finding.text_en = rule.en;
  findings->push_back(std::move(finding));
  return false;
}

}  // namespace tsunagu::xades
