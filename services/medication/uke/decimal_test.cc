#include "services/medication/uke/decimal.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace tsunagu::medication::uke {
namespace {

TEST(PlainDecimalTest, DropsWhatSaysNothing) {
  EXPECT_EQ(PlainDecimal("1"), "1");
  EXPECT_EQ(PlainDecimal("01.50"), "1.5");
  EXPECT_EQ(PlainDecimal("0.00001"), "0.00001");
  EXPECT_EQ(PlainDecimal("3.00000"), "3");
  EXPECT_EQ(PlainDecimal("0"), "0");
}

TEST(PlainDecimalTest, OtherTextIsNoNumber) {
  for (const char* text :
       {"", ".", "1.", ".5", "-1", "1,5", "1e3", "1.000001", "1234567890", "１", " 1", "1.5.2"}) {
    EXPECT_EQ(PlainDecimal(text), "") << text;
  }
}

TEST(MultiplyDecimalTest, DoesNotRound) {
  EXPECT_EQ(MultiplyDecimal("0.1", 3), "0.3");
  EXPECT_EQ(MultiplyDecimal("1.33333", 3), "3.99999");
  EXPECT_EQ(MultiplyDecimal("2.5", 28), "70");
  EXPECT_EQ(MultiplyDecimal("999999999.99999", 9999), "9998999999999.90001");
  EXPECT_EQ(MultiplyDecimal("1", -1), "");
  EXPECT_EQ(MultiplyDecimal("1", 10000), "");
}

TEST(MultiplyDecimalTest, AgreesWithWholeNumbers) {
  EXPECT_TRUE(rc::check([] {
    const int places = *rc::gen::inRange(0, 100000);
    const int whole = *rc::gen::inRange(0, 100000);
    const int times = *rc::gen::inRange(0, 10000);
    const int64_t scaled = (int64_t{whole} * 100000 + places) * times;
    const std::string exact = absl::StrFormat("%d.%05d", scaled / 100000, scaled % 100000);
    const std::string amount = absl::StrFormat("%d.%05d", whole, places);
    const std::string product = MultiplyDecimal(amount, times);
    RC_ASSERT(product == MultiplyDecimal(PlainDecimal(amount), times));
    RC_ASSERT(exact.substr(0, product.size()) == product);
    RC_ASSERT(exact.substr(product.size()).find_first_not_of(".0") == std::string::npos);
  }));
}

}  // namespace
}  // namespace tsunagu::medication::uke
