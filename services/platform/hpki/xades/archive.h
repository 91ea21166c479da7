// What an archive time-stamp covers (XAdES 1.4.1, 8.2.1, and 1.3.2, 7.7.1; not distributed).
#ifndef SERVICES_PLATFORM_HPKI_XADES_ARCHIVE_H_
#define SERVICES_PLATFORM_HPKI_XADES_ARCHIVE_H_

#include <libxml/tree.h>

#include <optional>
#include <string>

#include "services/platform/hpki/xades/canonical.h"
#include "services/platform/hpki/xades/signed_info.h"

namespace tsunagu::xades {

// Everything that is referred to, then SignedInfo, SignatureValue, KeyInfo and the unsigned
// signature properties before `archive`, one after the other; null: before one that is to come
// last. Nothing if a part of it is missing or cannot be canonicalised. A ds:Signature of ours has
// no further ds:Object, which would follow (SIG-005).
std::optional<std::string> ArchivedBytes(const xmlNode* signature, const Targets& targets,
                                         const xmlNode* archive, Canonicalization method);

// xades:UnsignedSignatureProperties of a ds:Signature; null if there is none.
const xmlNode* UnsignedSignatureProperties(const xmlNode* signature);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_ARCHIVE_H_
