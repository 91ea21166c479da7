#include "services/prescription/copy/content.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/prescription/record/check.h"
#include "services/prescription/record/testing.h"

namespace tsunagu::prescription::copy {
namespace {

using record::testing::ReadSample;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

record::Prescription Sample(absl::string_view name) {
  return *record::CheckQrPrescription(ReadSample(name), nullptr).prescription;
}

Content Of(absl::string_view name) { return MakeContent(Sample(name), {"an-id", "123456"}); }

// Everything in it, a line each.
std::string Text(const Content& content) {
  std::vector<std::string> lines = {content.access_code};
  const auto add = [&](const std::vector<Line>& more) {
    for (const Line& line : more) lines.push_back(absl::StrCat(line.label, ": ", line.text));
  };
  add(content.lines);
  for (const RpBlock& rp : content.rps) {
    lines.push_back(rp.heading);
    for (const DrugLine& drug : rp.drugs) {
      lines.push_back(absl::StrCat(drug.name, " / ", drug.amount));
      for (const std::string& note : drug.notes) lines.push_back(absl::StrCat("  ", note));
    }
    add(rp.lines);
  }
  add(content.remarks);
  return absl::StrJoin(lines, "\n");
}

// RX-221, RX-546
TEST(ContentTest, OfPaperItSaysThatTheOriginalIsPaper) {
  const record::Prescription sample = Sample("a01_naifuku_14d.txt");
  const Content electronic = MakeContent(sample, {"an-id", "123456"});
  EXPECT_EQ(electronic.title, "電子処方箋の控え");
  const Content paper = MakeContent(sample, {"an-id", "123456", /*paper=*/true});
  for (const std::string& text : {paper.title, paper.notice, paper.footer}) {
    EXPECT_THAT(text, HasSubstr("紙"));
    EXPECT_THAT(text, Not(HasSubstr("電子")));
  }
  for (const Content* content : {&electronic, &paper}) {
    EXPECT_THAT(content->notice, HasSubstr("この控えは処方箋ではありません"));
    EXPECT_THAT(content->footer, HasSubstr("処方箋ではありません"));
  }
  EXPECT_EQ(Text(paper), Text(electronic));
}

// RX-562
TEST(ContentTest, OfARefillItTellsTheLaterUses) {
  const record::Prescription sample = Sample("a06_refill_3times.txt");
  for (const bool paper : {false, true}) {
    const Content content = MakeContent(sample, {"an-id", "123456", paper});
    EXPECT_THAT(content.notice, HasSubstr("全部で3回使えます。使用期間は1回目のもの"));
    EXPECT_THAT(content.notice, HasSubstr("次回の予定日の前後7日以内"));
    EXPECT_THAT(Text(content), HasSubstr("まで（1回目）\n"));
  }
  const Content once = Of("a01_naifuku_14d.txt");
  EXPECT_THAT(once.notice, HasSubstr("使用期間を過ぎると受け取れません。"));
  EXPECT_THAT(once.notice, Not(HasSubstr("2回目")));
}

// RX-563
TEST(ContentTest, OfADividedOneItTellsTheLaterParts) {
  const Content content = Of("a07_bunkatsu_2of3.txt");
  EXPECT_THAT(content.notice, HasSubstr("3回に分けて受け取ります。使用期間は1回目のもの"));
  EXPECT_THAT(content.notice, HasSubstr("2回目からは、薬局の案内に従ってください。"));
}

// RX-564
TEST(ContentTest, EachPageTellsWhoseItIsAndWhenItWasMade) {
  const record::Prescription sample = Sample("a01_naifuku_14d.txt");
  Registration registration = {"an-id", "123456"};
  registration.made_at = absl::FromUnixSeconds(1778390640);
  EXPECT_EQ(MakeContent(sample, registration).footer,
            "引換番号 123456　日薬 太郎 様\n"
            "電子処方箋の控え（処方箋ではありません）　2026年5月10日 14:24 作成");
  registration.access_code = "";
  EXPECT_THAT(MakeContent(sample, registration).footer, ::testing::StartsWith("日薬 太郎 様\n"));
}

TEST(ContentTest, RX220ItTellsTheNumberWhoWhatAndUntilWhen) {
  EXPECT_EQ(Text(Of("a01_naifuku_14d.txt")),
            "123456\n"
            "患者氏名: 日薬 太郎（ﾆﾁﾔｸ ﾀﾛｳ）\n"
            "生年月日: 昭和35年6月6日（1960年6月6日）　男\n"
            "保険者番号: 06012345\n"
            "記号・番号: ０１－２３　１２３４\n"
            "区分: 被保険者\n"
            "負担割合: 30％\n"
            "医療機関: 医療法人 工業会病院（1311234567）\n"
            "所在地: 〒105-0004 東京都港区新橋 11 丁目 1 番 ○×ビル\n"
            "電話: 03-0000-0000\n"
            "診療科: 内科\n"
            "処方医: 工業会 次郎\n"
            "交付年月日: 令和6年6月10日（2024年6月10日）\n"
            "使用期間: 令和6年6月13日（2024年6月13日）まで\n"
            "処方箋ID: an-id\n"
            "RP1　内服　14日分\n"
            "ノルバスク錠２．５ｍｇ / 1日 3錠\n"
            "用法: １日３回朝昼夕食後");
}

TEST(ContentTest, RX220WhatIsNotKnownIsLeftOut) {
  record::Prescription prescription = Sample("a02_tonpuku_5times.txt");
  prescription.issuer.phone = "";
  prescription.department = {};
  prescription.insurance.patient_percent.reset();
  prescription.patient.kana = "";
  const std::string text = Text(MakeContent(prescription, {}));
  for (const char* label : {"電話", "診療科", "負担割合", "公費", "処方箋ID", "リフィル", "（）"}) {
    EXPECT_THAT(text, Not(HasSubstr(label))) << label;
  }
  EXPECT_THAT(text, HasSubstr("RP1　頓服　5回分\nロキソニン錠６０ｍｇ / 1回 1錠\n用法: 腰痛時"));
}

TEST(ContentTest, RX223MarksAndSupplementsStandWithTheirDrug) {
  const std::string marks = Text(Of("a14_henkoufuka_all.txt"));
  EXPECT_THAT(marks, HasSubstr("  【変更不可】後発品変更不可\n"));
  EXPECT_THAT(marks, HasSubstr("  【変更不可】剤形変更不可及び含量規格変更不可\n"));
  EXPECT_THAT(marks, HasSubstr("  【患者希望】先発医薬品患者希望\n"));
  EXPECT_THAT(Text(Of("a04_fukintou.txt")), HasSubstr("\n  不均等 4-2-1\n"));
  EXPECT_THAT(Text(Of("a09_ippanmei_rikika.txt")),
              HasSubstr("ニフェジピン錠 / 1日 10ｍｇ（力価）"));
  EXPECT_THAT(Text(Of("a03_gaiyou_site.txt")),
              HasSubstr("RP2　外用\n点耳液 / 全量 5ｍＬ\n用法: １日２回点耳\n用法補足: 左耳\n"
                        "用法補足: １滴"));
}

TEST(ContentTest, RX572TheFactorOfAUnitStandsWithTheDose) {
  EXPECT_THAT(Text(Of("a10_tanihenkan.txt")),
              HasSubstr("エンシュアリキッド / 1日 3缶\n"
                        "  換算係数 250（用量×係数＝750、薬価基準の単位で）\n"));
}

TEST(ContentTest, RX223RefillSplitNarcoticAndRemarks) {
  EXPECT_THAT(Text(Of("a06_refill_3times.txt")), HasSubstr("リフィル: リフィル可　使用回数 3回\n"));
  const std::string split = Text(Of("a07_bunkatsu_2of3.txt"));
  EXPECT_THAT(split, HasSubstr("分割調剤: 3回のうち2回目\n"));
  EXPECT_THAT(split, HasSubstr("分割: 今回 14／全 42\n"));
  EXPECT_THAT(split, HasSubstr("備考: 分割日数14日、分割回数3回"));
  EXPECT_THAT(Text(Of("a08_mayaku.txt")),
              HasSubstr("患者住所: 東京都港区新橋1丁目△番○×ビル5階　03-0000-0000\n"));
  const std::string payers = Text(Of("a11_kouhi_futankubun.txt"));
  EXPECT_THAT(payers, HasSubstr("第一公費: 負担者番号 12123456\n"
                                "第二公費: 負担者番号 51123456　受給者番号 1234567\n"));
  EXPECT_THAT(payers, HasSubstr("残薬確認: 医療機関へ情報提供\n"));
}

TEST(ContentTest, RX224DaysStandInBothCalendars) {
  EXPECT_EQ(BothDays(absl::CivilDay(2019, 4, 30)), "平成31年4月30日（2019年4月30日）");
  EXPECT_EQ(BothDays(absl::CivilDay(2019, 5, 1)), "令和元年5月1日（2019年5月1日）");
  EXPECT_EQ(BothDays(absl::CivilDay(1989, 1, 7)), "昭和64年1月7日（1989年1月7日）");
  EXPECT_EQ(BothDays(absl::CivilDay(1926, 12, 24)), "大正15年12月24日（1926年12月24日）");
  EXPECT_EQ(BothDays(absl::CivilDay(1912, 7, 29)), "明治45年7月29日（1912年7月29日）");
  EXPECT_EQ(BothDays(absl::CivilDay(1872, 12, 31)), "1872年12月31日");
  EXPECT_THAT(Text(Of("a16_extended_validity.txt")),
              HasSubstr("使用期間: 令和6年6月16日（2024年6月16日）まで\n"));
  record::Prescription prescription = Sample("a01_naifuku_14d.txt");
  prescription.patient.birth = "1960";
  EXPECT_THAT(Text(MakeContent(prescription, {})), HasSubstr("生年月日: 1960　男\n"));
}

}  // namespace
}  // namespace tsunagu::prescription::copy
