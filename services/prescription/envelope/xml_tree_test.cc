#include "services/prescription/envelope/xml_tree.h"

#include <gtest/gtest.h>

namespace tsunagu::prescription::envelope {
namespace {

TEST(XmlTreeTest, ReadsElementsAndText) {
  const auto root = ParseXml("<?xml version='1.0'?><a> <!-- c --><b> x&amp;y </b><c/></a>");
  ASSERT_TRUE(root.ok());
  EXPECT_EQ(root->name, "a");
  ASSERT_EQ(root->children.size(), 2u);
  EXPECT_EQ(root->children[0].text, "x&y");
  EXPECT_EQ(root->children[1].text, "");
}

TEST(XmlTreeTest, NamespacePrefixesDoNotMatter) {
  EXPECT_EQ(ParseXml("<n:a xmlns:n='urn:x'/>")->name, "a");
}

// RX-300
TEST(XmlTreeTest, RX300RefusesEverythingButPlainXml) {
  for (const char* xml : {"", "x", "<a>", "<a></b>", "<!DOCTYPE a><a/>",
                          "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
                          "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
                          "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", "<a>&undefined;</a>",
                          "<a><?php x ?></a>", "<a/><b/>", "<a>\x01</a>"}) {
    EXPECT_FALSE(ParseXml(xml).ok()) << xml;
  }
}

TEST(XmlTreeTest, RX301DepthAndCountAreBounded) {
  std::string deep = "x";
  for (int i = 0; i < kMaxDepth; ++i) deep = "<a>" + deep + "</a>";
  EXPECT_TRUE(ParseXml(deep).ok());
  EXPECT_FALSE(ParseXml("<a>" + deep + "</a>").ok());
  std::string wide;
  for (size_t i = 0; i + 1 < kMaxElements; ++i) wide += "<b/>";
  EXPECT_TRUE(ParseXml("<a>" + wide + "</a>").ok());
  EXPECT_FALSE(ParseXml("<a><b/>" + wide + "</a>").ok());
}

TEST(XmlTreeTest, WritesWhatItReads) {
  XmlElement root{"a"};
  root.Add("b", "<&>\"'日本");
  root.Add("c");
  const auto back = ParseXml(FormatXml(root));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->children[0].text, "<&>\"'日本");
  EXPECT_EQ(back->children[1].name, "c");
}

bool Same(const XmlElement& a, const XmlElement& b) {
  if (a.name != b.name || a.text != b.text || a.children.size() != b.children.size()) return false;
  for (size_t i = 0; i < a.children.size(); ++i) {
    if (!Same(a.children[i], b.children[i])) return false;
  }
  return true;
}

TEST(XmlTreeTest, DamagedDocumentsAreRefusedOrReadAsAWhole) {
  const std::string document =
      "<?xml version=\"1.0\"?><a><!-- c --><b k='v'>x&amp;&#x65E5;</b><n:c "
      "xmlns:n='u'><![CDATA[<]]>"
      "</n:c></a>";
  for (size_t size = 0; size < document.size(); ++size) {
    EXPECT_FALSE(ParseXml(document.substr(0, size)).ok()) << size;
  }
  for (size_t at = 0; at < document.size(); ++at) {
    for (const char flip : {'\x01', '\x02', '\x04', '\x20', '\x80', '\xFF'}) {
      std::string changed = document;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      const auto read = ParseXml(changed);
      if (!read.ok()) continue;
      const auto again = ParseXml(FormatXml(*read));
      ASSERT_TRUE(again.ok()) << changed;
      EXPECT_TRUE(Same(*read, *again)) << changed;
    }
  }
}

TEST(XmlTreeTest, EncodingsThatTheDocumentNamesAreReadAsText) {
  const auto sjis = ParseXml("<?xml version='1.0' encoding='Shift_JIS'?><a>\x93\xFA</a>");
  ASSERT_TRUE(sjis.ok());
  EXPECT_EQ(sjis->text, "日");
  EXPECT_FALSE(ParseXml("<?xml version='1.0' encoding='UTF-8'?><a>\x93\xFA</a>").ok());
  EXPECT_FALSE(ParseXml("<?xml version='1.0' encoding='no-such'?><a>\x93\xFA</a>").ok());
}

}  // namespace
}  // namespace tsunagu::prescription::envelope
