// The qualifications that an HPKI certificate can assert (保健医療福祉分野の国家資格・管理者資格).
#ifndef SERVICES_PLATFORM_HPKI_ROLE_H_
#define SERVICES_PLATFORM_HPKI_ROLE_H_

#include <optional>
#include <span>

#include "absl/strings/string_view.h"

namespace tsunagu::hpki {

enum class Role {
  // National qualifications.
  kMedicalDoctor,
  kDentist,
  kPharmacist,
  kMedicalTechnologist,
  kRadiologicalTechnologist,
  kGeneralNurse,
  kPublicHealthNurse,
  kMidwife,
  kPhysicalTherapist,
  kOccupationalTherapist,
  kOrthoptist,
  kSpeechTherapist,
  kDentalTechnician,
  kRegisteredDietitian,
  kCertifiedSocialWorker,
  kCertifiedCareWorker,
  kEmergencyMedicalTechnician,
  kPsychiatricSocialWorker,
  kClinicalEngineer,
  kMasseur,
  kAcupuncturist,
  kMoxibustionPractitioner,
  kDentalHygienist,
  kProsthetistAndOrthotist,
  kJudoTherapist,
  kClinicalLaboratoryTechnician,
  kPublicPsychologist,
  // Those who run a facility. Not a licence: a director of a hospital need not be a doctor.
  kDirectorOfHospital,
  kDirectorOfClinic,
  kSupervisorOfPharmacy,
  kProprietorOfPharmacy,
  kDirector,
};

// How well the English text of a role is known.
enum class Certainty {
  kArtefact,  // read in a genuine certificate
  kDocument,  // read in a published document or program
  kAssumed,   // not confirmed; check against the certificate policy before production
};

struct RoleInfo {
  Role role;
  absl::string_view text;      // exactly as in the certificate, e.g. "Medical Doctor"
  absl::string_view japanese;  // for users, e.g. "医師"
  bool licence;                // false for those who only run a facility
  Certainty certainty;         // of `text`
};

// All roles, each once, in the order of the enumeration.
std::span<const RoleInfo> AllRoles();

const RoleInfo& InfoOf(Role role);

// The role of exactly that text: no folding of case, no trimming. Nothing for any other text, which
// then gives no right (PKI-021).
std::optional<Role> FindRole(absl::string_view text);

// Whether the role is a national qualification. Only a licence lets someone prescribe or dispense
// (PKI-022).
bool IsLicence(Role role);

}  // namespace tsunagu::hpki

#endif  // SERVICES_PLATFORM_HPKI_ROLE_H_
