#include "services/platform/hpki/xades/canonical.h"

#include <gtest/gtest.h>

#include "services/platform/hpki/xades/xml.h"

namespace tsunagu::xades {
namespace {

XmlDocument Parse(absl::string_view text) {
  national::Findings findings;
  return ParseXml(text, &findings);
}

std::string Of(const XmlDocument& document, absl::string_view child, Canonicalization method) {
  return *Canonicalize(OnlyChild(xmlDocGetRootElement(document.get()), "", child), method);
}

TEST(CanonicalTest, SIG011OnlyTwoAlgorithmsAreKnown) {
  EXPECT_EQ(CanonicalizationOf("http://www.w3.org/TR/2001/REC-xml-c14n-20010315"),
            Canonicalization::kInclusive);
  EXPECT_EQ(CanonicalizationOf("http://www.w3.org/2001/10/xml-exc-c14n#"),
            Canonicalization::kExclusive);
  for (const char* uri : {"", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
                          "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
                          "http://www.w3.org/2006/12/xml-c14n11"}) {
    EXPECT_FALSE(CanonicalizationOf(uri)) << uri;
  }
}

TEST(CanonicalTest, InclusiveTakesTheNamespacesInScopeAlong) {
  const XmlDocument document = Parse(
      "<r xmlns:z='urn:z' xmlns:b='urn:b'><x/><a  q='1' id = \"i\" b:c='2'>t<!-- no "
      "--><d/></a></r>");
  EXPECT_EQ(Of(document, "a", Canonicalization::kInclusive),
            "<a xmlns:b=\"urn:b\" xmlns:z=\"urn:z\" id=\"i\" q=\"1\" b:c=\"2\">t<d></d></a>");
  EXPECT_EQ(Of(document, "a", Canonicalization::kExclusive),
            "<a xmlns:b=\"urn:b\" id=\"i\" q=\"1\" b:c=\"2\">t<d></d></a>");
}

TEST(CanonicalTest, DeclarationsOfInnerElementsAreNotRepeated) {
  const XmlDocument document = Parse(
      "<r xmlns:b='urn:b'><a><b:c xmlns:b='urn:b'><b:d/></b:c><b:e xmlns:b='urn:other'/></a></r>");
  EXPECT_EQ(Of(document, "a", Canonicalization::kInclusive),
            "<a xmlns:b=\"urn:b\"><b:c><b:d></b:d></b:c><b:e xmlns:b=\"urn:other\"></b:e></a>");
  EXPECT_EQ(Of(document, "a", Canonicalization::kExclusive),
            "<a><b:c xmlns:b=\"urn:b\"><b:d></b:d></b:c><b:e xmlns:b=\"urn:other\"></b:e></a>");
}

TEST(CanonicalTest, WhiteSpaceStaysAndLineEndsBecomeOne) {
  const XmlDocument document = Parse("<r><a>\r\n 1 \t<b> </b>&#13;&amp;&lt;&gt;\"</a></r>");
  EXPECT_EQ(Of(document, "a", Canonicalization::kInclusive),
            "<a>\n 1 \t<b> </b>&#xD;&amp;&lt;&gt;\"</a>");
}

TEST(CanonicalTest, AnElementAloneInItsDocumentIsTheWhole) {
  const XmlDocument document = Parse("<?xml version='1.0'?><!-- c --><r>あ</r><?p i?>");
  EXPECT_EQ(*Canonicalize(xmlDocGetRootElement(document.get()), Canonicalization::kInclusive),
            "<r>あ</r>");
}

TEST(CanonicalTest, LargeTextIsWhole) {
  const std::string text(300000, 'x');
  const XmlDocument document = Parse("<r><a>" + text + "</a></r>");
  EXPECT_EQ(Of(document, "a", Canonicalization::kExclusive), "<a>" + text + "</a>");
}

}  // namespace
}  // namespace tsunagu::xades
