// Reading XML the careful way: no DTD, no entities, no network, within limits; and the few looks
// into libxml2's tree that the signature checks need.
#ifndef SERVICES_PLATFORM_HPKI_XADES_XML_H_
#define SERVICES_PLATFORM_HPKI_XADES_XML_H_

#include <libxml/tree.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/platform/national/finding.h"

namespace tsunagu::xades {

inline constexpr char kDsNamespace[] = "http://www.w3.org/2000/09/xmldsig#";
inline constexpr char kXadesNamespace[] = "http://uri.etsi.org/01903/v1.3.2#";
inline constexpr char kXades141Namespace[] = "http://uri.etsi.org/01903/v1.4.1#";
inline constexpr char kXsiNamespace[] = "http://www.w3.org/2001/XMLSchema-instance";

struct XmlDocDeleter {
  void operator()(xmlDoc* doc) const { xmlFreeDoc(doc); }
};
using XmlDocument = std::unique_ptr<xmlDoc, XmlDocDeleter>;

// Parses after CheckLimits. Null with findings (SIG-001 to SIG-004) when refused. A tree is for one
// thread; several threads may parse at the same time.
XmlDocument ParseXml(absl::string_view bytes, national::Findings* findings);

// While it lives, libxml2's errors of this thread go nowhere instead of to stderr.
class ScopedXmlSilence {
 public:
  ScopedXmlSilence();
  ~ScopedXmlSilence();
  ScopedXmlSilence(const ScopedXmlSilence&) = delete;
  ScopedXmlSilence& operator=(const ScopedXmlSilence&) = delete;

 private:
  xmlStructuredErrorFunc handler_;
  void* context_;
};

absl::string_view NameOf(const xmlNode* node);

// Empty for no namespace.
absl::string_view NamespaceOf(const xmlNode* node);

bool Is(const xmlNode* node, absl::string_view name_space, absl::string_view name);

std::vector<xmlNode*> ChildElements(const xmlNode* parent);

// The child element with that local name if there is exactly one such child, in whatever namespace,
// and it is in `name_space`; else null. Null for a null parent, so that paths can be chained.
xmlNode* OnlyChild(const xmlNode* parent, absl::string_view name_space, absl::string_view name);

// How many child elements have that local name, in whatever namespace. 0 for a null parent.
int CountChildren(const xmlNode* parent, absl::string_view name);

// The value of an attribute in no namespace; empty if there is none. Lives as long as the tree.
absl::string_view Attribute(const xmlNode* node, absl::string_view name);

// The element's text. Nothing if it holds anything but text: a comment or an element inside would
// let two readers see two texts under one digest.
std::optional<absl::string_view> TextOf(const xmlNode* node);

// The decoded Base64 text; nothing for a null node, other content or other characters.
std::optional<std::string> Base64Of(const xmlNode* node);

// The element's text without white space at its ends; empty if it has other content.
absl::string_view TrimmedText(const xmlNode* node);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_XML_H_
