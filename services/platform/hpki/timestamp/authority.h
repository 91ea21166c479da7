// A time-stamping authority of our own (RFC 3161), for one machine without an outside authority.
#ifndef SERVICES_PLATFORM_HPKI_TIMESTAMP_AUTHORITY_H_
#define SERVICES_PLATFORM_HPKI_TIMESTAMP_AUTHORITY_H_

#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/platform/hpki/timestamp/stamper.h"

namespace tsunagu::timestamp {

// Makes tokens with SHA-256 imprints, genTime in whole seconds with an accuracy of one second, a
// random serial number of 128 bits and the authority's certificate inside. Immutable and thread
// safe; copies share key and certificate.
class Authority : public Stamper {
 public:
  struct Options {
    std::string policy;  // OID of the policy under which it stamps, dotted digits
    std::function<absl::Time()> clock = absl::Now;  // must be callable from any thread
  };

  // INVALID_ARGUMENT if a PEM text or the OID cannot be read, key and certificate do not belong
  // together, or the certificate is not for time-stamps only (critical extended key usage).
  static absl::StatusOr<Authority> Create(absl::string_view key_pem, absl::string_view cert_pem,
                                          Options options);

  absl::StatusOr<std::string> Stamp(absl::string_view bytes) const override;

  // The answer (TimeStampResp, DER) to a request (TimeStampReq, DER): a rejection if that cannot be
  // granted.
  absl::StatusOr<std::string> Respond(absl::string_view request_der) const;

 private:
  Authority() = default;
  absl::StatusOr<std::string> Answer(BIO* request, bool token_only) const;

  std::shared_ptr<EVP_PKEY> key_;
  std::shared_ptr<X509> certificate_;
  std::shared_ptr<ASN1_OBJECT> policy_;
  std::function<absl::Time()> clock_;
};

}  // namespace tsunagu::timestamp

#endif  // SERVICES_PLATFORM_HPKI_TIMESTAMP_AUTHORITY_H_
