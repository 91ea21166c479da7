// xades:UnsignedProperties: time-stamps and long-term evidence added after signing.
#ifndef SERVICES_PLATFORM_HPKI_XADES_UNSIGNED_PROPERTIES_H_
#define SERVICES_PLATFORM_HPKI_XADES_UNSIGNED_PROPERTIES_H_

#include <libxml/tree.h>

#include "absl/strings/string_view.h"
#include "services/platform/hpki/xades/signature.h"
#include "services/platform/hpki/xades/signed_info.h"
#include "services/platform/national/finding.h"

namespace tsunagu::xades {

// Fills in level, time-stamps, certificates and revocation_lists of the ds:Signature `element`.
// Reports SIG-020 to SIG-022 and SIG-050 to SIG-052. Evidence that is not understood is left alone:
// it is unsigned.
void ReadUnsignedProperties(const xmlNode* element, const Targets& targets, absl::string_view path,
                            Signature* signature, national::Findings* findings);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_UNSIGNED_PROPERTIES_H_
