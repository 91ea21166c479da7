#include "services/platform/hpki/xades/signature.h"

#include <openssl/evp.h>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/openssl_ptr.h"
#include "services/platform/hpki/xades/algorithms.h"
#include "services/platform/hpki/xades/canonical.h"
#include "services/platform/hpki/xades/rules.h"
#include "services/platform/hpki/xades/signed_info.h"
#include "services/platform/hpki/xades/signer_key.h"
#include "services/platform/hpki/xades/unsigned_properties.h"
#include "services/platform/hpki/xades/xml.h"

namespace tsunagu::xades {
namespace {

// The fixed parts of a ds:Signature. Null where missing or ambiguous.
struct Parts {
  const xmlNode* signed_info = nullptr;
  const xmlNode* value = nullptr;
  const xmlNode* key_info = nullptr;
  const xmlNode* qualifying = nullptr;
  const xmlNode* signed_properties = nullptr;

  bool complete() const {
    return signed_info != nullptr && value != nullptr && key_info != nullptr &&
           signed_properties != nullptr;
  }
};

Parts FindParts(const xmlNode* signature) {
  Parts parts;
  // Further ds:Object elements would be unsigned luggage; the format has none.
  if (ChildElements(signature).size() != 4) return parts;
  parts.signed_info = OnlyChild(signature, kDsNamespace, "SignedInfo");
  parts.value = OnlyChild(signature, kDsNamespace, "SignatureValue");
  parts.key_info = OnlyChild(signature, kDsNamespace, "KeyInfo");
  const xmlNode* object = OnlyChild(signature, kDsNamespace, "Object");
  parts.qualifying = OnlyChild(object, kXadesNamespace, "QualifyingProperties");
  parts.signed_properties = OnlyChild(parts.qualifying, kXadesNamespace, "SignedProperties");
  return parts;
}

// The key of the first certificate of KeyInfo, the signer's; the others go to `certificates`.
hpki::KeyPtr ReadKeyInfo(const xmlNode* key_info, absl::string_view path, Signature* signature,
                         national::Findings* findings) {
  hpki::KeyPtr signer;
  const xmlNode* data = OnlyChild(key_info, kDsNamespace, "X509Data");
  for (const xmlNode* child : ChildElements(data)) {
    if (!Is(child, kDsNamespace, "X509Certificate")) continue;
    std::optional<std::string> der = Base64Of(child);
    if (signer != nullptr) {
      if (der) signature->certificates.push_back(*std::move(der));
      continue;
    }
    if (der) signer = PublicKeyOf(*der);
    if (signer == nullptr) break;
    signature->signer_certificate = *std::move(der);
  }
  if (signer == nullptr) Report(kRuleCertificate, absl::StrCat(path, "/KeyInfo"), findings);
  return signer;
}

void CheckValue(const SignedInfo& info, const xmlNode* value, EVP_PKEY* key, absl::string_view path,
                national::Findings* findings) {
  if (!info.method || key == nullptr) return;  // reported
  if (!Fits(*info.method, key)) {
    Report(kRuleSignatureMethod, absl::StrCat(path, "/KeyInfo"), findings);
    return;
  }
  const std::optional<std::string> bytes = Base64Of(value);
  if (!bytes || info.canonical.empty() || !VerifyValue(*info.method, key, info.canonical, *bytes)) {
    Report(kRuleSignatureValue, absl::StrCat(path, "/SignatureValue"), findings);
  }
}

// SigningTime and SigningCertificateV2, both mandatory; SigningCertificate is its form in XAdES
// 1.3.2. It may list the whole chain; its first entry is the signer's (XAdES 5.2.2).
void CheckSignedProperties(const xmlNode* properties, absl::string_view path, Signature* signature,
                           national::Findings* findings) {
  const xmlNode* list = OnlyChild(properties, kXadesNamespace, "SignedSignatureProperties");
  absl::Time time;
  std::string error;
  const absl::string_view text = TrimmedText(OnlyChild(list, kXadesNamespace, "SigningTime"));
  if (absl::ParseTime(absl::RFC3339_full, text, &time, &error) && time != absl::InfiniteFuture() &&
      time != absl::InfinitePast()) {
    signature->signing_time = time;
  } else {
    Report(kRuleSigningTime, absl::StrCat(path, "/SigningTime"), findings);
  }
  const std::string where = absl::StrCat(path, "/SigningCertificateV2");
  const char* const name = CountChildren(list, "SigningCertificateV2") > 0 ? "SigningCertificateV2"
                                                                           : "SigningCertificate";
  const std::vector<xmlNode*> entries = ChildElements(OnlyChild(list, kXadesNamespace, name));
  if (entries.empty()) {
    Report(kRuleSigningCertificate, where, findings);
    return;
  }
  CheckDigest(OnlyChild(entries[0], kXadesNamespace, "CertDigest"), signature->signer_certificate,
              kRuleSigningCertificate, where, findings);
}

}  // namespace

Signature CheckSignature(const SignedPart& part, national::Findings* findings) {
  Signature signature;
  const std::string path = absl::StrCat(part.path, "/Signature");
  const Parts parts = FindParts(part.signature);
  if (!parts.complete()) {
    Report(kRuleLayout, path, findings);
    return signature;
  }
  const absl::string_view target = Attribute(parts.qualifying, "Target");
  if (target.empty() || target.substr(1) != Attribute(part.signature, "Id")) {
    Report(kRuleReferencePosition, absl::StrCat(path, "/QualifyingProperties"), findings);
  }
  const Targets targets = {part.data, parts.key_info, parts.signed_properties};
  const SignedInfo info = CheckSignedInfo(parts.signed_info, targets, path, findings);
  const hpki::KeyPtr signer = ReadKeyInfo(parts.key_info, path, &signature, findings);
  CheckValue(info, parts.value, signer.get(), path, findings);
  CheckSignedProperties(parts.signed_properties, path, &signature, findings);
  signature.imprinted = Canonicalize(parts.value, Canonicalization::kInclusive).value_or("");
  ReadUnsignedProperties(part.signature, targets, path, &signature, findings);
  return signature;
}

}  // namespace tsunagu::xades
