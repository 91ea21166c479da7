#include "services/gateway/errors.h"

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/path.h"
#include "services/platform/status/error.h"

namespace tsunagu::gateway {
namespace {

constexpr absl::Duration kBackendRetry = absl::Seconds(1);

absl::Status Refusal(absl::StatusCode code, absl::string_view reason, absl::string_view rule,
                     absl::string_view message) {
  return ErrorBuilder(code, reason, message).Rule(rule);
}

}  // namespace

absl::Status MethodUnknown() {
  return Refusal(absl::StatusCode::kUnimplemented, "METHOD_UNKNOWN", "GW-001",
                 "No service has this method.");
}

absl::Status CertificateUnreadable() {
  return Refusal(absl::StatusCode::kUnauthenticated, "CERTIFICATE_UNREADABLE", "GW-002",
                 "The client certificate or its chain cannot be read.");
}

absl::Status CertificateRefused(const absl::Status& verdict) {
  const auto refusal = hpki::RefusalOf(verdict);
  if (!refusal.has_value()) return CertificateUnreadable();
  const bool ours = verdict.code() == absl::StatusCode::kUnavailable;
  return Refusal(verdict.code(), hpki::ReasonOf(*refusal), ours ? "GW-004" : "GW-003",
                 ours ? "The revocation lists do not allow a certificate to be checked."
                      : "The client certificate is not acceptable.");
}

absl::Status RoleMalformed() {
  return Refusal(absl::StatusCode::kUnauthenticated, "HCROLE_MALFORMED", "GW-005",
                 "The certificate's hcRole cannot be read.");
}

absl::Status NoLicence() {
  return Refusal(absl::StatusCode::kPermissionDenied, "NO_LICENCE", "GW-006",
                 "The certificate asserts no licence that gives a right here.");
}

absl::Status NotEnrolled() {
  return Refusal(absl::StatusCode::kPermissionDenied, "NOT_ENROLLED", "GW-007",
                 "The certificate is enrolled at no facility.");
}

absl::Status FacilityNotEnrolled() {
  return Refusal(absl::StatusCode::kPermissionDenied, "FACILITY_NOT_ENROLLED", "GW-008",
                 "The certificate is not enrolled at the facility that tsunagu-facility names.");
}

absl::Status FacilityAmbiguous() {
  return Refusal(absl::StatusCode::kFailedPrecondition, "FACILITY_AMBIGUOUS", "GW-009",
                 "The certificate is enrolled at several facilities: name one (tsunagu-facility).");
}

absl::Status MetadataInvalid(absl::string_view key) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "METADATA_INVALID",
                      "A metadata value is malformed or comes twice.")
      .Rule("GW-010")
      .Field(key, "once, and in its form");
}

absl::Status RateLimited(absl::Duration retry_after) {
  return ErrorBuilder(absl::StatusCode::kResourceExhausted, "RATE_LIMITED",
                      "More calls with this certificate than its limit.")
      .Rule("GW-011")
      .RetryAfter(retry_after);
}

absl::Status MessageTooLarge(size_t limit) {
  return Refusal(absl::StatusCode::kResourceExhausted, "MESSAGE_TOO_LARGE", "GW-012",
                 absl::StrCat("The request is longer than ", limit, " bytes."));
}

absl::Status BackendTakesLess() {
  return Refusal(absl::StatusCode::kResourceExhausted, "MESSAGE_TOO_LARGE", "GW-012",
                 "The request is longer than its service takes.");
}

absl::Status RequestUnreadable() {
  return Refusal(absl::StatusCode::kInvalidArgument, "REQUEST_UNREADABLE", "GW-018",
                 "The request's bytes are not a message of this method.");
}

absl::Status BackendFailed(absl::StatusCode code) {
  return Refusal(code, "SERVICE_FAILED", "GW-018",
                 "The service failed. Ask again with the same command_id.");
}

absl::Status BackendUnavailable() {
  return ErrorBuilder(absl::StatusCode::kUnavailable, "SERVICE_UNAVAILABLE",
                      "The service does not answer. Repeat with the same command_id.")
      .Rule("GW-013")
      .RetryAfter(kBackendRetry);
}

absl::Status BackendTooSlow() {
  return Refusal(absl::StatusCode::kDeadlineExceeded, "OUTCOME_UNKNOWN", "GW-014",
                 "The deadline passed before the answer. Ask again with the same command_id.");
}

absl::Status MessageMissing() {
  return Refusal(absl::StatusCode::kInvalidArgument, "MESSAGE_MISSING", "GW-016",
                 "The call holds no request message.");
}

}  // namespace tsunagu::gateway
