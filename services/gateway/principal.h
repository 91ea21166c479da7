// Makes the signed principal of a caller, once per minute.
#ifndef SERVICES_GATEWAY_PRINCIPAL_H_
#define SERVICES_GATEWAY_PRINCIPAL_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/gateway/credential.h"
#include "services/platform/access/enrolment.h"
#include "services/platform/access/token.h"
#include "services/platform/access/verdict_cache.h"
#include "tsunagu/access/v1/access.pb.h"

namespace tsunagu::gateway {

// A principal is reused for this long, and valid a little longer, for the call it goes with.
inline constexpr absl::Duration kPrincipalReuse = absl::Minutes(1);
inline constexpr absl::Duration kPrincipalLifetime = absl::Seconds(150);
inline constexpr size_t kRememberedPrincipals = 65'536;

struct SignedPrincipal {
  access::v1::Principal principal;
  std::string token;  // serialized SignedToken
  absl::Time reuse_until;
};

// Thread safe.
class PrincipalIssuer {
 public:
  explicit PrincipalIssuer(access::TokenSigner signer)
      : signer_(std::move(signer)), issued_(kRememberedPrincipals) {}

  // The principal of that certificate at that facility. `local_user` is empty for practitioners.
  std::shared_ptr<const SignedPrincipal> Issue(const Credential& credential,
                                               const access::Facility& facility,
                                               absl::string_view local_user, absl::Time now);

 private:
  const access::TokenSigner signer_;
  access::VerdictCache<SignedPrincipal> issued_;
};

}  // namespace tsunagu::gateway

#endif  // SERVICES_GATEWAY_PRINCIPAL_H_
