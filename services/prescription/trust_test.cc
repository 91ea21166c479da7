#include "services/prescription/trust.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/time/clock.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/test_pki.h"
#include "services/prescription/test_documents.h"

namespace tsunagu::prescription {
namespace {

using hpki::TestPki;

absl::Status Judge(const Trust& trust, const char* identity) {
  const auto leaf = TestPki::Leaf(identity, "sign-cert.pem");
  return trust.paths().Validate(leaf, {}, hpki::Purpose::kSigning, trust.crls(), TestPki::Now());
}

TEST(TrustTest, ItBelievesWhatTheConfigurationNames) {
  const auto trust = TestTrust();
  EXPECT_EQ(hpki::Verdict(Judge(*trust, kDoctor)), "OK");
  EXPECT_EQ(hpki::Verdict(Judge(*trust, "doctor-revoked-signer")), "CERTIFICATE_REVOKED");
  EXPECT_TRUE(trust->authority().Stamp("anything").ok());
}

TEST(TrustTest, AMissingFileIsAnErrorAtStart) {
  const auto good = TestSignatureTrust();
  for (const int wrong : {0, 1, 2, 3, 4}) {
    auto signatures = good;
    auto stamping = TestTimeStamping();
    if (wrong == 0) signatures.set_root_file("/nowhere");
    if (wrong == 1) signatures.set_intermediates_file("/nowhere");
    if (wrong == 2) signatures.set_crls("/nowhere");
    if (wrong == 3) stamping.set_key_file("/nowhere");
    if (wrong == 4) stamping.set_certificate_file("/nowhere");
    EXPECT_FALSE(Trust::Open(signatures, stamping).ok()) << wrong;
  }
}

TEST(TrustTest, SIG073AnotherAuthorityIsNamedByItsUrl) {
  tsunagu::service::v1::TimeStamping stamping;
  stamping.set_url("http://127.0.0.1:1/tsa");
  EXPECT_FALSE(Trust::Open(TestSignatureTrust(), stamping).ok());  // whom to believe?
  stamping.set_root_file(TestTimeStamping().root_file());
  stamping.set_policy("1.2.3.4");
  stamping.set_timeout_ms(100);
  const auto trust = Trust::Open(TestSignatureTrust(), stamping);
  ASSERT_TRUE(trust.ok()) << trust.status();
  EXPECT_TRUE(absl::IsUnavailable((*trust)->authority().Stamp("anything").status()));
  for (const int wrong : {0, 1, 2, 3}) {
    auto changed = stamping;
    if (wrong == 0) changed.set_key_file(TestTimeStamping().key_file());
    if (wrong == 1) changed.set_url("ftp://127.0.0.1/");
    if (wrong == 2) changed.set_policy("policy");
    if (wrong == 3) changed.set_timeout_ms(-1);
    EXPECT_FALSE(Trust::Open(TestSignatureTrust(), changed).ok()) << wrong;
  }
}

// RX-025
TEST(TrustTest, NewListsAreReadWhileItRuns) {
  const std::string folder = std::string(std::getenv("TEST_TMPDIR")) + "/crls";
  std::filesystem::create_directories(folder);
  const auto write = [&](const char* list) {
    std::ofstream(folder + "/" + std::filesystem::path(list).filename().string())
        << TestPki::Read(std::string("ca/") + list);
  };
  write("root/sarl.pem");
  write("root/rarl.pem");
  auto signatures = TestSignatureTrust();
  signatures.set_crls(folder);
  const auto trust = Trust::Open(signatures, TestTimeStamping(), absl::Milliseconds(10));
  ASSERT_TRUE(trust.ok()) << trust.status();
  EXPECT_EQ(hpki::Verdict(Judge(**trust, kDoctor)), "CRL_MISSING");
  write("sign/crl.pem");
  const absl::Time limit = absl::Now() + absl::Seconds(10);
  while (!Judge(**trust, kDoctor).ok() && absl::Now() < limit)
    absl::SleepFor(absl::Milliseconds(5));
  EXPECT_EQ(hpki::Verdict(Judge(**trust, kDoctor)), "OK");
}

TEST(TrustTest, ItEndsAtOnce) {
  const absl::Time start = absl::Now();
  TestTrust().reset();
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
}

}  // namespace
}  // namespace tsunagu::prescription
