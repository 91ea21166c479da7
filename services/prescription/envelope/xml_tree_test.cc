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

}  // namespace
}  // namespace tsunagu::prescription::envelope
