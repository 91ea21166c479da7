// Whether a call may pass: authenticates, limits and authorises it. Reads the method's name, the
// peer's certificate and the metadata, never a body. Knows nothing of gRPC.
#ifndef SERVICES_GATEWAY_ADMISSION_H_
#define SERVICES_GATEWAY_ADMISSION_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/gateway/credential.h"
#include "services/gateway/principal.h"
#include "services/platform/access/enrolment.h"
#include "services/platform/access/rate_limiter.h"
#include "services/platform/access/rule.h"
#include "services/platform/access/token.h"

namespace tsunagu::gateway {

// A metadata value. Unset when the client sent none.
struct MetadataValue {
  std::optional<absl::string_view> value;
  bool repeated = false;  // it came more than once
};

// What is known of a call before its body. Views live as long as the call.
struct CallHead {
  absl::string_view path;      // "/tsunagu.audit.v1.Audit/GetAccessHistory"
  absl::string_view leaf_pem;  // what the TLS peer presented
  absl::string_view chain_pem;
  MetadataValue local_user;    // tsunagu-local-user
  MetadataValue facility;      // tsunagu-facility
  MetadataValue care_context;  // tsunagu-care-context-bin
};

// What became of it.
struct Decision {
  absl::Status status;                               // OK: forward it
  const access::Method* method = nullptr;            // null: unknown
  std::shared_ptr<const SignedPrincipal> principal;  // set when OK
  bool with_care_context = false;                    // the rule needs it and it is good: forward it
  std::string credential;  // start of the certificate's hash, for logs; empty: not known
};

// Thread safe.
class Admission {
 public:
  struct Parts {
    CredentialChecker* credentials;
    const access::EnrolmentStore* enrolment;
    access::RateLimiter* limiter;
    PrincipalIssuer* issuer;
    access::TokenVerifier* verifier;
  };

  // All parts must outlive it.
  explicit Admission(const Parts& parts) : parts_(parts) {}

  Decision Admit(const CallHead& head, absl::Time now);

  // Whether an open stream may go on: as Admit, but it costs nothing of the certificate's rate.
  absl::Status AdmitAgain(const CallHead& head, absl::Time now);

 private:
  absl::Status Decide(const CallHead& head, absl::Time now, bool limited, Decision& decision);
  absl::Status CheckContextAndRule(const CallHead& head, absl::Time now, Decision& decision);

  const Parts parts_;
};

}  // namespace tsunagu::gateway

#endif  // SERVICES_GATEWAY_ADMISSION_H_
