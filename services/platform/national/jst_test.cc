#include "services/platform/national/jst.h"

#include <gtest/gtest.h>

namespace tsunagu::national {
namespace {

TEST(JstTest, TheDayChangesAtMidnightInJapan) {
  const absl::Time fifteen_utc =
      absl::FromCivil(absl::CivilHour(2026, 5, 11, 15), absl::UTCTimeZone());
  EXPECT_EQ(JstDay(fifteen_utc), absl::CivilDay(2026, 5, 12));
  EXPECT_EQ(JstDay(fifteen_utc - absl::Seconds(1)), absl::CivilDay(2026, 5, 11));
  EXPECT_EQ(JstMidnight(absl::CivilDay(2026, 5, 12)), fifteen_utc);
}

TEST(JstTest, ReadsWesternAndEraDays) {
  EXPECT_EQ(ParseDay("20240229"), absl::CivilDay(2024, 2, 29));
  EXPECT_EQ(ParseDay("5080511"), absl::CivilDay(2026, 5, 11));
  EXPECT_EQ(ParseDay("3640107"), absl::CivilDay(1989, 1, 7));
  EXPECT_EQ(ParseDay("4010108"), absl::CivilDay(1989, 1, 8));
}

TEST(JstTest, RefusesDaysThatDoNotExist) {
  for (const char* digits : {"20230229", "20261301", "20260011", "4310501", "3640108", "6010101",
                             "2026051", "2026-5-1", "", "202605111"}) {
    EXPECT_FALSE(ParseDay(digits).has_value()) << digits;
  }
}

TEST(JstTest, ReadsMonths) {
  EXPECT_EQ(ParseMonth("202605"), absl::CivilMonth(2026, 5));
  EXPECT_EQ(ParseMonth("50805"), absl::CivilMonth(2026, 5));
  EXPECT_FALSE(ParseMonth("202613").has_value());
  EXPECT_FALSE(ParseMonth("43105").has_value());
}

TEST(JstTest, WritesWhatItReads) {
  EXPECT_EQ(FormatDay(*ParseDay("20260105")), "20260105");
  EXPECT_EQ(FormatMonth(*ParseMonth("202601")), "202601");
}

}  // namespace
}  // namespace tsunagu::national
