// What a check-in gives: the care context. Pure.
#ifndef SERVICES_ELIGIBILITY_CONSENT_H_
#define SERVICES_ELIGIBILITY_CONSENT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/platform/national/insured.h"
#include "tsunagu/access/v1/access.pb.h"
#include "tsunagu/eligibility/v1/eligibility.pb.h"

namespace tsunagu::eligibility {

// How long a consent at the counter holds (EL-025).
inline constexpr absl::Duration kConsentLifetime = absl::Hours(24);

// Whether a facility of that kind may ask for a check-in like this on that day (YYYYMMDD in Japan):
// EL-020, EL-022, EL-023, EL-026.
absl::Status CheckConsent(const tsunagu::eligibility::v1::CheckInRequest& request,
                          tsunagu::access::v1::FacilityKind kind, const std::string& today);

// The care context for that facility: all that was consented to, sorted, each scope once (EL-022).
// The request has passed CheckConsent.
tsunagu::access::v1::CareContext MakeCareContext(
    const tsunagu::eligibility::v1::CheckInRequest& request,
    const std::vector<national::Subject>& subjects, const std::string& facility,
    const std::string& id, absl::Time now);

}  // namespace tsunagu::eligibility

#endif  // SERVICES_ELIGIBILITY_CONSENT_H_
