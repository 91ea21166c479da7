#include "services/prescription/envelope/xml_tree.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <memory>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "services/platform/national/cp932.h"

namespace tsunagu::prescription::envelope {
namespace {

// No DTD is loaded, no entity replaced, nothing fetched; libxml2's own limits stay on.
constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

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

// The value of `encoding` in an XML declaration, in lower case; empty: none.
std::string DeclaredEncoding(absl::string_view declaration) {
  const size_t at = declaration.find("encoding");
  if (at == absl::string_view::npos) return "";
  declaration.remove_prefix(at);
  const size_t open = declaration.find_first_of("\"'");
  if (open == absl::string_view::npos) return "";
  declaration.remove_prefix(open + 1);
  return absl::AsciiStrToLower(declaration.substr(0, declaration.find_first_of("\"'")));
}

// Bytes of the UTF-8 character that starts with this byte.
size_t CharacterLength(char lead) {
  const unsigned char byte = static_cast<unsigned char>(lead);
  return byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
}

char32_t CodePoint(absl::string_view character) {
  constexpr unsigned kFirstBits[] = {0x7F, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t point = static_cast<unsigned char>(character[0]) & kFirstBits[character.size()];
  for (const char c : character.substr(1)) point = point << 6 | (static_cast<unsigned>(c) & 0x3F);
  return point;
}

// Unset where CP932 lacks a character, or has another one for it (the wave dash).
std::optional<std::string> Exactly(absl::string_view utf8) {
  absl::StatusOr<std::string> bytes = national::Utf8ToCp932(utf8);
  if (!bytes.ok()) return std::nullopt;
  const absl::StatusOr<std::string> back = national::Cp932ToUtf8(*bytes);
  if (!back.ok() || *back != utf8) return std::nullopt;
  return *std::move(bytes);
}

std::string ToCp932(absl::string_view utf8) {
  if (std::optional<std::string> whole = Exactly(utf8)) return *std::move(whole);
  std::string bytes;
  while (!utf8.empty()) {
    const absl::string_view character = utf8.substr(0, CharacterLength(utf8[0]));
    const std::optional<std::string> one = Exactly(character);
    absl::StrAppend(&bytes, one ? *one : absl::StrFormat("&#x%X;", CodePoint(character)));
    utf8.remove_prefix(character.size());
  }
  return bytes;
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

absl::StatusOr<std::string> DecodeXml(absl::string_view bytes) {
  absl::string_view body = bytes;
  if (absl::StartsWith(body, kByteOrderMark)) body.remove_prefix(kByteOrderMark.size());
  std::string encoding;
  if (absl::StartsWith(body, "<?xml ")) {
    const size_t end = body.find("?>");
    if (end == absl::string_view::npos) return Refused();
    encoding = DeclaredEncoding(body.substr(0, end));
    body.remove_prefix(end + 2);
  }
  if (encoding.empty() || encoding == "utf-8") {
    if (!national::IsUtf8(body)) return Refused();
    return std::string(body);
  }
  for (const char* name : {"shift_jis", "shift-jis", "sjis", "windows-31j", "ms932", "cp932"}) {
    if (encoding == name) return national::Cp932ToUtf8(body);
  }
  return Refused();
}

std::string FormatXml(const XmlElement& root, XmlCharset charset) {
  const bool cp932 = charset == XmlCharset::kCp932;
  std::string out =
      absl::StrCat("<?xml version=\"1.0\" encoding=\"", cp932 ? "Shift_JIS" : "UTF-8", "\"?>\n");
  Format(root, out);
  out.push_back('\n');
  return cp932 ? ToCp932(out) : out;
}

}  // namespace tsunagu::prescription::envelope
