// What the certificates behind a signature are worth: the signer's and those of the time-stamp
// authorities, each doubt a finding of its own.
//
// For explaining a document to somebody, whatever its level and whoever issued the certificates. A
// service that lets documents in asks PathValidator and timestamp::Verifier.
#ifndef SERVICES_PLATFORM_HPKI_XADES_STANDING_H_
#define SERVICES_PLATFORM_HPKI_XADES_STANDING_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/role.h"
#include "services/platform/hpki/xades/signature.h"
#include "services/platform/national/finding.h"

namespace tsunagu::xades {

// Whom to believe, beside the ministry's root, which is known by its fingerprint wherever a
// document carries it. All may be empty.
struct Anchors {
  std::vector<hpki::Certificate> roots;          // of signers
  std::vector<hpki::Certificate> intermediates;  // complete a path; not trusted by being here
  std::vector<std::string> revocation_lists;     // DER; of today
  std::vector<hpki::Certificate> authorities;    // time-stamp authorities, or their CAs
};

struct Standing {
  national::Findings findings;  // SIG-053 to SIG-067
  // By when the signer's certificate is judged: the time of the signature time-stamp if that is
  // sound, else now.
  absl::Time judged_at;
  std::optional<hpki::Certificate> signer;  // unset: there is none that can be read
};

// Of a signature that Verify() gave. `path` is for the findings, `wanted` the licences of which one
// lets sign this kind of document.
Standing Assess(const Signature& signature, absl::string_view path,
                std::span<const hpki::Role> wanted, const Anchors& anchors, absl::Time now);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_STANDING_H_
