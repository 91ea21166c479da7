#include "services/platform/access/authorise.h"

#include <algorithm>

#include "services/platform/access/errors.h"
#include "services/platform/access/timestamp.h"
#include "services/platform/status/macros.h"

namespace tsunagu::access {
namespace {

template <typename Range>
bool Contains(const Range& range, int value) {
  return std::find(range.begin(), range.end(), value) != range.end();
}

bool HasRoleOf(const v1::Principal& principal, const v1::Rule::Practitioner& admitted) {
  return std::any_of(principal.roles().begin(), principal.roles().end(), [&admitted](int role) {
    return role != v1::ROLE_UNSPECIFIED && Contains(admitted.roles(), role);
  });
}

absl::Status CheckPrincipal(const v1::Principal& principal, absl::Time now) {
  if (principal.actor().empty() || principal.facility().empty() ||
      principal.facility_kind() == v1::FACILITY_KIND_UNSPECIFIED) {
    return PrincipalIncomplete();
  }
  if (now >= ToTime(principal.expires_at())) return PrincipalExpired();
  return absl::OkStatus();
}

absl::Status CheckPractitioner(const v1::Rule& rule, const v1::Principal& principal) {
  bool role_admitted = false;
  for (const auto& admitted : rule.practitioners()) {
    if (!HasRoleOf(principal, admitted)) continue;
    role_admitted = true;
    if (admitted.facilities().empty()) return absl::OkStatus();
    if (Contains(admitted.facilities(), principal.facility_kind())) return absl::OkStatus();
  }
  return role_admitted ? FacilityKindNotAllowed() : RoleNotAllowed();
}

absl::Status CheckOrganisation(const v1::Rule& rule, const v1::Principal& principal) {
  if (rule.organisations().empty()) return OrganisationNotAllowed();
  if (!AdmitsOrganisation(rule, principal.facility_kind())) return FacilityKindNotAllowed();
  if (principal.local_user().empty()) return LocalUserMissing();
  return absl::OkStatus();
}

absl::Status CheckCaller(const v1::Rule& rule, const v1::Principal& principal) {
  switch (principal.credential()) {
    case v1::CREDENTIAL_PRACTITIONER:
      return CheckPractitioner(rule, principal);
    case v1::CREDENTIAL_ORGANISATION:
      return CheckOrganisation(rule, principal);
    default:
      return PrincipalIncomplete();
  }
}

absl::Status CheckContext(const v1::Rule& rule, const v1::Principal& principal,
                          const v1::CareContext* context, absl::Time now) {
  if (rule.scope() == v1::SCOPE_UNSPECIFIED) return absl::OkStatus();
  if (context == nullptr) {
    const bool goes = rule.break_glass() || rule.scope_optional();
    return goes ? absl::OkStatus() : CareContextMissing();
  }
  if (context->facility() != principal.facility()) return CareContextOfOtherFacility();
  if (now >= ToTime(context->expires_at())) return CareContextExpired();
  if (!Contains(context->scopes(), rule.scope())) return ScopeMissing(rule.scope());
  return absl::OkStatus();
}

}  // namespace

absl::Status Authorise(const v1::Rule* rule, const v1::Principal& principal,
                       const v1::CareContext* context, absl::Time now) {
  if (rule == nullptr) return MethodClosed();
  RETURN_IF_ERROR(CheckPrincipal(principal, now));
  RETURN_IF_ERROR(CheckCaller(*rule, principal));
  return CheckContext(*rule, principal, context, now);
}

bool SpeaksFor(const v1::Principal& principal, absl::string_view insurer) {
  const auto& numbers = principal.insurer_numbers();
  return principal.facility_kind() == v1::FACILITY_KIND_INSURER && !insurer.empty() &&
         std::find(numbers.begin(), numbers.end(), insurer) != numbers.end();
}

bool AdmitsOrganisation(const v1::Rule& rule, v1::FacilityKind kind) {
  return kind != v1::FACILITY_KIND_UNSPECIFIED && Contains(rule.organisations(), kind);
}

}  // namespace tsunagu::access
