// Documents that want to crash, exhaust or fool their reader.
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/platform/hpki/xades/test_documents.h"

namespace tsunagu::xades {
namespace {

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
      EXPECT_EQ(result.prescription.value_or(Signature()).content, kPrescribed) << at;
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
