#include "services/platform/hpki/xades/extend.h"

#include <libxml/tree.h>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/platform/hpki/xades/archive.h"
#include "services/platform/hpki/xades/scan.h"
#include "services/platform/hpki/xades/xml.h"
#include "services/platform/national/finding.h"

namespace tsunagu::xades {
namespace {

// Prefixes are declared right where they are used, so that it does not matter which ones the
// signer's software uses.
constexpr absl::string_view kXades = " xmlns:xades=\"http://uri.etsi.org/01903/v1.3.2#\"";
constexpr absl::string_view kXades141 = " xmlns:xadesv141=\"http://uri.etsi.org/01903/v1.4.1#\"";

std::string EncapsulatedTimeStamp(absl::string_view token) {
  return absl::StrCat("<xades:EncapsulatedTimeStamp", kXades, ">", absl::Base64Escape(token),
                      "</xades:EncapsulatedTimeStamp>");
}

std::string Encapsulated(absl::string_view name, const std::vector<std::string>& ders) {
  std::string text;
  for (const std::string& der : ders) {
    absl::StrAppend(&text, "<xades:", name, ">", absl::Base64Escape(der), "</xades:", name, ">");
  }
  return text;
}

std::string Values(const Evidence& evidence) {
  return absl::StrCat("<xades:CertificateValues", kXades, ">",
                      Encapsulated("EncapsulatedX509Certificate", evidence.certificates),
                      "</xades:CertificateValues><xades:RevocationValues", kXades,
                      "><xades:CRLValues>",
                      Encapsulated("EncapsulatedCRLValue", evidence.revocation_lists),
                      "</xades:CRLValues></xades:RevocationValues>");
}

// The evidence for a time-stamp stands right behind it.
std::string ValidationData(const Evidence& evidence) {
  if (evidence.certificates.empty() && evidence.revocation_lists.empty()) return "";
  return absl::StrCat("<xadesv141:TimeStampValidationData", kXades141, ">", Values(evidence),
                      "</xadesv141:TimeStampValidationData>");
}

// An element on the way from the signature to its unsigned signature properties. Verify() has made
// sure that the path is unambiguous.
std::optional<ElementSpan> Find(absl::string_view document, DocumentKind kind,
                                std::initializer_list<absl::string_view> below) {
  std::vector<absl::string_view> path = {"Document", "DispensingSign"};
  if (kind == DocumentKind::kPrescription) path = {"Document", "Prescription", "PrescriptionSign"};
  path.insert(path.end(), {"Signature", "Object", "QualifyingProperties"});
  path.insert(path.end(), below);
  return FindElement(document, path);
}

absl::StatusOr<std::string> Append(absl::string_view document, DocumentKind kind,
                                   absl::string_view properties) {
  const std::optional<ElementSpan> list =
      Find(document, kind, {"UnsignedProperties", "UnsignedSignatureProperties"});
  if (!list || list->is_empty_tag) {
    return absl::FailedPreconditionError("the signature has no unsigned properties");
  }
  return absl::StrCat(document.substr(0, list->inner_end), properties,
                      document.substr(list->inner_end));
}

absl::StatusOr<std::string> BytesToArchive(absl::string_view document, DocumentKind kind) {
  national::Findings findings;
  const XmlDocument tree = ParseXml(document, &findings);
  if (tree == nullptr) return absl::FailedPreconditionError("the document cannot be read");
  const SignedPart part = FindLayout(tree.get(), kind, &findings).outer;
  const xmlNode* qualifying = OnlyChild(OnlyChild(part.signature, kDsNamespace, "Object"),
                                        kXadesNamespace, "QualifyingProperties");
  const Targets targets = {part.data, OnlyChild(part.signature, kDsNamespace, "KeyInfo"),
                           OnlyChild(qualifying, kXadesNamespace, "SignedProperties")};
  std::optional<std::string> bytes =
      ArchivedBytes(part.signature, targets, nullptr, Canonicalization::kInclusive);
  if (!bytes) return absl::FailedPreconditionError("the signature is not complete");
  return *std::move(bytes);
}

}  // namespace

absl::StatusOr<std::string> AddSignatureTimeStamp(absl::string_view document, DocumentKind kind,
                                                  const Verification& verified,
                                                  const timestamp::Stamper& authority) {
  if (!verified.valid()) {
    return absl::FailedPreconditionError("only a valid signature can be stamped");
  }
  const std::optional<ElementSpan> qualifying = Find(document, kind, {});
  if (!qualifying || Find(document, kind, {"UnsignedProperties"})) {
    return absl::FailedPreconditionError("the signature already has unsigned properties");
  }
  const absl::StatusOr<std::string> token = authority.Stamp(verified.signature.imprinted);
  if (!token.ok()) return token.status();
  const size_t at = qualifying->inner_end;
  return absl::StrCat(document.substr(0, at), "<xades:UnsignedProperties", kXades,
                      "><xades:UnsignedSignatureProperties><xades:SignatureTimeStamp>",
                      EncapsulatedTimeStamp(*token),
                      "</xades:SignatureTimeStamp></xades:UnsignedSignatureProperties>"
                      "</xades:UnsignedProperties>",
                      document.substr(at));
}

absl::StatusOr<std::string> AddEvidence(absl::string_view document, DocumentKind kind,
                                        const Verification& verified, const Evidence& signer,
                                        const Evidence& authority) {
  if (!verified.valid() || verified.signature.level != Level::kEsT) {
    return absl::FailedPreconditionError("evidence goes to a valid signature of level ES-T");
  }
  return Append(document, kind, absl::StrCat(ValidationData(authority), Values(signer)));
}

absl::StatusOr<std::string> AddArchiveTimeStamp(absl::string_view document, DocumentKind kind,
                                                const Verification& verified,
                                                const timestamp::Stamper& authority,
                                                const Evidence& evidence) {
  const Level level = verified.signature.level;
  if (!verified.valid() || (level != Level::kEsXl && level != Level::kEsA)) {
    return absl::FailedPreconditionError(
        "an archive time-stamp goes to a valid signature of level ES-XL or ES-A");
  }
  const absl::StatusOr<std::string> bytes = BytesToArchive(document, kind);
  if (!bytes.ok()) return bytes.status();
  const absl::StatusOr<std::string> token = authority.Stamp(*bytes);
  if (!token.ok()) return token.status();
  return Append(
      document, kind,
      absl::StrCat("<xadesv141:ArchiveTimeStamp", kXades141, ">", EncapsulatedTimeStamp(*token),
                   "</xadesv141:ArchiveTimeStamp>", ValidationData(evidence)));
}

}  // namespace tsunagu::xades
