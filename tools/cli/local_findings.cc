#include "tools/cli/local_findings.h"

#include <algorithm>

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

common::v1::Findings OfRecord(const national::Findings& findings) {
  common::v1::Findings detail;
  *detail.mutable_record() = national::ToProto(findings);
  return detail;
}

}  // namespace

absl::Status RefuseErrors(absl::string_view what, const national::Findings& findings) {
  return national::HasErrors(findings) ? Refuse(what, OfRecord(findings)) : absl::OkStatus();
}

absl::Status RefuseSignature(absl::string_view what, const national::Findings& findings) {
  if (!national::HasErrors(findings)) return absl::OkStatus();
  common::v1::Findings detail;
  *detail.mutable_signature() = national::ToProto(findings);
  return Refuse(what, detail);
}

bool IsCutOff(const national::Findings& findings) {
  return std::ranges::any_of(findings, [](const auto& f) { return f.rule == "RX-109"; });
}

absl::Status RefuseCutOff(absl::string_view what, const national::Findings& findings) {
  if (!IsCutOff(findings)) return absl::OkStatus();
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "LOCAL_CHECK_FAILED",
                      absl::StrCat(what, " may have been cut off; --anyway takes it as it is"))
      .Rule("CL-018")
      .Detail(OfRecord(findings));
}

}  // namespace tsunagu::cli
