// Turns a signature of level ES into ES-T.
#ifndef SERVICES_PLATFORM_HPKI_XADES_EXTEND_H_
#define SERVICES_PLATFORM_HPKI_XADES_EXTEND_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/platform/hpki/timestamp/authority.h"
#include "services/platform/hpki/xades/verify.h"

namespace tsunagu::xades {

// Stamps the outer signature of `document`, whose Verify() gave `verified`: the verification is not
// repeated. Only the element xades:UnsignedProperties is inserted; every other byte stays.
// FAILED_PRECONDITION if the verification failed or the signature already has unsigned properties.
absl::StatusOr<std::string> AddSignatureTimeStamp(absl::string_view document, DocumentKind kind,
                                                  const Verification& verified,
                                                  const timestamp::Authority& authority);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_EXTEND_H_
