#include "services/platform/hpki/xades/archive.h"

#include "services/platform/hpki/xades/xml.h"

namespace tsunagu::xades {

const xmlNode* UnsignedSignatureProperties(const xmlNode* signature) {
  const xmlNode* qualifying = OnlyChild(OnlyChild(signature, kDsNamespace, "Object"),
                                        kXadesNamespace, "QualifyingProperties");
  const xmlNode* properties = OnlyChild(qualifying, kXadesNamespace, "UnsignedProperties");
  return OnlyChild(properties, kXadesNamespace, "UnsignedSignatureProperties");
}

std::optional<std::string> ArchivedBytes(const xmlNode* signature, const Targets& targets,
                                         const xmlNode* archive, Canonicalization method) {
  const xmlNode* signed_info = OnlyChild(signature, kDsNamespace, "SignedInfo");
  std::optional<std::string> bytes = BytesOfReferences(signed_info, targets, method);
  if (!bytes) return std::nullopt;
  std::vector<const xmlNode*> parts = {signed_info,
                                       OnlyChild(signature, kDsNamespace, "SignatureValue"),
                                       OnlyChild(signature, kDsNamespace, "KeyInfo")};
  for (const xmlNode* property : ChildElements(UnsignedSignatureProperties(signature))) {
    if (property == archive) break;
    parts.push_back(property);
  }
  for (const xmlNode* part : parts) {
    const std::optional<std::string> canonical =
        part == nullptr ? std::nullopt : Canonicalize(part, method);
    if (!canonical) return std::nullopt;
    *bytes += *canonical;
  }
  return bytes;
}

}  // namespace tsunagu::xades
