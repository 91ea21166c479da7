#include "services/eligibility/errors.h"

#include "absl/strings/str_cat.h"
#include "services/platform/national/finding_proto.h"
#include "services/platform/status/error.h"
#include "tsunagu/access/v1/access.pb.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::eligibility {

absl::Status LoadTooLarge() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "LOAD_TOO_LARGE",
                      "the file is too large for one request; cut it at line ends")
      .Rule("EL-001")
      .Field("file", "has more than 1 MiB");
}

absl::Status FileHasErrors(const national::Findings& findings) {
  tsunagu::common::v1::Findings detail;
  national::AddFindings(findings, national::kMaxDetailBytes, detail.mutable_record());
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "FINDINGS",
                      absl::StrCat("the request has errors; nothing of it was loaded. Here are ",
                                   detail.record_size(), " of ", findings.size(), " findings"))
      .Rule("EL-002")
      .Detail(detail);
}

absl::Status CheckMalformed(const std::vector<WrongField>& wrong) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "CHECK_MALFORMED",
                      "the check cannot be read")
      .Rule("EL-010")
      .Fields(wrong);
}

absl::Status CheckInOfAnotherDay() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "CHECK_IN_OF_ANOTHER_DAY",
                      "a person is checked in today")
      .Rule("EL-020")
      .Field("check.date", "must be unset or today in Japan");
}

absl::Status SourceNotAllowed() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "SOURCE_NOT_ALLOWED",
                      "consent is given at the card reader or orally")
      .Rule("EL-023")
      .Field("source", "must be CARD_READER or ORAL");
}

absl::Status ScopeUnknown(const std::vector<int>& places) {
  ErrorBuilder error(absl::StatusCode::kInvalidArgument, "SCOPE_UNKNOWN",
                     "a scope that does not exist cannot be consented to");
  error.Rule("EL-022");
  for (const int place : places) {
    error.Field(absl::StrCat("consented[", place, "]"), "is no scope");
  }
  return error;
}

absl::Status ScopeNotForFacility(const v1::CheckInRequest& request,
                                 const std::vector<int>& places) {
  ErrorBuilder error(absl::StatusCode::kPermissionDenied, "SCOPE_NOT_FOR_FACILITY",
                     "a facility of this kind may not hold that scope, whatever the person says; "
                     "nobody was checked in");
  error.Rule("EL-026");
  for (const int place : places) {
    error.Field(absl::StrCat("consented[", place, "]"),
                absl::StrCat(access::v1::Scope_Name(request.consented(place)),
                             " is not for facilities of this kind"));
  }
  return error;
}

absl::Status LongTermCareCardMalformed() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "LONG_TERM_CARE_CARD_MALFORMED",
                      "the long-term-care card cannot be read")
      .Rule("EL-027")
      .Field("long_term_care",
             "must have an insurer of 6 digits, a number of 10 digits (or H and 9 digits), and "
             "neither symbol nor branch");
}

}  // namespace tsunagu::eligibility
