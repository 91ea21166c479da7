// The errors of the ltc service, each with its reason and rule (docs/requirements/ltc.md). They
// name rules and fields, never a value of a request.
#ifndef SERVICES_LTC_ERRORS_H_
#define SERVICES_LTC_ERRORS_H_

#include "absl/status/status.h"
#include "services/platform/national/finding.h"

namespace tsunagu::ltc {

absl::Status CommandIdMalformed();  // LTC-001
absl::Status PackageTooLarge();     // LTC-002

// The files have errors; the detail is a common.v1.Findings with all of them. LTC-003
absl::Status PackageHasErrors(const national::Findings& findings);

absl::Status NotTheSender();          // LTC-004
absl::Status TimestampTaken();        // LTC-005
absl::Status MailboxFull();           // LTC-006
absl::Status DestinationUnknown();    // LTC-007
absl::Status PackageNotFound();       // LTC-010
absl::Status NotTheDestination();     // LTC-011
absl::Status NotFetched();            // LTC-012
absl::Status DestinationMalformed();  // LTC-013

}  // namespace tsunagu::ltc

#endif  // SERVICES_LTC_ERRORS_H_
