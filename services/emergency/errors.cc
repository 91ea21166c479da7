#include "services/emergency/errors.h"

#include "services/platform/status/error.h"

namespace tsunagu::emergency {
namespace {

absl::Status PersonNotYetKnown() {
  return ErrorBuilder(absl::StatusCode::kUnavailable, "FEED_BEHIND",
                      "this identity and birth date are not known here, but not all registrations "
                      "have arrived yet: this does not mean that nobody has them")
      .Rule("EM-022")
      .RetryAfter(absl::Seconds(1));
}

}  // namespace

absl::Status WhomMissing() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "WHOM_MISSING",
                      "the call says neither by identity nor by care context whom it is about")
      .Rule("EM-001")
      .Field("identity", "needed without a care context");
}

absl::Status RequestIncomplete(const std::string& rule, const std::vector<WrongField>& wrong) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "REQUEST_INCOMPLETE",
                      "the request does not say enough to show a person's data without consent")
      .Rule(rule)
      .Fields(wrong);
}

absl::Status PersonNotFound(bool all_heard) {
  if (!all_heard) return PersonNotYetKnown();
  return ErrorBuilder(absl::StatusCode::kNotFound, "PERSON_NOT_FOUND",
                      "nobody is known by this identity and birth date; a digit may be misread")
      .Rule("EM-005");
}

}  // namespace tsunagu::emergency
