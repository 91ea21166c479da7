#include "services/platform/hpki/xades/verify.h"

#include <libxml/tree.h>

#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "services/platform/hpki/xades/rules.h"
#include "services/platform/hpki/xades/scan.h"
#include "services/platform/hpki/xades/xml.h"

namespace tsunagu::xades {
namespace {

// What holds for the tree as a whole.
struct Survey {
  int signatures = 0;
  int namespaces = 0;
  bool has_repeated_id = false;
  bool has_xml_attribute = false;
};

void SurveyElement(const xmlNode* element, std::set<absl::string_view>* ids, Survey* survey) {
  if (NameOf(element) == "Signature") ++survey->signatures;
  for (const xmlNs* ns = element->nsDef; ns != nullptr; ns = ns->next) ++survey->namespaces;
  for (const xmlAttr* attribute = element->properties; attribute != nullptr;
       attribute = attribute->next) {
    const absl::string_view name = reinterpret_cast<const char*>(attribute->name);
    const bool is_xml = attribute->ns != nullptr && attribute->ns->prefix != nullptr &&
                        xmlStrEqual(attribute->ns->prefix, BAD_CAST "xml") != 0;
    survey->has_xml_attribute |= is_xml;
    // Whatever spelling another verifier may take for an id.
    if (!absl::EqualsIgnoreCase(name, "id") || attribute->children == nullptr) continue;
    const absl::string_view id = reinterpret_cast<const char*>(attribute->children->content);
    survey->has_repeated_id |= !ids->insert(id).second;
  }
}

Survey SurveyTree(const xmlDoc* document) {
  Survey survey;
  std::set<absl::string_view> ids;
  const xmlNode* node = xmlDocGetRootElement(document);
  while (node != nullptr) {
    if (node->type == XML_ELEMENT_NODE) SurveyElement(node, &ids, &survey);
    if (node->type == XML_ELEMENT_NODE && node->children != nullptr) {
      node = node->children;
      continue;
    }
    while (node != nullptr && node->next == nullptr) node = node->parent;
    if (node != nullptr) node = node->next;
  }
  return survey;
}

// False if the tree must not be looked at any further.
bool CheckTree(const Survey& survey, national::Findings* findings) {
  if (survey.namespaces > kMaxNamespaceDeclarations) return Report(kRuleLimits, "", findings);
  if (survey.has_repeated_id) Report(kRuleUniqueIds, "", findings);
  if (survey.has_xml_attribute) Report(kRuleNoXmlAttributes, "", findings);
  return true;
}

Signature CheckPart(const SignedPart& part, national::Findings* findings) {
  if (part.signature == nullptr) Report(kRuleOneSignature, part.path, findings);
  if (part.signature == nullptr || part.data == nullptr) return Signature();
  return CheckSignature(part, findings);
}

void TakeContent(const SignedPart& part, absl::string_view where, Signature* signature,
                 national::Findings* findings) {
  std::optional<std::string> content = Base64Of(part.payload);
  if (content) {
    signature->content = *std::move(content);
  } else if (part.payload != nullptr) {
    Report(kRulePayload, where, findings);
  }
}

}  // namespace

Verification Verify(absl::string_view document, DocumentKind kind) {
  Verification result;
  national::Findings* findings = &result.findings;
  const XmlDocument tree = ParseXml(document, findings);
  if (tree == nullptr) return result;
  const Survey survey = SurveyTree(tree.get());
  if (!CheckTree(survey, findings)) return result;
  const Layout layout = FindLayout(tree.get(), kind, findings);
  const int expected = layout.is_inner_signed ? 2 : 1;
  if (survey.signatures > expected) Report(kRuleOneSignature, "", findings);

  result.signature = CheckPart(layout.outer, findings);
  if (layout.is_inner_signed) {
    result.prescription = CheckPart(layout.inner, findings);
  } else if (layout.has_reference) {
    Report(kRuleUnsignedReference, layout.inner.path, findings);
  }

  TakeContent(layout.outer, layout.outer.path, &result.signature, findings);
  if (result.prescription) {
    TakeContent(layout.inner, layout.inner.path, &*result.prescription, findings);
  }
  if (!result.valid()) {
    result.signature.content.clear();
    if (result.prescription) result.prescription->content.clear();
  }
  return result;
}

}  // namespace tsunagu::xades
