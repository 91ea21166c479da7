#include "services/platform/hpki/xades/sign.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/test_keys.h"
#include "services/platform/hpki/xades/verify.h"

namespace tsunagu::xades {
namespace {

// 2026-11-22 16:00:01 UTC is the next day in Japan.
const absl::Time kTime = absl::FromUnixSeconds(1795363201);

Signer Doctor() { return *Signer::Create(DoctorKey().key_pem, DoctorKey().cert_pem); }

int Count(const std::string& text, const std::string& part) {
  int count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

// SIG-029
TEST(SignTest, SIG029TheSignatureHasTheLayoutOfThePrescribedFormat) {
  const std::string document =
      *Doctor().Sign(*BuildPrescription("SJ1", ""), DocumentKind::kPrescription, kTime);
  EXPECT_TRUE(absl::StrContains(document, "Id=\"PrescriptionSign\""));
  EXPECT_EQ(Count(document, "<ds:Reference "), 3);
  EXPECT_TRUE(absl::StrContains(document,
                                "URI=\"#PrescriptionDocument\"><ds:DigestMethod Algorithm=\"http://"
                                "www.w3.org/2001/04/xmlenc#sha256\"/>"))
      << "no transform on the data";
  EXPECT_EQ(
      Count(document, "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>"), 2);
  EXPECT_TRUE(absl::StrContains(document, "<xades:SigningCertificateV2>"));
}

TEST(SignTest, SIG029TheSigningTimeIsJapans) {
  const std::string document = *Doctor().Sign(
      *BuildPrescription("SJ1", ""), DocumentKind::kPrescription, kTime + absl::Milliseconds(700));
  EXPECT_TRUE(absl::StrContains(
      document, "<xades:SigningTime>2026-11-23T01:00:01+09:00</xades:SigningTime>"));
  EXPECT_EQ(Verify(document, DocumentKind::kPrescription).signature.signing_time, kTime);
}

TEST(SignTest, SIG029EveryByteOutsideTheSignatureStays) {
  const std::string unsigned_document = *BuildPrescription("SJ1", "1");
  const std::string document =
      *Doctor().Sign(unsigned_document, DocumentKind::kPrescription, kTime);
  const size_t begin = document.find("<ds:Signature ");
  const std::string close = "</ds:Signature>";
  const size_t end = document.find(close) + close.size();
  EXPECT_EQ(document.substr(0, begin) + document.substr(end), unsigned_document);
}

TEST(SignTest, AnEmptyTagIsAPlaceForTheSignatureToo) {
  const std::string document =
      absl::StrReplaceAll(*BuildPrescription("SJ1", ""),
                          {{"<PrescriptionSign></PrescriptionSign>", "<PrescriptionSign />"}});
  EXPECT_TRUE(Verify(*Doctor().Sign(document, DocumentKind::kPrescription, kTime),
                     DocumentKind::kPrescription)
                  .valid());
}

TEST(SignTest, SIG013EllipticCurvesWork) {
  const TestKey key = MakeEcKey("P-256");
  const absl::StatusOr<std::string> document =
      SignPrescription(*BuildPrescription("SJ1", ""), key.key_pem, key.cert_pem, kTime);
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_TRUE(absl::StrContains(*document, "ecdsa-sha256"));
  EXPECT_TRUE(Verify(*document, DocumentKind::kPrescription).valid());
}

TEST(SignTest, UnsuitableKeysAreRefused) {
  const TestKey small = MakeRsaKey(1024), curve = MakeEcKey("P-384");
  const struct {
    const char* what;
    std::string key, certificate;
  } kCases[] = {
      {"no key", "", DoctorKey().cert_pem},
      {"no certificate", DoctorKey().key_pem, ""},
      {"certificate as key", DoctorKey().cert_pem, DoctorKey().cert_pem},
      {"of two people", DoctorKey().key_pem, PharmacistKey().cert_pem},
      {"RSA-1024", small.key_pem, small.cert_pem},
      {"P-384", curve.key_pem, curve.cert_pem},
  };
  for (const auto& test : kCases) {
    EXPECT_EQ(Signer::Create(test.key, test.certificate).status().code(),
              absl::StatusCode::kInvalidArgument)
        << test.what;
  }
}

TEST(SignTest, ASignatureIsNeitherReplacedNorDoubled) {
  const std::string document =
      *Doctor().Sign(*BuildPrescription("SJ1", ""), DocumentKind::kPrescription, kTime);
  EXPECT_EQ(Doctor().Sign(document, DocumentKind::kPrescription, kTime).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(SignTest, DocumentsThatCannotBeSignedAreRefused) {
  const std::string document = *BuildPrescription("SJ1", "");
  EXPECT_EQ(Doctor().Sign("garbage", DocumentKind::kPrescription, kTime).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Doctor().Sign(document, DocumentKind::kDispensing, kTime).status().code(),
            absl::StatusCode::kFailedPrecondition);
  for (const char* text :
       {"<Document><Prescription><PrescriptionSign/></Prescription></Document>",
        "<Document><Prescription><PrescriptionSign/></Prescription>",
        "<Document><Prescription><PrescriptionDocument/><PrescriptionSign/></Prescription>"
        "</Document>"}) {
    EXPECT_EQ(Doctor().Sign(text, DocumentKind::kPrescription, kTime).status().code(),
              absl::StatusCode::kInvalidArgument)
        << text;
  }
}

TEST(SignTest, ThreadsMayShareASigner) {
  const Signer signer = Doctor();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&signer, t] {
      for (int i = 0; i < 5; ++i) {
        const std::string payload = std::to_string(t * 100 + i);
        const std::string document =
            *signer.Sign(*BuildPrescription(payload, ""), DocumentKind::kPrescription, kTime);
        EXPECT_EQ(Verify(document, DocumentKind::kPrescription).signature.content, payload);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace tsunagu::xades
