#include "services/gateway/credential.h"

#include <algorithm>
#include <utility>

#include "services/gateway/errors.h"
#include "services/platform/hpki/role.h"
#include "services/platform/status/macros.h"

namespace tsunagu::gateway {
namespace {

// ROLE_UNSPECIFIED for what no rule of ours can name.
access::v1::Role RoleOf(hpki::Role role) {
  switch (role) {
    case hpki::Role::kMedicalDoctor:
      return access::v1::ROLE_MEDICAL_DOCTOR;
    case hpki::Role::kDentist:
      return access::v1::ROLE_DENTIST;
    case hpki::Role::kPharmacist:
      return access::v1::ROLE_PHARMACIST;
    case hpki::Role::kGeneralNurse:
      return access::v1::ROLE_GENERAL_NURSE;
    case hpki::Role::kPublicHealthNurse:
      return access::v1::ROLE_PUBLIC_HEALTH_NURSE;
    case hpki::Role::kCertifiedSocialWorker:
      return access::v1::ROLE_CERTIFIED_SOCIAL_WORKER;
    case hpki::Role::kCertifiedCareWorker:
      return access::v1::ROLE_CERTIFIED_CARE_WORKER;
    case hpki::Role::kEmergencyMedicalTechnician:
      return access::v1::ROLE_EMERGENCY_MEDICAL_TECHNICIAN;
    case hpki::Role::kPsychiatricSocialWorker:
      return access::v1::ROLE_PSYCHIATRIC_SOCIAL_WORKER;
    default:
      return access::v1::ROLE_UNSPECIFIED;
  }
}

bool IsOrganisation(const hpki::Certificate& leaf) {
  const auto& policies = leaf.policies();
  return std::find(policies.begin(), policies.end(), hpki::kOrganisationPolicy) != policies.end();
}

// What the certificate says, once it is believed.
absl::Status ReadCredential(const hpki::Certificate& leaf, bool organisation,
                            Credential& credential) {
  credential.key_fingerprint = leaf.key_fingerprint();
  credential.issuer = leaf.issuer();
  credential.serial = leaf.serial();
  if (organisation) {
    credential.kind = access::v1::CREDENTIAL_ORGANISATION;
    credential.facility_code = leaf.subject().organizational_unit;
    return absl::OkStatus();
  }
  credential.kind = access::v1::CREDENTIAL_PRACTITIONER;
  const auto roles = leaf.Roles();
  if (!roles.ok()) return RoleMalformed();
  credential.roles = LicencesOf(*roles);
  return credential.roles.empty() ? NoLicence() : absl::OkStatus();
}

}  // namespace

std::vector<access::v1::Role> LicencesOf(const std::vector<hpki::Role>& roles) {
  std::vector<access::v1::Role> licences;
  for (const hpki::Role role : roles) {
    const access::v1::Role licence = RoleOf(role);
    if (hpki::IsLicence(role) && licence != access::v1::ROLE_UNSPECIFIED) {
      licences.push_back(licence);
    }
  }
  return licences;
}

std::shared_ptr<const Verdict> CredentialChecker::Check(absl::string_view leaf_pem,
                                                        absl::string_view chain_pem,
                                                        absl::Time now) {
  const hpki::CrlStore::Snapshot lists = crls_->Latest();
  auto verdict = verdicts_.Find(leaf_pem);
  if (verdict != nullptr && verdict->crl_generation == lists.generation &&
      now < verdict->good_until) {
    return verdict;
  }
  verdict = std::make_shared<const Verdict>(Examine(leaf_pem, chain_pem, lists, now));
  verdicts_.Insert(leaf_pem, verdict);
  return verdict;
}

Verdict CredentialChecker::Examine(absl::string_view leaf_pem, absl::string_view chain_pem,
                                   const hpki::CrlStore::Snapshot& lists, absl::Time now) const {
  Verdict verdict;
  verdict.crl_generation = lists.generation;
  verdict.good_until = now + kRefusalAge;
  const auto presented = hpki::ReadPresentedChain(leaf_pem, chain_pem);
  if (!presented.ok()) {
    verdict.status = CertificateUnreadable();
    return verdict;
  }
  const hpki::Certificate& leaf = presented->leaf;
  verdict.credential.fingerprint = leaf.fingerprint();
  const bool organisation = IsOrganisation(leaf);
  const auto purpose = organisation ? hpki::Purpose::kOrganisation : hpki::Purpose::kAuthentication;
  const absl::Status believed =
      validator_.Validate(leaf, presented->chain, purpose, lists.crls, now);
  verdict.status = believed.ok() ? ReadCredential(leaf, organisation, verdict.credential)
                                 : CertificateRefused(believed);
  if (verdict.status.ok()) {
    verdict.good_until =
        std::min({now + kMaxVerdictAge, leaf.not_after(), lists.crls.earliest_next_update()});
  }
  return verdict;
}

}  // namespace tsunagu::gateway
