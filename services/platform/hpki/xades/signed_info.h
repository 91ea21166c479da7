// ds:SignedInfo: the three references and their digests (XML Signature, section 3.2.1).
#ifndef SERVICES_PLATFORM_HPKI_XADES_SIGNED_INFO_H_
#define SERVICES_PLATFORM_HPKI_XADES_SIGNED_INFO_H_

#include <libxml/tree.h>

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "services/platform/hpki/xades/algorithms.h"
#include "services/platform/hpki/xades/canonical.h"
#include "services/platform/hpki/xades/rules.h"
#include "services/platform/national/finding.h"

namespace tsunagu::xades {

inline constexpr char kSignedPropertiesType[] = "http://uri.etsi.org/01903#SignedProperties";

// The elements that the references must lead to.
struct Targets {
  const xmlNode* data = nullptr;
  const xmlNode* key_info = nullptr;
  const xmlNode* signed_properties = nullptr;
};

struct SignedInfo {
  std::string canonical;                  // the bytes that SignatureValue signs
  std::optional<SignatureMethod> method;  // unset: not an accepted one
};

// Checks the references one by one (SIG-009 to SIG-014). `path` is for the findings.
SignedInfo CheckSignedInfo(const xmlNode* signed_info, const Targets& targets,
                           absl::string_view path, national::Findings* findings);

// What the references refer to, one after the other in their order: the octets that were digested,
// and canonicalised by `method` where a reference has no transform. Nothing if one of them leads to
// none of the targets or cannot be canonicalised.
std::optional<std::string> BytesOfReferences(const xmlNode* signed_info, const Targets& targets,
                                             Canonicalization method);

// The digest of an element as a ds:Reference or xades:CertDigest states it, compared with `bytes`:
// SIG-011 for an algorithm that is not accepted, otherwise `mismatch` when it differs.
bool CheckDigest(const xmlNode* holder, absl::string_view bytes, const Rule& mismatch,
                 absl::string_view path, national::Findings* findings);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_SIGNED_INFO_H_
