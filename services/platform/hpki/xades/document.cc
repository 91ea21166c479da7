#include "services/platform/hpki/xades/document.h"

#include <libxml/tree.h>

#include <map>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/platform/hpki/xades/rules.h"
#include "services/platform/hpki/xades/scan.h"
#include "services/platform/hpki/xades/xml.h"
#include "services/platform/national/finding.h"

namespace tsunagu::xades {
namespace {

constexpr char kDeclaration[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
constexpr size_t kMaxIdLength = 64;

bool IsId(absl::string_view id) {
  if (id.size() > kMaxIdLength) return false;
  for (const char c : id) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '-') return false;
  }
  return true;
}

absl::Status CheckId(absl::string_view id) {
  if (IsId(id)) return absl::OkStatus();
  return absl::InvalidArgumentError("an id consists of letters, digits and hyphens");
}

// <PrescriptionManagement> or <DispensingManagement>.
std::string Management(absl::string_view name, absl::string_view version, absl::string_view id_name,
                       absl::string_view id) {
  const std::string id_element =
      id.empty() ? "" : absl::StrCat("<", id_name, " Value=\"", id, "\"/>");
  return absl::StrCat("<", name, " id=\"", name, "\"><Version Value=\"", version, "\"/>",
                      id_element, "</", name, ">");
}

std::string Payload(absl::string_view name, absl::string_view bytes) {
  return absl::StrCat("<", name, " id=\"", name, "\">", absl::Base64Escape(bytes), "</", name, ">");
}

std::string Root(absl::string_view namespaces, bool has_xsi, absl::string_view schema) {
  const std::string location =
      has_xsi ? absl::StrCat(" xsi:noNamespaceSchemaLocation=\"", schema, "\"") : "";
  return absl::StrCat(kDeclaration, "<Document", namespaces, " id=\"Document\"", location, ">");
}

constexpr char kXsiDeclaration[] = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";

std::string RuleIds(const national::Findings& findings) {
  std::string ids;
  for (const national::Finding& finding : findings) {
    absl::StrAppend(&ids, ids.empty() ? "" : ", ", finding.rule,
                    finding.field.empty() ? "" : " at ", finding.field);
  }
  return ids;
}

absl::StatusOr<XmlDocument> Parse(absl::string_view document, DocumentKind kind, Layout* layout) {
  national::Findings findings;
  XmlDocument tree = ParseXml(document, &findings);
  if (tree != nullptr) *layout = FindLayout(tree.get(), kind, &findings);
  if (!findings.empty()) return absl::InvalidArgumentError(RuleIds(findings));
  return tree;
}

// The namespaces in scope at an element, by prefix.
std::map<std::string, std::string> NamespacesInScope(const xmlNode* element) {
  std::map<std::string, std::string> scope;
  for (const xmlNode* at = element; at != nullptr && at->type == XML_ELEMENT_NODE;
       at = at->parent) {
    for (const xmlNs* ns = at->nsDef; ns != nullptr; ns = ns->next) {
      const char* prefix = ns->prefix == nullptr ? "" : reinterpret_cast<const char*>(ns->prefix);
      scope.emplace(prefix, reinterpret_cast<const char*>(ns->href));
    }
  }
  scope.erase("");  // the format's elements are in no namespace, so this can only be xmlns=""
  return scope;
}

std::string Declarations(const std::map<std::string, std::string>& scope) {
  std::string text;
  for (const auto& [prefix, uri] : scope) {
    // The parser refuses what is no URI, so neither quotes nor brackets occur.
    absl::StrAppend(&text, " xmlns:", prefix, "=\"", absl::StrReplaceAll(uri, {{"&", "&amp;"}}),
                    "\"");
  }
  return text;
}

std::string IdOf(const xmlNode* holder, absl::string_view management, absl::string_view id) {
  return std::string(Attribute(OnlyChild(OnlyChild(holder, "", management), "", id), "Value"));
}

}  // namespace

absl::StatusOr<std::string> BuildPrescription(absl::string_view payload,
                                              absl::string_view prescription_id) {
  if (absl::Status status = CheckId(prescription_id); !status.ok()) return status;
  return absl::StrCat(
      Root(kXsiDeclaration, /*has_xsi=*/true, "EP.xsd"), "<Prescription>",
      Management("PrescriptionManagement", "EPS1.0", "PrescriptionId", prescription_id),
      Payload("PrescriptionDocument", payload),
      "<PrescriptionSign></PrescriptionSign></Prescription></Document>");
}

