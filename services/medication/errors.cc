#include "services/medication/errors.h"

#include "absl/strings/str_cat.h"
#include "services/platform/national/finding_proto.h"
#include "services/platform/status/error.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::medication {

absl::Status FileTooLarge() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "FILE_TOO_LARGE",
                      "the file is too large for one request; split it at receipts")
      .Rule("MH-101")
      .Field("file", "has more than 3 MiB");
}

absl::Status FileHasErrors(const national::Findings& findings) {
  tsunagu::common::v1::Findings detail;
  national::AddFindings(findings, national::kMaxDetailBytes, detail.mutable_record());
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "FINDINGS",
                      absl::StrCat("the file has errors; nothing of it was taken. Here are ",
                                   detail.record_size(), " of ", findings.size(), " findings"))
      .Rule("MH-100")
      .Detail(detail);
}

absl::Status MonthsOutOfRange(const std::vector<WrongField>& wrong) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "MONTHS_OUT_OF_RANGE",
                      "a history covers 1 to 60 months")
      .Rule("MH-110")
      .Fields(wrong);
}

absl::Status MonthsToCome() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "MONTHS_TO_COME",
                      "the months asked for have not come yet")
      .Rule("MH-115")
      .Field("from_month", "lies in the future");
}

}  // namespace tsunagu::medication
