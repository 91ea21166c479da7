#include "tools/cli/local_findings.h"

#include "absl/strings/str_cat.h"
#include "services/platform/national/finding_proto.h"
#include "services/platform/status/error.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::cli {
namespace {

absl::Status Refuse(absl::string_view what, const common::v1::Findings& detail) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "LOCAL_CHECK_FAILED",
                      absl::StrCat(what, " breaks rules"))
      .Detail(detail);
}

}  // namespace

absl::Status RefuseErrors(absl::string_view what, const national::Findings& findings) {
  if (!national::HasErrors(findings)) return absl::OkStatus();
  common::v1::Findings detail;
  *detail.mutable_record() = national::ToProto(findings);
  return Refuse(what, detail);
}

absl::Status RefuseSignature(absl::string_view what, const national::Findings& findings) {
  if (!national::HasErrors(findings)) return absl::OkStatus();
  common::v1::Findings detail;
  *detail.mutable_signature() = national::ToProto(findings);
  return Refuse(what, detail);
}

}  // namespace tsunagu::cli
