// Whether the revocation lists allow any certificate to be checked: what the gateway's readiness
// rests on.
#ifndef SERVICES_GATEWAY_LISTS_H_
#define SERVICES_GATEWAY_LISTS_H_

#include <span>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/crl_store.h"

namespace tsunagu::gateway {

// OK when every issuing CA has a list of its own that is good at `now`, and the lists above it (of
// its issuer, up to the root) are good and do not name it. UNAVAILABLE with the CA's name, else.
absl::Status CheckLists(const hpki::Certificate& root, std::span<const hpki::Certificate> issuing,
                        const hpki::CrlSet& lists, absl::Time now);

}  // namespace tsunagu::gateway

#endif  // SERVICES_GATEWAY_LISTS_H_
