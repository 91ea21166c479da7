// A linear look at the bytes of an XML document before and beside the real parser: where its tags
// stand, and whether its size is within limits. The parser's tree forgets byte positions, and
// signed documents must be extended without re-serialising them.
#ifndef SERVICES_PLATFORM_HPKI_XADES_SCAN_H_
#define SERVICES_PLATFORM_HPKI_XADES_SCAN_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/platform/national/finding.h"

namespace tsunagu::xades {

// Limits of a signed document. A prescription with a full set of long-term evidence has about 50 KB
// and 150 elements; the CRLs of a large CA may add a megabyte.
inline constexpr size_t kMaxDocumentBytes = 4 << 20;
inline constexpr int kMaxDepth = 32;
inline constexpr int kMaxElements = 4000;
// libxml2 2.9 looks for duplicate attributes in quadratic time.
inline constexpr int kMaxAttributesPerElement = 16;
// Canonicalisation looks through all declarations in scope of each element.
inline constexpr int kMaxNamespaceDeclarations = 256;

struct Tag {
  enum class Type { kOpen, kClose, kEmpty };
  Type type = Type::kOpen;
  size_t begin = 0;        // of '<'
  size_t end = 0;          // behind '>'
  absl::string_view name;  // as written, with its prefix
  int attributes = 0;
};

// Iterates over the tags, stepping over comments, CDATA sections and processing instructions. It
// does not check that the document is well-formed. Keeps a view of `document`.
class TagScanner {
 public:
  enum class Step { kTag, kEnd, kDeclaration /* <!DOCTYPE and the like */, kBroken };

  explicit TagScanner(absl::string_view document) : document_(document) {}
  Step Next(Tag* tag);

 private:
  bool SkipPast(absl::string_view terminator);
  Step ReadTag(Tag* tag);

  absl::string_view document_;
  size_t at_ = 0;
};

// Adds SIG-001 to SIG-004 for what is too large, not UTF-8, or has a DTD; true if there was nothing
// to add. Time is linear in the size.
bool CheckLimits(absl::string_view document, national::Findings* findings);

// Byte positions of one element. For an empty element (<a/>) inner_begin == inner_end == outer_end.
struct ElementSpan {
  size_t outer_begin = 0;
  size_t inner_begin = 0;
  size_t inner_end = 0;
  size_t outer_end = 0;
  bool is_empty_tag = false;
  absl::string_view name;  // as written, with its prefix
};

// The first element whose path from the root consists of these local names. `document` must be
// well-formed.
std::optional<ElementSpan> FindElement(absl::string_view document,
                                       const std::vector<absl::string_view>& path);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_SCAN_H_
