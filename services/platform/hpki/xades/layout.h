// Where things stand in an e-prescription document (facts: schemas EP.xsd and ED.xsd).
#ifndef SERVICES_PLATFORM_HPKI_XADES_LAYOUT_H_
#define SERVICES_PLATFORM_HPKI_XADES_LAYOUT_H_

#include <libxml/tree.h>

#include <string>

#include "services/platform/national/finding.h"

namespace tsunagu::xades {

enum class DocumentKind {
  kPrescription,  // 処方箋: /Document/Prescription
  kDispensing,    // 調剤結果: /Document/Dispensing
};

// The elements that make up one signed thing. Null where the document lacks it or has it twice.
struct SignedPart {
  xmlNode* data = nullptr;       // what the signature covers: PrescriptionDocument or Dispensing
  xmlNode* payload = nullptr;    // what holds the Base64: PrescriptionDocument, DispensingDocument
  xmlNode* signature = nullptr;  // ds:Signature
  std::string path;              // of the element around ds:Signature, for findings
};

struct Layout {
  SignedPart outer;              // of the prescription itself, or of the dispensing result
  SignedPart inner;              // the prescription inside a dispensing result
  bool has_reference = false;    // a dispensing result with a ReferencePrescription
  bool is_outer_signed = false;  // the element around the signature is there and not empty
  bool is_inner_signed = false;
};

// Finds everything by absolute path. Adds SIG-005 for each element that is missing or twice there;
// the signatures themselves may be absent.
Layout FindLayout(xmlDoc* document, DocumentKind kind, national::Findings* findings);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_LAYOUT_H_
