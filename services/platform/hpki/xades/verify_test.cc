#include "services/platform/hpki/xades/verify.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/sign.h"
#include "services/platform/hpki/xades/test_keys.h"

namespace tsunagu::xades {
namespace {

constexpr char kPayload[] = "SJ1\n1,1,0000000,13,テスト医院\n";
constexpr char kDispensed[] = "CJ1\n1,1,0000000,13,テスト薬局\n";
const absl::Time kTime = absl::FromUnixSeconds(1795000000);

const Signer& Doctor() {
  static const Signer* const signer =
      new Signer(*Signer::Create(DoctorKey().key_pem, DoctorKey().cert_pem));
  return *signer;
}

const Signer& Pharmacist() {
  static const Signer* const signer =
      new Signer(*Signer::Create(PharmacistKey().key_pem, PharmacistKey().cert_pem));
  return *signer;
}

std::string Prescription() {
  return *Doctor().Sign(*BuildPrescription(kPayload, "11111111-2222"), DocumentKind::kPrescription,
                        kTime);
}

std::string Dispensing() {
  const std::string prescription = Prescription();
  return *Pharmacist().Sign(*BuildDispensing({kDispensed, prescription, "3333"}),
                            DocumentKind::kDispensing, kTime);
}

// Replaces the first occurrence; the test fails if there is none.
std::string Replace(std::string text, absl::string_view from, absl::string_view to) {
  const size_t at = text.find(std::string(from));
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), std::string(to));
}

// As Replace, the last occurrence.
std::string ReplaceLast(std::string text, absl::string_view from, absl::string_view to) {
  const size_t at = text.rfind(std::string(from));
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), std::string(to));
}

// The text from the first `begin` up to and with the next `end`.
std::string Cut(const std::string& text, absl::string_view begin, absl::string_view end) {
  const size_t from = text.find(std::string(begin));
  const size_t to = text.find(std::string(end), from) + end.size();
  return text.substr(from, to - from);
}

bool HasRule(const Verification& verification, absl::string_view rule) {
  for (const national::Finding& finding : verification.findings) {
    if (finding.rule == rule) return true;
  }
  return false;
}

std::string RulesOf(const Verification& verification) {
  std::string rules;
  for (const national::Finding& finding : verification.findings) {
    absl::StrAppend(&rules, finding.rule, " ", finding.field, "; ");
  }
  return rules;
}

void ExpectRefused(const std::string& document, absl::string_view rule,
                   DocumentKind kind = DocumentKind::kPrescription) {
  const Verification result = Verify(document, kind);
  EXPECT_FALSE(result.valid()) << rule;
  EXPECT_TRUE(HasRule(result, rule)) << "wanted " << rule << ", got " << RulesOf(result);
  EXPECT_EQ(result.signature.content, "");
  EXPECT_EQ(result.prescription.value_or(Signature()).content, "");
}

TEST(VerifyTest, ASignedPrescriptionVerifiesAndGivesTheBytesThatWereSigned) {
  const Verification result = Verify(Prescription(), DocumentKind::kPrescription);
  EXPECT_TRUE(result.valid()) << RulesOf(result);
  EXPECT_EQ(result.signature.content, kPayload);
  EXPECT_EQ(result.signature.signer_certificate, DoctorKey().cert_der);
  EXPECT_EQ(result.signature.signing_time, kTime);
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
  EXPECT_EQ(result.prescription->content, kPayload);
  EXPECT_EQ(result.prescription->signer_certificate, DoctorKey().cert_der);
}

TEST(VerifyTest, AnEarlierPartOfADividedDispensingHasNoPrescriptionInside) {
  const std::string document =
      *Pharmacist().Sign(*BuildDispensing({kDispensed, "", ""}), DocumentKind::kDispensing, kTime);
  const Verification result = Verify(document, DocumentKind::kDispensing);
  EXPECT_TRUE(result.valid()) << RulesOf(result);
  EXPECT_FALSE(result.prescription);
  EXPECT_TRUE(result.findings.empty());
}

