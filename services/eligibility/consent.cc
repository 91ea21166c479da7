#include "services/eligibility/consent.h"

#include <set>
#include <vector>

#include "services/eligibility/errors.h"
#include "services/platform/access/timestamp.h"
#include "services/platform/national/cp932.h"

namespace tsunagu::eligibility {

using tsunagu::access::v1::CareContext;
using tsunagu::eligibility::v1::CheckInRequest;

namespace {

// Emergency viewing is for who receives emergencies and brings them there; a fire department has no
// other business with a person's data (EL-026).
bool MayHold(access::v1::FacilityKind kind, int scope) {
  const bool fire_department = kind == access::v1::FACILITY_KIND_FIRE_DEPARTMENT;
  if (scope != access::v1::SCOPE_EMERGENCY) return !fire_department;
  return fire_department || kind == access::v1::FACILITY_KIND_EMERGENCY_HOSPITAL;
}

absl::Status CheckScopes(const CheckInRequest& request, access::v1::FacilityKind kind) {
  std::vector<int> unknown, forbidden;
  for (int i = 0; i < request.consented_size(); ++i) {
    const int scope = request.consented(i);
    if (scope == access::v1::SCOPE_UNSPECIFIED || !access::v1::Scope_IsValid(scope)) {
      unknown.push_back(i);
    } else if (!MayHold(kind, scope)) {
      forbidden.push_back(i);
    }
  }
  if (!unknown.empty()) return ScopeUnknown(unknown);
  if (!forbidden.empty()) return ScopeNotForFacility(request, forbidden);
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckConsent(const CheckInRequest& request, access::v1::FacilityKind kind,
                          const std::string& today) {
  if (request.source() != access::v1::CONTEXT_SOURCE_CARD_READER &&
      request.source() != access::v1::CONTEXT_SOURCE_ORAL) {
    return SourceNotAllowed();
  }
  const std::string& date = request.check().date();
  if (!date.empty() && national::ToHalfWidth(date) != today) return CheckInOfAnotherDay();
  return CheckScopes(request, kind);
}

CareContext MakeCareContext(const CheckInRequest& request,
                            const std::vector<national::Subject>& subjects,
                            const std::string& facility, const std::string& id, absl::Time now) {
  CareContext context;
  context.set_id(id);
  for (const national::Subject& subject : subjects) context.add_subjects(subject);
  context.set_facility(facility);
  std::set<access::v1::Scope> scopes;
  for (const int scope : request.consented()) {
    scopes.insert(static_cast<access::v1::Scope>(scope));
  }
  for (const access::v1::Scope scope : scopes) context.add_scopes(scope);
  context.set_source(request.source());
  *context.mutable_issued_at() = access::ToTimestamp(now);
  *context.mutable_expires_at() = access::ToTimestamp(now + kConsentLifetime);
  return context;
}

}  // namespace tsunagu::eligibility
