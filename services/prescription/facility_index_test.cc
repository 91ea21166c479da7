#include "services/prescription/facility_index.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "services/prescription/facility_page.h"
#include "services/prescription/test_log.h"
#include "tsunagu/prescription/v1/kinds_events.pb.h"

namespace tsunagu::prescription {
namespace {

constexpr char kId[] = "12ab0000-0000-8000-8000-000000000001";

v1::Event DispensedBy(const std::string& pharmacy) {
  v1::Event event = Dispensed();
  event.mutable_dispensed()->set_pharmacy(pharmacy);
  return event;
}

// RX-491
TEST(FacilityIndexTest, APrescriptionStandsUnderItsIssuerAndWhoDispensedIt) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  log.Append("b", Registered("b"), kDay);
  log.Append("a", Accepted(), kDay);
  log.Append("a", DispensedBy("1349999996"), kDay);
  const auto issued = log.Get<v1::FacilityDay>(IssuedName("1311111111", "20260601"));
  EXPECT_EQ(issued.prescription_ids_size(), 2);
  const auto dispensed = log.Get<v1::FacilityDay>(DispensedName("1349999996", "20260602"));
  ASSERT_EQ(dispensed.prescription_ids_size(), 1);
  EXPECT_EQ(dispensed.prescription_ids(0), "a");
  EXPECT_EQ(log.Get<v1::ResultPlace>(ResultPlaceName("r")).prescription_id(), "a");
}

// RX-492
TEST(FacilityIndexTest, ADayIsBoundedAndSaysHowManyItLeavesOff) {
  journal::States states;
  for (int i = 0; i < kMaxOfDay + 3; ++i) {
    AddToIndex(Registered("x"), absl::StrCat(i), states);
    AddToIndex(Registered("x"), "1", states);
  }
  const auto day = states.GetAs<v1::FacilityDay>(IssuedName("1311111111", "20260601"));
  EXPECT_EQ(day.prescription_ids_size(), kMaxOfDay);
  EXPECT_EQ(day.left_off(), 3);
}

// RX-502
TEST(FacilityIndexTest, TheDrugsOfASharedResultArePublishedOnce) {
  Log log;
  for (const char* id : {"a", "b"}) {
    log.Append(id, Registered(id), kDay);
    log.Append(id, Accepted(), kDay);
    v1::Event event = DispensedBy("1349999996");
    event.mutable_dispensed()->set_drugs_with("a");
    log.Append(id, event, kDay);
    EXPECT_EQ(log.Public().status(), v1::STATUS_DISPENSED);
    EXPECT_EQ(log.Public().dispensings_size(), id == std::string("a") ? 1 : 0);
  }
}

// RX-494
TEST(FacilityPageTest, DaysAndPages) {
  const absl::CivilDay today(2026, 6, 30);
  EXPECT_EQ(ReadPage("", "", 0, "", today)->days, std::vector<std::string>{"20260630"});
  EXPECT_EQ(ReadPage("20260601", "", 7, "", today)->days.size(), 30u);
  const Listed last{"20260602", kId};
  EXPECT_EQ(ReadPage("20260601", "20260603", 0, PageToken(last), today)->after, last);
  EXPECT_TRUE(ReadPage("20260531", "", 100, "", today).ok());
  struct Case {
    const char *from, *to;
    int size;
    const char* token;
  };
  for (const Case& wrong :
       {Case{"20260530", "", 0, ""}, Case{"20260602", "20260601", 0, ""},
        Case{"2026-06-01", "", 0, ""}, Case{"", "20260631", 0, ""}, Case{"", "", -1, ""},
        Case{"", "", 101, ""}, Case{"", "", 0, "x"}, Case{"", "", 0, "20260601/x"}}) {
    EXPECT_EQ(RuleOf(ReadPage(wrong.from, wrong.to, wrong.size, wrong.token, today).status()),
              "RX-494")
        << wrong.from << " " << wrong.to;
  }
}

}  // namespace
}  // namespace tsunagu::prescription
