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

// INVALID_ARGUMENT for anything but a well-formed document without a DTD, no deeper than kMaxDepth
// and with at most kMaxElements elements. Never touches a file or the network.
absl::StatusOr<XmlElement> ParseXml(absl::string_view xml);

// UTF-8 with an XML declaration. Characters that are special to XML are escaped; a text that XML
// cannot hold at all gives a document that does not read back.
std::string FormatXml(const XmlElement& root);

}  // namespace tsunagu::prescription::envelope

#endif  // SERVICES_PRESCRIPTION_ENVELOPE_XML_TREE_H_