TEST(VerifyTest, SIG023AnUnsignedReferenceIsAWarning) {
  const std::string paper = *BuildPrescription(kPayload, "");
  const std::string document = *Pharmacist().Sign(*BuildDispensing({kDispensed, paper, ""}),
                                                  DocumentKind::kDispensing, kTime);
  const Verification result = Verify(document, DocumentKind::kDispensing);
  EXPECT_TRUE(result.valid()) << RulesOf(result);
  EXPECT_TRUE(HasRule(result, "SIG-023"));
  EXPECT_EQ(result.signature.content, kDispensed);
}

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
  const std::string other = *Pharmacist().Sign(*BuildPrescription(kPayload, "11111111-2222"),
                                               DocumentKind::kPrescription, kTime);
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
      ReplaceLast(original,
                  Cut(original, "<xades:SigningCertificateV2>", "</xades:SigningCertificateV2>"),
                  ""),
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
        Replace(*BuildPrescription(kPayload, ""), kOpen, absl::StrCat(kOpen, inside));
    // Signed by the doctor that way: the digest is right, and a comment is not even part of it.
    ExpectRefused(*Doctor().Sign(unsigned_document, DocumentKind::kPrescription, kTime), "SIG-019");
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

TEST(WrappingTest, SIG007AnIdMustNotOccurTwice) {
  for (const char* attribute : {"id", "Id", "ID"}) {
    ExpectRefused(
        Replace(Prescription(), "<PrescriptionManagement id=\"PrescriptionManagement\"",
                absl::StrCat("<PrescriptionManagement ", attribute, "=\"PrescriptionDocument\"")),
        "SIG-007");
  }
}

TEST(WrappingTest, SIG007TheSignedElementHiddenElsewhereWithItsIdIsRefused) {
  const std::string original = Prescription();
  const std::string data = Cut(original, "<PrescriptionDocument", "</PrescriptionDocument>");
  // The classic attack: the signed element goes where nobody looks, a forged one takes its place.
  const std::string document =
      Replace(Replace(original, data,
                      "<PrescriptionDocument id=\"PrescriptionDocument\">QUFB"
                      "</PrescriptionDocument>"),
              "</ds:Object>", absl::StrCat("</ds:Object><ds:Object>", data, "</ds:Object>"));
  ExpectRefused(document, "SIG-007");
}

TEST(WrappingTest, SIG010AMovedElementIsRefusedEvenWhenTheForgedOneHasAnotherId) {
  const std::string original = Prescription();
  const std::string data = Cut(original, "<PrescriptionDocument", "</PrescriptionDocument>");
  const std::string document =
      Replace(original, data,
              absl::StrCat("<Moved>", data,
                           "</Moved><PrescriptionDocument id=\"Other\">QUFB"
                           "</PrescriptionDocument>"));
  ExpectRefused(document, "SIG-010");
}

TEST(WrappingTest, SIG010AReferenceMustStayInTheDocument) {
  for (const char* uri : {"", "http://127.0.0.1/a", "#xpointer(/)", "PrescriptionDocument",
                          "#PrescriptionManagement"}) {
    SCOPED_TRACE(uri);
    ExpectRefused(
        Replace(Prescription(), "URI=\"#PrescriptionDocument\"", absl::StrCat("URI=\"", uri, "\"")),
        "SIG-010");
  }
}

TEST(WrappingTest, SIG010TheSignedPropertiesReferenceNeedsItsType) {
  ExpectRefused(Replace(Prescription(), " Type=\"http://uri.etsi.org/01903#SignedProperties\"", ""),
                "SIG-010");
}

TEST(WrappingTest, SIG010QualifyingPropertiesMustBelongToTheSignature) {
  ExpectRefused(Replace(Prescription(), "Target=\"#PrescriptionSign\"", "Target=\"#Other\""),
                "SIG-010");
}

TEST(WrappingTest, SIG009ExtraAndMissingReferencesAreRefused) {
  const std::string original = Prescription();
  const std::string reference = Cut(original, "<ds:Reference ", "</ds:Reference>");
  ExpectRefused(Replace(original, reference, ""), "SIG-009");
  ExpectRefused(Replace(original, reference,
                        absl::StrCat(reference, Replace(reference, "Reference1", "Reference9"))),
                "SIG-009");
}

TEST(WrappingTest, SIG012OnlyTheTwoCanonicalisationsAreTransforms) {
  const std::string original = Prescription();
  const std::string allowed =
      "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>";
  for (const char* algorithm :
       {"http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://www.w3.org/TR/1999/REC-xslt-19991116",
        "http://www.w3.org/TR/1999/REC-xpath-19991116", "http://www.w3.org/2000/09/xmldsig#base64",
        "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
        "http://www.w3.org/2006/12/xml-c14n11", ""}) {
    SCOPED_TRACE(algorithm);
    ExpectRefused(
        Replace(original, allowed, absl::StrCat("<ds:Transform Algorithm=\"", algorithm, "\"/>")),
        "SIG-012");
  }
  ExpectRefused(Replace(original, allowed, absl::StrCat(allowed, allowed)), "SIG-012");
  ExpectRefused(
      Replace(original, allowed,
              "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\">"
              "<ec:InclusiveNamespaces xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\""
              " PrefixList=\"xsi\"/></ds:Transform>"),
      "SIG-012");
}

