#include "tools/cli/local_findings.h"

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::cli {

absl::Status RefuseErrors(absl::string_view what, const national::Findings& findings) {
  if (!national::HasErrors(findings)) return absl::OkStatus();
  common::v1::Findings detail;
  for (const national::Finding& finding : findings) {
    auto* record = detail.add_record();
    record->set_rule(finding.rule);
    record->set_severity(finding.severity == national::Severity::kError
                             ? common::v1::SEVERITY_ERROR
                             : common::v1::SEVERITY_WARNING);
    record->set_record(finding.record);
    record->set_field(finding.field);
    record->set_text_ja(finding.text_ja);
    record->set_text_en(finding.text_en);
  }
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "LOCAL_CHECK_FAILED",
                      absl::StrCat(what, " breaks rules"))
      .Detail(detail);
}

}  // namespace tsunagu::cli
