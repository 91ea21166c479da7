// Raises the level of the outer signature of a document: ES to ES-T, to ES-XL, to ES-A. Only
// unsigned properties are inserted, at their end; every other byte stays.
#ifndef SERVICES_PLATFORM_HPKI_XADES_EXTEND_H_
#define SERVICES_PLATFORM_HPKI_XADES_EXTEND_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/platform/hpki/timestamp/stamper.h"
#include "services/platform/hpki/xades/verify.h"

namespace tsunagu::xades {

// Stamps the outer signature of `document`, whose Verify() gave `verified`: the verification is not
// repeated. FAILED_PRECONDITION if the verification failed or the signature already has unsigned
// properties; the authority's error if it does not stamp.
absl::StatusOr<std::string> AddSignatureTimeStamp(absl::string_view document, DocumentKind kind,
                                                  const Verification& verified,
                                                  const timestamp::Stamper& authority);

// What somebody needs to check a path when those who issued it are no more, all in DER.
struct Evidence {
  std::vector<std::string> certificates;      // of CAs, the root too
  std::vector<std::string> revocation_lists;  // good at the time of the time-stamp
};

// ES-T to ES-XL: with the evidence for the signer's certificate and, if any, for the authority that
// made the signature time-stamp. FAILED_PRECONDITION unless the signature is valid and of level T.
absl::StatusOr<std::string> AddEvidence(absl::string_view document, DocumentKind kind,
                                        const Verification& verified, const Evidence& signer,
                                        const Evidence& authority);

// ES-XL or ES-A to ES-A: one more archive time-stamp, with the evidence for its authority, if any.
// FAILED_PRECONDITION unless the signature is valid and of level XL or A.
absl::StatusOr<std::string> AddArchiveTimeStamp(absl::string_view document, DocumentKind kind,
                                                const Verification& verified,
                                                const timestamp::Stamper& authority,
                                                const Evidence& evidence);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_EXTEND_H_
