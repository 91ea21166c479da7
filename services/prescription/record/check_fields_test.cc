#include "services/prescription/record/check_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/platform/national/cp932.h"
#include "services/prescription/record/check.h"
#include "services/prescription/record/testing.h"

namespace tsunagu::prescription::record {
namespace {

using testing::All;
using testing::Change;
using ::testing::ElementsAre;
using testing::Errors;
using ::testing::IsEmpty;
using testing::ReadSample;
using testing::ValidCj1;
using testing::ValidSj1;

struct Broken {
  const char* from;
  const char* to;
  const char* finding;
};

// Each change of the valid text breaks one rule, and that one only.
TEST(CheckFieldsTest, EachBrokenFieldGivesItsFinding) {
  const Broken kBroken[] = {
      {"ｲﾁﾛｳ,繋　一郎", "ｲﾁﾛｳ,", "RX-120@6 5.name"},
      {"11,,試験 花子,ｼｹﾝ ﾊﾅｺ", "11,7,,", "RX-121@7 11"},
      {"101,2,1,,7", "101,2,1,,x", "RX-122@18 101.amount"},
      {"3,03-0000-0000,,", "3,03(00)0000,,", "RX-123@4 3.phone"},
      {"ﾂﾅｸﾞ ｲﾁﾛｳ", "ツナグ", "RX-124@6 5.kana"},
      {"1013044400000000", "10130444000000001", "RX-125@15 111.code"},
      {"カプセル\n", "カプセルー二三\n", "RX-125@17 201.unit"},
      {"内科", "内\t科", "RX-126@5 4.name"},
      {"内科", "内\xEE\x80\x80科", "RX-126@5 4.name"},
      {"内科", "内\xEF\xA3\xBF科", "RX-126@5 4.name"},
      {"内科", "内科 ", "RX-127@5 4.name"},
      {"内科", "　内科", "RX-127@5 4.name"},
      {"12,2", "12,3", "RX-128@8 12.sex"},
      {",3,1,錠", ",03.50,1,錠", "RX-129@16 201.dose"},
      {"51,20260510", "51,20260231", "RX-130@13 51.day"},
      {"51,20260510", "51,4310501", "RX-130@13 51.day"},
      {"13,19600606", "13,1960066", "RX-131@9 13.birth"},
  };
  for (const Broken& broken : kBroken) {
    const std::string text = Change(ValidSj1(), broken.from, broken.to);
    EXPECT_THAT(All(CheckRecordFile(text, nullptr).findings), ElementsAre(broken.finding))
        << broken.to;
  }
}

TEST(CheckFieldsTest, RX125WidthCountsTheBytesOfCp932) {
  // 5.name has room for 20 full-width or 40 half-width characters.
  const std::string twenty = absl::StrReplaceAll("aaaaaaaaaaaaaaaaaaaa", {{"a", "名"}});
  const std::string fits = Change(ValidSj1(), "繋　一郎", twenty);
  EXPECT_THAT(All(CheckRecordFile(fits, nullptr).findings), IsEmpty());
  const std::string half = Change(ValidSj1(), "繋　一郎", std::string(40, 'a'));
  EXPECT_THAT(All(CheckRecordFile(half, nullptr).findings), IsEmpty());
  const std::string wide = Change(ValidSj1(), "繋　一郎", twenty + "a");
  EXPECT_THAT(All(CheckRecordFile(wide, nullptr).findings), ElementsAre("RX-125@6 5.name"));
}

TEST(CheckFieldsTest, UsageTextsOfSj1AreLongerThanThoseOfTheQr) {
  const std::string text = absl::StrReplaceAll(std::string(150, 'a'), {{"a", "用"}});
  const std::string sj1 = Change(ValidSj1(), "１日１回朝食後", text);
  EXPECT_THAT(All(CheckRecordFile(sj1, nullptr).findings), IsEmpty());
  const std::string longer = Change(ValidSj1(), "１日１回朝食後", text + "用");
  EXPECT_THAT(All(CheckRecordFile(longer, nullptr).findings), ElementsAre("RX-125@19 111.text"));
}

TEST(CheckFieldsTest, RX128Sj1AllowsThreeKindsOfDrugCodes) {
  for (const char* kind : {"1", "3", "5", "6", "8"}) {
    const std::string drug = std::string("201,2,1,1,") + kind + ",610421321,";
    const std::string text = Change(ValidSj1(), "201,2,1,1,2,610421321,", drug);
    const auto errors = Errors(CheckRecordFile(text, nullptr).findings);
    EXPECT_EQ(errors[0], "RX-128@20 201.code_kind") << kind;
  }
  const std::string yj = Change(ValidSj1(), "2,1,1,2,610421321,", "2,1,1,4,2171014N2020,");
  EXPECT_THAT(All(CheckRecordFile(yj, nullptr).findings), IsEmpty());
}

TEST(CheckFieldsTest, RX128UsageCodesOfSj1AreThoseOfTheUsageMaster) {
  const std::string text = Change(ValidSj1(), "111,2,3,", "111,2,2,");
  EXPECT_THAT(All(CheckRecordFile(text, nullptr).findings), ElementsAre("RX-128@19 111.code_kind"));
}

TEST(CheckFieldsTest, RX128InformationKindThreeIsOnlyForTheQr) {
  const std::string text = Change(ValidSj1(), "201,2,1,1,", "201,2,1,3,");
  EXPECT_THAT(All(CheckRecordFile(text, nullptr).findings), ElementsAre("RX-128@20 201.info_kind"));
}

TEST(CheckFieldsTest, RX131PartsOfABirthDayAreAllowed) {
  for (const char* birth : {"1960", "196006", "335", "33506", "3350606"}) {
    const std::string text = Change(ValidSj1(), "13,19600606", std::string("13,") + birth);
    EXPECT_THAT(All(CheckRecordFile(text, nullptr).findings), IsEmpty()) << birth;
  }
  for (const char* birth : {"19", "196013", "33513", "9350606", "19600631", "196006061"}) {
    const std::string text = Change(ValidSj1(), "13,19600606", std::string("13,") + birth);
    EXPECT_THAT(All(CheckRecordFile(text, nullptr).findings), ElementsAre("RX-131@9 13.birth"))
        << birth;
  }
}

TEST(CheckFieldsTest, RX132ASingleDoseMayBeAFraction) {
  for (const char* dose : {"1", "0.5", "2/3", "1/2"}) {
    const std::string text = ValidSj1() + "241,2,1," + dose + ",3\n";
    EXPECT_THAT(Errors(CheckRecordFile(text, nullptr).findings), IsEmpty()) << dose;
  }
  for (const char* dose : {"2/", "/3", "0/3", "2/0", "1/2/3", "0.5/2", "abc"}) {
    const std::string text = ValidSj1() + "241,2,1," + dose + ",3\n";
    EXPECT_THAT(All(CheckRecordFile(text, nullptr).findings), ElementsAre("RX-132@21 241.dose"))
        << dose;
  }
}

// RX-102, RX-103, RX-104
TEST(CheckFieldsTest, TheQrTextHasOneEncoding) {
  const std::string qr = ReadSample("a15_wareki_koureisha.txt");
  EXPECT_THAT(Errors(CheckRecordFile(qr, nullptr).findings), IsEmpty());
  const std::string utf8 = *national::Cp932ToUtf8(qr);
  EXPECT_THAT(Errors(CheckRecordFile(utf8, nullptr).findings), ElementsAre("RX-102@0"));
  const std::string lf = absl::StrReplaceAll(qr, {{"\r\n", "\n"}});
  EXPECT_THAT(Errors(CheckRecordFile(lf, nullptr).findings), ElementsAre("RX-103@1"));
  const CheckedFile unmarked =
      CheckRecordFile(absl::string_view(qr).substr(0, qr.size() - 1), nullptr);
  EXPECT_THAT(Errors(unmarked.findings), IsEmpty());
  EXPECT_THAT(All(unmarked.findings), ::testing::Contains("RX-104@0"));
}

TEST(CheckFieldsTest, Sj1MayBeWrittenEitherWay) {
  const std::string cp932 = *national::Utf8ToCp932(ValidSj1());
  EXPECT_THAT(All(CheckRecordFile(cp932, nullptr).findings), IsEmpty());
  const std::string marked = absl::StrReplaceAll(cp932, {{"\n", "\r\n"}}) + "\x1A";
  EXPECT_THAT(All(CheckRecordFile(marked, nullptr).findings), IsEmpty());
}

TEST(CheckFieldsTest, RX109ALastLineWithoutItsEndMayBeCutOff) {
  for (const std::string& text : {ValidSj1(), ValidCj1()}) {
    const auto cut_off = [&](size_t bytes) {
      return CheckRecordFile(text.substr(0, text.size() - bytes), nullptr).findings;
    };
    EXPECT_THAT(All(cut_off(0)), IsEmpty());
    const int lines = static_cast<int>(std::count(text.begin(), text.end(), '\n'));
    EXPECT_THAT(All(cut_off(1)), ElementsAre(absl::StrCat("RX-109@", lines)));
    EXPECT_THAT(Errors(cut_off(1)), IsEmpty());
    const std::string marked = text.substr(0, text.size() - 1) + "\x1A";
    EXPECT_THAT(All(CheckRecordFile(marked, nullptr).findings), IsEmpty());
  }
}

TEST(CheckFieldsTest, RX101BytesThatAreNoTextAreReportedWithTheirLine) {
  std::string cp932 = *national::Utf8ToCp932(ValidSj1());
  const size_t at = cp932.find("3,03-0000-0000");
  cp932.insert(at + 2, "\x81");  // swallows nothing: 8130 is no character
  EXPECT_EQ(All(CheckRecordFile(cp932, nullptr).findings), std::vector<std::string>{"RX-101@4"});
}

}  // namespace
}  // namespace tsunagu::prescription::record
