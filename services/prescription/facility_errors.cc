#include "services/prescription/facility_errors.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/platform/status/error.h"

namespace tsunagu::prescription {
namespace {

constexpr auto kState = absl::StatusCode::kFailedPrecondition;

}  // namespace

absl::Status CardReaderNeeded() {
  return ErrorBuilder(absl::StatusCode::kPermissionDenied, "CARD_READER_NEEDED",
                      "only who showed the card to a reader has a list here")
      .Rule("RX-482");
}

absl::Status ResultNotFound() {
  return ErrorBuilder(absl::StatusCode::kNotFound, "RESULT_NOT_FOUND",
                      "there is no such result for this caller")
      .Rule("RX-493");
}

absl::Status NotTogether(absl::string_view path, absl::string_view why) {
  return ErrorBuilder(kState, "NOT_TOGETHER", "these prescriptions cannot have one result")
      .Rule("RX-500")
      .Field(path, why);
}

absl::Status TogetherIncomplete(size_t done, size_t all, const absl::Status& cause) {
  return ErrorBuilder(absl::StatusCode::kUnavailable, "TOGETHER_INCOMPLETE",
                      "it is done with some; the same call with the same command_id goes on")
      .Rule("RX-501")
      .Metadata("cause", ReasonOf(cause))
      .Metadata("done", absl::StrCat(done))
      .Metadata("all", absl::StrCat(all))
      .RetryAfter(absl::Seconds(1));
}

absl::Status ResultShared() {
  return ErrorBuilder(
             kState, "RESULT_SHARED",
             "a result for several prescriptions is cancelled and registered anew, not changed")
      .Rule("RX-503");
}

absl::Status GivenNotFound() {
  return ErrorBuilder(absl::StatusCode::kNotFound, "GIVEN_NOT_FOUND",
                      "there is no such record for this caller")
      .Rule("RX-484");
}

absl::Status GivenExists(absl::string_view id) {
  return ErrorBuilder(absl::StatusCode::kAlreadyExists, "GIVEN_EXISTS",
                      "this record is registered already")
      .Rule("RX-485")
      .Metadata("given_id", id);
}

absl::Status GivenCancelled() {
  return ErrorBuilder(kState, "GIVEN_CANCELLED", "the record is cancelled").Rule("RX-484");
}

absl::Status GivenDiffers() {
  return ErrorBuilder(kState, "GIVEN_DIFFERS",
                      "the record is of another person or day: cancel and register it anew")
      .Rule("RX-486");
}

}  // namespace tsunagu::prescription
