// Signing with a PKCS#11 token: SoftHSM stands for the card.
#include "tools/cli/signing_key.h"

#include <gtest/gtest.h>
#include <libp11.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/platform/hpki/openssl_ptr.h"
#include "services/platform/hpki/role.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/verify.h"
#include "services/platform/status/error.h"
#include "tools/cli/program.h"
#include "tools/cli/token_key.h"

namespace tsunagu::cli {
namespace {

using hpki::TestPki;

constexpr char kModule[] = "/usr/lib/softhsm/libsofthsm2.so";
constexpr char kPin[] = "123456";
constexpr char kKeyLabel[] = "Private key of HPKI";
constexpr char kOwner[] = "identities/clinic-1-doctor/";

void Execute(const std::string& command) { ASSERT_EQ(std::system(command.c_str()), 0) << command; }

// Puts the doctor's signing key on the token, and with `certificate` its certificate, under an id.
void Fill(const std::string& label, const std::string& key_label, unsigned char id,
          bool certificate) {
  PKCS11_CTX* context = PKCS11_CTX_new();
  ASSERT_EQ(PKCS11_CTX_load(context, kModule), 0);
  PKCS11_SLOT* slots = nullptr;
  unsigned int count = 0;
  ASSERT_EQ(PKCS11_enumerate_slots(context, &slots, &count), 0);
  for (PKCS11_SLOT& slot : std::span(slots, count)) {
    if (slot.token == nullptr || label != slot.token->label) continue;
    ASSERT_EQ(PKCS11_open_session(&slot, /*rw=*/1), 0);
    ASSERT_EQ(PKCS11_login(&slot, 0, kPin), 0);
    const std::string pem = TestPki::Read(absl::StrCat(kOwner, "sign-key.pem"));
    const hpki::KeyPtr key(
        PEM_read_bio_PrivateKey(hpki::ReadOnlyBio(pem).get(), nullptr, hpki::NoPassword, nullptr));
    std::string name = key_label;
    ASSERT_EQ(PKCS11_store_private_key(slot.token, key.get(), name.data(), &id, 1), 0);
    if (!certificate) continue;
    const hpki::Certificate owner = TestPki::Leaf("clinic-1-doctor", "sign-cert.pem");
    std::string certificate_name = "HPKI END ENTITY CERTIFICATE";
    ASSERT_EQ(
        PKCS11_store_certificate(slot.token, owner.get(), certificate_name.data(), &id, 1, nullptr),
        0);
  }
  PKCS11_release_all_slots(context, slots, count);
  PKCS11_CTX_unload(context);
  PKCS11_CTX_free(context);
}

class SigningKeyTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::string folder = absl::StrCat(std::getenv("TEST_TMPDIR"), "/softhsm");
    std::filesystem::create_directories(folder + "/tokens");
    std::ofstream(folder + "/conf") << "directories.tokendir = " << folder << "/tokens\n";
    setenv("SOFTHSM2_CONF", (folder + "/conf").c_str(), 1);
    for (const char* label : {"card", "bare", "two"}) {
      Execute(absl::StrCat("softhsm2-util --init-token --free --label ", label, " --pin ", kPin,
                           " --so-pin 87654321 > /dev/null"));
    }
    Fill("card", kKeyLabel, 0xA1, /*certificate=*/true);
    Fill("bare", kKeyLabel, 0xA1, /*certificate=*/false);
    Fill("two", "first", 0x01, /*certificate=*/true);
    Fill("two", "second", 0x02, /*certificate=*/true);
  }

  void SetUp() override {
    setenv("TSUNAGU_PIN", kPin, 1);
    options_.module = kModule;
    options_.token = "card";
  }

  // "OK" or the error's reason.
  std::string Outcome() const {
    const auto key = SigningKey::Open(program_, options_, {});
    return key.ok() ? "OK" : ReasonOf(key.status());
  }

  static std::string WriteFile(const std::string& name, const std::string& text) {
    const std::string path = absl::StrCat(std::getenv("TEST_TMPDIR"), "/", name);
    std::ofstream(path) << text;
    return path;
  }

  CLI::App app_;
  const Program program_{&app_};
  SigningKeyOptions options_;
};

TEST_F(SigningKeyTest, SIG070ACardSignsAsItsKeyFileWould) {
  const auto key = SigningKey::Open(program_, options_, {});
  ASSERT_TRUE(key.ok()) << key.status();
  const auto document = key->Sign(*xades::BuildPrescription("SJ1\n", ""),
                                  xades::DocumentKind::kPrescription, TestPki::Now());
  ASSERT_TRUE(document.ok()) << document.status();
  const auto verified = xades::Verify(*document, xades::DocumentKind::kPrescription);
  EXPECT_TRUE(verified.findings.empty());
  EXPECT_EQ(verified.signature.signer_certificate,
            TestPki::Leaf("clinic-1-doctor", "sign-cert.pem").ToDer());
  // The card stays open for the next document.
  EXPECT_TRUE(key->Sign(*xades::BuildPrescription("SJ1\n2\n", ""),
                        xades::DocumentKind::kPrescription, TestPki::Now())
                  .ok());
}

