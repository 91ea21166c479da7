#include "services/platform/access/errors.h"

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"

namespace tsunagu::access {
namespace {

absl::Status Denied(absl::string_view reason, absl::string_view rule, absl::string_view message) {
  return ErrorBuilder(absl::StatusCode::kPermissionDenied, reason, message).Rule(rule);
}

absl::Status Unauthenticated(absl::string_view reason, absl::string_view rule,
                             absl::string_view message) {
  return ErrorBuilder(absl::StatusCode::kUnauthenticated, reason, message).Rule(rule);
}

// The same fault of either token; the reason starts with the token's name.
absl::Status OfToken(TokenKind kind, absl::string_view reason, absl::string_view rule,
                     absl::string_view message) {
  if (kind == TokenKind::kPrincipal) {
    return Unauthenticated(absl::StrCat("PRINCIPAL_", reason), rule,
                           absl::StrCat("The principal ", message));
  }
  return Denied(absl::StrCat("CARE_CONTEXT_", reason), rule,
                absl::StrCat("The care context ", message));
}

}  // namespace

absl::Status MethodClosed() {
  return Denied("METHOD_CLOSED", "AC-001", "The method states no rule, so nobody may call it.");
}

absl::Status RoleNotAllowed() {
  return Denied("ROLE_NOT_ALLOWED", "AC-002", "No licence of the caller admits to this method.");
}

absl::Status FacilityKindNotAllowed() {
  return Denied("FACILITY_KIND_NOT_ALLOWED", "AC-003",
                "The method is not open to facilities of this kind.");
}

absl::Status OrganisationNotAllowed() {
  return Denied("ORGANISATION_NOT_ALLOWED", "AC-004",
                "The method needs a practitioner's own certificate.");
}

absl::Status LocalUserMissing() {
  return Denied("LOCAL_USER_MISSING", "AC-005",
                "An organisation must name the local user it acts for (tsunagu-local-user).");
}

absl::Status PrincipalIncomplete() {
  return Unauthenticated("PRINCIPAL_INCOMPLETE", "AC-006",
                         "The principal lacks its credential, actor or facility.");
}

absl::Status PrincipalExpired() {
  return Unauthenticated("PRINCIPAL_EXPIRED", "AC-007", "The principal has expired.");
}

absl::Status CareContextMissing() {
  return Denied("CARE_CONTEXT_MISSING", "AC-008",
                "The method needs a care context: check the person in first.");
}

absl::Status CareContextOfOtherFacility() {
  return Denied("CARE_CONTEXT_OTHER_FACILITY", "AC-009",
                "The care context was given to another facility.");
}

absl::Status CareContextExpired() {
  return Denied("CARE_CONTEXT_EXPIRED", "AC-010", "The care context has expired.");
}

absl::Status ScopeMissing(v1::Scope scope) {
  return Denied("SCOPE_MISSING", "AC-011",
                absl::StrCat("The care context does not hold ", v1::Scope_Name(scope),
                             ", which the method needs: check the person in with consent to it."));
}

absl::Status TokenMalformed(TokenKind kind) {
  return OfToken(kind, "MALFORMED", "AC-012", "is not a signed token.");
}

absl::Status TokenKeyUnknown(TokenKind kind) {
  return OfToken(kind, "KEY_UNKNOWN", "AC-013", "is signed with a key that may not issue it.");
}

absl::Status TokenSignatureBad(TokenKind kind) {
  return OfToken(kind, "SIGNATURE_BAD", "AC-014", "has a signature that does not hold.");
}

absl::Status TokenLifetimeBad(TokenKind kind) {
  return OfToken(kind, "LIFETIME_BAD", "AC-015", "is meant to live longer than its kind may.");
}

absl::Status TokenNotYetValid(TokenKind kind) {
  return OfToken(kind, "NOT_YET_VALID", "AC-016", "was issued in the future.");
}

absl::Status CareContextSourceNotAllowed() {
  return Denied("CARE_CONTEXT_SOURCE", "AC-017",
                "The care context's key may not issue contexts of its source.");
}

}  // namespace tsunagu::access
