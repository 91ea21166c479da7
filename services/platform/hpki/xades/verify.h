// Verifies the XAdES signatures of an e-prescription document as far as the XML and the signature
// value go: who may sign is the caller's next question (path, policy and hcRole of
// signer_certificate, as of the time-stamp).
//
// Order of the checks and their reasons: docs/requirements/signatures.md.
#ifndef SERVICES_PLATFORM_HPKI_XADES_VERIFY_H_
#define SERVICES_PLATFORM_HPKI_XADES_VERIFY_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "services/platform/hpki/xades/layout.h"
#include "services/platform/hpki/xades/signature.h"
#include "services/platform/national/finding.h"

namespace tsunagu::xades {

struct Verification {
  // What is wrong with the document and with its signatures, all of it. `field` is a path.
  national::Findings findings;
  // The doctor's signature of a prescription, the pharmacist's of a dispensing result.
  Signature signature;
  // A dispensing result's inner signature, the doctor's. Unset: the result has no
  // ReferencePrescription (an earlier part of a divided dispensing) or that has no signature (a
  // paper original; a warning SIG-023 tells it).
  std::optional<Signature> prescription;

  bool valid() const { return !national::HasErrors(findings); }
};

// Any bytes may be given. Thread safe, no state.
Verification Verify(absl::string_view document, DocumentKind kind);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_VERIFY_H_
