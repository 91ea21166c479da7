#include "services/platform/hpki/role.h"

#include <array>
#include <cstddef>

namespace tsunagu::hpki {
namespace {

constexpr Certainty kArtefact = Certainty::kArtefact;
constexpr Certainty kDocument = Certainty::kDocument;
constexpr Certainty kAssumed = Certainty::kAssumed;

constexpr std::array<RoleInfo, 32> kRoles = {{
    {Role::kMedicalDoctor, "Medical Doctor", "医師", true, kArtefact},
    {Role::kDentist, "Dentist", "歯科医師", true, kDocument},
    {Role::kPharmacist, "Pharmacist", "薬剤師", true, kArtefact},
    {Role::kMedicalTechnologist, "Medical Technologist", "臨床検査技師", true, kDocument},
    {Role::kRadiologicalTechnologist, "Radiological Technologist", "診療放射線技師", true,
     kDocument},
    {Role::kGeneralNurse, "General Nurse", "看護師", true, kAssumed},
    {Role::kPublicHealthNurse, "Public Health Nurse", "保健師", true, kAssumed},
    {Role::kMidwife, "Midwife", "助産師", true, kAssumed},
    {Role::kPhysicalTherapist, "Physical Therapist", "理学療法士", true, kAssumed},
    {Role::kOccupationalTherapist, "Occupational Therapist", "作業療法士", true, kAssumed},
    {Role::kOrthoptist, "Orthoptist", "視能訓練士", true, kAssumed},
    {Role::kSpeechTherapist, "Speech Therapist", "言語聴覚士", true, kAssumed},
    {Role::kDentalTechnician, "Dental Technician", "歯科技工士", true, kAssumed},
    {Role::kRegisteredDietitian, "National Registered Dietitian", "管理栄養士", true, kAssumed},
    {Role::kCertifiedSocialWorker, "Certified Social Worker", "社会福祉士", true, kAssumed},
    {Role::kCertifiedCareWorker, "Certified Care Worker", "介護福祉士", true, kAssumed},
    {Role::kEmergencyMedicalTechnician, "Emergency Medical Technician", "救急救命士", true,
     kAssumed},
    {Role::kPsychiatricSocialWorker, "Psychiatric Social Worker", "精神保健福祉士", true, kAssumed},
    {Role::kClinicalEngineer, "Clinical Engineer", "臨床工学技士", true, kAssumed},
    {Role::kMasseur, "Masseur", "あん摩マッサージ指圧師", true, kAssumed},
    {Role::kAcupuncturist, "Acupuncturist", "はり師", true, kAssumed},
    {Role::kMoxibustionPractitioner, "Moxibustion Practitioner", "きゅう師", true, kAssumed},
    {Role::kDentalHygienist, "Dental Hygienist", "歯科衛生士", true, kAssumed},
    {Role::kProsthetistAndOrthotist, "Prosthetics & Orthotic", "義肢装具士", true, kAssumed},
    {Role::kJudoTherapist, "Judo Therapist", "柔道整復師", true, kAssumed},
    {Role::kClinicalLaboratoryTechnician, "Clinical Laboratory Technician", "衛生検査技師", true,
     kAssumed},
    {Role::kPublicPsychologist, "Certified Public Psychologist", "公認心理師", true, kAssumed},
    {Role::kDirectorOfHospital, "Director of Hospital", "病院長", false, kDocument},
    {Role::kDirectorOfClinic, "Director of Clinic", "診療所院長", false, kDocument},
    {Role::kSupervisorOfPharmacy, "Supervisor of Pharmacy", "管理薬剤師", false, kAssumed},
    {Role::kProprietorOfPharmacy, "Proprietor of Pharmacy", "薬局開設者", false, kAssumed},
    {Role::kDirector, "Director", "その他の保健医療福祉機関の管理責任者", false, kAssumed},
}};

// InfoOf takes the enumeration as the index.
constexpr bool InOrder() {
  for (size_t i = 0; i < kRoles.size(); ++i) {
    if (static_cast<size_t>(kRoles[i].role) != i) return false;
  }
  return kRoles.size() == static_cast<size_t>(Role::kDirector) + 1;
}
static_assert(InOrder());

}  // namespace

std::span<const RoleInfo> AllRoles() { return kRoles; }

const RoleInfo& InfoOf(Role role) { return kRoles[static_cast<size_t>(role)]; }

std::optional<Role> FindRole(absl::string_view text) {
  for (const RoleInfo& info : kRoles) {
    if (info.text == text) return info.role;
  }
  return std::nullopt;
}

bool IsLicence(Role role) { return InfoOf(role).licence; }

}  // namespace tsunagu::hpki