TEST(WrappingTest, SIG011WeakOrUnknownDigestsAndCanonicalisationsAreRefused) {
  const std::string original = Prescription();
  ExpectRefused(Replace(original, "xmlenc#sha256", "xmlenc#sha1"), "SIG-011");
  ExpectRefused(Replace(original, "http://www.w3.org/2001/04/xmlenc#sha256",
                        "http://www.w3.org/2000/09/xmldsig#sha1"),
                "SIG-011");
  ExpectRefused(Replace(original, "<ds:CanonicalizationMethod Algorithm=\"",
                        "<ds:CanonicalizationMethod Algorithm=\"x"),
                "SIG-011");
}

TEST(WrappingTest, SIG013OnlyAcceptedSignatureMethodsThatFitTheKey) {
  for (const char* method :
       {"http://www.w3.org/2000/09/xmldsig#rsa-sha1", "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256", "",
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"}) {
    SCOPED_TRACE(method);
    ExpectRefused(
        Replace(Prescription(), "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", method),
        "SIG-013");
  }
}

TEST(WrappingTest, SIG006ExactlyOneSignatureAtItsPlace) {
  const std::string original = Prescription();
  const std::string signature = Cut(original, "<ds:Signature ", "</ds:Signature>");
  ExpectRefused(Replace(original, signature, ""), "SIG-006");
  ExpectRefused(Replace(original, signature, absl::StrCat(signature, signature)), "SIG-006");
  const std::string moved = Replace(original, signature, "");
  ExpectRefused(Replace(moved, "</Document>", absl::StrCat(signature, "</Document>")), "SIG-006");
  ExpectRefused(
      Replace(original, "<PrescriptionDocument ",
              "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/><PrescriptionDocument "),
      "SIG-006");
  ExpectRefused(*BuildPrescription(kPayload, ""), "SIG-006");
}

TEST(WrappingTest, SIG005EveryElementStandsOnceInNoNamespace) {
  const std::string original = Prescription();
  const std::string data = Cut(original, "<PrescriptionDocument", "</PrescriptionDocument>");
  ExpectRefused(Replace(original, data, absl::StrCat(data, data)), "SIG-005");
  ExpectRefused(Replace(original, "<Document ", "<Document xmlns=\"urn:x\" "), "SIG-005");
  ExpectRefused(Replace(original, "<PrescriptionSign>", "<PrescriptionSign/><PrescriptionSign>"),
                "SIG-005");
  ExpectRefused(original, "SIG-005", DocumentKind::kDispensing);
  ExpectRefused(Dispensing(), "SIG-005", DocumentKind::kPrescription);
}

TEST(WrappingTest, SIG005FurtherObjectsInASignatureAreRefused) {
  ExpectRefused(Replace(Prescription(), "</ds:Object>", "</ds:Object><ds:Object>x</ds:Object>"),
                "SIG-005");
}

TEST(WrappingTest, SIG008XmlAttributesAreRefused) {
  for (const char* attribute :
       {"xml:id=\"a\"", "xml:base=\"http://127.0.0.1/\"", "xml:lang=\"ja\""}) {
    ExpectRefused(
        Replace(Prescription(), "<Prescription>", absl::StrCat("<Prescription ", attribute, ">")),
        "SIG-008");
  }
}

TEST(WrappingTest, ADispensingResultNeedsBothSignatures) {
  // The doctor's signature taken from another prescription.
  const std::string other = *Doctor().Sign(*BuildPrescription("SJ1\nother\n", "11111111-2222"),
                                           DocumentKind::kPrescription, kTime);
  const std::string document = *Pharmacist().Sign(
      Replace(*BuildDispensing({kDispensed, other, "3333"}),
              Cut(other, "<PrescriptionDocument", "</PrescriptionDocument>"),
              Cut(Prescription(), "<PrescriptionDocument", "</PrescriptionDocument>")),
      DocumentKind::kDispensing, kTime);
  const Verification result = Verify(document, DocumentKind::kDispensing);
  ASSERT_EQ(result.findings.size(), 1u) << RulesOf(result);
  EXPECT_EQ(result.findings[0].rule, "SIG-014");
  EXPECT_EQ(result.findings[0].field,
            "/Document/Dispensing/ReferencePrescription/PrescriptionSign/Signature/SignedInfo/"
            "Reference[data]");
  EXPECT_EQ(result.signature.content, "");
}

TEST(HostileTest, SIG001SizeLimits) {
  ExpectRefused("", "SIG-001");
  ExpectRefused(std::string(5 << 20, ' '), "SIG-001");
}

TEST(HostileTest, SIG002DtdsAndEntitiesAreRefusedBeforeTheyAreRead) {
  const std::string laughs =
      "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\">"
      "<!ENTITY lol2 \"&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;\">"
      "<!ENTITY lol3 \"&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;\">]>"
      "<Document>&lol3;</Document>";
  ExpectRefused(laughs, "SIG-002");
  ExpectRefused("<!DOCTYPE Document SYSTEM \"http://127.0.0.1/x.dtd\"><Document/>", "SIG-002");
  ExpectRefused("<!-- --><!DOCTYPE a><Document/>", "SIG-002");
}

TEST(HostileTest, SIG003NestingElementsAndAttributesAreLimited) {
  std::string deep, wide = "<Document>", many = "<Document";
  for (int i = 0; i < 100000; ++i) deep += "<a>";
  for (int i = 0; i < 10000; ++i) wide += "<a/>";
  for (int i = 0; i < 100; ++i) absl::StrAppend(&many, " a", i, "=''");
  ExpectRefused(deep, "SIG-003");
  ExpectRefused(wide + "</Document>", "SIG-003");
  ExpectRefused(many + "/>", "SIG-003");
  std::string namespaces = "<Document>";
  for (int i = 0; i < 300; ++i) absl::StrAppend(&namespaces, "<a xmlns:n", i, "='urn:n'/>");
  ExpectRefused(namespaces + "</Document>", "SIG-003");
}

TEST(HostileTest, SIG004GarbageIsRefused) {
  for (const char* bytes :
       {"garbage", "<", "<a", "<a>", "<a b='", "<!-- ", "<![CDATA[", "<?xml", "</a>", "<a></b>",
        "<a>&nbsp;</a>", "<a>\xff</a>", "<p:a/>", "<a/><b/>", "\xEF\xBB\xBF", "<a b='1' b='2'/>",
        "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a/>",
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>"}) {
    SCOPED_TRACE(bytes);
    ExpectRefused(bytes, "SIG-004");
  }
  ExpectRefused(std::string("<a>\0</a>", 8), "SIG-004");
  ExpectRefused(std::string("\xFF\xFE<\0a\0/\0>\0", 10), "SIG-004");
}

TEST(HostileTest, NoTruncationOfADocumentIsAccepted) {
  const std::string original = Dispensing();
  for (size_t length = 0; length < original.size(); length += 41) {
    EXPECT_FALSE(Verify(original.substr(0, length), DocumentKind::kDispensing).valid()) << length;
  }
}

TEST(HostileTest, NoChangedByteOfTheSignedContentIsAccepted) {
  const std::string original = Prescription();
  const size_t begin = original.find("U0ox");
  const size_t end = original.find("</PrescriptionDocument>");
  for (size_t at = begin; at < end; ++at) {
    std::string changed = original;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(Verify(changed, DocumentKind::kPrescription).valid()) << at;
  }
}

TEST(HostileTest, ChangedBytesAnywhereNeverChangeTheContentOfAValidDocument) {
  const std::string original = Dispensing();
  for (size_t at = 0; at < original.size(); at += 13) {
    for (const char c : {'<', '"', 'A', '\0', '\xff'}) {
      std::string changed = original;
      changed[at] = c;
      const Verification result = Verify(changed, DocumentKind::kDispensing);
      if (!result.valid()) continue;
      EXPECT_EQ(result.signature.content, kDispensed) << at;
      EXPECT_EQ(result.prescription.value_or(Signature()).content, kPayload) << at;
    }
  }
}

TEST(HostileTest, AllFindingsComeAtOnceAndNameNoValue) {
  const std::string document = Replace(
      Replace(Replace(Prescription(), "\">U0ox", "\">V0ox"), "+09:00", ""), "xmlenc#sha256", "md5");
  const Verification result = Verify(document, DocumentKind::kPrescription);
  EXPECT_TRUE(HasRule(result, "SIG-011"));
  EXPECT_TRUE(HasRule(result, "SIG-014"));
  EXPECT_TRUE(HasRule(result, "SIG-015"));
  EXPECT_TRUE(HasRule(result, "SIG-018"));
  for (const national::Finding& finding : result.findings) {
    EXPECT_FALSE(finding.text_ja.empty());
    EXPECT_FALSE(finding.text_en.empty());
    EXPECT_FALSE(absl::StrContains(finding.field, "V0ox"));
  }
}

}  // namespace
}  // namespace tsunagu::xades
