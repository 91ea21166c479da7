#include "services/eligibility/consent.h"

#include <set>

#include "services/eligibility/errors.h"
#include "services/platform/access/timestamp.h"
#include "services/platform/national/cp932.h"

namespace tsunagu::eligibility {

using tsunagu::access::v1::CareContext;
using tsunagu::eligibility::v1::CheckInRequest;

absl::Status CheckConsent(const CheckInRequest& request, const std::string& today) {
  if (request.source() != access::v1::CONTEXT_SOURCE_CARD_READER &&
      request.source() != access::v1::CONTEXT_SOURCE_ORAL) {
    return SourceNotAllowed();
  }
  const std::string& date = request.check().date();
  if (!date.empty() && national::ToHalfWidth(date) != today) return CheckInOfAnotherDay();
  return absl::OkStatus();
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
    if (!access::v1::Scope_IsValid(scope)) continue;
    scopes.insert(static_cast<access::v1::Scope>(scope));
  }
  scopes.erase(access::v1::SCOPE_UNSPECIFIED);
  scopes.erase(access::v1::SCOPE_EMERGENCY);
  for (const access::v1::Scope scope : scopes) context.add_scopes(scope);
  context.set_source(request.source());
  *context.mutable_issued_at() = access::ToTimestamp(now);
  *context.mutable_expires_at() = access::ToTimestamp(now + kConsentLifetime);
  return context;
}

}  // namespace tsunagu::eligibility
