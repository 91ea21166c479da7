#include "services/eligibility/oqs/xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "services/eligibility/oqs/rules.h"
#include "services/platform/national/cp932.h"

namespace tsunagu::eligibility::oqs {
namespace {

// The XML declaration stands in the first bytes.
constexpr size_t kDeclarationBytes = 200;

// The declared encoding in lower case; empty when none is declared.
std::string DeclaredEncoding(absl::string_view bytes) {
  absl::string_view head = bytes.substr(0, kDeclarationBytes);
  head = head.substr(0, head.find("?>"));
  const size_t at = head.find("encoding");
  if (!absl::StrContains(head, "<?xml") || at == absl::string_view::npos) return "";
  head.remove_prefix(at);
  const size_t open = head.find_first_of("\"'");
  if (open == absl::string_view::npos) return "";
  head.remove_prefix(open + 1);
  return absl::AsciiStrToLower(head.substr(0, head.find_first_of("\"'")));
}

std::optional<std::string> Decode(absl::string_view bytes) {
  const std::string declared = DeclaredEncoding(bytes);
  if (declared.empty() || declared == "utf-8") {
    if (!national::IsUtf8(bytes)) return std::nullopt;
    absl::StatusOr<std::string> text = national::DecodeText(bytes);  // drops the byte-order mark
    if (!text.ok()) return std::nullopt;
    return *std::move(text);
  }
  if (declared == "shift_jis" || declared == "windows-31j" || declared == "ms932") {
    absl::StatusOr<std::string> text = national::Cp932ToUtf8(bytes);
    if (text.ok()) return *std::move(text);
  }
  return std::nullopt;
}

absl::string_view View(const xmlChar* text) {
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

// libxml2 bounds the depth of what it parses (256), so the recursion is bounded.
Element Convert(const xmlNode& node) {
  Element element;
  element.name = std::string(View(node.name));
  element.line = static_cast<int>(xmlGetLineNo(&node));
  for (const xmlNode* child = node.children; child != nullptr; child = child->next) {
    if (child->type == XML_ELEMENT_NODE) element.children.push_back(Convert(*child));
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
      element.text.append(View(child->content).data(), View(child->content).size());
    }
  }
  return element;
}

}  // namespace

const Element* Element::Child(absl::string_view child) const {
  for (const Element& element : children) {
    if (element.name == child) return &element;
  }
  return nullptr;
}

std::optional<Element> ParseXml(absl::string_view bytes, national::Findings& findings) {
  if (bytes.size() > kMaxXmlBytes) {
    Add(findings, rules::kSize, 0, "");
    return std::nullopt;
  }
  const std::optional<std::string> text = Decode(bytes);
  if (!text) {
    Add(findings, rules::kEncoding, 0, "");
    return std::nullopt;
  }
  // Refused before the parser sees it, so that no entity is ever declared.
  if (absl::StrContains(*text, "<!DOCTYPE") || absl::StrContains(*text, "<!ENTITY")) {
    Add(findings, rules::kDoctype, 0, "");
    return std::nullopt;
  }
  constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  // The text is UTF-8 now, whatever its declaration says.
  const std::unique_ptr<xmlDoc, void (*)(xmlDocPtr)> document(
      xmlReadMemory(text->data(), static_cast<int>(text->size()), nullptr, "UTF-8", kOptions),
      xmlFreeDoc);
  const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (root == nullptr) {
    Add(findings, rules::kNotXml, 0, "");
    return std::nullopt;
  }
  return Convert(*root);
}

}  // namespace tsunagu::eligibility::oqs
