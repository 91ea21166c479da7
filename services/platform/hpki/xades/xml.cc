#include "services/platform/hpki/xades/xml.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "services/platform/hpki/xades/rules.h"
#include "services/platform/hpki/xades/scan.h"

namespace tsunagu::xades {
namespace {

// CDATA becomes text and character references are resolved, as canonicalisation wants it. A DTD
// never gets here, so NOENT can only mean the five predefined entities.
constexpr int kParseOptions =
    XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_NOCDATA | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;

void IgnoreError(void*, xmlError*) {}

absl::string_view View(const xmlChar* text) {
  return text == nullptr ? absl::string_view() : reinterpret_cast<const char*>(text);
}

struct ParserDeleter {
  void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};

void InitLibraryOnce() {
  static const bool done = [] {
    xmlInitParser();
    return true;
  }();
  static_cast<void>(done);
}

}  // namespace

XmlDocument ParseXml(absl::string_view bytes, national::Findings* findings) {
  InitLibraryOnce();
  if (!CheckLimits(bytes, findings)) return nullptr;
  const std::unique_ptr<xmlParserCtxt, ParserDeleter> parser(xmlNewParserCtxt());
  const ScopedXmlSilence silence;
  XmlDocument document(xmlCtxtReadMemory(parser.get(), bytes.data(), static_cast<int>(bytes.size()),
                                         nullptr, "UTF-8", kParseOptions));
  // nsWellFormed: a prefix without its declaration parses, but has no namespace.
  if (document == nullptr || parser->nsWellFormed == 0) {
    Report(kRuleWellFormed, "", findings);
    return nullptr;
  }
  return document;
}

ScopedXmlSilence::ScopedXmlSilence()
    : handler_(xmlStructuredError), context_(xmlStructuredErrorContext) {
  xmlSetStructuredErrorFunc(nullptr, IgnoreError);
}

ScopedXmlSilence::~ScopedXmlSilence() { xmlSetStructuredErrorFunc(context_, handler_); }

absl::string_view NameOf(const xmlNode* node) { return View(node->name); }

absl::string_view NamespaceOf(const xmlNode* node) {
  return node->ns == nullptr ? absl::string_view() : View(node->ns->href);
}

bool Is(const xmlNode* node, absl::string_view name_space, absl::string_view name) {
  return node != nullptr && node->type == XML_ELEMENT_NODE && NameOf(node) == name &&
         NamespaceOf(node) == name_space;
}

std::vector<xmlNode*> ChildElements(const xmlNode* parent) {
  std::vector<xmlNode*> children;
  if (parent == nullptr) return children;
  for (xmlNode* child = parent->children; child != nullptr; child = child->next) {
    if (child->type == XML_ELEMENT_NODE) children.push_back(child);
  }
  return children;
}

xmlNode* OnlyChild(const xmlNode* parent, absl::string_view name_space, absl::string_view name) {
  if (parent == nullptr) return nullptr;
  xmlNode* found = nullptr;
  for (xmlNode* child = parent->children; child != nullptr; child = child->next) {
    if (child->type != XML_ELEMENT_NODE || NameOf(child) != name) continue;
    if (found != nullptr) return nullptr;
    found = child;
  }
  return Is(found, name_space, name) ? found : nullptr;
}

int CountChildren(const xmlNode* parent, absl::string_view name) {
  int count = 0;
  for (const xmlNode* child : ChildElements(parent)) count += NameOf(child) == name ? 1 : 0;
  return count;
}

absl::string_view Attribute(const xmlNode* node, absl::string_view name) {
  if (node == nullptr) return {};
  for (const xmlAttr* attribute = node->properties; attribute != nullptr;
       attribute = attribute->next) {
    if (attribute->ns != nullptr || View(attribute->name) != name) continue;
    const xmlNode* value = attribute->children;
    return value == nullptr ? absl::string_view() : View(value->content);
  }
  return {};
}

std::optional<absl::string_view> TextOf(const xmlNode* node) {
  if (node == nullptr) return std::nullopt;
  if (node->children == nullptr) return absl::string_view("");
  if (node->children->type != XML_TEXT_NODE || node->children->next != nullptr) return std::nullopt;
  return View(node->children->content);
}

std::optional<std::string> Base64Of(const xmlNode* node) {
  const std::optional<absl::string_view> text = TextOf(node);
  std::string bytes;
  if (!text || !absl::Base64Unescape(*text, &bytes)) return std::nullopt;
  return bytes;
}

absl::string_view TrimmedText(const xmlNode* node) {
  return absl::StripAsciiWhitespace(TextOf(node).value_or(""));
}

}  // namespace tsunagu::xades
