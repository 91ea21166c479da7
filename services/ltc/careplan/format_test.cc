#include "services/ltc/careplan/format.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace tsunagu::ltc::careplan {
namespace {

struct Case {
  Format format;
  std::vector<const char*> good;
  std::vector<const char*> bad;
  const Rule* rule;
};

std::vector<Case> Cases() {
  return {
      // LTC-113
      {Format::kInsurer, {"123456"}, {"12345", "1234567", "12345x"}, &rules::kForm},
      {Format::kInsured,
       {"0000012345", "H000012345"},
       {"12345", "X000012345", "H00001234", "HH00012345"},
       &rules::kForm},
      {Format::kOffice, {"1370000001", "13A0000001"}, {"137000000", "13a0000001"}, &rules::kForm},
      {Format::kNumber, {"0", "3096"}, {"-1", "1.5", "１"}, &rules::kForm},
      {Format::kDecimal, {"90", "10.00"}, {".5", "5.", "1.2.3", "x"}, &rules::kForm},
      {Format::kSerial, {"1", "09", "99"}, {"0", "00", "100", "x"}, &rules::kForm},
      {Format::kZip, {"100-0000"}, {"1000000", "100-000", "100_0000", "abc-defg"}, &rules::kForm},
      {Format::kServiceCode, {"111211", "11AAAA", "999999"}, {"11121", "11aaaa"}, &rules::kForm},
      {Format::kServiceKind, {"11", "2A"}, {"1", "2a", "111"}, &rules::kForm},
      {Format::kDayBits,
       {"1111111111111111111111111111110"},
       {"111111111111111111111111111111", "2111111111111111111111111111110"},
       &rules::kForm},
      // LTC-114
      {Format::kDay, {"20260228"}, {"20260229", "00000000", "5080228", "2026022"}, &rules::kDay},
      {Format::kDayOrZero, {"20260228", "00000000"}, {"20260229"}, &rules::kDay},
      // LTC-115
      {Format::kMonth, {"202612"}, {"202613", "000000", "50801"}, &rules::kMonth},
      {Format::kMonthOrZero, {"202612", "000000"}, {"202600"}, &rules::kMonth},
      {Format::kVersion, {"202407"}, {"202499"}, &rules::kMonth},
      // LTC-116
      {Format::kTime, {"0000", "2359", "2400"}, {"9999", "2401", "1260", "100"}, &rules::kTime},
      {Format::kTimeOrNone, {"9999", "1000"}, {"9998"}, &rules::kTime},
      // LTC-117
      {Format::kSex, {"1", "2"}, {"3", "男"}, &rules::kCodeSet},
      {Format::kCertification, {"1", "2"}, {"0"}, &rules::kCodeSet},
      {Format::kCareLevel,
       {"06", "12", "13", "21", "22", "23", "24", "25"},
       {"11", "26", "2"},
       &rules::kCodeSet},
      {Format::kPlanClass, {"11", "12", "21", "51", "54"}, {"55", "13"}, &rules::kCodeSet},
      {Format::kHelpReason, {"1", "2", "3"}, {"4"}, &rules::kCodeSet},
      {Format::kYesNo, {"Y", "N"}, {"y", "1"}, &rules::kCodeSet},
      {Format::kFlag, {"1", "0"}, {"2"}, &rules::kCodeSet},
      {Format::kWeekday, {"1", "7"}, {"0", "8"}, &rules::kCodeSet},
      {Format::kCode, {"anything"}, {}, nullptr},
      {Format::kFree, {"何でも\n可"}, {}, nullptr},
  };
}

TEST(FormatTest, EachFormatTakesItsValuesAndNamesTheBrokenRule) {
  for (const Case& c : Cases()) {
    for (const char* text : c.good) EXPECT_EQ(BrokenRule(c.format, text), nullptr) << text;
    for (const char* text : c.bad) EXPECT_EQ(BrokenRule(c.format, text), c.rule) << text;
  }
}

TEST(FormatTest, EmptyTextBreaksNoFormat) {
  for (const Case& c : Cases()) EXPECT_EQ(BrokenRule(c.format, ""), nullptr);
}

RC_GTEST_PROP(FormatProperty, AnyTextIsJudged, (const std::string& text)) {
  for (const Case& c : Cases()) BrokenRule(c.format, text);
}

}  // namespace
}  // namespace tsunagu::ltc::careplan
