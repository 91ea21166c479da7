#include "services/eligibility/oqs/xml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "services/eligibility/oqs/samples.h"

namespace tsunagu::eligibility::oqs {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Found(absl::string_view bytes) {
  national::Findings findings;
  const auto root = ParseXml(bytes, findings);
  EXPECT_EQ(root.has_value(), findings.empty());
  return Texts(findings);
}

TEST(XmlTest, MakesAPlainTreeWithLines) {
  national::Findings findings;
  const auto root =
      ParseXml("<a>\n <b>x &amp; <![CDATA[<y>]]></b>\n <!-- c -->\n <b/></a>", findings);
  ASSERT_TRUE(root.has_value());
  EXPECT_EQ(root->name, "a");
  ASSERT_EQ(root->children.size(), 2u);
  EXPECT_EQ(root->Child("b")->text, "x & <y>");
  EXPECT_EQ(root->children[1].line, 4);
  EXPECT_EQ(root->Child("c"), nullptr);
}

// EL-100
TEST(XmlTest, TooLargeMessagesAreRefusedUnread) {
  EXPECT_THAT(Found(std::string(kMaxXmlBytes + 1, 'x')), ElementsAre("EL-100:0:"));
}

// EL-101
TEST(XmlTest, ReadsUtf8AndShiftJisAsDeclared) {
  national::Findings findings;
  for (const char* text : {"<a>\xE6\x97\xA5</a>", "\xEF\xBB\xBF<a>\xE6\x97\xA5</a>",
                           "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>\xE6\x97\xA5</a>",
                           "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a>\x93\xFA</a>",
                           "<?xml version='1.0' encoding='Windows-31J'?><a>\x93\xFA</a>"}) {
    const auto root = ParseXml(text, findings);
    ASSERT_TRUE(root.has_value()) << text;
    EXPECT_EQ(root->text, "日");
  }
}

// EL-101
TEST(XmlTest, OtherEncodingsAreRefused) {
  for (const char* text : {"<?xml version=\"1.0\" encoding=\"EUC-JP\"?><a/>",
                           "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>\x93\xFA</a>",
                           "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a>\x81</a>",
                           "<?xml version=\"1.0\" encoding=?><a>\x93\xFA</a>", "<a>\x93\xFA</a>"}) {
    EXPECT_THAT(Found(text), ElementsAre("EL-101:0:")) << text;
  }
}

// EL-102
TEST(XmlTest, DocumentTypesAndEntitiesAreRefused) {
  EXPECT_THAT(Found("<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>"), ElementsAre("EL-102:0:"));
  EXPECT_THAT(Found("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>"), ElementsAre("EL-102:0:"));
}

// EL-103
TEST(XmlTest, WhatIsNotXmlIsRefused) {
  for (const char* text : {"", "text", "<a>", "<a></b>", "<a>&b;</a>", "<a/><a/>"}) {
    EXPECT_THAT(Found(text), ElementsAre("EL-103:0:")) << text;
  }
  EXPECT_THAT(Found(absl::string_view("<a\0/>", 5)), ElementsAre("EL-103:0:"));
}

// EL-103
TEST(XmlTest, DeepNestingIsRefused) {
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<a>";
  EXPECT_THAT(Found(deep), ElementsAre("EL-103:0:"));
}

RC_GTEST_PROP(XmlProperty, GarbageNeverCrashes, (const std::string& bytes)) {
  national::Findings findings;
  ParseXml(bytes, findings);
  ParseXml("<a>" + bytes + "</a>", findings);
}

}  // namespace
}  // namespace tsunagu::eligibility::oqs
