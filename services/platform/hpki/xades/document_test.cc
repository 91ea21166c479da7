#include "services/platform/hpki/xades/document.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/platform/hpki/xades/sign.h"
#include "services/platform/hpki/xades/test_keys.h"
#include "services/platform/hpki/xades/verify.h"

namespace tsunagu::xades {
namespace {

const absl::Time kTime = absl::FromUnixSeconds(1795000000);

std::string Sign(const std::string& document) {
  return *SignPrescription(document, DoctorKey().key_pem, DoctorKey().cert_pem, kTime);
}

std::string Dispense(const std::string& prescription) {
  return *SignDispensing(*BuildDispensing({"CJ1\n", prescription, "2"}), PharmacistKey().key_pem,
                         PharmacistKey().cert_pem, kTime);
}

TEST(DocumentTest, SIG005APrescriptionHasItsLayout) {
  EXPECT_EQ(*BuildPrescription("SJ1", "4-a"),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            "<Document xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" id=\"Document\" "
            "xsi:noNamespaceSchemaLocation=\"EP.xsd\"><Prescription>"
            "<PrescriptionManagement id=\"PrescriptionManagement\"><Version Value=\"EPS1.0\"/>"
            "<PrescriptionId Value=\"4-a\"/></PrescriptionManagement>"
            "<PrescriptionDocument id=\"PrescriptionDocument\">U0ox</PrescriptionDocument>"
            "<PrescriptionSign></PrescriptionSign></Prescription></Document>");
}

TEST(DocumentTest, SIG005ADispensingResultHasItsLayout) {
  EXPECT_EQ(*BuildDispensing({"CJ1", "", ""}),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            "<Document xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" id=\"Document\" "
            "xsi:noNamespaceSchemaLocation=\"ED.xsd\">"
            "<DispensingManagement id=\"DispensingManagement\"><Version Value=\"EPD1.0\"/>"
            "</DispensingManagement><Dispensing id=\"Dispensing\">"
            "<DispensingDocument id=\"DispensingDocument\">Q0ox</DispensingDocument></Dispensing>"
            "<DispensingSign></DispensingSign></Document>");
}

TEST(DocumentTest, ReadingGivesBackWhatWasBuilt) {
  std::string payload;
  for (int c = 0; c < 256; ++c) payload += static_cast<char>(c);
  const absl::StatusOr<UnverifiedDocument> read = ReadDocument(*BuildPrescription(payload, "4-a"));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->kind, DocumentKind::kPrescription);
  EXPECT_EQ(read->payload, payload);
  EXPECT_EQ(read->id, "4-a");
  EXPECT_FALSE(read->is_signed);
  EXPECT_FALSE(read->has_reference);
}

TEST(DocumentTest, ReadingTellsWhatIsSigned) {
  const std::string prescription = Sign(*BuildPrescription("SJ1", ""));
  EXPECT_TRUE(ReadDocument(prescription)->is_signed);
  const absl::StatusOr<UnverifiedDocument> unsigned_result =
      ReadDocument(*BuildDispensing({"CJ1", prescription, "9"}));
  ASSERT_TRUE(unsigned_result.ok()) << unsigned_result.status();
  EXPECT_EQ(unsigned_result->kind, DocumentKind::kDispensing);
  EXPECT_EQ(unsigned_result->payload, "CJ1");
  EXPECT_EQ(unsigned_result->id, "9");
  EXPECT_FALSE(unsigned_result->is_signed);
  EXPECT_TRUE(unsigned_result->has_reference);
  EXPECT_TRUE(unsigned_result->is_reference_signed);
  EXPECT_EQ(unsigned_result->reference_payload, "SJ1");
  const absl::StatusOr<UnverifiedDocument> paper =
      ReadDocument(*BuildDispensing({"CJ1", *BuildPrescription("SJ1", ""), ""}));
  EXPECT_TRUE(paper->has_reference);
  EXPECT_FALSE(paper->is_reference_signed);
}

TEST(DocumentTest, ReadingNamesTheBrokenRulesAndNoValue) {
  EXPECT_EQ(ReadDocument("garbage").status().message(), "SIG-004");
  EXPECT_TRUE(
      absl::StrContains(ReadDocument("<Document><Prescription/></Document>").status().message(),
                        "SIG-005 at /Document/Prescription/PrescriptionDocument"));
  const std::string document =
      absl::StrReplaceAll(*BuildPrescription("SJ1", ""), {{"U0ox", "secret!"}});
  EXPECT_TRUE(absl::StrContains(ReadDocument(document).status().message(), "SIG-019"));
  EXPECT_FALSE(absl::StrContains(ReadDocument(document).status().message(), "secret"));
}

TEST(DocumentTest, IdsAreLettersDigitsAndHyphens) {
  for (const char* id : {"\"/><x a=\"", "a b", "<", "あ",
                         "00000000000000000000000000000000000000000000000000000000000000000"}) {
    EXPECT_FALSE(BuildPrescription("", id).ok()) << id;
    EXPECT_FALSE(BuildDispensing({"", "", id}).ok()) << id;
    EXPECT_FALSE(WithPrescriptionId(*BuildPrescription("", ""), id).ok()) << id;
  }
}

// SIG-024
TEST(DocumentTest, SIG024ThePrescriptionIdIsSetWithoutHurtingTheSignature) {
  const std::string fresh = Sign(*BuildPrescription("SJ1", ""));
  const absl::StatusOr<std::string> registered = WithPrescriptionId(fresh, "a-1");
  ASSERT_TRUE(registered.ok()) << registered.status();
  EXPECT_EQ(ReadDocument(*registered)->id, "a-1");
  EXPECT_TRUE(Verify(*registered, DocumentKind::kPrescription).valid());
  const std::string changed = *WithPrescriptionId(*registered, "b-2");
  EXPECT_EQ(ReadDocument(changed)->id, "b-2");
  EXPECT_EQ(absl::StrReplaceAll(changed, {{"<PrescriptionId Value=\"b-2\"/>", ""}}), fresh);
}

TEST(DocumentTest, APrescriptionIdNeedsItsPlace) {
  EXPECT_FALSE(WithPrescriptionId("<Document/>", "a").ok());
  EXPECT_FALSE(WithPrescriptionId("<Document><Prescription><PrescriptionManagement/>"
                                  "<PrescriptionDocument/></Prescription></Document>",
                                  "a")
                   .ok());
}

// SIG-028
TEST(EmbeddingTest, SIG028ThePrescriptionIsEmbeddedByteForByte) {
  // White space, a comment, odd quotes: nothing of it may change.
  const std::string odd = absl::StrReplaceAll(
      *BuildPrescription("SJ1", "1"),
      {{"<Prescription>", "<Prescription>\r\n\t<!-- note -->"}, {"Value=\"1\"", "Value = '1' "}});
  const std::string prescription = Sign(odd);
  const size_t begin = prescription.find("<Prescription>") + 14;
  const std::string inner =
      prescription.substr(begin, prescription.find("</Prescription>") - begin);
  const std::string dispensing = Dispense(prescription);
  EXPECT_TRUE(absl::StrContains(
      dispensing, absl::StrCat("<ReferencePrescription>", inner, "</ReferencePrescription>")));
  EXPECT_TRUE(Verify(dispensing, DocumentKind::kDispensing).valid());
}

TEST(EmbeddingTest, SIG028TheNamespacesInScopeStayTheSame) {
  const std::string built = *BuildPrescription("SJ1", "1");
  const std::string xsi = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";
  const std::string location = " xsi:noNamespaceSchemaLocation=\"EP.xsd\"";
  const struct {
    const char* what;
    std::string document;
  } kCases[] = {
      {"none", absl::StrReplaceAll(built, {{xsi, ""}, {location, ""}})},
      {"further ones", absl::StrReplaceAll(built, {{xsi, xsi + " xmlns:q='urn:a?b&amp;c'"}})},
      {"on Prescription",
       absl::StrReplaceAll(built, {{"<Prescription>", "<Prescription xmlns:q='urn:q'>"}})},
      {"redeclared",
       absl::StrReplaceAll(built, {{"<Document", "<Document xmlns:q='urn:1'"},
                                   {"<Prescription>", "<Prescription xmlns:q='urn:2'>"}})},
      {"another xsi", absl::StrReplaceAll(built, {{xsi, " xmlns:xsi='urn:x'"}, {location, ""}})},
      {"empty default", absl::StrReplaceAll(built, {{xsi, xsi + " xmlns=''"}})},
  };
  for (const auto& test : kCases) {
    SCOPED_TRACE(test.what);
    const Verification result = Verify(Dispense(Sign(test.document)), DocumentKind::kDispensing);
    EXPECT_TRUE(result.valid());
    EXPECT_TRUE(result.prescription);
  }
}

TEST(EmbeddingTest, OnlyPrescriptionsAreEmbedded) {
  EXPECT_FALSE(BuildDispensing({"CJ1", "garbage", ""}).ok());
  EXPECT_FALSE(BuildDispensing({"CJ1", *BuildDispensing({"CJ1", "", ""}), ""}).ok());
}

TEST(DocumentTest, NoTruncationIsReadAsADocument) {
  const std::string prescription = *BuildPrescription("SJ1", "1");
  const std::string dispensing = *BuildDispensing({"CJ1", prescription, "9"});
  for (const std::string& document : {prescription, dispensing}) {
    for (size_t size = 0; size < document.rfind('>'); ++size) {
      EXPECT_FALSE(ReadDocument(document.substr(0, size)).ok()) << size;
    }
  }
}

TEST(DocumentTest, ChangedBytesNeverMakeAnotherKindOrASignature) {
  const std::string document = *BuildDispensing({"CJ1", *BuildPrescription("SJ1", "1"), "9"});
  for (size_t at = 0; at < document.size(); ++at) {
    for (const char flip : {'\x01', '\x20', '\x80', '\xFF'}) {
      std::string changed = document;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      const absl::StatusOr<UnverifiedDocument> read = ReadDocument(changed);
      if (!read.ok()) {
        EXPECT_TRUE(absl::StartsWith(read.status().message(), "SIG-")) << at;
        continue;
      }
      EXPECT_EQ(read->kind, DocumentKind::kDispensing) << at;
      EXPECT_FALSE(read->is_signed) << at;
      EXPECT_FALSE(read->is_reference_signed) << at;
    }
  }
}

}  // namespace
}  // namespace tsunagu::xades
