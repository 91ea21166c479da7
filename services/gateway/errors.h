// The gateway's own refusals, each with its reason and the rule in docs/requirements/access.md.
// Those of rules and tokens are in platform/access. None says whose certificate or data it was.
#ifndef SERVICES_GATEWAY_ERRORS_H_
#define SERVICES_GATEWAY_ERRORS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tsunagu::gateway {

absl::Status MethodUnknown();                                  // GW-001
absl::Status CertificateUnreadable();                          // GW-002
absl::Status CertificateRefused(const absl::Status& verdict);  // GW-003, GW-004: PathValidator's
absl::Status RoleMalformed();                                  // GW-005
absl::Status NoLicence();                                      // GW-006
absl::Status NotEnrolled();                                    // GW-007
absl::Status FacilityNotEnrolled();                            // GW-008
absl::Status FacilityAmbiguous();                              // GW-009
absl::Status MetadataInvalid(absl::string_view key);           // GW-010
absl::Status RateLimited(absl::Duration retry_after);          // GW-011
absl::Status MessageTooLarge(size_t limit);                    // GW-012
absl::Status BackendTakesLess();                               // GW-012
absl::Status BackendUnavailable();                             // GW-013
absl::Status BackendTooSlow();                                 // GW-014
absl::Status MessageMissing();                                 // GW-016
absl::Status RequestUnreadable();                              // GW-018
absl::Status BackendFailed(absl::StatusCode code);             // GW-018

}  // namespace tsunagu::gateway

#endif  // SERVICES_GATEWAY_ERRORS_H_
