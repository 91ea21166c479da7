// Requests for time-stamps (RFC 3161, 2.4.1).
#ifndef SERVICES_PLATFORM_HPKI_TIMESTAMP_REQUEST_H_
#define SERVICES_PLATFORM_HPKI_TIMESTAMP_REQUEST_H_

#include <openssl/ts.h>

#include <memory>

#include "absl/strings/string_view.h"
#include "services/platform/hpki/openssl_ptr.h"

namespace tsunagu::timestamp {

using RequestPtr = std::unique_ptr<TS_REQ, hpki::OpensslFree<TS_REQ_free>>;

// For the SHA-256 of the bytes, asking for the authority's certificate; without nonce and policy.
// Null when OpenSSL cannot make it.
RequestPtr MakeRequest(absl::string_view bytes);

}  // namespace tsunagu::timestamp

#endif  // SERVICES_PLATFORM_HPKI_TIMESTAMP_REQUEST_H_
