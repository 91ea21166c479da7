#include "services/prescription/record/convert.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
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
using ::testing::Contains;
using ::testing::ElementsAre;
using testing::Errors;
using ::testing::IsEmpty;
using testing::ReadSample;
using testing::ValidSj1;

// Tells codes by the name alone.
class Names : public DrugCodes {
 public:
  std::optional<DrugCode> FindCode(DrugCodeKind, absl::string_view, absl::string_view name,
                                   absl::CivilDay) const override {
    const std::map<std::string, DrugCode> known = {
        {"プレドニン錠５ｍｇ", {DrugCodeKind::kReceipt, "620007522"}},
        {"ニフェジピン錠", {DrugCodeKind::kGeneric, "2171014F1ZZZ"}}};
    const auto found = known.find(std::string(name));
    return found == known.end() ? std::nullopt : std::optional(found->second);
  }
};

// The lines of an SJ1 text without its head, for comparison.
std::string Utf8(absl::string_view cp932) { return national::Cp932ToUtf8(cp932).value(); }

TEST(ConvertTest, RX203ATextOfSymbolsBecomesARecordThatCanBeSigned) {
  const Conversion conversion = ToSj1(ReadSample("a01_naifuku_14d.txt"), nullptr, nullptr);
  // The number of the sample fails its check digit, and it has been registered before.
  EXPECT_THAT(All(conversion.findings), ElementsAre("RX-207@15 82", "RX-171@11 22.insurer"));
  EXPECT_TRUE(CheckPrescription(conversion.bytes, nullptr).prescription.has_value());
  EXPECT_TRUE(absl::StartsWith(conversion.bytes, "SJ1\n1,1,1234567,13,医療法人 工業会病院\n"));
  EXPECT_TRUE(absl::StrContains(conversion.bytes,
                                "\n111,1,3,1013044400000000,１日３回朝昼夕食後,3\n"
                                "201,1,1,1,2,612170709,ノルバスク錠２．５ｍｇ,3,1,錠\n"));
}

// Each valid sample whose drugs have a code that is told by someone.
TEST(ConvertTest, RX203ThereAndBackGivesTheSameBytes) {
  for (const char* name : {"a01_naifuku_14d.txt", "a02_tonpuku_5times.txt", "a06_refill_3times.txt",
                           "a11_kouhi_futankubun.txt", "a14_henkoufuka_all.txt",
                           "a15_wareki_koureisha.txt", "a16_extended_validity.txt"}) {
    const std::string qr = ReadSample(name);
    const Conversion sj1 = ToSj1(qr, nullptr, nullptr);
    ASSERT_THAT(Errors(sj1.findings), IsEmpty()) << name;
    EXPECT_EQ(ToJahis(sj1.bytes).bytes, qr) << name;
  }
  const Conversion jahis = ToJahis(ValidSj1());
  EXPECT_THAT(All(jahis.findings), IsEmpty());
  EXPECT_THAT(All(CheckRecordFile(jahis.bytes, nullptr).findings), IsEmpty());
  EXPECT_EQ(ToSj1(jahis.bytes, nullptr, nullptr).bytes, ValidSj1());
}

TEST(ConvertTest, RX203AUtf8TextWithAnyLineEndIsRead) {
  const std::string qr = ReadSample("a16_extended_validity.txt");
  const std::string utf8 = absl::StrReplaceAll(Utf8(qr), {{"\r\n", "\n"}});
  EXPECT_EQ(ToSj1(utf8, nullptr, nullptr).bytes, ToSj1(qr, nullptr, nullptr).bytes);
}

// RX-203: of several symbols the last may be missing, and that is seen by the end mark.
TEST(ConvertTest, SymbolsAreJoinedAsBytes) {
  const std::string qr = ReadSample("a16_extended_validity.txt");
  const size_t inside_a_character = qr.find("\x8D\x48") + 1;
  const std::string first = qr.substr(0, inside_a_character);
  EXPECT_EQ(ToSj1(first + qr.substr(inside_a_character), nullptr, nullptr).bytes,
            ToSj1(qr, nullptr, nullptr).bytes);
  EXPECT_THAT(All(ToSj1(first, nullptr, nullptr).findings), Contains("RX-104@0"));
}

TEST(ConvertTest, RX203OtherFormatsAreNotConverted) {
  EXPECT_THAT(All(ToSj1(ValidSj1(), nullptr, nullptr).findings), ElementsAre("RX-100@1"));
  EXPECT_THAT(All(ToJahis(ReadSample("a01_naifuku_14d.txt")).findings), ElementsAre("RX-100@1"));
  EXPECT_THAT(All(ToSj1("", nullptr, nullptr).findings), ElementsAre("RX-100@1"));
  EXPECT_THAT(All(ToSj1(std::string(2 << 20, 'x'), nullptr, nullptr).findings),
              ElementsAre("RX-105@0"));
}

