#include "services/gateway/admission.h"

#include <algorithm>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "services/gateway/errors.h"
#include "services/platform/access/authorise.h"
#include "services/platform/access/metadata.h"
#include "services/platform/status/macros.h"

namespace tsunagu::gateway {
namespace {

using access::Enrolment;
using access::Facilities;
using access::Facility;

constexpr size_t kLoggedFingerprint = 12;
constexpr size_t kMaxLocalUser = 64;

bool IsLocalUser(absl::string_view text) {
  return !text.empty() && text.size() <= kMaxLocalUser &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '-' || c == '@';
         });
}

// The local user of an organisation; empty when it names none, which its rule then refuses. A
// practitioner acts for himself, whatever the client sends.
absl::StatusOr<absl::string_view> LocalUser(const Credential& credential,
                                            const MetadataValue& metadata) {
  if (credential.kind != access::v1::CREDENTIAL_ORGANISATION || !metadata.value.has_value()) {
    return absl::string_view();
  }
  if (metadata.repeated || !IsLocalUser(*metadata.value)) {
    return MetadataInvalid(access::kLocalUserKey);
  }
  return *metadata.value;
}

const Facility* FindCode(const Facilities& facilities, absl::string_view code) {
  const auto found = std::find_if(facilities.begin(), facilities.end(),
                                  [code](const Facility& f) { return f.code == code; });
  return found == facilities.end() ? nullptr : &*found;
}

absl::StatusOr<Facility> SelectFacility(const Facilities& enrolled, const MetadataValue& wish) {
  if (enrolled.empty()) return NotEnrolled();
  if (wish.repeated) return MetadataInvalid(access::kFacilityKey);
  if (wish.value.has_value()) {
    const Facility* chosen = FindCode(enrolled, *wish.value);
    if (chosen == nullptr) return FacilityNotEnrolled();
    return *chosen;
  }
  if (enrolled.size() > 1) return FacilityAmbiguous();
  return enrolled.front();
}

absl::StatusOr<Facility> FacilityOf(const Credential& credential, const Enrolment& enrolment,
                                    const MetadataValue& wish) {
  if (credential.kind == access::v1::CREDENTIAL_PRACTITIONER) {
    return SelectFacility(
        enrolment.FacilitiesOf(credential.key_fingerprint, credential.issuer, credential.serial),
        wish);
  }
  const Facility* facility = enrolment.FindFacility(credential.facility_code);
  if (facility == nullptr) return NotEnrolled();
  return SelectFacility({*facility}, wish);
}

}  // namespace

Decision Admission::Admit(const CallHead& head, absl::Time now) {
  Decision decision;
  decision.status = Decide(head, now, /*limited=*/true, decision);
  return decision;
}

absl::Status Admission::AdmitAgain(const CallHead& head, absl::Time now) {
  Decision decision;
  return Decide(head, now, /*limited=*/false, decision);
}

absl::Status Admission::Decide(const CallHead& head, absl::Time now, bool limited,
                               Decision& decision) {
  decision.method = access::FindMethod(head.path);
  const auto verdict = parts_.credentials->Check(head.leaf_pem, head.chain_pem, now);
  const Credential& credential = verdict->credential;
  decision.credential = credential.fingerprint.substr(0, kLoggedFingerprint);
  if (limited &&
      !credential.fingerprint.empty()) {  // of a certificate that can be read, good or not
    const absl::Duration wait = parts_.limiter->Take(credential.fingerprint, now);
    if (wait > absl::ZeroDuration()) return RateLimited(wait);
  }
  RETURN_IF_ERROR(verdict->status);
  if (decision.method == nullptr) return MethodUnknown();
  const auto enrolment = parts_.enrolment->current();
  ASSIGN_OR_RETURN(const Facility facility, FacilityOf(credential, *enrolment, head.facility));
  ASSIGN_OR_RETURN(const absl::string_view user, LocalUser(credential, head.local_user));
  decision.principal = parts_.issuer->Issue(credential, facility, user, now);
  return CheckContextAndRule(head, now, decision);
}

absl::Status Admission::CheckContextAndRule(const CallHead& head, absl::Time now,
                                            Decision& decision) {
  const access::v1::Rule* rule = decision.method->rule;
  const access::v1::Principal& principal = decision.principal->principal;
  const bool needed = rule != nullptr && rule->scope() != access::v1::SCOPE_UNSPECIFIED;
  if (!needed || !head.care_context.value.has_value()) {
    return access::Authorise(rule, principal, nullptr, now);
  }
  if (head.care_context.repeated) return MetadataInvalid(access::kCareContextKey);
  ASSIGN_OR_RETURN(const auto context,
                   parts_.verifier->VerifyCareContext(*head.care_context.value, now));
  RETURN_IF_ERROR(access::Authorise(rule, principal, context.get(), now));
  decision.with_care_context = true;
  return absl::OkStatus();
}

}  // namespace tsunagu::gateway
