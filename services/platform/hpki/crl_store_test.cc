#include "services/platform/hpki/crl_store.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/openssl_ptr.h"
#include "services/platform/hpki/test_pki.h"

namespace tsunagu::hpki {
namespace {

// A list under the name of a CA of the hierarchy; only its times matter here. An empty time is left
// out.
std::string MadeUpCrl(const std::string& ca, const std::string& this_update,
                      const std::string& next_update) {
  const auto issuer = Certificate::FromPem(TestPki::Read(absl::StrCat("ca/", ca, "/ca.pem")));
  const CrlPtr crl(X509_CRL_new());
  X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(issuer->get()));
  ASN1_TIME* time = ASN1_TIME_new();
  ASN1_TIME_set_string(time, this_update.c_str());
  X509_CRL_set1_lastUpdate(crl.get(), time);
  if (!next_update.empty()) {
    ASN1_TIME_set_string(time, next_update.c_str());
    X509_CRL_set1_nextUpdate(crl.get(), time);
  }
  ASN1_TIME_free(time);
  const std::string key_pem = TestPki::Read(absl::StrCat("ca/", ca, "/ca.key"));
  EVP_PKEY* key = PEM_read_bio_PrivateKey(ReadOnlyBio(key_pem).get(), nullptr, NoPassword, nullptr);
  EXPECT_GT(X509_CRL_sign(crl.get(), key, EVP_sha256()), 0);
  EVP_PKEY_free(key);
  const BioPtr out(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509_CRL(out.get(), crl.get());
  char* text = nullptr;
  const auto length = BIO_get_mem_data(out.get(), &text);
  return std::string(text, static_cast<size_t>(length));
}

class CrlFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = absl::StrCat(std::getenv("TEST_TMPDIR"), "/",
                           ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
    path_ = absl::StrCat(folder_, "/crls.pem");
  }

  // In one step, as tools/pki and any careful fetcher does.
  void Replace(const std::string& text) {
    std::ofstream(path_ + ".new") << text;
    std::filesystem::rename(path_ + ".new", path_);
  }

