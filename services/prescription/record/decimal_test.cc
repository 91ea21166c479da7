#include "services/prescription/record/decimal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tsunagu::prescription::record {
namespace {

TEST(DecimalTest, RX129ReadsTheOneSpellingOfANumber) {
  EXPECT_EQ(ParseDecimal("0")->scaled, 0);
  EXPECT_EQ(ParseDecimal("3")->scaled, 300'000);
  EXPECT_EQ(ParseDecimal("0.25")->scaled, 25'000);
  EXPECT_EQ(ParseDecimal("7.5")->scaled, 750'000);
  EXPECT_EQ(ParseDecimal("0.00001")->scaled, 1);
  EXPECT_EQ(ParseDecimal("999999.99999")->scaled, 99'999'999'999);
}

TEST(DecimalTest, RX129RefusesEveryOtherSpelling) {
  for (const char* text :
       {"",   ".",   "03.50", "03", "3.50", "3.",    ".25", "1000000", "0.000001", "-1",
        "+1", "1e3", " 1",    "1 ", "１",   "1.2.3", "00",  "0.0",     "1,5",      "2/3"}) {
    EXPECT_FALSE(ParseDecimal(text).has_value()) << text;
  }
}

RC_GTEST_PROP(DecimalTest, EveryNumberIsReadAsItWasWritten, ()) {
  const Decimal value{*rc::gen::inRange<int64_t>(0, 1'000'000 * kDecimalScale)};
  RC_ASSERT(ParseDecimal(FormatDecimal(value)) == value);
}

RC_GTEST_PROP(DecimalTest, WhatIsReadIsWrittenTheSame, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::element('0', '1', '9', '.'));
  const std::optional<Decimal> value = ParseDecimal(text);
  if (!value.has_value()) return;
  RC_ASSERT(FormatDecimal(*value) == text);
}

TEST(DecimalTest, AProductIsRoundedHalfUp) {
  const auto product = [](absl::string_view a, absl::string_view b) {
    return FormatDecimal(Product(*ParseDecimal(a), *ParseDecimal(b)));
  };
  EXPECT_EQ(product("5", "20"), "100");
  EXPECT_EQ(product("500", "0.001"), "0.5");
  EXPECT_EQ(product("0.00005", "0.1"), "0.00001");
  EXPECT_EQ(product("0.00004", "0.1"), "0");
  EXPECT_EQ(product("999999.99999", "999999.99999"), "999999999980");
}

TEST(DecimalTest, NumbersCompareByValue) {
  EXPECT_LT(*ParseDecimal("0.25"), *ParseDecimal("3"));
  EXPECT_EQ(*ParseDecimal("3"), Decimal{3 * kDecimalScale});
}

}  // namespace
}  // namespace tsunagu::prescription::record
