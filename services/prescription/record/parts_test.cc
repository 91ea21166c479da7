#include "services/prescription/record/parts.h"

#include <gtest/gtest.h>

namespace tsunagu::prescription::record {
namespace {

TEST(PartsTest, TheFullCodeOfAFacilityHasTenDigits) {
  Facility facility;
  facility.prefecture = "13";
  facility.code = "1234567";
  EXPECT_EQ(facility.FullCode(), "1311234567");  // no fee table means 1
  facility.fee_table = 4;
  EXPECT_EQ(facility.FullCode(), "1341234567");
}

TEST(PartsTest, BirthDayNeedsAWholeDay) {
  Patient patient;
  patient.birth = "3150606";
  EXPECT_EQ(patient.BirthDay(), absl::CivilDay(1940, 6, 6));
  for (const char* part : {"1940", "194006", "315", "31506", ""}) {
    patient.birth = part;
    EXPECT_FALSE(patient.BirthDay().has_value()) << part;
  }
}

TEST(PartsTest, RX173TheFirstPublicPayerNamesWhoHasNoInsurer) {
  Insurance insurance;
  insurance.payers[0] = {"12131000", "1234567"};
  EXPECT_EQ(insurance.Subject(), (national::InsuredIdentity{"12131000", "", "1234567", ""}));
  insurance.identity = {"01130012", "1", "2", "00"};
  EXPECT_EQ(insurance.Subject(), insurance.identity);
}

}  // namespace
}  // namespace tsunagu::prescription::record
