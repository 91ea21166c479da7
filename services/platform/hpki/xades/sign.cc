#include "services/platform/hpki/xades/sign.h"

#include <libxml/tree.h>
#include <openssl/pem.h>

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/platform/hpki/openssl_ptr.h"
#include "services/platform/hpki/xades/algorithms.h"
#include "services/platform/hpki/xades/canonical.h"
#include "services/platform/hpki/xades/rules.h"
#include "services/platform/hpki/xades/scan.h"
#include "services/platform/hpki/xades/signed_info.h"
#include "services/platform/hpki/xades/xml.h"
#include "services/platform/national/finding.h"
#include "services/platform/national/jst.h"

namespace tsunagu::xades {
namespace {

// $ID is the signature's Id. The digests and the value are filled in as they become known.
constexpr absl::string_view kTemplate =
    "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" Id=\"$ID\">"
    "<ds:SignedInfo Id=\"$ID-SignedInfo\">"
    "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>"
    "<ds:SignatureMethod Algorithm=\"$METHOD\"/>"
    "<ds:Reference Id=\"$ID-Reference1-Detached\" URI=\"#$DATA\">"
    "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>"
    "<ds:DigestValue>$DIGEST1</ds:DigestValue></ds:Reference>"
    "<ds:Reference Id=\"$ID-Reference2-KeyInfo\" URI=\"#$ID-KeyInfo\"><ds:Transforms>"
    "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/></ds:Transforms>"
    "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>"
    "<ds:DigestValue>$DIGEST2</ds:DigestValue></ds:Reference>"
    "<ds:Reference Id=\"$ID-Reference3-SignedProperties\""
    " Type=\"http://uri.etsi.org/01903#SignedProperties\" URI=\"#$ID-SignedProperties\">"
    "<ds:Transforms><ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>"
    "</ds:Transforms><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>"
    "<ds:DigestValue>$DIGEST3</ds:DigestValue></ds:Reference></ds:SignedInfo>"
    "<ds:SignatureValue Id=\"$ID-SignatureValue\">$VALUE</ds:SignatureValue>"
    "<ds:KeyInfo Id=\"$ID-KeyInfo\"><ds:X509Data><ds:X509Certificate>$CERTIFICATE"
    "</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
    "<ds:Object xmlns:xades=\"http://uri.etsi.org/01903/v1.3.2#\">"
    "<xades:QualifyingProperties Id=\"$ID-QualifyingProperties\" Target=\"#$ID\">"
    "<xades:SignedProperties Id=\"$ID-SignedProperties\"><xades:SignedSignatureProperties>"
    "<xades:SigningTime>$TIME</xades:SigningTime>"
    "<xades:SigningCertificateV2><xades:Cert><xades:CertDigest>"
    "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>"
    "<ds:DigestValue>$CERTDIGEST</ds:DigestValue></xades:CertDigest></xades:Cert>"
    "</xades:SigningCertificateV2></xades:SignedSignatureProperties></xades:SignedProperties>"
    "</xades:QualifyingProperties></ds:Object></ds:Signature>";

// The variable parts of the template.
struct Values {
  std::string id, data, method, certificate, cert_digest, time;
  std::string digests[3];
  std::string value;
};

std::string Render(const Values& values) {
  return absl::StrReplaceAll(kTemplate, {{"$ID", values.id},
                                         {"$DATA", values.data},
                                         {"$METHOD", values.method},
                                         {"$CERTIFICATE", values.certificate},
                                         {"$CERTDIGEST", values.cert_digest},
                                         {"$TIME", values.time},
                                         {"$DIGEST1", values.digests[0]},
                                         {"$DIGEST2", values.digests[1]},
                                         {"$DIGEST3", values.digests[2]},
                                         {"$VALUE", values.value}});
}

// The document with `signature` as the content of its (empty) signature element.
std::string Insert(absl::string_view document, const ElementSpan& place,
                   absl::string_view signature) {
  return absl::StrCat(document.substr(0, place.outer_begin), "<", place.name, ">", signature, "</",
                      place.name, ">", document.substr(place.outer_end));
}

absl::StatusOr<ElementSpan> FindPlace(absl::string_view document, DocumentKind kind) {
  const std::optional<ElementSpan> place =
      kind == DocumentKind::kPrescription
          ? FindElement(document, {"Document", "Prescription", "PrescriptionSign"})
          : FindElement(document, {"Document", "DispensingSign"});
  if (!place) return absl::FailedPreconditionError("the document has no place for its signature");
  if (place->inner_begin != place->inner_end) {
    return absl::FailedPreconditionError("the place for the signature is not empty");
  }
  return *place;
}

std::string DigestText(const xmlNode* element, Canonicalization method) {
  return absl::Base64Escape(Hash(DigestOf(kSha256Uri), Canonicalize(element, method).value_or("")));
}

// Writes the digests into `values` and into the tree; returns what is to be signed.
std::string FillDigests(const SignedPart& part, Values* values) {
  const xmlNode* info = OnlyChild(part.signature, kDsNamespace, "SignedInfo");
  const xmlNode* qualifying = OnlyChild(OnlyChild(part.signature, kDsNamespace, "Object"),
                                        kXadesNamespace, "QualifyingProperties");
  values->digests[0] = DigestText(part.data, Canonicalization::kInclusive);
  values->digests[1] =
      DigestText(OnlyChild(part.signature, kDsNamespace, "KeyInfo"), Canonicalization::kExclusive);
  values->digests[2] = DigestText(OnlyChild(qualifying, kXadesNamespace, "SignedProperties"),
                                  Canonicalization::kExclusive);
  int next = 0;
  for (xmlNode* child : ChildElements(info)) {
    if (NameOf(child) != "Reference") continue;
    xmlNodeSetContent(OnlyChild(child, kDsNamespace, "DigestValue"),
                      BAD_CAST values->digests[next++].c_str());
  }
  return Canonicalize(info, Canonicalization::kExclusive).value_or("");
}

}  // namespace

absl::StatusOr<Signer> Signer::Create(absl::string_view key_pem, absl::string_view cert_pem) {
  const hpki::ScopedErrorMark mark;
  // A key on disk is protected by the permissions of its file, not by a password.
  hpki::KeyPtr key(PEM_read_bio_PrivateKey(hpki::ReadOnlyBio(key_pem).get(), nullptr,
                                           hpki::NoPassword, nullptr));
  if (key == nullptr) return absl::InvalidArgumentError("the signing key is not a PEM key");
  return WithKey(std::shared_ptr<EVP_PKEY>(key.release(), EVP_PKEY_free), cert_pem);
}

absl::StatusOr<Signer> Signer::WithKey(std::shared_ptr<EVP_PKEY> key, absl::string_view cert_pem) {
  const hpki::ScopedErrorMark mark;
  const hpki::X509Ptr certificate(
      PEM_read_bio_X509(hpki::ReadOnlyBio(cert_pem).get(), nullptr, hpki::NoPassword, nullptr));
  if (certificate == nullptr) return absl::InvalidArgumentError("the certificate is not PEM");
  // OpenSSL does not compare a key of its own with one on a card.
  const std::string certified = hpki::WriteDer<i2d_PUBKEY>(X509_get0_pubkey(certificate.get()));
  if (certified.empty() || certified != hpki::WriteDer<i2d_PUBKEY>(key.get())) {
    return absl::InvalidArgumentError("key and certificate do not belong together");
  }
  Signer signer;
  signer.method_ = EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_EC ? kEcdsaSha256Uri : kRsaSha256Uri;
  if (!Fits(*SignatureMethodOf(signer.method_), key.get())) {
    return absl::InvalidArgumentError("the key must be RSA of 2048 bits or more, or P-256");
  }
  signer.certificate_ = hpki::WriteDer<i2d_X509>(certificate.get());
  signer.key_ = std::move(key);
  return signer;
}

absl::StatusOr<std::string> Signer::Sign(absl::string_view document, DocumentKind kind,
                                         absl::Time time) const {
  const absl::StatusOr<ElementSpan> place = FindPlace(document, kind);
  if (!place.ok()) return place.status();
  Values values;
  values.id = kind == DocumentKind::kPrescription ? "PrescriptionSign" : "DispensingSign";
  values.data = kind == DocumentKind::kPrescription ? "PrescriptionDocument" : "Dispensing";
  values.method = method_;
  values.certificate = absl::Base64Escape(certificate_);
  values.cert_digest = absl::Base64Escape(Hash(DigestOf(kSha256Uri), certificate_));
  values.time = absl::FormatTime("%Y-%m-%dT%H:%M:%S%Ez", time, national::Jst());

  national::Findings findings;
  const XmlDocument tree = ParseXml(Insert(document, *place, Render(values)), &findings);
  if (tree == nullptr) return absl::InvalidArgumentError("the document cannot be read");
  const SignedPart part = FindLayout(tree.get(), kind, &findings).outer;
  if (!findings.empty() || part.signature == nullptr || Attribute(part.data, "id") != values.data) {
    return absl::InvalidArgumentError("the document has not the layout of its kind");
  }
  absl::StatusOr<std::string> value =
      MakeValue(*SignatureMethodOf(method_), key_.get(), FillDigests(part, &values));
  if (!value.ok()) return value.status();
  values.value = absl::Base64Escape(*value);
  return Insert(document, *place, Render(values));
}

absl::StatusOr<std::string> SignPrescription(absl::string_view document, absl::string_view key_pem,
                                             absl::string_view cert_pem, absl::Time time) {
  const absl::StatusOr<Signer> signer = Signer::Create(key_pem, cert_pem);
  if (!signer.ok()) return signer.status();
  return signer->Sign(document, DocumentKind::kPrescription, time);
}

absl::StatusOr<std::string> SignDispensing(absl::string_view document, absl::string_view key_pem,
                                           absl::string_view cert_pem, absl::Time time) {
  const absl::StatusOr<Signer> signer = Signer::Create(key_pem, cert_pem);
  if (!signer.ok()) return signer.status();
  return signer->Sign(document, DocumentKind::kDispensing, time);
}

}  // namespace tsunagu::xades
