#include "tools/cli/document_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/platform/hpki/xades/document.h"
#include "services/prescription/record/testing.h"

namespace tsunagu::cli {
namespace {

using prescription::record::testing::Change;
using prescription::record::testing::ValidCj1;
using prescription::record::testing::ValidSj1;
using ::testing::HasSubstr;

std::string PrescriptionText(const std::string& record) {
  return DocumentText(xades::BuildPrescription(record, "").value()).value();
}

TEST(DocumentText, APrescriptionTellsWhoAndWhat) {
  const std::string text = PrescriptionText(ValidSj1());
  for (const char* part :
       {"試験 花子", "ｼｹﾝ ﾊﾅｺ", "1960-06-06", "女 (female)", "つなぐ診療所 1311234567", "繋　一郎",
        "2026-05-10", "2026-05-13", "ノルバスク錠２．５ｍｇ", "3錠", "14 日分",
        "１日３回朝昼夕食後", "アダラートＣＲ錠２０ｍｇ", "7 日分", "１日１回朝食後"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(DocumentText, TheIssuersNotesStandBesideTheDrug) {
  const std::string record = Change(ValidSj1(), "ノルバスク錠２．５ｍｇ,3,1,錠\n",
                                    "ノルバスク錠２．５ｍｇ,3,1,錠\n281,1,1,1,3,後発品変更不可,\n");
  EXPECT_THAT(PrescriptionText(record), HasSubstr("後発品変更不可"));
}

TEST(DocumentText, ABirthDateThatIsKnownInPartIsShownAsWritten) {
  const std::string text = PrescriptionText(Change(ValidSj1(), "13,19600606", "13,196006"));
  EXPECT_THAT(text, HasSubstr("196006"));
}

TEST(DocumentText, AResultTellsWhatWasDispensed) {
  const auto text = DocumentText(xades::BuildDispensing({ValidCj1(), "", ""}).value());
  ASSERT_TRUE(text.ok()) << text.status();
  for (const char* part : {"試験 花子", "つなぐ薬局 1347654321", "薬剤 次郎", "2026-05-11",
                           "ノルバスク錠２．５ｍｇ", "14 日分"}) {
    EXPECT_THAT(*text, HasSubstr(part));
  }
}

TEST(DocumentText, AnotherFileIsRefused) {
  EXPECT_FALSE(DocumentText("rubbish").ok());
  EXPECT_FALSE(DocumentText("<Document/>").ok());
  const std::string broken = Change(ValidSj1(), "12,2\n", "12,7\n");
  EXPECT_FALSE(DocumentText(xades::BuildPrescription(broken, "").value()).ok());
}

}  // namespace
}  // namespace tsunagu::cli
