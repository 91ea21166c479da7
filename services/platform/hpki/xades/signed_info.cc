#include "services/platform/hpki/xades/signed_info.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/xades/canonical.h"
#include "services/platform/hpki/xades/rules.h"
#include "services/platform/hpki/xades/xml.h"

namespace tsunagu::xades {
namespace {

// One of the three things a signature covers.
struct Target {
  const xmlNode* element;
  absl::string_view id;
  absl::string_view type;  // what the reference's Type must be; empty: anything
  const char* name;
};

bool LeadsTo(const xmlNode* reference, const Target& target) {
  const absl::string_view uri = Attribute(reference, "URI");
  return !target.id.empty() && uri.size() == target.id.size() + 1 && uri[0] == '#' &&
         uri.substr(1) == target.id &&
         (target.type.empty() || Attribute(reference, "Type") == target.type);
}

// The canonicalisation that ds:Transforms asks for. Without transforms the data is canonicalised
// inclusively (XML Signature 4.4.3.2). An InclusiveNamespaces list is not accepted either.
std::optional<Canonicalization> ReadTransforms(const xmlNode* reference) {
  if (CountChildren(reference, "Transforms") == 0) return Canonicalization::kInclusive;
  const xmlNode* transforms = OnlyChild(reference, kDsNamespace, "Transforms");
  const std::vector<xmlNode*> list = ChildElements(transforms);
  if (list.size() != 1 || !Is(list[0], kDsNamespace, "Transform")) return std::nullopt;
  if (!ChildElements(list[0]).empty()) return std::nullopt;
  return CanonicalizationOf(Attribute(list[0], "Algorithm"));
}

void CheckReference(const xmlNode* reference, const Target& target, absl::string_view path,
                    national::Findings* findings) {
  const std::optional<Canonicalization> method = ReadTransforms(reference);
  if (!method) {
    Report(kRuleTransform, path, findings);
    return;
  }
  const std::optional<std::string> bytes = Canonicalize(target.element, *method);
  if (!bytes) {
    Report(kRuleDigest, path, findings);
    return;
  }
  CheckDigest(reference, *bytes, kRuleDigest, path, findings);
}

std::vector<Target> ListTargets(const Targets& targets) {
  return {
      {targets.data, Attribute(targets.data, "id"), "", "data"},
      {targets.key_info, Attribute(targets.key_info, "Id"), "", "KeyInfo"},
      {targets.signed_properties, Attribute(targets.signed_properties, "Id"), kSignedPropertiesType,
       "SignedProperties"},
  };
}

void CheckReferences(const std::vector<xmlNode*>& references, const Targets& targets,
                     absl::string_view path, national::Findings* findings) {
  const std::vector<Target> list = ListTargets(targets);
  if (references.size() != list.size()) Report(kRuleThreeReferences, path, findings);
  for (const Target& target : list) {
    const std::string where = absl::StrCat(path, "/Reference[", target.name, "]");
    const xmlNode* found = nullptr;
    for (const xmlNode* reference : references) {
      if (LeadsTo(reference, target)) {
        found = reference;
        break;
      }
    }
    if (found == nullptr) {
      Report(kRuleReferencePosition, where, findings);
    } else {
      CheckReference(found, target, where, findings);
    }
  }
}

}  // namespace

bool CheckDigest(const xmlNode* holder, absl::string_view bytes, const Rule& mismatch,
                 absl::string_view path, national::Findings* findings) {
  const EVP_MD* digest =
      DigestOf(Attribute(OnlyChild(holder, kDsNamespace, "DigestMethod"), "Algorithm"));
  if (digest == nullptr) return Report(kRuleAlgorithm, path, findings);
  const std::optional<std::string> stated =
      Base64Of(OnlyChild(holder, kDsNamespace, "DigestValue"));
  if (!stated || *stated != Hash(digest, bytes)) return Report(mismatch, path, findings);
  return true;
}

SignedInfo CheckSignedInfo(const xmlNode* signed_info, const Targets& targets,
                           absl::string_view path, national::Findings* findings) {
  SignedInfo result;
  const std::string where = absl::StrCat(path, "/SignedInfo");
  const xmlNode* canonical = OnlyChild(signed_info, kDsNamespace, "CanonicalizationMethod");
  const std::optional<Canonicalization> method =
      CanonicalizationOf(Attribute(canonical, "Algorithm"));
  if (!method || !ChildElements(canonical).empty()) {
    Report(kRuleAlgorithm, absl::StrCat(where, "/CanonicalizationMethod"), findings);
  } else {
    result.canonical = Canonicalize(signed_info, *method).value_or("");
  }
  result.method = SignatureMethodOf(
      Attribute(OnlyChild(signed_info, kDsNamespace, "SignatureMethod"), "Algorithm"));
  if (!result.method) {
    Report(kRuleSignatureMethod, absl::StrCat(where, "/SignatureMethod"), findings);
  }
  std::vector<xmlNode*> references;
  for (xmlNode* child : ChildElements(signed_info)) {
    if (NameOf(child) == "Reference") references.push_back(child);
  }
  CheckReferences(references, targets, where, findings);
  return result;
}

}  // namespace tsunagu::xades
