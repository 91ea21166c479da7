#include "services/gateway/principal.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/platform/access/timestamp.h"

namespace tsunagu::gateway {

std::shared_ptr<const SignedPrincipal> PrincipalIssuer::Issue(const Credential& credential,
                                                              const access::Facility& facility,
                                                              absl::string_view local_user,
                                                              absl::Time now) {
  // Fingerprint and code have fixed lengths, so the parts cannot slide into each other.
  const std::string key = absl::StrCat(credential.fingerprint, facility.code, local_user);
  auto known = issued_.Find(key);
  if (known != nullptr && now < known->reuse_until &&
      known->principal.facility_kind() == facility.kind &&
      std::equal(facility.insurer_numbers.begin(), facility.insurer_numbers.end(),
                 known->principal.insurer_numbers().begin(),
                 known->principal.insurer_numbers().end())) {
    return known;
  }
  auto fresh = std::make_shared<SignedPrincipal>();
  access::v1::Principal& principal = fresh->principal;
  principal.set_credential(credential.kind);
  principal.set_actor(credential.fingerprint);
  for (const access::v1::Role role : credential.roles) principal.add_roles(role);
  principal.set_facility(facility.code);
  principal.set_facility_kind(facility.kind);
  principal.set_facility_name(facility.name);
  principal.set_local_user(std::string(local_user));
  for (const std::string& number : facility.insurer_numbers) principal.add_insurer_numbers(number);
  *principal.mutable_issued_at() = access::ToTimestamp(now);
  *principal.mutable_expires_at() = access::ToTimestamp(now + kPrincipalLifetime);
  fresh->token = signer_.Sign(principal);
  fresh->reuse_until = now + kPrincipalReuse;
  issued_.Insert(key, fresh);
  return fresh;
}

}  // namespace tsunagu::gateway
