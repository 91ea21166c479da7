#include "services/platform/hpki/xades/standing.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/platform/hpki/openssl_ptr.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/hpki/timestamp/authority.h"
#include "services/platform/hpki/timestamp/token.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/extend.h"
#include "services/platform/hpki/xades/sign.h"
#include "services/platform/hpki/xades/verify.h"

namespace tsunagu::xades {
namespace {

using hpki::TestPki;

constexpr hpki::Role kDoctors[] = {hpki::Role::kMedicalDoctor, hpki::Role::kDentist};
constexpr hpki::Role kPharmacists[] = {hpki::Role::kPharmacist};
constexpr char kSigningPolicy[] = "critical,1.2.392.100495.1.5.1.1.3.1";
constexpr char kTestPolicy[] = "critical,1.2.392.100495.1.5.1.1.0.1";
// "Medical Doctor", byte for byte as in genuine certificates.
constexpr char kDoctorRole[] =
    "DER:303430320606288185420001312831263024A0223120A00C060A2A830886910F01060101A2100C0E4D65646963"
    "616C20446F63746F72";

using Rules = std::multiset<std::string>;

std::string CrlDer(const std::string& file) {
  const std::string pem = TestPki::Read(file);
  const hpki::CrlPtr crl(
      PEM_read_bio_X509_CRL(hpki::ReadOnlyBio(pem).get(), nullptr, nullptr, nullptr));
  return hpki::WriteDer<i2d_X509_CRL>(crl.get());
}

// A list of the signing CA that names clinic-1-doctor, good for two days around `made_at`.
std::string RevokingList(absl::Time revoked_at, absl::Time made_at) {
  const auto time = [](absl::Time at) {
    return std::unique_ptr<ASN1_TIME, hpki::OpensslFree<ASN1_TIME_free>>(
        ASN1_TIME_set(nullptr, absl::ToTimeT(at)));
  };
  const std::string key_pem = TestPki::Read("ca/sign/ca.key");
  const hpki::KeyPtr key(PEM_read_bio_PrivateKey(hpki::ReadOnlyBio(key_pem).get(), nullptr,
                                                 hpki::NoPassword, nullptr));
  const hpki::Certificate ca = *hpki::Certificate::FromPem(TestPki::Read("ca/sign/ca.pem"));
  const hpki::Certificate doctor = TestPki::Leaf("clinic-1-doctor", "sign-cert.pem");
  const hpki::CrlPtr list(X509_CRL_new());
  X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(ca.get()));
  X509_CRL_set1_lastUpdate(list.get(), time(made_at - absl::Hours(24)).get());
  X509_CRL_set1_nextUpdate(list.get(), time(made_at + absl::Hours(24)).get());
  X509_REVOKED* entry = X509_REVOKED_new();
  X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(doctor.get()));
  X509_REVOKED_set_revocationDate(entry, time(revoked_at).get());
  X509_CRL_add0_revoked(list.get(), entry);
  X509_CRL_sort(list.get());
  X509_CRL_sign(list.get(), key.get(), EVP_sha256());
  return hpki::WriteDer<i2d_X509_CRL>(list.get());
}

hpki::Certificate Pem(const std::string& file) {
  return *hpki::Certificate::FromPem(TestPki::Read(file));
}

// Who signs, and what is known here.
struct Case {
  std::string certificate = TestPki::Read("identities/clinic-1-doctor/sign-cert.pem");
  std::string key = TestPki::Read("identities/clinic-1-doctor/sign-key.pem");
  Level level = Level::kEsXl;
  absl::Time stamped_at = TestPki::Now();
  absl::Time now = TestPki::Now() + absl::Hours(1);
  std::span<const hpki::Role> wanted = kDoctors;
  Anchors anchors = {
      {Pem("trust/hpki-root.pem")}, {Pem("ca/sign/ca.pem")}, {}, {Pem("tsa/root.pem")}};
  Evidence evidence = {{Pem("ca/sign/ca.pem").ToDer(), Pem("ca/root/ca.pem").ToDer()},
                       {CrlDer("ca/sign/crl.pem"), CrlDer("ca/root/sarl.pem")}};
  Evidence authority_evidence = {{Pem("tsa/root.pem").ToDer()}, {CrlDer("tsa/crl.pem")}};
};

