#include "services/platform/hpki/xades/canonical.h"

#include <libxml/c14n.h>

#include "services/platform/hpki/xades/xml.h"

namespace tsunagu::xades {
namespace {

// Whether a node belongs to the element `apex`. Namespace nodes have no parent of their own, so
// libxml2 names the element they are seen from.
int IsInside(void* apex, xmlNode* node, xmlNode* parent) {
  const xmlNode* at = node->type == XML_NAMESPACE_DECL ? parent : node;
  while (at != nullptr && at != apex) at = at->parent;
  return at != nullptr ? 1 : 0;
}

int Append(void* context, const char* bytes, int length) {
  static_cast<std::string*>(context)->append(bytes, static_cast<size_t>(length));
  return length;
}

}  // namespace

std::optional<Canonicalization> CanonicalizationOf(absl::string_view uri) {
  if (uri == kInclusiveUri) return Canonicalization::kInclusive;
  if (uri == kExclusiveUri) return Canonicalization::kExclusive;
  return std::nullopt;
}

std::optional<std::string> Canonicalize(const xmlNode* apex, Canonicalization method) {
  const ScopedXmlSilence silence;
  std::string bytes;
  xmlOutputBuffer* buffer = xmlOutputBufferCreateIO(Append, nullptr, &bytes, nullptr);
  if (buffer == nullptr) return std::nullopt;
  const int mode = method == Canonicalization::kExclusive ? XML_C14N_EXCLUSIVE_1_0 : XML_C14N_1_0;
  const int done =
      xmlC14NExecute(apex->doc, IsInside, const_cast<xmlNode*>(apex), mode, nullptr, 0, buffer);
  const int flushed = xmlOutputBufferClose(buffer);
  if (done < 0 || flushed < 0) return std::nullopt;
  return bytes;
}

}  // namespace tsunagu::xades
