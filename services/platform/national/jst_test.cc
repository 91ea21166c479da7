#include "services/platform/national/jst.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "absl/strings/str_format.h"

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

// The first and last day of every era, and the days beside them.
TEST(JstTest, ErasMeetWithoutAGapOrAnOverlap) {
  const struct {
    const char* era;
    const char* western;  // empty: no such day
  } kCases[] = {
      {"1010125", "18680125"}, {"1010124", ""}, {"1450729", "19120729"}, {"1450730", ""},
      {"2010730", "19120730"}, {"2010729", ""}, {"2151224", "19261224"}, {"2151225", ""},
      {"3011225", "19261225"}, {"3011224", ""}, {"3640107", "19890107"}, {"3640108", ""},
      {"4010108", "19890108"}, {"4010107", ""}, {"4310430", "20190430"}, {"4310501", ""},
      {"5010501", "20190501"}, {"5010430", ""}, {"5990228", "21170228"}, {"5000501", ""},
      {"0010101", ""},
  };
  for (const auto& [era, western] : kCases) {
    const auto day = ParseDay(era);
    EXPECT_EQ(day.has_value() ? FormatDay(*day) : "", western) << era;
  }
}

TEST(JstTest, MonthsInWhichErasChangeBelongToBoth) {
  EXPECT_EQ(ParseMonth("36401"), absl::CivilMonth(1989, 1));
  EXPECT_EQ(ParseMonth("40101"), absl::CivilMonth(1989, 1));
  EXPECT_EQ(ParseMonth("14507"), absl::CivilMonth(1912, 7));
  EXPECT_EQ(ParseMonth("20107"), absl::CivilMonth(1912, 7));
  EXPECT_EQ(ParseMonth("43104"), absl::CivilMonth(2019, 4));
  for (const char* digits : {"36402", "40012", "43105", "50104", "10012", "00101", "60101"}) {
    EXPECT_FALSE(ParseMonth(digits).has_value()) << digits;
  }
}

TEST(JstTest, LeapDaysFollowTheGregorianRule) {
  for (const char* digits : {"20000229", "20240229", "5060229", "3550229"}) {
    EXPECT_TRUE(ParseDay(digits).has_value()) << digits;
  }
  for (const char* digits : {"19000229", "21000229", "20250229", "5070229"}) {
    EXPECT_FALSE(ParseDay(digits).has_value()) << digits;
  }
}

TEST(JstTest, OnlyPlainDigitsAreADate) {
  for (const char* digits : {" 20260511", "20260511 ", "2026051", "+2026051", "-2026051",
                             "2026051１", "0x260511", "２０２６０５１１", "202605.1"}) {
    EXPECT_FALSE(ParseDay(digits).has_value()) << digits;
    EXPECT_FALSE(ParseMonth(digits).has_value()) << digits;
  }
  EXPECT_FALSE(ParseDay(absl::string_view("2026051\0", 8)).has_value());
  EXPECT_FALSE(ParseMonth("2026").has_value());
  EXPECT_FALSE(ParseMonth("").has_value());
}

TEST(JstTest, InstantsBeforeTheEpochHaveTheirDayToo) {
  const absl::Time before = absl::FromUnixSeconds(-1);
  EXPECT_EQ(JstDay(before), absl::CivilDay(1970, 1, 1));
  EXPECT_EQ(JstDay(before - absl::Hours(9)), absl::CivilDay(1969, 12, 31));
}

RC_GTEST_PROP(JstProperty, EveryDayIsReadAsItIsWritten, ()) {
  const absl::CivilDay day = absl::CivilDay(1868, 1, 25) + *rc::gen::inRange(0, 100'000);
  RC_ASSERT(ParseDay(FormatDay(day)) == day);
  RC_ASSERT(ParseMonth(FormatMonth(absl::CivilMonth(day))) == absl::CivilMonth(day));
  RC_ASSERT(JstDay(JstMidnight(day)) == day);
  RC_ASSERT(JstDay(JstMidnight(day + 1) - absl::Nanoseconds(1)) == day);
}

RC_GTEST_PROP(JstProperty, EveryDayHasExactlyOneEra, ()) {
  const absl::CivilDay day = absl::CivilDay(1868, 1, 25) + *rc::gen::inRange(0, 90'000);
  const int first_years[] = {1867, 1911, 1925, 1988, 2018};
  int found = 0;
  for (int era = 1; era <= 5; ++era) {
    const auto year = day.year() - first_years[era - 1];
    if (year < 1 || year > 99) continue;
    const std::string digits = absl::StrFormat("%d%02d%02d%02d", era, year, day.month(), day.day());
    const auto parsed = ParseDay(digits);
    if (!parsed.has_value()) continue;
    ++found;
    RC_ASSERT(*parsed == day);
  }
  RC_ASSERT(found == 1);
}

RC_GTEST_PROP(JstProperty, NoTextIsReadAsADayThatIsWrittenOtherwise, ()) {
  const auto digits = *rc::gen::container<std::string>(8, rc::gen::inRange('0', ':'));
  const auto day = ParseDay(digits);
  if (day.has_value()) RC_ASSERT(FormatDay(*day) == digits);
}

}  // namespace
}  // namespace tsunagu::national
