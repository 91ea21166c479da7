// Levels XL and A: evidence, archive time-stamps, and what they cover.
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/platform/hpki/timestamp/authority.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/extend.h"
#include "services/platform/hpki/xades/test_documents.h"
#include "services/platform/hpki/xades/test_keys.h"

namespace tsunagu::xades {
namespace {

constexpr char kXades132[] = "http://uri.etsi.org/01903/v1.3.2#";

timestamp::Authority AuthorityAt(absl::Time time) {
  return *timestamp::Authority::Create(AuthorityKey().key_pem, AuthorityKey().cert_pem,
                                       {"1.2.3.4", [time] { return time; }});
}

std::string ToT(const std::string& document, DocumentKind kind = DocumentKind::kPrescription) {
  return *AddSignatureTimeStamp(document, kind, Verify(document, kind),
                                AuthorityAt(SigningTime() + absl::Minutes(10)));
}

std::string ToXl(const std::string& document, DocumentKind kind = DocumentKind::kPrescription) {
  const Evidence evidence = {{PharmacistKey().cert_der}, {AuthorityCrlDer()}};
  return *AddEvidence(document, kind, Verify(document, kind), evidence,
                      {{AuthorityKey().cert_der}, {AuthorityCrlDer()}});
}

std::string ToA(const std::string& document, absl::Duration later,
                DocumentKind kind = DocumentKind::kPrescription) {
  return *AddArchiveTimeStamp(document, kind, Verify(document, kind),
                              AuthorityAt(SigningTime() + later),
                              {{AuthorityKey().cert_der}, {AuthorityCrlDer()}});
}

std::string Archived() { return ToA(ToXl(ToT(Prescription())), absl::Hours(24)); }

TEST(LongTermTest, SIG068EveryLevelVerifiesAndKeepsEveryOtherByte) {
  const std::string t = ToT(Prescription());
  const std::string xl = ToXl(t);
  const std::string a = ToA(xl, absl::Hours(24));
  const std::string end = "</xades:UnsignedSignatureProperties>";
  for (const auto& [longer, shorter] : {std::pair{xl, t}, std::pair{a, xl}}) {
    const size_t at = shorter.find(end);
    EXPECT_EQ(longer.substr(0, at), shorter.substr(0, at));
    EXPECT_EQ(longer.substr(longer.find(end)), shorter.substr(at));
  }
  EXPECT_EQ(Verify(xl, DocumentKind::kPrescription).signature.level, Level::kEsXl);
  const Verification result = Verify(a, DocumentKind::kPrescription);
  EXPECT_TRUE(result.findings.empty()) << RulesOf(result);
  EXPECT_EQ(result.signature.level, Level::kEsA);
  EXPECT_EQ(result.signature.content, kPrescribed);
  ASSERT_EQ(result.signature.archive_time_stamps.size(), 1u);
  EXPECT_TRUE(result.signature.archive_time_stamps[0].imprint_matches);
}

TEST(LongTermTest, SIG068OnlyTheLevelBelowIsRaised) {
  const std::string es = Prescription(), t = ToT(es), xl = ToXl(t);
  const auto kind = DocumentKind::kPrescription;
  const timestamp::Authority authority = AuthorityAt(SigningTime());
  for (const std::string& document : {es, xl}) {
    EXPECT_FALSE(AddEvidence(document, kind, Verify(document, kind), {}, {}).ok());
  }
  for (const std::string& document : {es, t}) {
    EXPECT_FALSE(AddArchiveTimeStamp(document, kind, Verify(document, kind), authority, {}).ok());
  }
  const std::string broken = Replace(xl, "\">U0ox", "\">V0ox");
  EXPECT_FALSE(AddArchiveTimeStamp(broken, kind, Verify(broken, kind), authority, {}).ok());
}

TEST(LongTermTest, SIG050SeveralArchiveTimeStampsCoverEachOther) {
  const std::string twice = ToA(Archived(), absl::Hours(48));
  const Verification result = Verify(twice, DocumentKind::kPrescription);
  EXPECT_TRUE(result.findings.empty()) << RulesOf(result);
  EXPECT_EQ(result.signature.archive_time_stamps.size(), 2u);
  // The evidence for the first authority stands behind its time-stamp: the second one covers it.
  const size_t first = twice.find("<xadesv141:ArchiveTimeStamp");
  const size_t data = twice.find("<xadesv141:TimeStampValidationData", first);
  std::string changed = twice;
  changed.insert(changed.find('>', data), " Id=\"x\"");
  const Verification refused = Verify(changed, DocumentKind::kPrescription);
  ASSERT_EQ(refused.findings.size(), 1u) << RulesOf(refused);
  EXPECT_EQ(refused.findings[0].rule, "SIG-051");
  EXPECT_EQ(refused.findings[0].field,
            "/Document/Prescription/PrescriptionSign/Signature/ArchiveTimeStamp[2]");
}

TEST(LongTermTest, SIG051NothingThatIsArchivedMayChange) {
  const std::string original = Archived();
  const struct {
    const char* what;
    std::string document;
  } kCases[] = {
      {"evidence removed",
       Replace(original,
               Cut(original, "<xades:EncapsulatedCRLValue>", "</xades:EncapsulatedCRLValue>"), "")},
      {"evidence added",
       Replace(original, "</xades:CertificateValues>", "<xades:Other/></xades:CertificateValues>")},
      {"order",
       [&] {
         const std::string moved =
             Cut(original, "<xadesv141:TimeStampValidationData", "TimeStampValidationData>");
         return Replace(Replace(original, moved, ""), "<xadesv141:ArchiveTimeStamp",
                        moved + "<xadesv141:ArchiveTimeStamp");
       }()},
      {"another signature's archive time-stamp",
       Replace(original, Cut(original, "<xadesv141:ArchiveTimeStamp", "</xadesv141:ArchiveTime"),
               Cut(ToA(ToXl(ToT(*Doctor().Sign(*BuildPrescription("SJ1\n", "1"),
                                               DocumentKind::kPrescription, SigningTime()))),
                       absl::Hours(24)),
                   "<xadesv141:ArchiveTimeStamp", "</xadesv141:ArchiveTime"))},
  };
  for (const auto& test : kCases) {
    SCOPED_TRACE(test.what);
    ExpectRefused(test.document, "SIG-051");
  }
}

TEST(LongTermTest, SIG050AnArchiveTimeStampMustBeReadable) {
  const std::string original = Archived();
  const std::string token = Cut(original.substr(original.find("<xadesv141:ArchiveTimeStamp")),
                                "<xades:EncapsulatedTimeStamp", "</xades:EncapsulatedTimeStamp>");
  ExpectRefused(Replace(original, token, ""), "SIG-050");
  // What it lists itself (the distributed case) is in no e-prescription.
  ExpectRefused(Replace(original, token, absl::StrCat("<xades:Include URI=\"#a\"/>", token)),
                "SIG-050");
  std::string many;
  for (int i = 0; i < 20; ++i) {
    absl::StrAppend(&many, "<a:ArchiveTimeStamp xmlns:a=\"", kXades132, "\">", token,
                    "</a:ArchiveTimeStamp>");
  }
  ExpectRefused(Replace(original, "</xades:UnsignedSignatureProperties>",
                        many + "</xades:UnsignedSignatureProperties>"),
                "SIG-051");
}

TEST(LongTermTest, SIG050TheOlderNamespaceAndOtherPrefixesAreTaken) {
  // The imprint is over what stands before, so the container's own name is free.
  const std::string older = absl::StrReplaceAll(
      Archived(), {{"<xadesv141:ArchiveTimeStamp xmlns:xadesv141=\"http://uri.etsi.org/01903/"
                    "v1.4.1#\"",
                    absl::StrCat("<old:ArchiveTimeStamp xmlns:old=\"", kXades132, "\"")},
                   {"</xadesv141:ArchiveTimeStamp>", "</old:ArchiveTimeStamp>"}});
  const Verification result = Verify(older, DocumentKind::kPrescription);
  EXPECT_TRUE(result.findings.empty()) << RulesOf(result);
  EXPECT_EQ(result.signature.archive_time_stamps.size(), 1u);
}

TEST(LongTermTest, SIG020ATimeStampMayNameItsCanonicalisation) {
  const std::string open = "<xades:SignatureTimeStamp>";
  const auto named = [&](absl::string_view uri) {
    return Replace(ToT(Prescription()), open,
                   absl::StrCat(open,
                                "<d:CanonicalizationMethod xmlns:d=\"http://www.w3.org/2000/09/"
                                "xmldsig#\" Algorithm=\"",
                                uri, "\"/>"));
  };
  EXPECT_TRUE(
      Verify(named("http://www.w3.org/TR/2001/REC-xml-c14n-20010315"), DocumentKind::kPrescription)
          .valid());
  // It stamps other bytes than the default then.
  ExpectRefused(named("http://www.w3.org/2001/10/xml-exc-c14n#"), "SIG-021");
  ExpectRefused(named("http://www.w3.org/2001/10/xml-exc-c14n#WithComments"), "SIG-020");
}

TEST(LongTermTest, SIG052TimeStampsAreInOrder) {
  ExpectRefused(ToA(ToXl(ToT(Prescription())), absl::Minutes(9)), "SIG-052");
}

TEST(LongTermTest, SIG022TheEvidenceForAuthoritiesIsCollectedToo) {
  const Verification result = Verify(Archived(), DocumentKind::kPrescription);
  const std::vector<std::string> wanted = {PharmacistKey().cert_der, AuthorityKey().cert_der,
                                           AuthorityKey().cert_der};
  EXPECT_EQ(result.signature.certificates, wanted);
  EXPECT_EQ(result.signature.revocation_lists.size(), 3u);
  ExpectRefused(Replace(ToXl(ToT(Prescription())), "<xades:EncapsulatedX509Certificate>",
                        "<xades:EncapsulatedX509Certificate>AAAA"),
                "SIG-022");
}

TEST(LongTermTest, AnArchivedPrescriptionIsDispensedAndTheResultArchivedToo) {
  const auto kind = DocumentKind::kDispensing;
  const std::string signed_result =
      *Pharmacist().Sign(*BuildDispensing({kDispensed, Archived(), "3333"}), kind, SigningTime());
  const std::string document = ToA(ToXl(ToT(signed_result, kind), kind), absl::Hours(24), kind);
  const Verification result = Verify(document, kind);
  EXPECT_TRUE(result.findings.empty()) << RulesOf(result);
  EXPECT_EQ(result.signature.level, Level::kEsA);
  ASSERT_TRUE(result.prescription);
  EXPECT_EQ(result.prescription->level, Level::kEsA);
  EXPECT_EQ(result.prescription->content, kPrescribed);
}

TEST(LongTermTest, SIG017TheOlderSigningCertificateIsTaken) {
  // Renaming it breaks the digest of SignedProperties and nothing else.
  const std::string document = absl::StrReplaceAll(
      Prescription(), {{"xades:SigningCertificateV2", "xades:SigningCertificate"}});
  const Verification result = Verify(document, DocumentKind::kPrescription);
  EXPECT_FALSE(HasRule(result, "SIG-017")) << RulesOf(result);
  EXPECT_TRUE(HasRule(result, "SIG-014"));
}

TEST(LongTermTest, SIG010TheSignedElementsIdMayBeSpelledOtherwise) {
  for (const char* spelling : {"Id", "ID"}) {
    const std::string document =
        Replace(Prescription(),
                "<PrescriptionDocument id=", absl::StrCat("<PrescriptionDocument ", spelling, "="));
    const Verification result = Verify(document, DocumentKind::kPrescription);
    EXPECT_FALSE(HasRule(result, "SIG-010")) << RulesOf(result);
    EXPECT_TRUE(HasRule(result, "SIG-014"));  // the doctor's had another attribute
  }
}

}  // namespace
}  // namespace tsunagu::xades
