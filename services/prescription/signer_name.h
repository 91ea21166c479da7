// Who signed a document, beside whom its record names. Thread safe.
#ifndef SERVICES_PRESCRIPTION_SIGNER_NAME_H_
#define SERVICES_PRESCRIPTION_SIGNER_NAME_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/national/finding.h"
#include "tsunagu/prescription/v1/prescription.pb.h"

namespace tsunagu::prescription {

// `certificate`: the signer's as read; whether it is to be believed is another question (signer.h).
// Adds RX-051, a warning at `field`, when both names are in Japanese and differ: licences, cards
// and records spell names differently, so that refuses nothing.
v1::Signer DescribeSigner(const absl::StatusOr<hpki::Certificate>& certificate,
                          absl::string_view stated_name, absl::string_view field,
                          national::Findings& findings);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_SIGNER_NAME_H_
