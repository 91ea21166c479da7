// A small XML document as plain values: elements with either text or children. Internal to this
// folder.
#ifndef SERVICES_PRESCRIPTION_ENVELOPE_XML_TREE_H_
#define SERVICES_PRESCRIPTION_ENVELOPE_XML_TREE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tsunagu::prescription::envelope {

inline constexpr int kMaxDepth = 8;
inline constexpr size_t kMaxElements = 10'000;

struct XmlElement {
  std::string name;  // without a namespace prefix
  std::string text;  // of a leaf; comments and surrounding white space removed
  std::vector<XmlElement> children;

  // Appends a child. The reference lives until the next Add on this element.
  XmlElement& Add(absl::string_view child, absl::string_view text = "");
};

enum class XmlCharset { kUtf8, kCp932 };

// The document in UTF-8, without its XML declaration. INVALID_ARGUMENT when it declares neither
// UTF-8 nor Shift_JIS (by any name that means CP932 in practice), or is not in what it declares.
absl::StatusOr<std::string> DecodeXml(absl::string_view bytes);

// INVALID_ARGUMENT for anything but a well-formed document without a DTD, no deeper than kMaxDepth
// and with at most kMaxElements elements. Never touches a file or the network.
absl::StatusOr<XmlElement> ParseXml(absl::string_view xml);

// With an XML declaration. Characters that are special to XML are escaped, those that CP932 lacks
// become character references; a text that XML cannot hold at all gives a document that does not
// read back.
std::string FormatXml(const XmlElement& root, XmlCharset charset = XmlCharset::kUtf8);

}  // namespace tsunagu::prescription::envelope

#endif  // SERVICES_PRESCRIPTION_ENVELOPE_XML_TREE_H_
