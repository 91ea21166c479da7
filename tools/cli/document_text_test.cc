#include "tools/cli/document_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/time.h"
#include "services/platform/hpki/test_pki.h"
#include "services/platform/hpki/xades/document.h"
#include "services/prescription/record/testing.h"
#include "services/prescription/test_documents.h"

namespace tsunagu::cli {
namespace {

using prescription::record::testing::Change;
using prescription::record::testing::ValidCj1;
using prescription::record::testing::ValidSj1;
using ::testing::HasSubstr;
using ::testing::Not;

std::string PrescriptionText(const std::string& record) {
  return DocumentText(xades::BuildPrescription(record, "").value()).value();
}

TEST(DocumentText, APrescriptionTellsWhoAndWhat) {
  const std::string text = PrescriptionText(ValidSj1());
  for (const char* part :
       {"試験 花子", "ｼｹﾝ ﾊﾅｺ", "1960-06-06", "女 (female)", "つなぐ診療所 1311234567", "繋　一郎",
        "2026-05-10", "2026-05-13", "ノルバスク錠２．５ｍｇ", "1日 3錠", "14 日分",
        "１日３回朝昼夕食後", "アダラートＣＲ錠２０ｍｇ", "7 日分", "１日１回朝食後"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(DocumentText, TheIssuersNotesStandBesideTheDrug) {
  const std::string record = Change(ValidSj1(), "ノルバスク錠２．５ｍｇ,3,1,錠\n",
                                    "ノルバスク錠２．５ｍｇ,3,1,錠\n281,1,1,1,3,後発品変更不可,\n");
  EXPECT_THAT(PrescriptionText(record), HasSubstr("後発品変更不可"));
}

TEST(DocumentText, RX572TheFactorOfAUnitStandsBesideTheDrug) {
  const std::string record = Change(ValidSj1(), "ノルバスク錠２．５ｍｇ,3,1,錠\n",
                                    "ノルバスク錠２．５ｍｇ,5,1,ｍｇ\n211,1,1,20\n");
  EXPECT_THAT(PrescriptionText(record), HasSubstr("換算係数 factor 20 (用量×係数 100)"));
}

TEST(DocumentText, WhatAPharmacistMustNotOverlookIsThere) {
  std::string record = Change(ValidSj1(), "ノルバスク錠２．５ｍｇ,3,1,錠\n",
                              "ノルバスク錠２．５ｍｇ,3,1,錠\n221,1,1,2,1,,,,,,,,\n");
  record = Change(record, "51,20260510\n", "51,20260510\n62,1\n81,1,,一包化希望\n");
  const std::string text = PrescriptionText(record + "302,1,eGFR 45\n");
  for (const char* part : {"不均等 2-1", "医療機関に確認のうえ調剤", "一包化希望", "eGFR 45",
                           "保険者 01130012", "枝番 00", "内科", "署名 signature", "なし (none)"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(DocumentText, ARefillAndAPartStandOut) {
  const std::string once = PrescriptionText(ValidSj1());
  EXPECT_THAT(once, Not(HasSubstr("リフィル")));
  const std::string refill = Change(ValidSj1(), "51,20260510\n", "51,20260510\n64,3\n");
  EXPECT_THAT(PrescriptionText(refill), HasSubstr("リフィル refill    3回"));
  std::string parts = Change(ValidSj1(), "51,20260510\n", "51,20260510\n63,2,1\n");
  parts = Change(parts, "101,1,1,,14\n", "101,1,1,,14\n102,1,7,14\n");
  const std::string text =
      PrescriptionText(Change(parts, "101,2,1,,7\n", "101,2,1,,7\n102,2,4,7\n"));
  EXPECT_THAT(text, HasSubstr("1 / 2"));
  EXPECT_THAT(text, HasSubstr("今回 (this part) 7 日分"));
  EXPECT_THAT(*DocumentText(xades::BuildDispensing({ValidCj1(), "", ""}).value()),
              HasSubstr("1回目、次回 next 2026-05-25"));
}

// RX-051, RX-055
TEST(DocumentText, TheSignerStandsBesideTheDoctor) {
  using prescription::SignedPrescription;
  const absl::Time now = hpki::TestPki::Now();
  const auto text = DocumentText(SignedPrescription(ValidSj1(), now));
  ASSERT_TRUE(text.ok()) << text.status();
  for (const char* part :
       {"繋　一郎", "試験　太郎 (証明書の氏名", "文書と一致 (", "【注意】記載された氏名と"}) {
    EXPECT_THAT(*text, HasSubstr(part));
  }
  const std::string same = Change(ValidSj1(), "繋　一郎", "試験　太郎");
  EXPECT_THAT(*DocumentText(SignedPrescription(same, now)), Not(HasSubstr("【注意】")));
  const std::string other =
      Change(SignedPrescription(same, now), "</ds:SignatureValue>", "AA</ds:SignatureValue>");
  EXPECT_THAT(*DocumentText(other), HasSubstr("【注意】署名が文書と一致しません"));
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
