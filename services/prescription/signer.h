// Whether the signatures of a submitted document may be believed: XML signature, certificate, its
// licence. Thread safe.
#ifndef SERVICES_PRESCRIPTION_SIGNER_H_
#define SERVICES_PRESCRIPTION_SIGNER_H_

#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/role.h"
#include "services/platform/hpki/xades/verify.h"
#include "services/prescription/errors.h"
#include "services/prescription/trust.h"

namespace tsunagu::prescription {

// Sorts what Verify() found: the XML's form into `envelope`, the rest into `signature`.
void SortFindings(const xades::Verification& verification, DocumentFindings& findings);

// Checks the outer signature's certificate at `now`: path, policy, revocation (RX-025), that it
// has one of `wanted` (RX-026) and that the caller has that licence too (RX-027). UNAVAILABLE when
// our revocation lists do not allow an answer; everything else is a finding.
absl::Status CheckSigner(const xades::Signature& signature, std::span<const hpki::Role> wanted,
                         const std::vector<hpki::Role>& callers, const Trust& trust, absl::Time now,
                         national::Findings& findings);

// Adds RX-199, a warning, when a prescription of a dental institution (fee table 3) was signed by a
// doctor who is no dentist. Who signed is read from the certificate, however good that is.
void CheckFeeTable(const absl::StatusOr<hpki::Certificate>& certificate, int fee_table,
                   national::Findings& findings);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_SIGNER_H_
