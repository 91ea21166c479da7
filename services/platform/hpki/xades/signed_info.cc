#include "services/platform/hpki/xades/signed_info.h"

#include <algorithm>
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
std::optional<Canonicalization> ReadTransforms(
    const xmlNode* reference, Canonicalization otherwise = Canonicalization::kInclusive) {
  if (CountChildren(reference, "Transforms") == 0) return otherwise;
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

// The schemas write it "id"; a document that writes it otherwise says so to every reader alike,
// since no id occurs twice in any spelling.
absl::string_view IdOf(const xmlNode* data) {
  for (const char* name : {"id", "Id", "ID"}) {
    if (const absl::string_view id = Attribute(data, name); !id.empty()) return id;
  }
  return {};
}

std::vector<Target> ListTargets(const Targets& targets) {
  return {
      {targets.data, IdOf(targets.data), "", "data"},
      {targets.key_info, Attribute(targets.key_info, "Id"), "", "KeyInfo"},
      {targets.signed_properties, Attribute(targets.signed_properties, "Id"), kSignedPropertiesType,
       "SignedProperties"},
  };
}

std::vector<xmlNode*> ReferencesOf(const xmlNode* signed_info) {
  std::vector<xmlNode*> references;
  for (xmlNode* child : ChildElements(signed_info)) {
    if (NameOf(child) == "Reference") references.push_back(child);
  }
  return references;
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
  const xmlNode* signature_method = OnlyChild(signed_info, kDsNamespace, "SignatureMethod");
  result.method = SignatureMethodOf(Attribute(signature_method, "Algorithm"));
  // Parameters (HMACOutputLength and the like) would change what the name says.
  if (!ChildElements(signature_method).empty()) result.method.reset();
  if (!result.method) {
    Report(kRuleSignatureMethod, absl::StrCat(where, "/SignatureMethod"), findings);
  }
  CheckReferences(ReferencesOf(signed_info), targets, where, findings);
  return result;
}

std::optional<std::string> BytesOfReferences(const xmlNode* signed_info, const Targets& targets,
                                             Canonicalization method) {
  std::string bytes;
  const std::vector<Target> list = ListTargets(targets);
  for (const xmlNode* reference : ReferencesOf(signed_info)) {
    const auto target = std::find_if(list.begin(), list.end(), [reference](const Target& wanted) {
      return LeadsTo(reference, wanted);
    });
    const std::optional<Canonicalization> transform = ReadTransforms(reference, method);
    if (target == list.end() || !transform) return std::nullopt;
    const std::optional<std::string> part = Canonicalize(target->element, *transform);
    if (!part) return std::nullopt;
    bytes += *part;
  }
  return bytes;
}

}  // namespace tsunagu::xades
