#include "tools/terminal/names.h"

#include <gtest/gtest.h>

#include "services/platform/status/error.h"

namespace tsunagu::terminal {
namespace {

TEST(NamesTest, TM011ARequestIsAnsweredUnderTheSameEnd) {
  const Names names;
  const auto check = names.Find("OQSsiquc01req_20260512000001.xml");
  ASSERT_TRUE(check.has_value());
  EXPECT_EQ(check->interface, kEligibilityCheck);
  EXPECT_EQ(check->answer, "OQSsiquc01res_20260512000001.xml");
  EXPECT_EQ(names.Find("ESPsiPIR01req_a_b.c.XML")->interface, 201);
  EXPECT_EQ(names.Find("ESPsiPIR01req_a_b.c.XML")->answer, "ESPsiPIR01res_a_b.c.XML");
  EXPECT_EQ(names.Find("EPSsiDMP01req_1.xml")->interface, 101);
  EXPECT_EQ(names.Find("EPSif307req_1.xml")->interface, 307);
}

TEST(NamesTest, TM011OtherNamesAreNoRequests) {
  const Names names;
  for (const char* name :
       {"", ".xml", "OQSsiquc01req.xml", "OQSsiquc01req_1.txt", "OQSsiquc01res_1.xml",
        "oqssiquc01req_1.xml", "XOQSsiquc01req_1.xml", "OQSsiquc01req_1.xml.tmp",
        "OQSsiquc01res_face_1_20260512000001.xml", "OQSsiquc01req_a/b.xml", "OQSsiquc01req_a b.xml",
        "OQSsiquc01req_\xE5\x90\x8D.xml", "OQSsiquc01req_\n.xml"}) {
    EXPECT_FALSE(names.Find(name).has_value()) << name;
  }
  EXPECT_FALSE(names.Find("OQSsiquc01req_" + std::string(120, '1') + ".xml").has_value());
}

TEST(NamesTest, SafeNamesAreNames) {
  for (const char* name : {"", ".", "..", "処方 箋/x.xml", "a\nb", "plain.xml"}) {
    EXPECT_TRUE(IsFileName(SafeName(name))) << name;
  }
  EXPECT_TRUE(IsFileName(SafeName("." + std::string(2 * kMaxNameBytes, 'x'))));
  EXPECT_EQ(SafeName("plain.xml"), "plain.xml");
}

TEST(NamesTest, TM012AFileGivesOtherNames) {
  const auto names = Names::Read(
      "# ours\n301 EPSsiPHA01req EPSsiPHA01res\r\n\n"
      "201 ESPsiPIR01req ESPsiPIR01res # as seen\n201 EPSsiPIR01req EPSsiPIR01res\n");
  ASSERT_TRUE(names.ok()) << names.status();
  EXPECT_EQ(names->Find("EPSsiPHA01req_1.xml")->interface, 301);
  EXPECT_FALSE(names->Find("EPSif301req_1.xml").has_value());
  EXPECT_EQ(names->Find("ESPsiPIR01req_1.xml")->interface, 201);
  EXPECT_EQ(names->Find("EPSsiPIR01req_1.xml")->answer, "EPSsiPIR01res_1.xml");
  EXPECT_EQ(names->Find("OQSsiquc01req_1.xml")->interface, kEligibilityCheck);
}

TEST(NamesTest, TM012FaultsOfTheFileAreRefused) {
  for (const char* text : {"301 a", "301 a b c", "999 a b", "x a b", "301 a/b c", "301 a_b c",
                           "301 .a c", "301 OQSsiquc01req x", "301 a OQSsiquc01req", "301 a a"}) {
    EXPECT_EQ(RuleOf(Names::Read(text).status()), "TM-012") << text;
  }
  EXPECT_NE(Names::Read("\n301 a\n").status().message().find("2"), absl::string_view::npos);
}

}  // namespace
}  // namespace tsunagu::terminal