TEST_F(SigningKeyTest, SIG070AKeyIsNamedByLabelOrId) {
  for (const char* name : {kKeyLabel, "a1", "A1"}) {
    options_.key = name;
    EXPECT_EQ(Outcome(), "OK") << name;
  }
  options_.key = "a2";
  EXPECT_EQ(Outcome(), "TOKEN_KEY_NOT_FOUND");
  options_.token = "two";
  options_.key = "second";
  EXPECT_EQ(Outcome(), "OK");
  options_.key = "";
  EXPECT_EQ(Outcome(), "TOKEN_KEY_NOT_FOUND");
}

TEST_F(SigningKeyTest, SIG070WithoutACertificateThereMustBeAFile) {
  options_.token = "bare";
  EXPECT_EQ(Outcome(), "TOKEN_CERTIFICATE_NOT_FOUND");
  options_.certificate = TestPki::PathOf(absl::StrCat(kOwner, "sign-cert.pem"));
  EXPECT_EQ(Outcome(), "OK");
  options_.certificate = TestPki::PathOf("identities/clinic-1-dentist/sign-cert.pem");
  EXPECT_EQ(SigningKey::Open(program_, options_, {}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(SigningKeyTest, SIG070WhatIsNotThereIsTold) {
  options_.token = "other";
  EXPECT_EQ(Outcome(), "TOKEN_NOT_FOUND");
  options_.token = "";  // there are three
  EXPECT_EQ(Outcome(), "TOKEN_NOT_FOUND");
  for (const char* module : {"/nowhere.so", "/etc/passwd"}) {
    options_.module = module;
    EXPECT_EQ(Outcome(), "TOKEN_MODULE_UNUSABLE") << module;
  }
}

TEST_F(SigningKeyTest, SIG070AWrongPinIsTold) {
  for (const char* pin : {"000000", "1", "1234567890123456789012345678901234567890"}) {
    setenv("TSUNAGU_PIN", pin, 1);
    EXPECT_EQ(Outcome(), "TOKEN_PIN_WRONG") << pin;
  }
}

TEST_F(SigningKeyTest, SIG070EveryAnswerOfACardHasItsReason) {
  EXPECT_EQ(ReasonOf(LoginError(0xA0, false)), "TOKEN_PIN_WRONG");
  EXPECT_TRUE(absl::StrContains(LoginError(0xA0, true).message(), "last try"));
  EXPECT_EQ(ReasonOf(LoginError(0xA4, false)), "TOKEN_PIN_LOCKED");
  EXPECT_EQ(ReasonOf(LoginError(0x32, false)), "TOKEN_NOT_FOUND");
  EXPECT_EQ(ReasonOf(LoginError(0xE0, false)), "TOKEN_NOT_FOUND");
  EXPECT_EQ(ReasonOf(LoginError(0x30, false)), "TOKEN_FAILED");
  EXPECT_EQ(RuleOf(LoginError(0x30, false)), "SIG-070");
}

TEST_F(SigningKeyTest, SIG071ThePinComesFromAFileOrTheEnvironment) {
  EXPECT_EQ(*ReadPin(""), kPin);
  EXPECT_EQ(*ReadPin(WriteFile("pin", "4711\r\nsecond line\n")), "4711");
  EXPECT_EQ(ReasonOf(ReadPin(WriteFile("empty", "\n")).status()), "TOKEN_PIN_NOT_GIVEN");
  EXPECT_FALSE(ReadPin("/nowhere").ok());
  unsetenv("TSUNAGU_PIN");
  EXPECT_EQ(ReasonOf(ReadPin("").status()), "TOKEN_PIN_NOT_GIVEN");  // no terminal here
  options_.pin_file = WriteFile("good", absl::StrCat(kPin, "\n"));
  EXPECT_EQ(Outcome(), "OK");
}

TEST_F(SigningKeyTest, RX026TheCardsLicenceMustFit) {
  constexpr hpki::Role kDispensers[] = {hpki::Role::kPharmacist};
  const auto key = SigningKey::Open(program_, options_, kDispensers);
  EXPECT_EQ(RuleOf(key.status()), "RX-026") << key.status();
}

}  // namespace
}  // namespace tsunagu::cli
