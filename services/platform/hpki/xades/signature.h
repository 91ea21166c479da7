// One XAdES signature inside a parsed document.
#ifndef SERVICES_PLATFORM_HPKI_XADES_SIGNATURE_H_
#define SERVICES_PLATFORM_HPKI_XADES_SIGNATURE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/platform/hpki/xades/layout.h"
#include "services/platform/national/finding.h"

namespace tsunagu::xades {

// What a signature carries; each level includes the ones before it.
enum class Level {
  kEs,    // signature only, as a clinic's or pharmacy's software makes it
  kEsT,   // + signature time-stamp
  kEsXl,  // + certificates and revocation lists
  kEsA,   // + archive time-stamp
};

// A time-stamp of the signature or of its archive. That the authority is trusted is
// timestamp::Verifier's to say; give it `token` and `imprinted`.
struct TimeStamp {
  std::string token;      // DER
  absl::Time gen_time;    // the reference time for the certificates below it once verified
  std::string imprinted;  // the bytes that it must have been made for
  bool imprint_matches = false;
  std::string authority_certificate;      // DER; empty if the token does not carry it
  std::vector<std::string> certificates;  // DER: all that the token carries
};

struct Signature {
  Level level = Level::kEs;
  std::string signer_certificate;  // DER, from KeyInfo; its path is not checked
  // DER: further certificates of KeyInfo, those of CertificateValues, then those for the
  // authorities of the time-stamps (TimeStampValidationData).
  std::vector<std::string> certificates;
  std::vector<std::string> revocation_lists;  // DER: CRLs of the same, in that order
  std::optional<absl::Time> signing_time;     // what the signer claims
  std::optional<TimeStamp> time_stamp;
  std::vector<TimeStamp> archive_time_stamps;  // in their order: each covers all before it
  // What a signature time-stamp stamps: the canonical ds:SignatureValue.
  std::string imprinted;
  // The bytes that were signed: the decoded Base64 of the signed element. Empty unless the whole
  // document is valid, so that nobody works with content that fails.
  std::string content;
};

// Checks everything of this signature except the certificate's path. Reports all that is wrong. The
// ids of the document must be known to be unique. part.data, .payload and .signature must be set.
Signature CheckSignature(const SignedPart& part, national::Findings* findings);

}  // namespace tsunagu::xades

#endif  // SERVICES_PLATFORM_HPKI_XADES_SIGNATURE_H_
