// The refusals of access control, each with its reason and the rule in docs/requirements/access.md.
// They name rules, never the caller and never the person.
#ifndef SERVICES_PLATFORM_ACCESS_ERRORS_H_
#define SERVICES_PLATFORM_ACCESS_ERRORS_H_

#include "absl/status/status.h"
#include "tsunagu/access/v1/access.pb.h"

namespace tsunagu::access {

absl::Status MethodClosed();                 // AC-001
absl::Status RoleNotAllowed();               // AC-002
absl::Status FacilityKindNotAllowed();       // AC-003
absl::Status OrganisationNotAllowed();       // AC-004
absl::Status LocalUserMissing();             // AC-005
absl::Status PrincipalIncomplete();          // AC-006
absl::Status PrincipalExpired();             // AC-007
absl::Status CareContextMissing();           // AC-008
absl::Status CareContextOfOtherFacility();   // AC-009
absl::Status CareContextExpired();           // AC-010
absl::Status ScopeMissing(v1::Scope scope);  // AC-011: the one that the method needs

// Of tokens. A bad principal is UNAUTHENTICATED (the caller is not known), a bad care context
// PERMISSION_DENIED (the caller is, and may not read).
enum class TokenKind { kPrincipal, kCareContext };
absl::Status TokenMalformed(TokenKind kind);     // AC-012
absl::Status TokenKeyUnknown(TokenKind kind);    // AC-013
absl::Status TokenSignatureBad(TokenKind kind);  // AC-014
absl::Status TokenLifetimeBad(TokenKind kind);   // AC-015
absl::Status TokenNotYetValid(TokenKind kind);   // AC-016
absl::Status CareContextSourceNotAllowed();      // AC-017

}  // namespace tsunagu::access

#endif  // SERVICES_PLATFORM_ACCESS_ERRORS_H_
