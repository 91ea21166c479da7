// Whether the revocation lists allow any certificate to be checked: what the gateway's readiness
// rests on.
#ifndef SERVICES_PLATFORM_HPKI_AUTHORITIES_H_
#define SERVICES_PLATFORM_HPKI_AUTHORITIES_H_

#include <span>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/crl_store.h"

namespace tsunagu::hpki {

// What the lists say of the issuing CAs whose certificates open the door (not those that only
// sign).
struct Authorities {
  int open = 0;        // CAs whose certificates can be checked
  int closed = 0;      // CAs whose certificates are all refused (GW-004)
  absl::Status fault;  // UNAVAILABLE with the name of the first that is closed; OK when none is
};

// A CA is open when it has a list of its own that is good at `now`, and the lists above it (of its
// issuer, up to the root) are good and do not name it.
Authorities CheckAuthorities(const Certificate& root, std::span<const Certificate> issuing,
                             const CrlSet& lists, absl::Time now);

}  // namespace tsunagu::hpki

#endif  // SERVICES_PLATFORM_HPKI_AUTHORITIES_H_
