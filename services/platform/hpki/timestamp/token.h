// Reading an RFC 3161 time-stamp token. Nothing here is verified; verifier.h does that.
#ifndef SERVICES_PLATFORM_HPKI_TIMESTAMP_TOKEN_H_
#define SERVICES_PLATFORM_HPKI_TIMESTAMP_TOKEN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tsunagu::timestamp {

struct Token {
  absl::Time gen_time;  // whole seconds, fractions are cut off
  std::string policy;   // of the authority, dotted digits
  int digest_nid = 0;   // OpenSSL's number of the imprint's digest: SHA-256, -384 or -512
  std::string imprint;  // the digest of what was stamped
  std::string authority_certificate;      // DER of the signer; empty if the token does not carry it
  std::vector<std::string> certificates;  // DER: all that the token carries
};

// Reads the DER of a CMS SignedData that holds a TSTInfo. INVALID_ARGUMENT for anything else, for
// other imprint digests and for bytes behind its end.
absl::StatusOr<Token> ReadToken(absl::string_view der);

// Whether the token was made for these bytes.
bool IsImprintOf(const Token& token, absl::string_view bytes);

}  // namespace tsunagu::timestamp

#endif  // SERVICES_PLATFORM_HPKI_TIMESTAMP_TOKEN_H_
