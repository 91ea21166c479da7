// What the times in a document may be, beside the clock of the service. Pure; thread safe.
#ifndef SERVICES_PRESCRIPTION_SUBMISSION_TIME_H_
#define SERVICES_PRESCRIPTION_SUBMISSION_TIME_H_

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/platform/hpki/xades/signature.h"
#include "services/platform/national/finding.h"

namespace tsunagu::prescription {

// A signer's clock may be so much ahead (RX-541); the verifier allows as much beside a time-stamp.
inline constexpr absl::Duration kSignerClockAhead = absl::Minutes(5);

// The next use of a refill is due so many days after the one before at most (RX-543).
inline constexpr int kMaxDaysToNextUse = 366;

// A SigningTime that is still to come is a finding. Without one there is none: SIG rules tell.
void CheckSigningTime(const xades::Signature& signature, absl::Time now,
                      national::Findings& findings);

// A day for the next use that does not come after `dispensed`, or comes too late, is a finding.
void CheckNextDay(absl::CivilDay dispensed, absl::CivilDay next, national::Findings& findings);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_SUBMISSION_TIME_H_
