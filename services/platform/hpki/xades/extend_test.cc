#include "services/platform/hpki/xades/extend.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_replace.h"
#include "services/platform/hpki/timestamp/authority.h"
#include "services/platform/hpki/timestamp/verifier.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/sign.h"
#include "services/platform/hpki/xades/test_keys.h"

namespace tsunagu::xades {
namespace {

constexpr char kPayload[] = "SJ1\n";
const absl::Time kSigned = absl::FromUnixSeconds(1795000000);
const absl::Time kStamped = kSigned + absl::Minutes(10);

timestamp::Authority Authority() {
  return *timestamp::Authority::Create(AuthorityKey().key_pem, AuthorityKey().cert_pem,
                                       {"1.2.3.4", [] { return kStamped; }});
}

std::string Prescription() {
  return *SignPrescription(*BuildPrescription(kPayload, "1"), DoctorKey().key_pem,
                           DoctorKey().cert_pem, kSigned);
}

absl::StatusOr<std::string> Stamp(const std::string& document, DocumentKind kind) {
  return AddSignatureTimeStamp(document, kind, Verify(document, kind), Authority());
}

bool HasRule(const Verification& verification, absl::string_view rule) {
  for (const national::Finding& finding : verification.findings) {
    if (finding.rule == rule) return true;
  }
  return false;
}

std::string Encapsulated(const std::string& content) {
  const std::string stamped = *Stamp(Prescription(), DocumentKind::kPrescription);
  const size_t begin = stamped.find('>', stamped.find("<xades:EncapsulatedTimeStamp")) + 1;
  const size_t end = stamped.find("</xades:EncapsulatedTimeStamp>");
  return stamped.substr(0, begin) + content + stamped.substr(end);
}

// SIG-027
TEST(ExtendTest, SIG027AStampedPrescriptionIsOfLevelT) {
  const std::string document = Prescription();
  const absl::StatusOr<std::string> stamped = Stamp(document, DocumentKind::kPrescription);
  ASSERT_TRUE(stamped.ok()) << stamped.status();

  const Verification result = Verify(*stamped, DocumentKind::kPrescription);
  EXPECT_TRUE(result.valid());
  EXPECT_EQ(result.signature.level, Level::kEsT);
  EXPECT_EQ(result.signature.content, kPayload);
  ASSERT_TRUE(result.signature.time_stamp);
  EXPECT_EQ(result.signature.time_stamp->gen_time, kStamped);
  EXPECT_TRUE(result.signature.time_stamp->imprint_matches);
  EXPECT_EQ(result.signature.time_stamp->authority_certificate, AuthorityKey().cert_der);

  const std::vector<std::string> trusted = {AuthorityKey().cert_pem};
  EXPECT_EQ(*timestamp::Verifier::Create(trusted)->Verify(result.signature.time_stamp->token,
                                                          result.signature.imprinted),
            kStamped);
}

TEST(ExtendTest, SIG027EveryOtherByteStays) {
  const std::string document = Prescription();
  const std::string stamped = *Stamp(document, DocumentKind::kPrescription);
  const std::string open = "<xades:UnsignedProperties ", close = "</xades:UnsignedProperties>";
  const size_t begin = stamped.find(open);
  const size_t end = stamped.find(close) + close.size();
  EXPECT_EQ(stamped.substr(0, begin) + stamped.substr(end), document);
}

TEST(ExtendTest, AStampedPrescriptionIsDispensedAndTheResultStampedToo) {
  const std::string prescription = *Stamp(Prescription(), DocumentKind::kPrescription);
  const std::string signed_result =
      *SignDispensing(*BuildDispensing({"CJ1\n", prescription, "2"}), PharmacistKey().key_pem,
                      PharmacistKey().cert_pem, kStamped);
  const absl::StatusOr<std::string> stamped = Stamp(signed_result, DocumentKind::kDispensing);
  ASSERT_TRUE(stamped.ok()) << stamped.status();
  const Verification result = Verify(*stamped, DocumentKind::kDispensing);
  EXPECT_TRUE(result.valid());
  EXPECT_EQ(result.signature.level, Level::kEsT);
  ASSERT_TRUE(result.prescription);
  EXPECT_EQ(result.prescription->level, Level::kEsT);
  EXPECT_TRUE(result.prescription->time_stamp->imprint_matches);
  EXPECT_EQ(result.prescription->content, kPayload);
}

TEST(ExtendTest, ASignatureIsStampedOnce) {
  const std::string stamped = *Stamp(Prescription(), DocumentKind::kPrescription);
  EXPECT_EQ(Stamp(stamped, DocumentKind::kPrescription).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(ExtendTest, AnInvalidDocumentIsNotStamped) {
  const std::string document = absl::StrReplaceAll(Prescription(), {{"+09:00", "+08:00"}});
  EXPECT_EQ(Stamp(document, DocumentKind::kPrescription).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(ExtendTest, SIG021AStampOfAnotherSignatureIsCaught) {
  const std::string token = *Authority().Stamp("another signature value");
  std::string text;
  absl::Base64Escape(token, &text);
  const Verification result = Verify(Encapsulated(text), DocumentKind::kPrescription);
  EXPECT_TRUE(HasRule(result, "SIG-021"));
  EXPECT_FALSE(result.valid());
  EXPECT_FALSE(result.signature.time_stamp.value_or(TimeStamp()).imprint_matches);
}

TEST(ExtendTest, SIG020AnUnreadableTokenIsAFinding) {
  for (const char* content : {"", "AAAA", "%", "<x/>"}) {
    const Verification result = Verify(Encapsulated(content), DocumentKind::kPrescription);
    EXPECT_TRUE(HasRule(result, "SIG-020")) << content;
    EXPECT_FALSE(result.signature.time_stamp) << content;
  }
}

TEST(ExtendTest, SIG020ASignatureHasOneTimeStamp) {
  const std::string stamped = *Stamp(Prescription(), DocumentKind::kPrescription);
  const std::string doubled = absl::StrReplaceAll(
      stamped, {{"</xades:UnsignedSignatureProperties>",
                 "<xades:SignatureTimeStamp/></xades:UnsignedSignatureProperties>"}});
  EXPECT_TRUE(HasRule(Verify(doubled, DocumentKind::kPrescription), "SIG-020"));
}

TEST(ExtendTest, SIG022EvidenceIsCollectedAndMustBeReadable) {
  std::string certificate;
  absl::Base64Escape(PharmacistKey().cert_der, &certificate);
  const std::string stamped = *Stamp(Prescription(), DocumentKind::kPrescription);
  const auto with = [&stamped](const std::string& evidence) {
    return absl::StrReplaceAll(stamped, {{"</xades:UnsignedSignatureProperties>",
                                          evidence + "</xades:UnsignedSignatureProperties>"}});
  };
  const Verification good =
      Verify(with("<xades:CertificateValues><xades:EncapsulatedX509Certificate>" + certificate +
                  "</xades:EncapsulatedX509Certificate></xades:CertificateValues>"),
             DocumentKind::kPrescription);
  EXPECT_TRUE(good.valid());
  EXPECT_EQ(good.signature.level, Level::kEsT);
  EXPECT_EQ(good.signature.certificates, std::vector<std::string>{PharmacistKey().cert_der});
  EXPECT_TRUE(HasRule(Verify(with("<xades:CertificateValues><xades:EncapsulatedX509Certificate>AAAA"
                                  "</xades:EncapsulatedX509Certificate></xades:CertificateValues>"),
                             DocumentKind::kPrescription),
                      "SIG-022"));
  EXPECT_TRUE(HasRule(
      Verify(with("<xades:RevocationValues><xades:CRLValues><xades:EncapsulatedCRLValue>AAAA"
                  "</xades:EncapsulatedCRLValue></xades:CRLValues></xades:RevocationValues>"),
             DocumentKind::kPrescription),
      "SIG-022"));
}

TEST(ExtendTest, SIG022TheLevelFollowsTheEvidence) {
  std::string crl;
  absl::Base64Escape(AuthorityCrlDer(), &crl);
  std::string certificate;
  absl::Base64Escape(PharmacistKey().cert_der, &certificate);
  const std::string evidence =
      "<xades:CertificateValues><xades:EncapsulatedX509Certificate>" + certificate +
      "</xades:EncapsulatedX509Certificate></xades:CertificateValues>"
      "<xades:RevocationValues><xades:CRLValues><xades:EncapsulatedCRLValue>" +
      crl + "</xades:EncapsulatedCRLValue></xades:CRLValues></xades:RevocationValues>";
  const std::string archive = "<a:ArchiveTimeStamp xmlns:a=\"http://uri.etsi.org/01903/v1.4.1#\"/>";
  const std::string stamped = *Stamp(Prescription(), DocumentKind::kPrescription);
  const auto with = [&stamped](const std::string& more) {
    return Verify(absl::StrReplaceAll(stamped, {{"</xades:UnsignedSignatureProperties>",
                                                 more + "</xades:UnsignedSignatureProperties>"}}),
                  DocumentKind::kPrescription);
  };
  const Verification xl = with(evidence);
  EXPECT_TRUE(xl.valid());
  EXPECT_EQ(xl.signature.level, Level::kEsXl);
  EXPECT_EQ(xl.signature.revocation_lists, std::vector<std::string>{AuthorityCrlDer()});
  EXPECT_EQ(with(evidence + archive).signature.level, Level::kEsA);
  EXPECT_EQ(with(archive).signature.level, Level::kEsT);
}

}  // namespace
}  // namespace tsunagu::xades
