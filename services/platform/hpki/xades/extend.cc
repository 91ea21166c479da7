#include "services/platform/hpki/xades/extend.h"

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/platform/hpki/xades/scan.h"

namespace tsunagu::xades {
namespace {

// The prefix is declared right here, so that it does not matter which one the signer's software
// uses.
std::string UnsignedProperties(absl::string_view token) {
  return absl::StrCat(
      "<xades:UnsignedProperties xmlns:xades=\"http://uri.etsi.org/01903/v1.3.2#\">"
      "<xades:UnsignedSignatureProperties><xades:SignatureTimeStamp><xades:EncapsulatedTimeStamp>",
      absl::Base64Escape(token),
      "</xades:EncapsulatedTimeStamp></xades:SignatureTimeStamp>"
      "</xades:UnsignedSignatureProperties></xades:UnsignedProperties>");
}

struct Places {
  std::optional<ElementSpan> qualifying, unsigned_properties;
};

// Verify() has made sure that these paths are unambiguous.
Places FindPlaces(absl::string_view document, DocumentKind kind) {
  if (kind == DocumentKind::kPrescription) {
    return {FindElement(document, {"Document", "Prescription", "PrescriptionSign", "Signature",
                                   "Object", "QualifyingProperties"}),
            FindElement(document, {"Document", "Prescription", "PrescriptionSign", "Signature",
                                   "Object", "QualifyingProperties", "UnsignedProperties"})};
  }
  return {FindElement(document, {"Document", "DispensingSign", "Signature", "Object",
                                 "QualifyingProperties"}),
          FindElement(document, {"Document", "DispensingSign", "Signature", "Object",
                                 "QualifyingProperties", "UnsignedProperties"})};
}

}  // namespace

absl::StatusOr<std::string> AddSignatureTimeStamp(absl::string_view document, DocumentKind kind,
                                                  const Verification& verified,
                                                  const timestamp::Authority& authority) {
  if (!verified.valid()) {
    return absl::FailedPreconditionError("only a valid signature can be stamped");
  }
  const Places places = FindPlaces(document, kind);
  if (!places.qualifying || places.unsigned_properties) {
    return absl::FailedPreconditionError("the signature already has unsigned properties");
  }
  const absl::StatusOr<std::string> token = authority.Stamp(verified.signature.imprinted);
  if (!token.ok()) return token.status();
  const size_t at = places.qualifying->inner_end;
  return absl::StrCat(document.substr(0, at), UnsignedProperties(*token), document.substr(at));
}

}  // namespace tsunagu::xades
