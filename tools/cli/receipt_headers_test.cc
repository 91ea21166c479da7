#include "tools/cli/receipt_headers.h"

#include <gtest/gtest.h>

namespace tsunagu::cli {
namespace {

constexpr char kMay[] = "IR,1,13,1,1234567,,x,202605,00,1\r\nRE,1\r\n";
constexpr char kJune[] = "IR,1,13,1,1234567,,x,202606,00,1\r\nRE,1\r\n";
constexpr char kDental[] =
    "UK,1,13,3,1234567,,x,202605,,00\r\nIR,1,13,3,1234567,,202605,1\r\nRE,1\r\n";
constexpr char kPharmacy[] = "YK,1,13,4,1234567,x,202605,00,1\n";

bool MayShare(const std::string& a, const std::string& b) {
  return MayShareReceipts(ReceiptHeaders(a), ReceiptHeaders(b));
}

// MH-105
TEST(MayShareReceipts, OnlyOfOneFacilityAndMonth) {
  EXPECT_TRUE(MayShare(kMay, kMay));
  EXPECT_FALSE(MayShare(kMay, kJune));
  EXPECT_FALSE(MayShare(kMay, kPharmacy));
  EXPECT_FALSE(MayShare(kPharmacy, "YK,1,13,4,1234567,x,202606,00,1\n"));
  EXPECT_TRUE(MayShare(kPharmacy, kPharmacy));
  EXPECT_FALSE(MayShare(kMay, kDental));
  EXPECT_TRUE(MayShare(kDental, "UK,1,13,3,1234567,,x,202605,,00\n"));
  EXPECT_TRUE(MayShare(kDental, "IR,1,13,3,1234567,,202605\n"));  // without its header
  EXPECT_FALSE(MayShare(kDental, "UK,1,13,3,1234567,,x,202606,,00\n"));
  EXPECT_TRUE(MayShare(kMay + std::string(kJune), kJune));
}

TEST(MayShareReceipts, AFileThatCannotBeReadMayHoldAnything) {
  for (const char* unreadable : {"", "hello", "IR,1,13\n", "RE,1\n"}) {
    EXPECT_TRUE(MayShare(unreadable, kMay)) << unreadable;
    EXPECT_TRUE(MayShare(kMay, unreadable)) << unreadable;
  }
}

}  // namespace
}  // namespace tsunagu::cli
