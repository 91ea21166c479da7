#include "services/platform/rpc/call.h"

#include <gtest/gtest.h>

namespace tsunagu::rpc {
namespace {

using tsunagu::audit::v1::OUTCOME_DISCLOSED;
using tsunagu::audit::v1::OUTCOME_REFUSED;

class CallTest : public ::testing::Test {
 protected:
  CallTest() {
    rule_.set_audit("medication.history.read");
    rule_.set_purpose(tsunagu::access::v1::PURPOSE_TREATMENT);
    principal_ = std::make_shared<tsunagu::access::v1::Principal>();
    principal_->set_actor("a1");
    principal_->set_facility("1311234567");
    context_ = std::make_shared<tsunagu::access::v1::CareContext>();
    context_->set_id("ctx");
  }
  Call MakeCall() { return Call(rule_, principal_, context_, now_, now_ + absl::Seconds(1)); }

  const absl::Time now_ = absl::FromUnixSeconds(1'000'000);
  tsunagu::access::v1::Rule rule_;
  std::shared_ptr<tsunagu::access::v1::Principal> principal_;
  std::shared_ptr<tsunagu::access::v1::CareContext> context_;
};

TEST_F(CallTest, RecordsSayWhoTouchedWhatAndWhy) {
  Call call = MakeCall();
  call.StateReason("unconscious");
  call.Touch("s1", OUTCOME_DISCLOSED, {"medication/202605"});
  const auto records = call.Records(false);
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].subject(), "s1");
  EXPECT_EQ(records[0].action(), "medication.history.read");
  EXPECT_EQ(records[0].actor(), "a1");
  EXPECT_EQ(records[0].facility(), "1311234567");
  EXPECT_EQ(records[0].care_context(), "ctx");
  EXPECT_EQ(records[0].reason(), "unconscious");
  EXPECT_EQ(records[0].items(0), "medication/202605");
  EXPECT_EQ(records[0].time().seconds(), 1'000'000);
  EXPECT_EQ(records[0].outcome(), OUTCOME_DISCLOSED);
}

TEST_F(CallTest, AnErrorTurnsEveryRecordIntoARefusal) {
  Call call = MakeCall();
  call.Touch("s1", OUTCOME_DISCLOSED, {});
  call.Touch("s2", OUTCOME_DISCLOSED, {});
  for (const auto& record : call.Records(true)) EXPECT_EQ(record.outcome(), OUTCOME_REFUSED);
}

// AU-017
TEST_F(CallTest, ARepeatedCommandChangesNothing) {
  Call call = MakeCall();
  call.Touch("s1", tsunagu::audit::v1::OUTCOME_CHANGED, {});
  call.Touch("s1", OUTCOME_DISCLOSED, {});
  call.ChangesNothing();
  const auto records = call.Records(false);
  EXPECT_EQ(records.at(0).outcome(), tsunagu::audit::v1::OUTCOME_REPEATED);
  EXPECT_EQ(records.at(1).outcome(), OUTCOME_DISCLOSED);
  EXPECT_EQ(call.Records(true).at(0).outcome(), OUTCOME_REFUSED);
}

TEST_F(CallTest, AHandlerMustSayWhomItTouchedOrNobody) {
  Call call = MakeCall();
  EXPECT_FALSE(call.says_whom());
  call.TouchNobody();
  EXPECT_TRUE(call.says_whom());
  EXPECT_TRUE(call.Records(false).empty());
}

TEST_F(CallTest, WithoutACareContextTheRecordNamesNone) {
  context_ = nullptr;
  Call call = MakeCall();
  EXPECT_EQ(call.care_context(), nullptr);
  call.Touch("s1", OUTCOME_DISCLOSED, {});
  EXPECT_EQ(call.Records(false).at(0).care_context(), "");
}

TEST_F(CallTest, AReasonStatedLateStandsInEarlierRecordsToo) {
  Call call = MakeCall();
  call.Touch("s1", OUTCOME_DISCLOSED, {});
  call.StateReason("unconscious");
  call.Touch("s2", OUTCOME_DISCLOSED, {});
  for (const auto& record : call.Records(false)) EXPECT_EQ(record.reason(), "unconscious");
}

TEST_F(CallTest, RecordsKeepTheOrderAndTheirOwnItems) {
  Call call = MakeCall();
  call.Touch("s1", OUTCOME_DISCLOSED, {"a", "b"});
  call.Touch("s2", tsunagu::audit::v1::OUTCOME_NOTHING, {});
  call.Touch("s1", tsunagu::audit::v1::OUTCOME_CHANGED, {"c"});
  const auto records = call.Records(false);
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[0].items_size(), 2);
  EXPECT_EQ(records[1].subject(), "s2");
  EXPECT_EQ(records[1].outcome(), tsunagu::audit::v1::OUTCOME_NOTHING);
  EXPECT_EQ(records[2].items(0), "c");
}

TEST_F(CallTest, ARefusalKeepsWhatWasTouchedAndLeavesTheCallAsItWas) {
  Call call = MakeCall();
  call.Touch("s1", OUTCOME_DISCLOSED, {"medication/202605"});
  const auto refused = call.Records(true);
  EXPECT_EQ(refused.at(0).items(0), "medication/202605");
  EXPECT_EQ(call.Records(false).at(0).outcome(), OUTCOME_DISCLOSED);
}

TEST_F(CallTest, ACallThatTouchedNobodyMayStillTouchSomebody) {
  Call call = MakeCall();
  call.TouchNobody();
  call.Touch("s1", OUTCOME_DISCLOSED, {});
  EXPECT_TRUE(call.says_whom());
  EXPECT_EQ(call.Records(false).size(), 1u);
}

}  // namespace
}  // namespace tsunagu::rpc
