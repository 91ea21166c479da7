// Canonical XML of one element of a document (W3C Canonical XML 1.0 and Exclusive XML
// Canonicalization 1.0, both without comments).
#ifndef SERVICES_PLATFORM_HPKI_XADES_CANONICAL_H_
#define SERVICES_PLATFORM_HPKI_XADES_CANONICAL_H_

#include <libxml/tree.h>

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace tsunagu::xades {

enum class Canonicalization {
  kInclusive,  // takes along the namespaces in scope
  kExclusive,  // only those in use
};

inline constexpr char kInclusiveUri[] = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
inline constexpr char kExclusiveUri[] = "http://www.w3.org/2001/10/xml-exc-c14n#";

// Nothing for every other algorithm, also for the variants with comments.
std::optional<Canonicalization> CanonicalizationOf(absl::string_view uri);

// The canonical bytes of `apex` with all it contains, as a part of its document. Nothing if
// libxml2 refuses (relative namespace names).
std::optional<std::string> Canonicalize(const xmlNode* apex, Canonicalization method);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_CANONICAL_H_
