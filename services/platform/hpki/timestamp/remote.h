// A time-stamping authority somewhere else, asked over HTTP (RFC 3161, 3.4).
#ifndef SERVICES_PLATFORM_HPKI_TIMESTAMP_REMOTE_H_
#define SERVICES_PLATFORM_HPKI_TIMESTAMP_REMOTE_H_

#include <openssl/objects.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/hpki/timestamp/stamper.h"

namespace tsunagu::timestamp {

inline constexpr absl::Duration kDefaultTimeout = absl::Seconds(5);

// Immutable and thread safe. A call waits for the answer, up to the timeout.
class RemoteAuthority : public Stamper {
 public:
  struct Options {
    std::string url;      // http:// or https://
    std::string ca_file;  // PEM: whom to believe in TLS; empty: Debian's list
    std::string policy;   // OID that the token must name; empty: whatever the authority has
    absl::Duration timeout = kDefaultTimeout;
  };

  // `trusted`: PEM, one or more certificates, of the authority itself or of CAs that issue to it.
  // INVALID_ARGUMENT for one that cannot be read, another kind of URL, a policy that is no OID or a
  // timeout that is not positive.
  static absl::StatusOr<RemoteAuthority> Create(absl::string_view trusted, Options options);

  // UNAVAILABLE whenever the authority does not answer with a token for these bytes and this
  // request, under the policy, signed by who is trusted and is an authority (SIG-072). Nothing is
  // kept of such an answer.
  absl::StatusOr<std::string> Stamp(absl::string_view bytes) const override;

 private:
  RemoteAuthority() = default;

  Options options_;
  std::shared_ptr<X509_STORE> trusted_;
  std::shared_ptr<ASN1_OBJECT> policy_;  // null: any
};

}  // namespace tsunagu::timestamp

#endif  // SERVICES_PLATFORM_HPKI_TIMESTAMP_REMOTE_H_
