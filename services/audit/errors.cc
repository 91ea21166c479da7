#include "services/audit/errors.h"

#include "services/platform/national/insured.h"
#include "services/platform/status/error.h"

namespace tsunagu::audit {

absl::Status PageSizeOutOfRange() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "PAGE_SIZE_OUT_OF_RANGE",
                      "a page has between 1 and 1,000 records")
      .Rule("AU-010")
      .Field("page_size", "0 (100 records) to 1,000");
}

absl::Status PageTokenUnknown() {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_UNKNOWN",
                      "the page token is not one that was given out for this person")
      .Rule("AU-011")
      .Field("page_token", "the next_page_token of an answer about the same person");
}

absl::Status CheckComplete(const tsunagu::common::v1::InsuredIdentity& identity) {
  const national::InsuredIdentity normalised = national::Normalise(
      {identity.insurer(), identity.symbol(), identity.number(), identity.branch()});
  ErrorBuilder error(absl::StatusCode::kInvalidArgument, "IDENTITY_INCOMPLETE",
                     "the identity does not name one person for certain");
  error.Rule("AU-012");
  const bool insurer_good = national::IsInsurerNumber(normalised.insurer);
  const bool branch_good = !normalised.branch.empty() || national::IsLongTermCare(normalised) ||
                           !national::NeedsBranch(normalised);
  if (!insurer_good) error.Field("identity.insurer", "6 or 8 digits");
  if (normalised.number.empty()) error.Field("identity.number", "needed");
  if (!branch_good) error.Field("identity.branch", "needed to tell members of a household apart");
  if (insurer_good && branch_good && !normalised.number.empty()) return absl::OkStatus();
  return error;
}

absl::Status InsurerNotOwn() {
  return ErrorBuilder(absl::StatusCode::kPermissionDenied, "INSURER_NOT_OWN",
                      "an insurer discloses the histories of its own insured persons only")
      .Rule("AU-014")
      .Field("identity.insurer", "is not a number that the caller is enrolled for");
}

}  // namespace tsunagu::audit
