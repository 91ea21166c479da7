// XML of eligibility messages as a plain tree. Reading resolves no entity, loads nothing and
// refuses document types.
#ifndef SERVICES_ELIGIBILITY_OQS_XML_H_
#define SERVICES_ELIGIBILITY_OQS_XML_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/platform/national/finding.h"

namespace tsunagu::eligibility::oqs {

inline constexpr size_t kMaxXmlBytes = 4 * 1024 * 1024;

struct Element {
  std::string name;
  int line = 0;      // 1-based
  std::string text;  // UTF-8, of the element itself, white space kept
  std::vector<Element> children;

  // The first child of that name, or nullptr. Lives as long as this element.
  const Element* Child(absl::string_view child) const;
};

// The root element. Nothing when it cannot be read; then `findings` got an error. The bytes are
// UTF-8 or CP932 (declared Shift_JIS, Windows-31J or MS932; read as CP932, which those names mean
// in practice). Thread safe.
std::optional<Element> ParseXml(absl::string_view bytes, national::Findings& findings);

}  // namespace tsunagu::eligibility::oqs

#endif  // SERVICES_ELIGIBILITY_OQS_XML_H_
