#include "services/ltc/errors.h"

#include "absl/strings/str_cat.h"
#include "services/platform/national/finding_proto.h"
#include "services/platform/status/error.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::ltc {

absl::Status CommandIdMalformed() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "COMMAND_ID_MALFORMED",
                      "the command has no proper id")
      .Rule("LTC-001")
      .Field("command_id", "must have 8 to 64 of 0-9 A-Z a-z -");
}

absl::Status PackageTooLarge() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "PACKAGE_TOO_LARGE",
                      "the files are too large together; send fewer persons at a time")
      .Rule("LTC-002")
      .Field("files", "have more than 2 MiB together");
}

absl::Status PackageHasErrors(const national::Findings& findings) {
  tsunagu::common::v1::Findings detail;
  national::AddFindings(findings, national::kMaxDetailBytes, detail.mutable_record());
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "FINDINGS",
                      absl::StrCat("the package has errors and was not sent. Here are ",
                                   detail.record_size(), " of ", findings.size(), " findings"))
      .Rule("LTC-003")
      .Detail(detail);
}

absl::Status NotTheSender() {
  return ErrorBuilder(absl::StatusCode::kPermissionDenied, "NOT_THE_SENDER",
                      "an office sends packages in its own name only")
      .Rule("LTC-004")
      .Field("files", "name another office as sender");
}

absl::Status TimestampTaken() {
  return ErrorBuilder(absl::StatusCode::kAlreadyExists, "TIMESTAMP_TAKEN",
                      "other files were sent under the same names; make them anew, with the time "
                      "of now in their names")
      .Rule("LTC-005")
      .Field("files", "have the names of a package that was sent, and other contents");
}

absl::Status DestinationUnknown() {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "DESTINATION_UNKNOWN",
                      "nobody could fetch it: the destination is not enrolled as a care office")
      .Rule("LTC-007")
      .Field("files", "name a destination that is not enrolled as an office that fetches packages");
}

absl::Status MailboxFull() {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "MAILBOX_FULL",
                      "the destination has too many packages that it did not acknowledge")
      .Rule("LTC-006");
}

absl::Status PackageNotFound() {
  return ErrorBuilder(absl::StatusCode::kNotFound, "PACKAGE_NOT_FOUND",
                      "no such package of this office")
      .Rule("LTC-010")
      .Field("package_id", "names no package that this office sent or received");
}

absl::Status NotTheDestination() {
  return ErrorBuilder(absl::StatusCode::kPermissionDenied, "NOT_THE_DESTINATION",
                      "only the office that received a package acknowledges it")
      .Rule("LTC-011");
}

absl::Status NotFetched() {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "NOT_FETCHED",
                      "a package is fetched before it is acknowledged")
      .Rule("LTC-012");
}

absl::Status DestinationMalformed() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "DESTINATION_MALFORMED",
                      "what was sent is listed by destination")
      .Rule("LTC-013")
      .Field("destination", "must be an office number of 10 digits or capital letters");
}

}  // namespace tsunagu::ltc