absl::StatusOr<std::string> BuildDispensing(const DispensingParts& parts) {
  if (absl::Status status = CheckId(parts.dispensing_id); !status.ok()) return status;
  std::string namespaces = kXsiDeclaration, reference;
  bool has_xsi = true;
  if (!parts.prescription.empty()) {
    Layout layout;
    const absl::StatusOr<XmlDocument> tree =
        Parse(parts.prescription, DocumentKind::kPrescription, &layout);
    if (!tree.ok()) return tree.status();
    // The doctor's digest covers the namespaces in scope, so exactly these must be in scope here.
    const std::map<std::string, std::string> scope = NamespacesInScope(layout.outer.data->parent);
    namespaces = Declarations(scope);
    const auto xsi = scope.find("xsi");
    has_xsi = xsi != scope.end() && xsi->second == kXsiNamespace;
    const std::optional<ElementSpan> span =
        FindElement(parts.prescription, {"Document", "Prescription"});
    reference = absl::StrCat(
        "<ReferencePrescription>",
        parts.prescription.substr(span->inner_begin, span->inner_end - span->inner_begin),
        "</ReferencePrescription>");
  }
  return absl::StrCat(
      Root(namespaces, has_xsi, "ED.xsd"),
      Management("DispensingManagement", "EPD1.0", "DispensingId", parts.dispensing_id),
      "<Dispensing id=\"Dispensing\">", reference, Payload("DispensingDocument", parts.payload),
      "</Dispensing><DispensingSign></DispensingSign></Document>");
}

absl::StatusOr<std::string> WithPrescriptionId(absl::string_view document, absl::string_view id) {
  if (absl::Status status = CheckId(id); !status.ok()) return status;
  Layout layout;
  const absl::StatusOr<XmlDocument> tree = Parse(document, DocumentKind::kPrescription, &layout);
  if (!tree.ok()) return tree.status();
  const std::optional<ElementSpan> management =
      FindElement(document, {"Document", "Prescription", "PrescriptionManagement"});
  if (!management || management->is_empty_tag) {
    return absl::InvalidArgumentError("the document has no PrescriptionManagement");
  }
  const std::string element = absl::StrCat("<PrescriptionId Value=\"", id, "\"/>");
  const std::optional<ElementSpan> old = FindElement(
      document, {"Document", "Prescription", "PrescriptionManagement", "PrescriptionId"});
  const size_t begin = old ? old->outer_begin : management->inner_end;
  const size_t end = old ? old->outer_end : management->inner_end;
  return absl::StrCat(document.substr(0, begin), element, document.substr(end));
}

absl::StatusOr<UnverifiedDocument> ReadDocument(absl::string_view document) {
  UnverifiedDocument result;
  national::Findings findings;
  const XmlDocument tree = ParseXml(document, &findings);
  Layout layout;
  if (tree != nullptr) {
    const xmlNode* root = xmlDocGetRootElement(tree.get());
    const bool is_dispensing = CountChildren(root, "Dispensing") > 0;
    result.kind = is_dispensing ? DocumentKind::kDispensing : DocumentKind::kPrescription;
    layout = FindLayout(tree.get(), result.kind, &findings);
    result.id = is_dispensing ? IdOf(root, "DispensingManagement", "DispensingId")
                              : IdOf(OnlyChild(root, "", "Prescription"), "PrescriptionManagement",
                                     "PrescriptionId");
  }
  const auto decode = [&findings](const SignedPart& part, std::string* out) {
    std::optional<std::string> bytes = Base64Of(part.payload);
    if (bytes) *out = *std::move(bytes);
    if (!bytes && part.payload != nullptr) Report(kRulePayload, part.path, &findings);
  };
  decode(layout.outer, &result.payload);
  if (layout.has_reference) decode(layout.inner, &result.reference_payload);
  if (!findings.empty()) return absl::InvalidArgumentError(RuleIds(findings));
  result.is_signed = layout.is_outer_signed;
  result.has_reference = layout.has_reference;
  result.is_reference_signed = layout.is_inner_signed;
  return result;
}

}  // namespace tsunagu::xades
