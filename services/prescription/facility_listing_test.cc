#include "services/prescription/facility_listing.h"

#include <gtest/gtest.h>

#include <string>

namespace tsunagu::prescription {
namespace {

constexpr char kPharmacy[] = "1341234563", kOther[] = "1341234571";

// A refill of three uses: two here on different days, one elsewhere.
State Refill() {
  State state;
  state.set_id("a");
  state.set_issuer("1311234567");
  state.set_issued_on("20260501");
  const struct {
    const char* id;
    const char* pharmacy;
    const char* day;
  } kResults[] = {
      {"r-1", kPharmacy, "20260501"}, {"r-2", kOther, "20260515"}, {"r-3", kPharmacy, "20260529"}};
  for (const auto& one : kResults) {
    auto& result = *state.add_results();
    result.set_id(one.id);
    result.set_pharmacy(one.pharmacy);
    result.set_dispensed_on(one.day);
  }
  return state;
}

// "r-1 1, r-3 3": ids and uses.
std::string Results(const v1::FacilityPrescription& one) {
  std::string text;
  for (const auto& result : one.results()) {
    text += (text.empty() ? "" : ", ") + result.result_id() + " " + std::to_string(result.use());
  }
  return text;
}

// RX-491
TEST(FacilityListingTest, EachResultStandsUnderItsOwnDay) {
  const State state = Refill();
  for (const auto& [day, results] : {std::pair("20260501", "r-1 1"), std::pair("20260529", "r-3 3"),
                                     std::pair("20260515", "")}) {
    v1::FacilityPrescription one;
    AddResultsOf(state, kPharmacy, day, one);
    EXPECT_EQ(Results(one), results) << day;
    EXPECT_EQ(IsDispensed(state, kPharmacy, day), *results != 0) << day;
  }
}

// RX-491
TEST(FacilityListingTest, TheIssuerSeesAllResultsUnderTheDayOfIssue) {
  v1::FacilityPrescription one = Describe(Refill(), v1::STATUS_DISPENSED);
  AddResults(Refill(), one);
  EXPECT_EQ(Results(one), "r-1 1, r-2 2, r-3 3");
  EXPECT_TRUE(IsIssued(Refill(), "1311234567", "20260501"));
  EXPECT_FALSE(IsIssued(Refill(), "1311234567", "20260529"));
}

}  // namespace
}  // namespace tsunagu::prescription
