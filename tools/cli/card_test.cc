#include "tools/cli/card.h"

#include <gtest/gtest.h>

#include "services/platform/hpki/test_pki.h"
#include "services/platform/status/error.h"

namespace tsunagu::cli {
namespace {

using hpki::Role;
using hpki::TestPki;

constexpr Role kPrescribers[] = {Role::kMedicalDoctor, Role::kDentist};

std::string Pem(const std::string& file) { return TestPki::Read("identities/" + file); }

// CL-006
TEST(CheckCard, IsOfItsTimeOnly) {
  const std::string pem = Pem("clinic-1-doctor/cert.pem");
  EXPECT_TRUE(CheckCard(pem, TestPki::Now()).ok());
  const absl::Status late = CheckCard(pem, TestPki::Now() + absl::Hours(24 * 10000));
  EXPECT_EQ(ReasonOf(late), "CARD_EXPIRED");
  EXPECT_EQ(RuleOf(late), "CL-006");
  EXPECT_EQ(ReasonOf(CheckCard(pem, absl::UnixEpoch())), "CARD_NOT_YET_VALID");
}

TEST(CheckCard, WhatIsNoCertificateIsRefused) {
  EXPECT_EQ(ReasonOf(CheckCard("hello", TestPki::Now())), "CARD_UNREADABLE");
  EXPECT_EQ(ReasonOf(CheckLicence("", kPrescribers)), "CARD_UNREADABLE");
}

// CL-020
TEST(CheckAuthentication, NeedsACertificateForItAndItsKey) {
  const std::string pem = Pem("clinic-1-doctor/cert.pem");
  EXPECT_TRUE(CheckAuthentication(pem, Pem("clinic-1-doctor/key.pem")).ok());
  EXPECT_TRUE(CheckAuthentication(Pem("insurer-1/cert.pem"), Pem("insurer-1/key.pem")).ok());
  const struct {
    absl::Status status;
    const char* reason;
  } kCases[] = {
      {CheckAuthentication(pem, Pem("pharmacy-1-pharmacist/key.pem")), "CARD_KEY_MISMATCH"},
      {CheckAuthentication(pem, "hello"), "CARD_KEY_UNREADABLE"},
      {CheckAuthentication(Pem("clinic-1-doctor/sign-cert.pem"),
                           Pem("clinic-1-doctor/sign-key.pem")),
       "CARD_NOT_FOR_AUTHENTICATION"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(ReasonOf(c.status), c.reason);
    EXPECT_EQ(RuleOf(c.status), "CL-020");
  }
}

// RX-026
TEST(CheckLicence, OnlyWhoHasOneOfThem) {
  EXPECT_TRUE(CheckLicence(Pem("clinic-1-doctor/sign-cert.pem"), kPrescribers).ok());
  const absl::Status status =
      CheckLicence(Pem("pharmacy-1-pharmacist/sign-cert.pem"), kPrescribers);
  EXPECT_EQ(ReasonOf(status), "LICENCE_CANNOT_SIGN");
  EXPECT_EQ(RuleOf(status), "RX-026");
  EXPECT_NE(status.message().find("Pharmacist 薬剤師"), absl::string_view::npos) << status;
  EXPECT_NE(status.message().find("医師"), absl::string_view::npos) << status;
}

}  // namespace
}  // namespace tsunagu::cli
