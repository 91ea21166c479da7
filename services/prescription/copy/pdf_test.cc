#include "services/prescription/copy/pdf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace tsunagu::prescription::copy {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Content Example() {
  Content content;
  content.title = "電子処方箋の控え";
  content.notice = "この控えは処方箋ではありません。";
  content.footer = "控え（処方箋ではありません）";
  content.access_code = "123456";
  content.made_at = absl::FromUnixSeconds(1778390640);  // 2026-05-10 14:24 in Japan
  content.lines = {{"患者氏名", "髙橋 﨑子（ﾀｶﾊｼ ｻｷｺ）"},
                   {"交付年月日", "令和8年5月10日（2026年5月10日）"}};
  content.rps = {{"RP1　内服　14日分",
                  {{"ノルバスク錠２．５ｍｇ", "1日 3錠", {"【変更不可】後発品変更不可"}}},
                  {{"用法", "１日３回朝昼夕食後"}}}};
  content.remarks = {{"備考", "一包化"}};
  return content;
}

// What one of poppler's programs says of the file.
std::string Ask(const std::string& program, const std::string& pdf, const std::string& after = "") {
  const std::string path = absl::StrCat(std::getenv("TEST_TMPDIR"), "/copy.pdf");
  std::ofstream(path, std::ios::binary) << pdf;
  FILE* pipe = popen(absl::StrCat(program, " ", path, " ", after).c_str(), "r");
  std::string said;
  char buffer[4096];
  for (size_t size = 0; (size = fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
    said.append(buffer, size);
  }
  EXPECT_EQ(pclose(pipe), 0) << program;
  return said;
}

// RX-221
TEST(PdfTest, RX222ItsTextCanBeTakenOutAgain) {
  const auto pdf = MakePdf(Example());
  ASSERT_TRUE(pdf.ok()) << pdf.status();
  const std::string text = Ask("pdftotext -layout", *pdf, "-");
  for (const char* part :
       {"電子処方箋の控え", "引換番号", "123456", "この控えは処方箋ではありません", "髙橋 﨑子",
        "ノルバスク錠２．５ｍｇ", "1日 3錠", "【変更不可】後発品変更不可", "１日３回朝昼夕食後",
        "一包化", "1/1"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(PdfTest, RX222OneFontIsEmbeddedAsASubsetWithItsUnicodeMap) {
  const std::string fonts = Ask("pdffonts", *MakePdf(Example()));
  EXPECT_THAT(fonts, HasSubstr("+IPAexGothic"));
  EXPECT_THAT(fonts, HasSubstr("yes yes yes"));  // embedded, subset, Unicode
  EXPECT_THAT(fonts, Not(HasSubstr(" no ")));
}

TEST(PdfTest, TheSameContentGivesTheSameBytes) {
  EXPECT_EQ(*MakePdf(Example()), *MakePdf(Example()));
  const std::string info = Ask("pdfinfo -isodates", *MakePdf(Example()));
  EXPECT_THAT(info, HasSubstr("A4"));
  EXPECT_THAT(info, HasSubstr("2026-05-10"));
}

TEST(PdfTest, LongNamesWrapAndManyDrugsTakeMorePages) {
  Content content = Example();
  std::string name;
  for (int i = 0; i < 40; ++i) absl::StrAppend(&name, "長");
  content.rps[0].drugs.assign(60, {name, "1日 3錠", {}});
  const auto pdf = MakePdf(content);
  ASSERT_TRUE(pdf.ok());
  const std::string text = Ask("pdftotext", *pdf, "-");
  EXPECT_THAT(text, HasSubstr("1/3"));
  EXPECT_THAT(text, HasSubstr("3/3"));
  // All of each name is there, over two lines.
  const std::string joined = absl::StrReplaceAll(text, {{"\n", ""}});
  size_t characters = 0;
  for (size_t at = 0; (at = joined.find("長", at)) != std::string::npos; at += 3) ++characters;
  EXPECT_EQ(characters, 60u * 40u);
  EXPECT_THAT(text, Not(HasSubstr(name)));
}

TEST(PdfTest, WithoutItsFontThereIsNoCopy) {
  EXPECT_EQ(MakePdf(Example(), "/nowhere/font.ttf").status().code(),
            absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace tsunagu::prescription::copy
