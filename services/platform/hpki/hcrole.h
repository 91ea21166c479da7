// hcRole: where an HPKI certificate says which qualifications its holder has.
//
// It is the attribute 1.0.17090.0.1 in the extension subjectDirectoryAttributes (2.5.29.9):
//
//   SubjectDirectoryAttributes ::= SEQUENCE OF SEQUENCE { type OID, values SET OF HCActorData }
//   HCActorData ::= SET OF SEQUENCE { codedData [0] CodedData, regional [1] ANY OPTIONAL }
//   CodedData   ::= SET { scheme [0] OID, value [1] ANY OPTIONAL, text [2] UTF8String OPTIONAL }
//
// with explicit tags (ISO 17090; the bytes of genuine certificates prove tagging and nesting).
// OpenSSL 3.0 has no decoder for the extension, so it is read here, as strict DER: what is not
// exactly of this form is malformed, never guessed at.
#ifndef SERVICES_PLATFORM_HPKI_HCROLE_H_
#define SERVICES_PLATFORM_HPKI_HCROLE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tsunagu::hpki {

// A role name of more bytes is malformed, as are more attributes or actors in one certificate.
inline constexpr size_t kMaxRoleNameBytes = 64;
inline constexpr size_t kMaxHcRoleItems = 64;

// Reads the value of the extension (the content of its OCTET STRING) and gives the role names in
// Japan's coding scheme (1.2.392.100495.1.6.1.1) in the order of the bytes, which means nothing.
// Names of other coding schemes are left out (PKI-024); other directory attributes are skipped. So
// an empty list says that no qualification of ours is asserted. INVALID_ARGUMENT for anything that
// is not DER of the form above (PKI-023).
absl::StatusOr<std::vector<std::string>> ReadHcRole(absl::string_view extension_value);

}  // namespace tsunagu::hpki

#endif  // SERVICES_PLATFORM_HPKI_HCROLE_H_