TEST(ConvertTest, RX204ACodeThatSj1LacksComesFromTheMasterOrNotAtAll) {
  const std::string hot = ReadSample("a13_kakujitsu.txt");
  const Names names;
  const Conversion without = ToSj1(hot, nullptr, nullptr);
  EXPECT_THAT(Errors(without.findings), ElementsAre("RX-204@18 201.code"));
  EXPECT_EQ(without.bytes, "");
  const Conversion with = ToSj1(hot, nullptr, &names);
  EXPECT_THAT(Errors(with.findings), IsEmpty());
  EXPECT_TRUE(absl::StrContains(with.bytes, "201,1,1,1,2,620007522,プレドニン錠５ｍｇ,3,1,錠\n"));
  // Two of three drugs are not certain; each is told.
  EXPECT_THAT(Errors(ToSj1(ReadSample("a09_ippanmei_rikika.txt"), nullptr, nullptr).findings),
              ElementsAre("RX-204@17 201.code", "RX-204@21 201.code"));
  EXPECT_THAT(Errors(ToSj1(ReadSample("a09_ippanmei_rikika.txt"), nullptr, &names).findings),
              ElementsAre("RX-204@21 201.code"));
}

TEST(ConvertTest, RX205AUsageInWordsHasTheCodeForThat) {
  const Conversion sj1 = ToSj1(ReadSample("a16_extended_validity.txt"), nullptr, nullptr);
  EXPECT_THAT(All(sj1.findings), Contains("RX-205@17 111.code"));
  EXPECT_TRUE(absl::StrContains(sj1.bytes, "\n111,1,3,0X0XXXXXXXXX0000,毎食後服用,3\n"));
}

TEST(ConvertTest, RX206WhatIsNotInsuredIsNotConverted) {
  const std::string qr =
      Change(ReadSample("a16_extended_validity.txt"), "201,1,1,1,2,", "201,1,1,3,2,");
  EXPECT_THAT(Errors(ToSj1(qr, nullptr, nullptr).findings), ElementsAre("RX-206@18 201.info_kind"));
}

TEST(ConvertTest, RX208WhatTheQrTextLacksIsTold) {
  const Conversion jahis = ToJahis(ValidSj1() + "301,1,甲,診療情報\n302,1,Ｃｒ ０．８\n");
  EXPECT_THAT(All(jahis.findings), ElementsAre("RX-208@21 301", "RX-208@22 302"));
  EXPECT_THAT(All(CheckRecordFile(jahis.bytes, nullptr).findings), IsEmpty());
  const std::string narcotic =
      Change(ValidSj1(), "101,1,1,,14", "60,1-2,東京都,03-0000-0000\n101,1,1,,14");
  EXPECT_TRUE(absl::StrContains(Utf8(ToJahis(narcotic).bytes), "\r\n61,1-2,東京都,"));
}

TEST(ConvertTest, RX209CharactersThatTheQrTextLacksAreTold) {
  const Conversion jahis = ToJahis(Change(ValidSj1(), "試験 花子", "𠮷田 花子"));
  EXPECT_THAT(All(jahis.findings), ElementsAre("RX-209@7 11.name"));
  EXPECT_TRUE(absl::StrContains(Utf8(jahis.bytes), "\r\n11,,■田 花子,"));
  EXPECT_THAT(All(ToJahis(Change(ValidSj1(), "試験 花子", "髙﨑 花子")).findings), IsEmpty());
}

TEST(ConvertTest, TextsThatAreTooLongForTheQrTextAreRefused) {
  std::string usage;
  for (int i = 0; i < 51; ++i) absl::StrAppend(&usage, "あ");
  EXPECT_THAT(Errors(ToJahis(Change(ValidSj1(), "１日１回朝食後", usage)).findings),
              ElementsAre("RX-125@19 111.text"));
}

// RX-203: what is wrong with the text and what cannot be converted come together.
TEST(ConvertTest, AllFindingsAtOnce) {
  std::string qr = Change(ReadSample("a13_kakujitsu.txt"), "51,20240610", "51,20240631");
  qr = Change(qr, "105271807", "");
  qr = Change(qr, "1,1,1234567,13", "1,1,1234567,99");
  EXPECT_THAT(Errors(ToSj1(qr, nullptr, nullptr).findings),
              ::testing::UnorderedElementsAre("RX-172@2 1.prefecture", "RX-130@14 51.day",
                                              "RX-204@18 201.code"));
}

TEST(ConvertTest, EveryTruncationIsSurvived) {
  const std::string qr = ReadSample("a11_kouhi_futankubun.txt");
  for (size_t size = 0; size < qr.size(); ++size) {
    const Conversion conversion = ToSj1(qr.substr(0, size), nullptr, nullptr);
    EXPECT_EQ(conversion.bytes.empty(), national::HasErrors(conversion.findings));
  }
}

}  // namespace
}  // namespace tsunagu::prescription::record
