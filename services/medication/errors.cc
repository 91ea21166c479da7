#include "services/medication/errors.h"

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"

namespace tsunagu::medication {
namespace {

using tsunagu::common::v1::Finding;

Finding ToProto(const national::Finding& finding) {
  Finding proto;
  proto.set_rule(finding.rule);
  proto.set_severity(finding.severity == national::Severity::kError
                         ? tsunagu::common::v1::SEVERITY_ERROR
                         : tsunagu::common::v1::SEVERITY_WARNING);
  proto.set_record(finding.record);
  proto.set_field(finding.field);
  proto.set_text_ja(finding.text_ja);
  proto.set_text_en(finding.text_en);
  return proto;
}

}  // namespace

void AddFindings(const national::Findings& findings, size_t max_bytes,
                 google::protobuf::RepeatedPtrField<Finding>* list) {
  size_t bytes = 0;
  for (const auto severity : {national::Severity::kError, national::Severity::kWarning}) {
    for (const national::Finding& finding : findings) {
      if (finding.severity != severity) continue;
      Finding proto = ToProto(finding);
      bytes += proto.ByteSizeLong();
      if (bytes > max_bytes) return;
      *list->Add() = std::move(proto);
    }
  }
}

absl::Status FileTooLarge() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "FILE_TOO_LARGE",
                      "the file is too large for one request; split it at receipts")
      .Rule("MH-101")
      .Field("file", "has more than 3 MiB");
}

absl::Status FileHasErrors(const national::Findings& findings) {
  tsunagu::common::v1::Findings detail;
  AddFindings(findings, kMaxDetailBytes, detail.mutable_record());
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "FINDINGS",
                      absl::StrCat("the file has errors; nothing of it was taken. Here are ",
                                   detail.record_size(), " of ", findings.size(), " findings"))
      .Rule("MH-100")
      .Detail(detail);
}

absl::Status MonthsOutOfRange(bool from_month, bool to_month) {
  ErrorBuilder error(absl::StatusCode::kInvalidArgument, "MONTHS_OUT_OF_RANGE",
                     "a history covers 1 to 60 months");
  error.Rule("MH-110");
  if (from_month) error.Field("from_month", "YYYYMM, at most 59 months before to_month");
  if (to_month) error.Field("to_month", "YYYYMM, not before from_month");
  return error;
}

}  // namespace tsunagu::medication