std::string Minted(const std::string& policy, const std::string& usage = "critical,nonRepudiation",
                   const std::string& not_after = "20270101000000Z") {
  hpki::TestCertificate wanted;
  wanted.ca = "sign";
  wanted.not_after = not_after;
  wanted.extensions = {{"authorityKeyIdentifier", "keyid"},
                       {"keyUsage", usage},
                       {"certificatePolicies", policy},
                       {"2.5.29.9", kDoctorRole}};
  const hpki::BioPtr out(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(out.get(), TestPki::Mint(wanted).get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return std::string(data, static_cast<size_t>(size));
}

Case MintedCase(const std::string& certificate) {
  Case test;
  test.certificate = certificate;
  test.key = TestPki::Read("identities/clinic-1-doctor/key.pem");
  return test;
}

Verification Make(const Case& test) {
  constexpr auto kKind = DocumentKind::kPrescription;
  std::string document = *SignPrescription(*BuildPrescription("SJ1\n", "1"), test.key,
                                           test.certificate, test.stamped_at);
  const auto authority =
      timestamp::Authority::Create(TestPki::Read("tsa/key.pem"), TestPki::Read("tsa/cert.pem"),
                                   {"1.2.3.4", [&test] { return test.stamped_at; }});
  if (test.level >= Level::kEsT) {
    document = *AddSignatureTimeStamp(document, kKind, Verify(document, kKind), *authority);
  }
  if (test.level >= Level::kEsXl) {
    document = *AddEvidence(document, kKind, Verify(document, kKind), test.evidence,
                            test.authority_evidence);
  }
  if (test.level >= Level::kEsA) {
    document = *AddArchiveTimeStamp(document, kKind, Verify(document, kKind), *authority,
                                    test.authority_evidence);
  }
  return Verify(document, kKind);
}

Standing StandingOf(const Case& test) {
  const Verification verified = Make(test);
  EXPECT_TRUE(verified.findings.empty());
  EXPECT_EQ(verified.signature.level, test.level);
  return Assess(verified.signature, "", test.wanted, test.anchors, test.now);
}

Rules RulesOf(const Case& test) {
  Rules rules;
  for (const national::Finding& finding : StandingOf(test).findings) rules.insert(finding.rule);
  return rules;
}

TEST(StandingTest, AGoodSignerWithEvidenceHasNoFindings) {
  for (const Level level : {Level::kEsXl, Level::kEsA}) {
    Case test;
    test.level = level;
    const Standing standing = StandingOf(test);
    EXPECT_TRUE(standing.findings.empty())
        << standing.findings[0].rule << " " << standing.findings[0].text_en;
    EXPECT_EQ(standing.judged_at, test.stamped_at);
    EXPECT_TRUE(standing.signer);
  }
}

TEST(StandingTest, SIG060WithoutListsRevocationIsNotKnown) {
  Case test;
  test.level = Level::kEsT;
  EXPECT_EQ(RulesOf(test), Rules{"SIG-060"});
  test.anchors.revocation_lists = test.evidence.revocation_lists;
  EXPECT_EQ(RulesOf(test), Rules{});
  test.level = Level::kEs;
  EXPECT_EQ(StandingOf(test).judged_at, test.now);
  EXPECT_EQ(RulesOf(test), Rules{});
}

TEST(StandingTest, SIG060AListThatEndedBeforeTheTimeStampIsNone) {
  Case test;
  test.stamped_at = TestPki::Now() + absl::Hours(24 * 10);
  test.now = test.stamped_at + absl::Hours(1);
  EXPECT_EQ(RulesOf(test), (Rules{"SIG-060", "SIG-060"}));  // the signer's, the authority's
}

TEST(StandingTest, SIG060AListMadeAfterTheTimeStampIsAsGood) {
  Case test;
  test.stamped_at = TestPki::Now() - absl::Hours(24 * 10);  // before the lists
  test.certificate = Minted(kSigningPolicy);
  test.key = TestPki::Read("identities/clinic-1-doctor/key.pem");
  const Rules rules = RulesOf(test);
  EXPECT_EQ(rules.count("SIG-060"), 0u);
  EXPECT_EQ(rules.count("SIG-058"), 0u);
}

TEST(StandingTest, SIG053AnUnknownRootIsAFindingOfItsOwn) {
  Case test;
  test.anchors = {};
  EXPECT_EQ(RulesOf(test), (Rules{"SIG-053", "SIG-063"}));
  // The signer's certificate alone, as a clinic's software leaves it.
  test.level = Level::kEs;
  EXPECT_EQ(RulesOf(test).count("SIG-053"), 1u);
  EXPECT_EQ(RulesOf(test).count("SIG-055"), 0u);
}

TEST(StandingTest, SIG054ATestCardIsToldAsOne) {
  EXPECT_EQ(RulesOf(MintedCase(Minted(kTestPolicy))), Rules{"SIG-054"});
  Case unknown = MintedCase(Minted(kTestPolicy));
  unknown.anchors = {};
  EXPECT_EQ(RulesOf(unknown), (Rules{"SIG-053", "SIG-054", "SIG-063"}));
}

TEST(StandingTest, SIG055AnotherPolicyIsNotHpki) {
  EXPECT_EQ(RulesOf(MintedCase(Minted("critical,1.2.3.4"))), Rules{"SIG-055"});
}

TEST(StandingTest, SIG056NotValidAtTheTimeStamp) {
  Case test = MintedCase(Minted(kSigningPolicy, "critical,nonRepudiation", "20260201000000Z"));
  EXPECT_EQ(RulesOf(test), Rules{"SIG-056"});
  EXPECT_TRUE(absl::StrContains(StandingOf(test).findings[0].text_en, "CERTIFICATE_EXPIRED"));
}

TEST(StandingTest, SIG057ValidThenAndEndedSince) {
  Case test;
  test.now = TestPki::Now() + absl::Hours(24 * 365 * 6);
  EXPECT_EQ(RulesOf(test).count("SIG-057"), 1u);
  EXPECT_EQ(RulesOf(test).count("SIG-056"), 0u);
  // Without a time-stamp nobody knows when it was signed.
  test.level = Level::kEs;
  EXPECT_EQ(RulesOf(test).count("SIG-056"), 1u);
  EXPECT_EQ(RulesOf(test).count("SIG-057"), 0u);
}

TEST(StandingTest, SIG058RevokedAlreadyThen) {
  Case test;
  const std::string list = RevokingList(test.stamped_at - absl::Hours(1), test.stamped_at);
  test.evidence.revocation_lists = {list, CrlDer("ca/root/sarl.pem")};
  EXPECT_EQ(RulesOf(test), Rules{"SIG-058"});
  // Only a list of today tells.
  test.evidence.revocation_lists = Case().evidence.revocation_lists;
  test.anchors.revocation_lists = {list, CrlDer("ca/root/sarl.pem")};
  EXPECT_EQ(RulesOf(test), Rules{"SIG-058"});
}

TEST(StandingTest, SIG059RevokedSince) {
  Case test;
  test.now = test.stamped_at + absl::Hours(24 * 30);
  const std::string list = RevokingList(test.stamped_at + absl::Hours(1), test.now);
  test.anchors.revocation_lists = {list};
  EXPECT_EQ(RulesOf(test), Rules{"SIG-059"});
  // A list that was made after the time-stamp is the evidence itself.
  test.anchors.revocation_lists.clear();
  test.evidence.revocation_lists = {list, CrlDer("ca/root/sarl.pem")};
  EXPECT_EQ(RulesOf(test), Rules{"SIG-059"});
}

TEST(StandingTest, SIG061TheLicenceMustFitTheDocument) {
  Case test;
  test.wanted = kPharmacists;
  EXPECT_EQ(RulesOf(test), Rules{"SIG-061"});
}

TEST(StandingTest, SIG062WhatElseIsWrongHasItsReason) {
  const Case test = MintedCase(Minted(kSigningPolicy, "critical,digitalSignature"));
  EXPECT_EQ(RulesOf(test), Rules{"SIG-062"});
  EXPECT_TRUE(absl::StrContains(StandingOf(test).findings[0].text_ja, "KEY_USAGE"));
}

TEST(StandingTest, SIG063AnUnknownAuthorityIsAFindingOfItsOwn) {
  Case test;
  test.anchors.authorities.clear();
  EXPECT_EQ(RulesOf(test), Rules{"SIG-063"});
  EXPECT_EQ(StandingOf(test).judged_at, test.stamped_at);
  // The authority itself is known, not who issued its certificate.
  test.anchors.authorities = {Pem("tsa/cert.pem")};
  EXPECT_EQ(RulesOf(test).count("SIG-063"), 0u);
}

TEST(StandingTest, SIG064AForgedTokenCountsForNothing) {
  Case test;
  Verification verified = Make(test);
  std::string& token = verified.signature.time_stamp->token;
  token.back() = static_cast<char>(token.back() ^ 1);  // in the authority's signature value
  const Standing standing = Assess(verified.signature, "", kDoctors, test.anchors, test.now);
  ASSERT_FALSE(standing.findings.empty());
  EXPECT_EQ(standing.findings[0].rule, "SIG-064");
  EXPECT_EQ(standing.judged_at, test.now);
}

// A token as the genuine ones are: signed with SHA-512, naming its authority by a SHA-1 ESSCertID;
// with `chain` also the authority's root, by name and by value.
TimeStamp TokenByOpenssl(const std::string& imprinted, bool chain) {
  const std::string folder = absl::StrCat(std::getenv("TEST_TMPDIR"), chain ? "/chain" : "/alone");
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/data") << imprinted;
  std::ofstream(folder + "/serial") << "01\n";
  std::ofstream(folder + "/conf")
      << "[tsa]\ndefault_tsa=t\n[t]\nserial=" << folder << "/serial\ncrypto_device=builtin\n"
      << "default_policy=0.2.440.200185.1.1.1.1\ndigests=sha256\nsigner_digest=sha512\n"
      << "ess_cert_id_alg=sha1\ness_cert_id_chain=" << (chain ? "yes" : "no") << "\n";
  const std::string command = absl::StrCat(
      "cd ", folder, " && openssl ts -query -data data -sha256 -cert -out query 2> log && ",
      "openssl ts -reply -config conf -queryfile query -signer ", TestPki::PathOf("tsa/cert.pem"),
      " -inkey ", TestPki::PathOf("tsa/key.pem"),
      chain ? absl::StrCat(" -chain ", TestPki::PathOf("tsa/root.pem")) : "",
      " -token_out -out token 2>> log");
  EXPECT_EQ(std::system(command.c_str()), 0) << command;
  std::ifstream in(folder + "/token", std::ios::binary);
  TimeStamp stamp;
  stamp.token = std::string{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const auto token = timestamp::ReadToken(stamp.token);
  EXPECT_TRUE(token.ok()) << token.status();
  stamp.gen_time = token->gen_time;
  stamp.authority_certificate = token->authority_certificate;
  stamp.certificates = token->certificates;
  stamp.imprinted = imprinted;
  stamp.imprint_matches = timestamp::IsImprintOf(*token, imprinted);
  return stamp;
}

TEST(StandingTest, SIG064TokensOfOtherAuthoritiesAreRead) {
  Case test;
  test.level = Level::kEsT;
  for (const bool chain : {false, true}) {
    SCOPED_TRACE(chain);
    Verification verified = Make(test);
    verified.signature.time_stamp = TokenByOpenssl(verified.signature.imprinted, chain);
    EXPECT_TRUE(verified.signature.time_stamp->imprint_matches);
    EXPECT_EQ(verified.signature.time_stamp->certificates.size(), chain ? 2u : 1u);
    const Standing standing = Assess(verified.signature, "", kDoctors, test.anchors, absl::Now());
    for (const national::Finding& finding : standing.findings) {
      EXPECT_NE(finding.rule, "SIG-063");
      EXPECT_NE(finding.rule, "SIG-064");
    }
    EXPECT_EQ(standing.judged_at, verified.signature.time_stamp->gen_time);
  }
}

TEST(StandingTest, SIG065TheAuthoritysCertificateMustBeValidAtItsTime) {
  Case test;
  test.stamped_at = TestPki::Now() + absl::Hours(24 * 365 * 30);
  test.now = test.stamped_at;
  EXPECT_EQ(RulesOf(test).count("SIG-064") + RulesOf(test).count("SIG-065"), 1u);
}

TEST(StandingTest, SIG066AnEndedAuthorityNeedsAnArchiveTimeStamp) {
  Case test;
  test.now = Pem("tsa/cert.pem").not_after() + absl::Hours(1);
  EXPECT_EQ(RulesOf(test).count("SIG-066"), 1u);
  // Of an archived signature the archive time-stamp is what has to be renewed.
  test.level = Level::kEsA;
  const Standing standing = StandingOf(test);
  for (const national::Finding& finding : standing.findings) {
    if (finding.rule != "SIG-066") continue;
    EXPECT_EQ(finding.field, "/ArchiveTimeStamp[1]");
  }
  EXPECT_EQ(RulesOf(test).count("SIG-066"), 1u);
}

TEST(StandingTest, SIG067SignedAfterTheTimeStamp) {
  Case test;
  Verification verified = Make(test);
  verified.signature.signing_time = test.stamped_at + absl::Hours(1);
  const Standing standing = Assess(verified.signature, "", kDoctors, test.anchors, test.now);
  ASSERT_EQ(standing.findings.size(), 1u);
  EXPECT_EQ(standing.findings[0].rule, "SIG-067");
}

TEST(StandingTest, WithoutASignerThereIsNothingToSay) {
  EXPECT_TRUE(Assess({}, "", kDoctors, {}, TestPki::Now()).findings.empty());
  Signature unreadable;
  unreadable.signer_certificate = "x";
  const Standing standing = Assess(unreadable, "", kDoctors, {}, TestPki::Now());
  ASSERT_EQ(standing.findings.size(), 1u);
  EXPECT_EQ(standing.findings[0].rule, "SIG-062");
}

}  // namespace
}  // namespace tsunagu::xades
