#include "services/platform/hpki/role.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace tsunagu::hpki {
namespace {

// PKI-026
TEST(RoleTest, ThereAreTwentySevenQualificationsAndFiveManagers) {
  const auto roles = AllRoles();
  EXPECT_EQ(roles.size(), 32u);
  EXPECT_EQ(std::count_if(roles.begin(), roles.end(), [](auto& info) { return info.licence; }), 27);
}

TEST(RoleTest, NamesAreUniqueInBothLanguages) {
  std::set<std::string> texts, japanese;
  for (const RoleInfo& info : AllRoles()) {
    EXPECT_TRUE(texts.insert(std::string(info.text)).second) << info.text;
    EXPECT_TRUE(japanese.insert(std::string(info.japanese)).second) << info.text;
  }
}

TEST(RoleTest, EveryRoleIsFoundByItsText) {
  for (const RoleInfo& info : AllRoles()) {
    EXPECT_EQ(FindRole(info.text), info.role) << info.text;
    EXPECT_EQ(InfoOf(info.role).text, info.text);
  }
}

// PKI-021
TEST(RoleTest, OnlyTheExactTextIsARole) {
  for (const char* text :
       {"", "medical doctor", "Medical Doctor ", " Medical Doctor", "Medical  Doctor", "医師",
        "Doctor", "Care Manager", "Director of", "Pharmacists", "MedicalDoctor"}) {
    EXPECT_EQ(FindRole(text), std::nullopt) << text;
  }
}

// PKI-022
TEST(RoleTest, WhoRunsAFacilityHasNoLicenceByThat) {
  for (Role role : {Role::kDirectorOfHospital, Role::kDirectorOfClinic, Role::kSupervisorOfPharmacy,
                    Role::kProprietorOfPharmacy, Role::kDirector}) {
    EXPECT_FALSE(IsLicence(role)) << InfoOf(role).text;
  }
  for (Role role : {Role::kMedicalDoctor, Role::kDentist, Role::kPharmacist,
                    Role::kEmergencyMedicalTechnician}) {
    EXPECT_TRUE(IsLicence(role)) << InfoOf(role).text;
  }
}

TEST(RoleTest, TextsSeenInGenuineCertificatesAreMarkedSo) {
  EXPECT_EQ(InfoOf(Role::kMedicalDoctor).certainty, Certainty::kArtefact);
  EXPECT_EQ(InfoOf(Role::kPharmacist).certainty, Certainty::kArtefact);
  EXPECT_EQ(InfoOf(Role::kDentist).certainty, Certainty::kDocument);
  EXPECT_EQ(InfoOf(Role::kGeneralNurse).certainty, Certainty::kAssumed);
}

}  // namespace
}  // namespace tsunagu::hpki
