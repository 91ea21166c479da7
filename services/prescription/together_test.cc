#include "services/prescription/together.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"

namespace tsunagu::prescription {
namespace {

constexpr char kPharmacy[] = "1349999996";
constexpr char kCommand[] = "together-1";

State HeldAs(const std::string& id) {
  State state;
  state.set_id(id);
  state.set_subject("12ab00000000000000000000000000aa");
  state.set_status(v1::STATUS_IN_DISPENSING);
  state.set_issue_type(v1::ISSUE_TYPE_ELECTRONIC);
  state.set_issuer("1311111111");
  state.set_issued_on("20260601");
  state.set_holder(kPharmacy);
  return state;
}

std::string Reason(const State& second) {
  return ReasonOf(CheckTogether({HeldAs("a"), second}, kPharmacy, kCommand));
}

// RX-500
TEST(TogetherTest, OnlyWhatIsAlikeAndHeldHasOneResult) {
  EXPECT_EQ(Reason(HeldAs("b")), "");
  struct Case {
    const char* reason;
    void (*change)(State& state);
  };
  const Case cases[] = {
      {"NOT_TOGETHER", [](State& s) { s.set_subject("12ab00000000000000000000000000bb"); }},
      {"NOT_TOGETHER", [](State& s) { s.set_issuer("1311111112"); }},
      {"NOT_TOGETHER", [](State& s) { s.set_issued_on("20260602"); }},
      {"NOT_TOGETHER", [](State& s) { s.set_issue_type(v1::ISSUE_TYPE_PAPER); }},
      {"NOT_TOGETHER", [](State& s) { s.mutable_course()->set_total(3); }},
      {"NOT_HOLDER", [](State& s) { s.set_holder("1349999997"); }},
      {"COLLECTED", [](State& s) { s.set_status(v1::STATUS_COLLECTED); }},
      {"RESULT_EXISTS", [](State& s) { s.set_status(v1::STATUS_DISPENSED); }},
      {"PRESCRIPTION_NOT_FOUND", [](State& s) { s.clear_id(); }},
  };
  for (const Case& one : cases) {
    State second = HeldAs("b");
    one.change(second);
    EXPECT_EQ(Reason(second), one.reason);
  }
}

// RX-501
TEST(TogetherTest, WhatTheSameCommandDispensedBeforeFits) {
  State second = HeldAs("b");
  second.set_status(v1::STATUS_DISPENSED);
  second.add_results()->set_id(ResultIdOf(second, kPharmacy, kCommand));
  EXPECT_EQ(Reason(second), "");
  second.mutable_results(0)->set_id(ResultIdOf(second, kPharmacy, "together-2"));
  EXPECT_EQ(Reason(second), "RESULT_EXISTS");
}

// RX-502
TEST(TogetherTest, TheDrugsStandWithTheFirst) {
  Event::Dispensed judged;
  judged.set_document("<result/>");
  judged.add_drugs()->set_code("612170709");
  const State first = HeldAs("a"), second = HeldAs("b");
  const auto events = ShareResult(judged, {first, second}, kPharmacy, kCommand);
  ASSERT_EQ(events.size(), 2u);
  const auto &one = events[0], &other = events[1];
  EXPECT_EQ(one.drugs_size(), 1);
  EXPECT_EQ(other.drugs_size(), 0);
  EXPECT_EQ(one.drugs_with(), "a");
  EXPECT_EQ(other.drugs_with(), "a");
  EXPECT_EQ(other.document(), "<result/>");
  EXPECT_NE(one.result_id(), other.result_id());
  // RX-540
  ASSERT_EQ(other.shared_size(), 2);
  EXPECT_EQ(other.shared(0).prescription_id(), "a");
  EXPECT_EQ(other.shared(1).result_id(), other.result_id());
  EXPECT_EQ(one.shared_size(), 2);
}

// RX-540
TEST(TogetherTest, AResultKnowsTheOthersUntilItIsCancelled) {
  State state = HeldAs("b");
  EXPECT_TRUE(SharedWith(state).empty());
  Event event;
  *event.mutable_dispensed() =
      ShareResult(Event::Dispensed(), {HeldAs("a"), state}, kPharmacy, kCommand)[1];
  state = Evolve(std::move(state), event, {});
  ASSERT_EQ(SharedWith(state).size(), 2u);
  EXPECT_TRUE(IsNewest(state, SharedWith(state)[1].result_id()));
  EXPECT_FALSE(IsNewest(state, SharedWith(state)[0].result_id()));
  const absl::CivilDay day(2026, 6, 2);
  EXPECT_EQ(ReasonOf(Decide(state, CancelResult{"another"}, {kPharmacy, day}).status()),
            "RESULT_SETTLED");
  const auto cancelled =
      Decide(state, CancelResult{SharedWith(state)[1].result_id()}, {kPharmacy, day});
  ASSERT_TRUE(cancelled.ok());
  EXPECT_TRUE(SharedWith(Evolve(state, *cancelled, {})).empty());
}

// RX-500
TEST(TogetherTest, TheRequestNamesTwoToTenDifferentPrescriptions) {
  v1::DispenseTogetherRequest request;
  request.set_command_id("together-1");
  request.set_document("x");
  request.add_prescription_ids("12ab0000-0000-8000-8000-000000000001");
  EXPECT_EQ(RuleOf(CheckDispenseTogether(request)), "RX-500");
  request.add_prescription_ids("12ab0000-0000-8000-8000-000000000001");
  EXPECT_EQ(RuleOf(CheckDispenseTogether(request)), "RX-500");
  request.set_prescription_ids(1, "12ab0000-0000-8000-8000-000000000002");
  EXPECT_TRUE(CheckDispenseTogether(request).ok());
  request.set_prescription_ids(1, "x");
  EXPECT_EQ(RuleOf(CheckDispenseTogether(request)), "RX-049");
  request.clear_prescription_ids();
  for (int i = 10; i < 10 + kMaxTogether + 1; ++i) {
    request.add_prescription_ids(absl::StrCat("12ab0000-0000-8000-8000-0000000000", i));
  }
  EXPECT_EQ(RuleOf(CheckDispenseTogether(request)), "RX-500");
}

}  // namespace
}  // namespace tsunagu::prescription
