#include "services/prescription/watch.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_format.h"
#include "services/platform/status/error.h"

namespace tsunagu::prescription {
namespace {

const absl::CivilDay kToday(2026, 6, 1);

State Held() {
  State state;
  state.set_id("a");
  state.set_issuer("1311111111");
  state.set_status(v1::STATUS_IN_DISPENSING);
  state.set_holder("1349999996");
  state.set_use_by("20260604");
  return state;
}

v1::WatchRequest Of(int count) {
  v1::WatchRequest request;
  for (int i = 0; i < count; ++i) {
    request.add_prescriptions()->set_prescription_id(
        absl::StrFormat("00000000-0000-8000-8000-%012d", i));
  }
  return request;
}

// RX-036, RX-473
TEST(WatchTest, WhoIsInvolvedIsToldTheStatusAndOthersThatItIsGone) {
  const auto issuer = WatchResponseOf(Held(), 7, "1311111111", kToday);
  EXPECT_EQ(issuer.status(), v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(issuer.holder(), "1349999996");
  EXPECT_EQ(issuer.version(), 7u);
  EXPECT_EQ(issuer.accept_until(), "20260604");
  EXPECT_FALSE(issuer.gone());
  const auto other = WatchResponseOf(Held(), 7, "1340000005", kToday);
  v1::WatchResponse gone;
  gone.set_prescription_id("a");
  gone.set_version(7);
  gone.set_gone(true);
  EXPECT_EQ(other.SerializeAsString(), gone.SerializeAsString());
}

// RX-561
TEST(WatchTest, OfARefillItIsToldHowManyUsesAreDispensedOfHowMany) {
  State state = Held();
  EXPECT_FALSE(WatchResponseOf(state, 7, "1311111111", kToday).has_course());
  state.mutable_course()->set_kind(v1::Course::KIND_REFILL);
  state.mutable_course()->set_total(3);
  state.add_results()->set_pharmacy("1349999996");
  const auto told = WatchResponseOf(state, 7, "1311111111", kToday);
  EXPECT_EQ(told.uses(), 1);
  EXPECT_EQ(told.course().kind(), v1::Course::KIND_REFILL);
  EXPECT_EQ(told.course().total(), 3);
}

// RX-036
TEST(WatchTest, WhoHasDispensedOfItStaysInvolved) {
  State state = Held();
  state.clear_holder();
  state.add_results()->set_pharmacy("1340000005");
  EXPECT_TRUE(IsInvolved(state, "1340000005"));
  EXPECT_FALSE(IsInvolved(state, "1349999996"));
}

// RX-006: of a refill whose next use another pharmacy holds.
TEST(WatchTest, WhoHasDispensedOfItBeforeIsNotToldWhoHoldsIt) {
  State state = Held();
  state.add_results()->set_pharmacy("1340000005");
  const auto earlier = WatchResponseOf(state, 7, "1340000005", kToday);
  EXPECT_EQ(earlier.status(), v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(earlier.holder(), "");
  EXPECT_FALSE(SeesOthers(state, "1340000005"));
  EXPECT_TRUE(SeesOthers(state, "1349999996"));
}

// RX-473
TEST(WatchTest, OfOthersNothingIsToldButThatNothingComes) {
  v1::WatchResponse gone;
  gone.set_prescription_id("a");
  gone.set_gone(true);
  EXPECT_EQ(NotYours("a").SerializeAsString(), gone.SerializeAsString());
}

// RX-050
TEST(WatchTest, WhereNoneIsTheCallersEachIsNamed) {
  const absl::Status status = NothingToWatch(Of(2));
  EXPECT_EQ(ReasonOf(status), "PRESCRIPTION_NOT_FOUND");
  EXPECT_EQ(RuleOf(status), "RX-050");
  const std::string text(ToRpcStatus(status).SerializeAsString());
  for (const char* path :
       {"prescriptions[0].prescription_id", "prescriptions[1].prescription_id"}) {
    EXPECT_NE(text.find(path), std::string::npos) << path;
  }
}

// RX-471
TEST(WatchTest, AVersionByItselfIsNoNews) {
  const auto told = WatchResponseOf(Held(), 7, "1311111111", kToday);
  EXPECT_FALSE(IsNews(told, WatchResponseOf(Held(), 8, "1311111111", kToday)));
  State released = Held();
  released.clear_holder();
  EXPECT_TRUE(IsNews(told, WatchResponseOf(released, 8, "1311111111", kToday)));
  EXPECT_TRUE(IsNews(v1::WatchResponse(), told));  // only its version was known
}

// RX-457
TEST(WatchTest, TheStatusIsThatOfTheDay) {
  State state = Held();
  state.set_status(v1::STATUS_REGISTERED);
  state.clear_holder();
  EXPECT_EQ(WatchResponseOf(state, 1, "1311111111", kToday + 4).status(), v1::STATUS_EXPIRED);
}

// RX-471
TEST(WatchTest, AStreamFollowsOneToAHundredEachOnce) {
  EXPECT_TRUE(CheckWatch(Of(1)).ok());
  EXPECT_TRUE(CheckWatch(Of(kMaxWatched)).ok());
  v1::WatchRequest twice = Of(2);
  twice.mutable_prescriptions(1)->set_prescription_id(twice.prescriptions(0).prescription_id());
  for (const auto& request : {Of(0), Of(kMaxWatched + 1), twice}) {
    EXPECT_EQ(RuleOf(CheckWatch(request)), "RX-471");
  }
  v1::WatchRequest bad;
  bad.add_prescriptions()->set_prescription_id("xx");
  EXPECT_EQ(RuleOf(CheckWatch(bad)), "RX-049");
}

}  // namespace
}  // namespace tsunagu::prescription
