#include "services/platform/hpki/xades/xml.h"

#include <gtest/gtest.h>
#include <libxml/xmlerror.h>

#include <string>
#include <thread>
#include <vector>

namespace tsunagu::xades {
namespace {

XmlDocument Parse(absl::string_view text) {
  national::Findings findings;
  return ParseXml(text, &findings);
}

xmlNode* Root(const XmlDocument& document) { return xmlDocGetRootElement(document.get()); }

TEST(XmlTest, CharacterReferencesAndCdataAreText) {
  const XmlDocument document = Parse("<a b='&lt;&#65;&amp;'>1&#50;<![CDATA[3]]>&gt;</a>");
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(TextOf(Root(document)), "123>");
  EXPECT_EQ(Attribute(Root(document), "b"), "<A&");
}

TEST(XmlTest, TextWithAnythingElseInsideIsNoText) {
  for (const char* text : {"<a>1<!-- -->2</a>", "<a><b/></a>", "<a>1<?p?></a>", "<a><!----></a>"}) {
    const XmlDocument document = Parse(text);
    ASSERT_NE(document, nullptr) << text;
    EXPECT_FALSE(TextOf(Root(document))) << text;
    EXPECT_FALSE(Base64Of(Root(document))) << text;
    EXPECT_EQ(TrimmedText(Root(document)), "") << text;
  }
}

TEST(XmlTest, Base64MayBeBrokenIntoLines) {
  EXPECT_EQ(Base64Of(Root(Parse("<a>\n QU\r\n\tFB \n</a>"))), "AAA");
  EXPECT_EQ(Base64Of(Root(Parse("<a/>"))), "");
  for (const char* text : {"<a>QUF</a>%", "<a>Q</a>", "<a>QU-B</a>", "<a>Q=UFB</a>"}) {
    const XmlDocument document = Parse(text);
    if (document == nullptr) continue;
    EXPECT_FALSE(Base64Of(Root(document))) << text;
  }
  EXPECT_FALSE(Base64Of(nullptr));
}

TEST(XmlTest, AChildIsTheOnlyOneOfItsNameInAnyNamespace) {
  const XmlDocument document =
      Parse("<r xmlns:n='urn:n'><a/><b/><b/><c/><n:c/><n:d/>text<!-- <e/> --></r>");
  const xmlNode* root = Root(document);
  EXPECT_NE(OnlyChild(root, "", "a"), nullptr);
  EXPECT_EQ(OnlyChild(root, "", "b"), nullptr);
  EXPECT_EQ(OnlyChild(root, "", "c"), nullptr);
  EXPECT_EQ(OnlyChild(root, "", "d"), nullptr);
  EXPECT_NE(OnlyChild(root, "urn:n", "d"), nullptr);
  EXPECT_EQ(OnlyChild(root, "", "e"), nullptr);
  EXPECT_EQ(OnlyChild(nullptr, "", "a"), nullptr);
  EXPECT_EQ(CountChildren(root, "c"), 2);
  EXPECT_EQ(CountChildren(nullptr, "c"), 0);
  EXPECT_EQ(ChildElements(root).size(), 6u);
  EXPECT_TRUE(ChildElements(nullptr).empty());
}

TEST(XmlTest, AttributesInANamespaceAreOthers) {
  const XmlDocument document = Parse("<a xmlns:n='urn:n' n:x='1' y='' />");
  EXPECT_EQ(Attribute(Root(document), "x"), "");
  EXPECT_EQ(Attribute(Root(document), "y"), "");
  EXPECT_EQ(Attribute(nullptr, "y"), "");
}

TEST(XmlTest, SIG004AnUndeclaredPrefixIsNotWellFormed) {
  national::Findings findings;
  EXPECT_EQ(ParseXml("<p:a/>", &findings), nullptr);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].rule, "SIG-004");
}

TEST(XmlTest, TheErrorHandlerOfTheThreadComesBack) {
  int mine = 0;
  const auto handler = [](void* context, xmlError*) { ++*static_cast<int*>(context); };
  xmlSetStructuredErrorFunc(&mine, handler);
  EXPECT_EQ(Parse("<a>"), nullptr);
  EXPECT_EQ(mine, 0);
  EXPECT_EQ(xmlStructuredErrorContext, &mine);
  xmlSetStructuredErrorFunc(nullptr, nullptr);
}

TEST(XmlTest, ThreadsMayParseAtTheSameTime) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([] {
      for (int i = 0; i < 200; ++i) {
        EXPECT_NE(Parse("<a xmlns='urn:a'><b>1</b></a>"), nullptr);
        EXPECT_EQ(Parse("<a><b></a>"), nullptr);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace tsunagu::xades
