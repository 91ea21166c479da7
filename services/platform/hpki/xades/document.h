// Building e-prescription documents around a payload, and reading them without verifying.
#ifndef SERVICES_PLATFORM_HPKI_XADES_DOCUMENT_H_
#define SERVICES_PLATFORM_HPKI_XADES_DOCUMENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/platform/hpki/xades/layout.h"

namespace tsunagu::xades {

// An unsigned prescription (root /Document/Prescription, Version EPS1.0) around the bytes of the
// record file. `prescription_id` is the service's UUID; empty while it has none. INVALID_ARGUMENT
// for an id that is not made of letters, digits and hyphens.
absl::StatusOr<std::string> BuildPrescription(absl::string_view payload,
                                              absl::string_view prescription_id);

struct DispensingParts {
  absl::string_view payload;  // the bytes of the record file
  // The whole prescription document as the service handed it out. Its elements are embedded byte
  // for byte, in the same namespaces, so that the doctor's signature still verifies. Empty: an
  // earlier part of a divided dispensing, which must not contain the prescription.
  absl::string_view prescription;
  absl::string_view dispensing_id;  // empty while it has none
};

// An unsigned dispensing result (root /Document/Dispensing, Version EPD1.0). INVALID_ARGUMENT if
// `prescription` is no prescription document.
absl::StatusOr<std::string> BuildDispensing(const DispensingParts& parts);

// The same document with that PrescriptionId in its PrescriptionManagement, which no doctor's
// signature covers. INVALID_ARGUMENT if there is no PrescriptionManagement or the id is malformed.
absl::StatusOr<std::string> WithPrescriptionId(absl::string_view document, absl::string_view id);

// What a document says, verified by nothing: only for data that carries no signature by its nature
// (copies of paper originals) and for looking around. Verify() gives the content of signed ones.
struct UnverifiedDocument {
  DocumentKind kind = DocumentKind::kPrescription;
  std::string payload;  // decoded
  std::string id;       // PrescriptionId or DispensingId; empty if there is none
  bool is_signed = false;
  bool has_reference = false;     // a dispensing result with the prescription inside
  std::string reference_payload;  // the embedded prescription's content, decoded
  bool is_reference_signed = false;
};

// INVALID_ARGUMENT with the ids of all rules that are broken.
absl::StatusOr<UnverifiedDocument> ReadDocument(absl::string_view document);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_DOCUMENT_H_
