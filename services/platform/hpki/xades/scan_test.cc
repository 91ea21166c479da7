#include "services/platform/hpki/xades/scan.h"

#include <gtest/gtest.h>

#include <string>

namespace tsunagu::xades {
namespace {

std::string Inner(const std::string& document, std::initializer_list<absl::string_view> path) {
  const std::optional<ElementSpan> span = FindElement(document, path);
  if (!span) return "(none)";
  return document.substr(span->inner_begin, span->inner_end - span->inner_begin);
}

TEST(TagScannerTest, StepsOverEverythingThatIsNoTag) {
  const std::string document =
      "\xEF\xBB\xBF<?xml version='1.0'?><!-- <no> --><p:a x='>' y=\"<'\">text<![CDATA[<no>]]>"
      "<b  /><?pi <no> ?></p:a >";
  TagScanner scanner(document);
  Tag tag;
  ASSERT_EQ(scanner.Next(&tag), TagScanner::Step::kTag);
  EXPECT_EQ(tag.name, "p:a");
  EXPECT_EQ(tag.type, Tag::Type::kOpen);
  EXPECT_EQ(tag.attributes, 2);
  EXPECT_EQ(document.substr(tag.end, 4), "text");
  ASSERT_EQ(scanner.Next(&tag), TagScanner::Step::kTag);
  EXPECT_EQ(tag.name, "b");
  EXPECT_EQ(tag.type, Tag::Type::kEmpty);
  ASSERT_EQ(scanner.Next(&tag), TagScanner::Step::kTag);
  EXPECT_EQ(tag.name, "p:a");
  EXPECT_EQ(tag.type, Tag::Type::kClose);
  EXPECT_EQ(scanner.Next(&tag), TagScanner::Step::kEnd);
  EXPECT_EQ(scanner.Next(&tag), TagScanner::Step::kEnd);
}

TEST(TagScannerTest, WhatEndsTooEarlyIsBroken) {
  for (const char* document : {"<", "<a", "<a b='", "<!-- ->", "<![CDATA[ ]]", "<? ?", "</a"}) {
    TagScanner scanner(document);
    Tag tag;
    EXPECT_EQ(scanner.Next(&tag), TagScanner::Step::kBroken) << document;
  }
}

TEST(TagScannerTest, DeclarationsAreTold) {
  TagScanner scanner("  <!DOCTYPE a>");
  Tag tag;
  EXPECT_EQ(scanner.Next(&tag), TagScanner::Step::kDeclaration);
}

TEST(FindElementTest, FollowsThePathByLocalNames) {
  const std::string document = "<r><x><b>wrong</b></x><p:a><b>right</b><b>late</b></p:a></r>";
  EXPECT_EQ(Inner(document, {"r"}), document.substr(3, document.size() - 7));
  EXPECT_EQ(Inner(document, {"r", "a", "b"}), "right");
  EXPECT_EQ(Inner(document, {"r", "a", "c"}), "(none)");
  EXPECT_EQ(Inner(document, {"r", "b"}), "(none)");
  EXPECT_EQ(Inner(document, {"a", "b"}), "(none)");
}

TEST(FindElementTest, GoesOnAfterABranchThatEndsEarly) {
  EXPECT_EQ(Inner("<r><a><c/></a><a><b>x</b></a></r>", {"r", "a", "b"}), "x");
  EXPECT_EQ(Inner("<r><a/><a><b>x</b></a></r>", {"r", "a", "b"}), "x");
}

TEST(FindElementTest, ElementsOfTheSameNameMayNest) {
  EXPECT_EQ(Inner("<a><a>1<a>2</a></a></a>", {"a", "a"}), "1<a>2</a>");
  EXPECT_EQ(Inner("<a><a>1<a>2</a></a></a>", {"a", "a", "a"}), "2");
}

TEST(FindElementTest, AnEmptyElementIsAPlaceToo) {
  const std::string document = "<r><p:a /></r>";
  const std::optional<ElementSpan> span = FindElement(document, {"r", "a"});
  ASSERT_TRUE(span);
  EXPECT_TRUE(span->is_empty_tag);
  EXPECT_EQ(span->name, "p:a");
  EXPECT_EQ(document.substr(span->outer_begin, span->outer_end - span->outer_begin), "<p:a />");
}

TEST(FindElementTest, BrokenTextDoesNotHurt) {
  for (const char* document : {"", "</a></a>", "<a", "<a></a></a></a>", "<a><b>"}) {
    EXPECT_FALSE(FindElement(document, {"a", "b", "c"})) << document;
  }
}

TEST(CheckLimitsTest, SIG003TheLimitsThemselvesAreAllowed) {
  std::string deep, wide = "<r>", many = "<r";
  for (int i = 0; i < kMaxDepth; ++i) deep += "<a>";
  for (int i = 0; i < kMaxElements - 1; ++i) wide += "<a/>";
  for (int i = 0; i < kMaxAttributesPerElement; ++i) many += " a" + std::to_string(i) + "='='";
  for (const std::string& document : {deep, wide, many + ">"}) {
    national::Findings findings;
    EXPECT_TRUE(CheckLimits(document, &findings));
    EXPECT_TRUE(findings.empty());
  }
  for (const std::string& document : {deep + "<a/>", wide + "<a/>", many + " b=''>"}) {
    national::Findings findings;
    EXPECT_FALSE(CheckLimits(document, &findings));
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].rule, "SIG-003");
  }
}

TEST(CheckLimitsTest, SIG004OnlyUtf8MayBeDeclared) {
  for (const char* document :
       {"<a/>", "<?xml version='1.0'?><a/>", "<?xml version='1.0' encoding='utf-8'?><a/>",
        "<?xml version=\"1.0\" encoding = \"UTF-8\" standalone=\"yes\"?><a/>",
        "\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-8'?><a/>"}) {
    national::Findings findings;
    EXPECT_TRUE(CheckLimits(document, &findings)) << document;
  }
  for (const char* document :
       {" <a/>", "<?xml encoding='UTF-16'?><a/>", "<?xml encoding='utf-8x'?><a/>",
        "<?xml encoding=", "<?xml encoding=\"EUC-JP\"?><a/>"}) {
    national::Findings findings;
    EXPECT_FALSE(CheckLimits(document, &findings)) << document;
  }
}

}  // namespace
}  // namespace tsunagu::xades
