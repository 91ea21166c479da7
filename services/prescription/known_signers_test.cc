#include "services/prescription/known_signers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/crl_store.h"
#include "services/platform/hpki/test_pki.h"
#include "services/prescription/test_documents.h"
#include "services/prescription/trust.h"

namespace tsunagu::prescription {
namespace {

using hpki::Certificate;
using hpki::CrlStore;
using hpki::TestPki;

class KnownSignersTest : public ::testing::Test {
 protected:
  std::string Judge(const char* identity, const CrlStore::Snapshot& lists, absl::Time now) {
    const Certificate leaf = TestPki::Leaf(identity, "sign-cert.pem");
    return std::string(hpki::Verdict(known_.Validate(leaf, {}, lists, now)));
  }

  const std::unique_ptr<Trust> trust_ = TestTrust();
  const CrlStore::Snapshot lists_{trust_->crls(), 1};
  const CrlStore::Snapshot none_{hpki::CrlSet(), 2};
  const CrlStore::Snapshot same_but_gone_{hpki::CrlSet(), 1};
  const absl::Time now_ = TestPki::Now();
  KnownSigners known_{trust_->paths()};
};

TEST_F(KnownSignersTest, ReadsACertificateOnceAndItIsTheSame) {
  const std::string der = TestPki::Leaf(kDoctor, "sign-cert.pem").ToDer();
  const auto first = known_.Read(der), second = known_.Read(der);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(first->get(), second->get());
  EXPECT_EQ(first->fingerprint(), TestPki::Leaf(kDoctor, "sign-cert.pem").fingerprint());
}

TEST_F(KnownSignersTest, WhatIsNoCertificateIsAnErrorEachTime) {
  EXPECT_FALSE(known_.Read("rubbish").ok());
  EXPECT_FALSE(known_.Read("rubbish").ok());
}

// The second verdict would be CRL_MISSING were it not remembered.
TEST_F(KnownSignersTest, AGoodVerdictHoldsForAMinuteWithTheSameLists) {
  EXPECT_EQ(Judge(kDoctor, lists_, now_), "OK");
  EXPECT_EQ(Judge(kDoctor, same_but_gone_, now_ + KnownSigners::kVerdictHolds), "OK");
  EXPECT_EQ(Judge(kDoctor, same_but_gone_, now_ + absl::Seconds(61)), "CRL_MISSING");
  EXPECT_EQ(Judge(kDoctor, same_but_gone_, now_ - absl::Seconds(1)), "CRL_MISSING");
}

// RX-025
TEST_F(KnownSignersTest, OtherListsAreAskedAtOnce) {
  EXPECT_EQ(Judge(kDoctor, lists_, now_), "OK");
  EXPECT_EQ(Judge(kDoctor, none_, now_), "CRL_MISSING");
}

TEST_F(KnownSignersTest, ARefusalIsJudgedAnew) {
  EXPECT_EQ(Judge(kDoctor, none_, now_), "CRL_MISSING");
  EXPECT_EQ(Judge(kDoctor, lists_, now_), "OK");
  EXPECT_EQ(Judge("doctor-revoked-signer", lists_, now_), "CERTIFICATE_REVOKED");
  EXPECT_EQ(Judge("doctor-revoked-signer", lists_, now_), "CERTIFICATE_REVOKED");
}

TEST_F(KnownSignersTest, AVerdictEndsWithTheCertificateAndWithTheLists) {
  const Certificate leaf = TestPki::Leaf(kDoctor, "sign-cert.pem");
  const absl::Time end = std::min(leaf.not_after(), lists_.crls.earliest_next_update());
  const absl::Time last = end - absl::Seconds(10);
  EXPECT_EQ(Judge(kDoctor, lists_, last), "OK");
  EXPECT_EQ(Judge(kDoctor, same_but_gone_, end), "OK");
  EXPECT_NE(Judge(kDoctor, same_but_gone_, end + absl::Seconds(1)), "OK");
}

TEST_F(KnownSignersTest, OtherCertificatesBesideItAreAnotherPath) {
  const Certificate leaf = TestPki::Leaf(kDoctor, "sign-cert.pem");
  EXPECT_EQ(Judge(kDoctor, lists_, now_), "OK");
  const std::vector<Certificate> presented(1, leaf);
  EXPECT_FALSE(known_.Validate(leaf, presented, same_but_gone_, now_).ok());
}

}  // namespace
}  // namespace tsunagu::prescription
