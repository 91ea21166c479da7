#include "services/platform/hpki/xades/verify.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/test_documents.h"
#include "services/platform/hpki/xades/test_keys.h"

namespace tsunagu::xades {
namespace {

TEST(VerifyTest, ASignedPrescriptionVerifiesAndGivesTheBytesThatWereSigned) {
  const Verification result = Verify(Prescription(), DocumentKind::kPrescription);
  EXPECT_TRUE(result.valid()) << RulesOf(result);
  EXPECT_EQ(result.signature.content, kPrescribed);
  EXPECT_EQ(result.signature.signer_certificate, DoctorKey().cert_der);
  EXPECT_EQ(result.signature.signing_time, SigningTime());
  EXPECT_EQ(result.signature.level, Level::kEs);
  EXPECT_FALSE(result.signature.time_stamp);
  EXPECT_FALSE(result.prescription);
}

TEST(VerifyTest, ADispensingResultVerifiesWithThePrescriptionInside) {
  const Verification result = Verify(Dispensing(), DocumentKind::kDispensing);
  EXPECT_TRUE(result.valid()) << RulesOf(result);
  EXPECT_EQ(result.signature.content, kDispensed);
  EXPECT_EQ(result.signature.signer_certificate, PharmacistKey().cert_der);
  ASSERT_TRUE(result.prescription);
  EXPECT_EQ(result.prescription->content, kPrescribed);
  EXPECT_EQ(result.prescription->signer_certificate, DoctorKey().cert_der);
}

TEST(VerifyTest, AnEarlierPartOfADividedDispensingHasNoPrescriptionInside) {
  const std::string document = *Pharmacist().Sign(*BuildDispensing({kDispensed, "", ""}),
                                                  DocumentKind::kDispensing, SigningTime());
  const Verification result = Verify(document, DocumentKind::kDispensing);
  EXPECT_TRUE(result.valid()) << RulesOf(result);
  EXPECT_FALSE(result.prescription);
  EXPECT_TRUE(result.findings.empty());
}

TEST(VerifyTest, SIG023AnUnsignedReferenceIsAWarning) {
  const std::string paper = *BuildPrescription(kPrescribed, "");
  const std::string document = *Pharmacist().Sign(*BuildDispensing({kDispensed, paper, ""}),
                                                  DocumentKind::kDispensing, SigningTime());
  const Verification result = Verify(document, DocumentKind::kDispensing);
  EXPECT_TRUE(result.valid()) << RulesOf(result);
  EXPECT_TRUE(HasRule(result, "SIG-023"));
  EXPECT_EQ(result.signature.content, kDispensed);
}

// SIG-024
TEST(VerifyTest, SIG024UnsignedSiblingsMayChange) {
  const std::string document = Replace(Prescription(), "11111111-2222", "99999999-8888");
  EXPECT_TRUE(Verify(document, DocumentKind::kPrescription).valid());
  const std::string added =
      Replace(Prescription(), "<PrescriptionSign>",
              "<AdditionalPrescriptionInformation id=\"A\">x</AdditionalPrescriptionInformation>"
              "<PrescriptionSign>");
  EXPECT_TRUE(Verify(added, DocumentKind::kPrescription).valid());
}

TEST(VerifyTest, SIG014ThePharmacistsSignatureCoversTheReferencedPrescriptionsId) {
  const std::string document = Replace(Dispensing(), "11111111-2222", "99999999-8888");
  ExpectRefused(document, "SIG-014", DocumentKind::kDispensing);
}

TEST(VerifyTest, SIG014EverySignedPartIsProtected) {
  const std::string original = Prescription();
  const std::string digest = Cut(original, "<ds:DigestValue>", "</ds:DigestValue>");
  const struct {
    const char* what;
    std::string document;
    const char* rule;
  } kCases[] = {
      {"payload",
       Replace(original, "<PrescriptionDocument id=\"PrescriptionDocument\">U",
               "<PrescriptionDocument id=\"PrescriptionDocument\">V"),
       "SIG-014"},
      {"attribute of the payload",
       Replace(original, "<PrescriptionDocument id", "<PrescriptionDocument x=\"1\" id"),
       "SIG-014"},
      {"namespaces in scope", Replace(original, "<Document ", "<Document xmlns:a=\"urn:a\" "),
       "SIG-014"},
      {"signing time", Replace(original, "+09:00", "+08:00"), "SIG-014"},
      {"key info", Replace(original, "<ds:X509Data>", "<ds:X509Data> "), "SIG-014"},
      {"digest",
       Replace(original, digest,
               "<ds:DigestValue>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
               "</ds:DigestValue>"),
       "SIG-015"},
  };
  for (const auto& test : kCases) {
    SCOPED_TRACE(test.what);
    ExpectRefused(test.document, test.rule);
  }
}

TEST(VerifyTest, SIG015ASignatureValueOfAnotherKeyFails) {
  const std::string mine = Prescription();
  const std::string other = *Pharmacist().Sign(*BuildPrescription(kPrescribed, "11111111-2222"),
                                               DocumentKind::kPrescription, SigningTime());
  ExpectRefused(Replace(mine, Cut(mine, "<ds:SignatureValue", "</ds:SignatureValue>"),
                        Cut(other, "<ds:SignatureValue", "</ds:SignatureValue>")),
                "SIG-015");
}

TEST(VerifyTest, SIG015EveryByteOfSignedInfoCounts) {
  const std::string original = Prescription();
  ExpectRefused(Replace(original, "<ds:CanonicalizationMethod", " <ds:CanonicalizationMethod"),
                "SIG-015");
}

TEST(VerifyTest, SIG016AnUnreadableCertificateIsReportedOnceWithTheRest) {
  const std::string original = Prescription();
  const std::string certificate = Cut(original, "<ds:X509Certificate>", "</ds:X509Certificate>");
  for (const char* content : {"", "AAAA", "not base64!", "<x/>"}) {
    SCOPED_TRACE(content);
    ExpectRefused(Replace(original, certificate,
                          absl::StrCat("<ds:X509Certificate>", content, "</ds:X509Certificate>")),
                  "SIG-016");
  }
}

TEST(VerifyTest, SIG017AnotherCertificateOfTheSameKeyIsCaught) {
  // Certificate substitution: the same key certified again, under another name or role.
  const std::string original = Prescription();
  const std::string digest = Cut(original, "<xades:CertDigest>", "</xades:CertDigest>");
  ExpectRefused(Replace(original, digest,
                        "<xades:CertDigest><ds:DigestMethod "
                        "Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>"
                        "<ds:DigestValue>AAAA</ds:DigestValue></xades:CertDigest>"),
                "SIG-017");
  ExpectRefused(
      Replace(original,
              Cut(original, "<xades:SigningCertificateV2>", "</xades:SigningCertificateV2>"), ""),
      "SIG-017");
}

TEST(VerifyTest, SIG018TheSigningTimeMustHaveAnOffset) {
  ExpectRefused(Replace(Prescription(), "+09:00", ""), "SIG-018");
  ExpectRefused(Replace(Prescription(), "<xades:SigningTime>", "<xades:SigningTime>infinite-"),
                "SIG-018");
}

TEST(VerifyTest, SIG019ThePayloadIsTextOnly) {
  constexpr char kOpen[] = "<PrescriptionDocument id=\"PrescriptionDocument\">";
  for (const char* inside : {"<!-- note -->", "<?pi data?>", "<a/>", "%"}) {
    SCOPED_TRACE(inside);
    const std::string unsigned_document =
        Replace(*BuildPrescription(kPrescribed, ""), kOpen, absl::StrCat(kOpen, inside));
    // Signed by the doctor that way: the digest is right, and a comment is not even part of it.
    ExpectRefused(*Doctor().Sign(unsigned_document, DocumentKind::kPrescription, SigningTime()),
                  "SIG-019");
  }
}

TEST(VerifyTest, SIG019ACommentSlippedIntoSignedContentIsCaught) {
  // Canonicalisation drops comments, so the digest still holds; the text would be cut in two.
  const std::string original = Prescription();
  const std::string document = Replace(original, "\">U0ox", "\">U0<!-- -->ox");
  const Verification result = Verify(document, DocumentKind::kPrescription);
  EXPECT_FALSE(HasRule(result, "SIG-014"));
  ExpectRefused(document, "SIG-019");
}

}  // namespace
}  // namespace tsunagu::xades
