// Signature wrapping: every trick that makes a valid signature cover something else than what is
// read.
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/test_documents.h"

namespace tsunagu::xades {
namespace {

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
  ExpectRefused(*BuildPrescription(kPrescribed, ""), "SIG-006");
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

TEST(WrappingTest, SIG005TwoEmbeddedPrescriptionsAreRefused) {
  const std::string original = Dispensing();
  const std::string embedded = Cut(original, "<ReferencePrescription>", "</ReferencePrescription>");
  const std::string forged =
      "<ReferencePrescription><PrescriptionDocument id=\"Other\">QUFB"
      "</PrescriptionDocument></ReferencePrescription>";
  for (const std::string& both : {embedded + forged, forged + embedded}) {
    ExpectRefused(Replace(original, embedded, both), "SIG-005", DocumentKind::kDispensing);
  }
}

TEST(WrappingTest, SIG005TheDoctorsSignatureCountsInItsPlaceOnly) {
  // A result whose own signature is the doctor's, and one whose doctor's stands beside the result.
  const std::string original = Dispensing();
  const std::string inner = Cut(original, "<PrescriptionSign>", "</PrescriptionSign>");
  ExpectRefused(Replace(Replace(original, inner, ""), "<DispensingSign>",
                        absl::StrCat(inner, "<DispensingSign>")),
                "SIG-006", DocumentKind::kDispensing);
  const std::string outer = Cut(original, "<DispensingSign>", "</DispensingSign>");
  const std::string signature = Cut(inner, "<ds:Signature", "</ds:Signature>");
  const Verification result =
      Verify(Replace(Replace(original, inner, ""), outer,
                     absl::StrCat("<DispensingSign>", signature, "</DispensingSign>")),
             DocumentKind::kDispensing);
  EXPECT_FALSE(result.valid());
  EXPECT_EQ(result.signature.content, "");
}

TEST(WrappingTest, SIG005ADocumentInsideTheDocumentIsNotLookedAt) {
  const std::string original = Prescription();
  const std::string inside = Cut(original, "<Document ", "</Document>");
  const std::string declaration = original.substr(0, original.find("<Document "));
  ExpectRefused(absl::StrCat(declaration, "<Document id=\"Outer\">", inside, "</Document>"),
                "SIG-005");
  const std::string forged = absl::StrCat(
      declaration, "<Document id=\"Outer\"><Prescription><PrescriptionDocument id=\"x\">",
      "QUFB</PrescriptionDocument><PrescriptionSign>", inside,
      "</PrescriptionSign></Prescription></Document>");
  ExpectRefused(forged, "SIG-006");
}

TEST(WrappingTest, SIG007AnIdOfAnyNamespaceIsAnId) {
  ExpectRefused(Replace(Prescription(), "<PrescriptionManagement id=\"PrescriptionManagement\"",
                        "<PrescriptionManagement xmlns:w=\"urn:w\" w:Id=\"PrescriptionDocument\""),
                "SIG-007");
}

TEST(WrappingTest, SIG010OneReferenceDoesNotStandForTwo) {
  // Three references, two of them to the same: the data is not covered.
  const std::string original = Prescription();
  const std::string data = Cut(original, "<ds:Reference ", "</ds:Reference>");
  const std::string rest = original.substr(original.find(data) + data.size());
  const std::string key_info = Cut(rest, "<ds:Reference ", "</ds:Reference>");
  ExpectRefused(Replace(original, data, Replace(key_info, "Reference2", "Reference8")), "SIG-010");
}

TEST(WrappingTest, SIG013ASignatureMethodHasNoParameters) {
  const std::string method = Cut(Prescription(), "<ds:SignatureMethod ", "/>");
  const std::string with_length =
      absl::StrCat(method.substr(0, method.size() - 2),
                   "><ds:HMACOutputLength>8</ds:HMACOutputLength></ds:SignatureMethod>");
  ExpectRefused(Replace(Prescription(), method, with_length), "SIG-013");
}

TEST(WrappingTest, SIG014ARedefinedNamespaceIsAnotherDocument) {
  // The signed element takes its namespaces along, used or not.
  const std::string original = Prescription();
  ExpectRefused(Replace(original, "XMLSchema-instance", "XMLSchema-other"), "SIG-014");
  ExpectRefused(Replace(original, "<Prescription>", "<Prescription xmlns:xsi=\"urn:other\">"),
                "SIG-014");
  // And no element of the signature is taken under another namespace.
  ExpectRefused(Replace(original, "xmlns:xades=\"http://uri.etsi.org/01903/v1.3.2#\"",
                        "xmlns:xades=\"http://uri.etsi.org/01903/v1.1.1#\""),
                "SIG-005");
}

TEST(WrappingTest, SIG005ASignatureHasEachOfItsPartsOnce) {
  const std::string original = Prescription();
  for (const char* name : {"ds:SignedInfo", "ds:SignatureValue", "ds:KeyInfo", "ds:Object"}) {
    SCOPED_TRACE(name);
    const std::string part = Cut(original, absl::StrCat("<", name), absl::StrCat("</", name, ">"));
    const std::string forged = absl::StrCat("<", name, "/>");
    ExpectRefused(Replace(original, part, absl::StrCat(part, forged)), "SIG-005");
    ExpectRefused(Replace(original, part, absl::StrCat(forged, part)), "SIG-005");
  }
  const std::string properties =
      Cut(original, "<xades:QualifyingProperties", "</xades:QualifyingProperties>");
  ExpectRefused(
      Replace(original, properties, absl::StrCat(properties, "<xades:QualifyingProperties/>")),
      "SIG-005");
}

TEST(WrappingTest, SIG015NoCommentHidesInTheNumbers) {
  const std::string original = Prescription();
  const std::string value = Cut(original, "<ds:SignatureValue", ">");
  ExpectRefused(Replace(original, value, absl::StrCat(value, "<!-- -->")), "SIG-015");
  // Comments are not canonicalised: the value is right, and the digest is read in two ways.
  ExpectRefused(Replace(original, "<ds:DigestValue>", "<ds:DigestValue><!-- -->"), "SIG-014");
}

TEST(WrappingTest, SIG016TheFirstCertificateOfKeyInfoIsTheSigners) {
  // Another's certificate in front of the signer's, as a shield.
  const std::string original = Prescription();
  const std::string other = Cut(*Pharmacist().Sign(*BuildPrescription(kPrescribed, ""),
                                                   DocumentKind::kPrescription, SigningTime()),
                                "<ds:X509Certificate>", "</ds:X509Certificate>");
  const std::string document =
      Replace(original, "<ds:X509Certificate>", absl::StrCat(other, "<ds:X509Certificate>"));
  ExpectRefused(document, "SIG-014");
  ExpectRefused(document, "SIG-015");
  ExpectRefused(document, "SIG-017");
}

TEST(WrappingTest, ADispensingResultNeedsBothSignatures) {
  // The doctor's signature taken from another prescription.
  const std::string other = *Doctor().Sign(*BuildPrescription("SJ1\nother\n", "11111111-2222"),
                                           DocumentKind::kPrescription, SigningTime());
  const std::string document = *Pharmacist().Sign(
      Replace(*BuildDispensing({kDispensed, other, "3333"}),
              Cut(other, "<PrescriptionDocument", "</PrescriptionDocument>"),
              Cut(Prescription(), "<PrescriptionDocument", "</PrescriptionDocument>")),
      DocumentKind::kDispensing, SigningTime());
  const Verification result = Verify(document, DocumentKind::kDispensing);
  ASSERT_EQ(result.findings.size(), 1u) << RulesOf(result);
  EXPECT_EQ(result.findings[0].rule, "SIG-014");
  EXPECT_EQ(result.findings[0].field,
            "/Document/Dispensing/ReferencePrescription/PrescriptionSign/Signature/SignedInfo/"
            "Reference[data]");
  EXPECT_EQ(result.signature.content, "");
}

}  // namespace
}  // namespace tsunagu::xades