  std::string folder_, path_;
};

TEST(CrlSetTest, AllListsOfAFileAreRead) {
  const CrlSet crls = TestPki::Crls();
  EXPECT_EQ(crls.size(), 6u);
  EXPECT_EQ(crls.earliest_next_update(), TestPki::Now() - absl::Hours(1) + absl::Hours(96));
}

TEST(CrlSetTest, AnEmptySetHasExpired) {
  EXPECT_EQ(CrlSet().size(), 0u);
  EXPECT_EQ(CrlSet().earliest_next_update(), absl::InfinitePast());
}

TEST(CrlSetTest, TextsWithoutListsAndBadListsAreRefused) {
  EXPECT_FALSE(CrlSet::FromPem("").ok());
  EXPECT_FALSE(CrlSet::FromPem("nothing").ok());
  EXPECT_FALSE(CrlSet::FromPem(TestPki::Read("trust/hpki-root.pem")).ok());
  EXPECT_FALSE(CrlSet::FromPem(TestPki::Read("trust/crls.pem") +
                               "-----BEGIN X509 CRL-----\nMIIB\n-----END X509 CRL-----\n")
                   .ok());
}

// PKI-009
TEST(CrlSetTest, AListWithoutNextUpdateIsRefused) {
  EXPECT_TRUE(CrlSet::FromPem(MadeUpCrl("auth", "20260601000000Z", "20260605000000Z")).ok());
  EXPECT_EQ(CrlSet::FromPem(MadeUpCrl("auth", "20260601000000Z", "")).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(CrlSetTest, ListsInDerAreRead) {
  const CrlSet all = TestPki::Crls();
  std::vector<std::string> ders;
  for (int i = 0; i < sk_X509_CRL_num(all.get()); ++i) {
    unsigned char* der = nullptr;
    const int length = i2d_X509_CRL(sk_X509_CRL_value(all.get(), i), &der);
    ders.emplace_back(reinterpret_cast<char*>(der), static_cast<size_t>(length));
    OPENSSL_free(der);
  }
  const auto again = CrlSet::FromDer(ders);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->size(), all.size());
  EXPECT_EQ(again->earliest_next_update(), all.earliest_next_update());
  ders.back() += "x";
  EXPECT_FALSE(CrlSet::FromDer(ders).ok());
  EXPECT_EQ(CrlSet::FromDer({})->size(), 0u);
}

TEST(CrlSetTest, DamagedListsAreRefusedOrStillHaveTheirTimes) {
  const CrlSet all = TestPki::Crls();
  const std::string der = WriteDer<i2d_X509_CRL>(sk_X509_CRL_value(all.get(), 0));
  for (size_t size = 0; size < der.size(); ++size) {
    const std::vector<std::string> cut = {der.substr(0, size)};
    EXPECT_FALSE(CrlSet::FromDer(cut).ok()) << size;
  }
  for (size_t at = 0; at < der.size(); ++at) {
    for (const char flip : {'\x01', '\x80', '\xFF'}) {
      std::vector<std::string> changed = {der};
      changed[0][at] = static_cast<char>(changed[0][at] ^ flip);
      const auto set = CrlSet::FromDer(changed);
      if (!set.ok()) continue;
      EXPECT_EQ(set->size(), 1u) << at;
      EXPECT_LT(set->earliest_next_update(), absl::InfiniteFuture()) << at;
    }
  }
  EXPECT_EQ(ERR_peek_error(), 0u) << "a failure must not turn up in somebody else's call";
}

TEST(CrlSetTest, TruncatedPemGivesNoMoreListsThanTheWhole) {
  const std::string pem = TestPki::Read("trust/crls.pem");
  const size_t whole = TestPki::Crls().size();
  for (size_t size = 0; size < pem.size(); size += 7) {
    const auto set = CrlSet::FromPem(pem.substr(0, size));
    EXPECT_LE(set.ok() ? set->size() : 0, whole) << size;
  }
}

TEST_F(CrlFile, AFolderGivesTheListsOfItsFiles) {
  const CrlSet all = TestPki::Crls();
  std::ofstream(folder_ + "/auth.pem") << TestPki::Read("ca/auth/crl.pem");
  std::ofstream(folder_ + "/sarl.crl") << TestPki::Read("ca/root/sarl.pem");
  std::ofstream(folder_ + "/notes.txt") << "not a list";
  unsigned char* der = nullptr;
  const int length = i2d_X509_CRL(sk_X509_CRL_value(all.get(), 0), &der);
  std::ofstream(folder_ + "/sign.crl", std::ios::binary)
      .write(reinterpret_cast<char*>(der), length);
  OPENSSL_free(der);
  const auto crls = CrlSet::Load(folder_);
  ASSERT_TRUE(crls.ok()) << crls.status();
  EXPECT_EQ(crls->size(), 3u);
}

TEST_F(CrlFile, NoFileAndAnEmptyFolderAreErrors) {
  EXPECT_FALSE(CrlSet::Load(folder_).ok());
  EXPECT_FALSE(CrlSet::Load(path_).ok());
  EXPECT_FALSE(CrlStore::Open(path_).ok());
}

TEST_F(CrlFile, AnUnchangedFileIsNotReadAgain) {
  Replace(TestPki::Read("trust/crls.pem"));
  const auto store = CrlStore::Open(path_);
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_EQ((*store)->current().generation, 1u);
  EXPECT_FALSE(*(*store)->Reload());
  EXPECT_EQ((*store)->current().generation, 1u);
}

// PKI-018
TEST_F(CrlFile, AChangedFileRaisesTheGeneration) {
  Replace(TestPki::Read("trust/crls.pem"));
  const auto store = CrlStore::Open(path_);
  ASSERT_TRUE(store.ok()) << store.status();
  const CrlStore::Snapshot before = (*store)->current();
  Replace(TestPki::Read("trust/crls.pem") +
          MadeUpCrl("auth", "20260602000000Z", "20260606000000Z"));
  EXPECT_TRUE(*(*store)->Reload());
  EXPECT_EQ((*store)->current().generation, 2u);
  EXPECT_EQ((*store)->current().crls.size(), 7u);
  EXPECT_EQ(before.crls.size(), 6u);  // who holds the old set keeps it
}

TEST_F(CrlFile, ABadOrMissingFileLeavesThePresentListsInPlace) {
  Replace(TestPki::Read("trust/crls.pem"));
  const auto store = CrlStore::Open(path_);
  Replace("broken");
  EXPECT_FALSE((*store)->Reload().ok());
  std::filesystem::remove(path_);
  EXPECT_FALSE((*store)->Reload().ok());
  EXPECT_EQ((*store)->current().generation, 1u);
  EXPECT_EQ((*store)->current().crls.size(), 6u);
  Replace(TestPki::Read("trust/crls.pem"));
  EXPECT_TRUE(*(*store)->Reload());
}

// PKI-018
TEST_F(CrlFile, WhatWasReplacedIsInTheLatest) {
  Replace(TestPki::Read("trust/crls.pem"));
  const auto store = CrlStore::Open(path_);
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_EQ((*store)->Latest().generation, 1u);
  Replace(TestPki::Read("trust/crls.pem") +
          MadeUpCrl("auth", "20260602000000Z", "20260606000000Z"));
  EXPECT_EQ((*store)->current().generation, 1u);
  EXPECT_EQ((*store)->Latest().crls.size(), 7u);
  Replace("broken");
  EXPECT_EQ((*store)->Latest().generation, 2u);
  // What is refused stays refused, and says so, until it changes.
  EXPECT_FALSE((*store)->Reload().ok());
}

// PKI-011
TEST_F(CrlFile, AnOlderListDoesNotReplaceANewerOne) {
  const std::string old_list = MadeUpCrl("auth", "20260601000000Z", "20260605000000Z");
  Replace(MadeUpCrl("auth", "20260603000000Z", "20260607000000Z"));
  const auto store = CrlStore::Open(path_);
  Replace(old_list);
  EXPECT_EQ((*store)->Reload().status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ((*store)->current().generation, 1u);
  // Another CA's list may be of any age.
  Replace(MadeUpCrl("sign", "20260601000000Z", "20260605000000Z"));
  EXPECT_TRUE(*(*store)->Reload());
  // Nor does it come in while there is none.
  Replace(old_list);
  EXPECT_EQ((*store)->Reload().status().code(), absl::StatusCode::kFailedPrecondition);
}

// PKI-011
TEST(CrlSetTest, SarlAndRarlOfOneIssuerAreNotMixedUp) {
  const auto sarl = CrlSet::FromPem(TestPki::Read("ca/root/sarl.pem"));
  const auto newer = CrlSet::FromPem(MadeUpCrl("root", "20270601000000Z", "20270605000000Z"));
  EXPECT_TRUE(sarl->CheckNotOlderThan(newer->ages()).ok());  // that one has no scope
}

TEST_F(CrlFile, ReadersAndReloadersDoNotDisturbEachOther) {
  Replace(TestPki::Read("trust/crls.pem"));
  const auto store = CrlStore::Open(path_);
  std::atomic<bool> stop = false;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      uint64_t last = 0;
      while (!stop) {
        const CrlStore::Snapshot snapshot = (*store)->current();
        EXPECT_GE(snapshot.generation, last);
        EXPECT_EQ(snapshot.crls.size(), 6u);
        last = snapshot.generation;
      }
    });
  }
  for (int i = 0; i < 20; ++i) {
    Replace(TestPki::Read("trust/crls.pem"));
    EXPECT_TRUE((*store)->Reload().ok());
  }
  stop = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_GT((*store)->current().generation, 1u);
}

}  // namespace
}  // namespace tsunagu::hpki
