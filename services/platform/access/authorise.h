// Whether a caller may call a method: the method's rule against the caller and what the caller may
// read. Pure. The gateway asks it for every call, the service asks it again.
#ifndef SERVICES_PLATFORM_ACCESS_AUTHORISE_H_
#define SERVICES_PLATFORM_ACCESS_AUTHORISE_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tsunagu/access/v1/access.pb.h"

namespace tsunagu::access {

// OK when `principal` may call the method of `rule` at `now`, reading with `context`.
//
// `rule`: null admits nobody. `principal` and `context` have passed TokenVerifier, or were made by
// the caller of this function. `context`: null when none was presented; one that the rule does not
// need is not looked at. OK with a context that the rule needs means that it covers the call; OK
// without it happens for break-glass methods only, and the handler must then ask for a reason.
//
// Refusals (docs/requirements/access.md, AC-001 to AC-010) are PERMISSION_DENIED, or
// UNAUTHENTICATED where the principal itself is not good; reason and rule id say which one.
absl::Status Authorise(const v1::Rule* rule, const v1::Principal& principal,
                       const v1::CareContext* context, absl::Time now);

// Whether the caller speaks for that insurer, a number in its normal form (AC-018). Payers act for
// many insurers and speak for none.
bool SpeaksFor(const v1::Principal& principal, absl::string_view insurer);

// Whether the rule admits organisations of that kind.
bool AdmitsOrganisation(const v1::Rule& rule, v1::FacilityKind kind);

}  // namespace tsunagu::access

#endif  // SERVICES_PLATFORM_ACCESS_AUTHORISE_H_
