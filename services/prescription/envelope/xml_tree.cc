#include "services/prescription/envelope/xml_tree.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace tsunagu::prescription::envelope {
namespace {

// No DTD is loaded, no entity replaced, nothing fetched; libxml2's own limits stay on.
constexpr int kParseOptions =
    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA;

absl::string_view View(const xmlChar* text) {
  return text == nullptr ? absl::string_view() : reinterpret_cast<const char*>(text);
}

absl::Status Refused() { return absl::InvalidArgumentError("no plain XML document"); }

// Copies `node` and what is below it. `left` counts the elements that may still come.
absl::Status Copy(const xmlNode* node, int depth, size_t& left, XmlElement& element) {
  if (depth > kMaxDepth || left == 0) return Refused();
  --left;
  element.name = std::string(View(node->name));
  for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
    if (child->type == XML_ELEMENT_NODE) {
      const absl::Status status = Copy(child, depth + 1, left, element.children.emplace_back());
      if (!status.ok()) return status;
    } else if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
      absl::StrAppend(&element.text, View(child->content));
    } else if (child->type != XML_COMMENT_NODE) {
      return Refused();
    }
  }
  element.text = std::string(absl::StripAsciiWhitespace(element.text));
  return absl::OkStatus();
}

void Format(const XmlElement& element, std::string& out) {
  absl::StrAppend(
      &out, "<", element.name, ">",
      absl::StrReplaceAll(element.text,
                          {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\r", "&#13;"}}));
  for (const XmlElement& child : element.children) Format(child, out);
  absl::StrAppend(&out, "</", element.name, ">");
}

}  // namespace

XmlElement& XmlElement::Add(absl::string_view child, absl::string_view child_text) {
  children.push_back({std::string(child), std::string(child_text), {}});
  return children.back();
}

absl::StatusOr<XmlElement> ParseXml(absl::string_view xml) {
  if (xml.empty() || xml.size() > (size_t{1} << 30)) return Refused();
  xmlInitParser();
  const std::unique_ptr<xmlDoc, void (*)(xmlDoc*)> document(
      xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr, kParseOptions),
      xmlFreeDoc);
  if (document == nullptr || document->intSubset != nullptr || document->extSubset != nullptr) {
    return Refused();
  }
  const xmlNode* root = xmlDocGetRootElement(document.get());
  if (root == nullptr) return Refused();
  XmlElement element;
  size_t left = kMaxElements;
  const absl::Status status = Copy(root, 1, left, element);
  if (!status.ok()) return status;
  return element;
}

std::string FormatXml(const XmlElement& root) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  Format(root, out);
  out.push_back('\n');
  return out;
}

}  // namespace tsunagu::prescription::envelope
