// The journal and the folds against a real broker and a real Redis.
#include "services/platform/journal/journal.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "services/platform/journal/test_replica.h"
#include "services/platform/status/error.h"

namespace tsunagu::journal {
namespace {

using tsunagu::journal::v1::Entry;
using tsunagu::journal::v1::Published;

class JournalTest : public ReplicaTest {};

TEST_F(JournalTest, ACommandIsAppliedAndAnswered) {
  const auto replica = StartReplica();
  const auto outcome = replica->Append(Subject(1), "c1", "x");
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  EXPECT_EQ(outcome->outcome, "did x");
  EXPECT_EQ(outcome->state, "x");
  EXPECT_FALSE(outcome->repeated);
}

// JR-001
TEST_F(JournalTest, ARepeatGetsTheFirstOutcome) {
  const auto replica = StartReplica();
  ASSERT_TRUE(replica->Append(Subject(1), "c1", "x").ok());
  ASSERT_TRUE(replica->Append(Subject(1), "c2", "y").ok());
  const auto repeat = replica->Append(Subject(1), "c1", "x");
  ASSERT_TRUE(repeat.ok());
  EXPECT_TRUE(repeat->repeated);
  EXPECT_EQ(repeat->outcome, "did x");
  EXPECT_EQ(repeat->state, "xy");
}

// JR-002
TEST_F(JournalTest, OneIdForTwoCommandsIsRefused) {
  const auto replica = StartReplica();
  ASSERT_TRUE(replica->Append(Subject(1), "c1", "x").ok());
  const auto other = replica->Append(Subject(1), "c1", "z");
  EXPECT_EQ(other.status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(ReasonOf(other.status()), "COMMAND_ID_REUSED");
  EXPECT_EQ(RuleOf(other.status()), "JR-002");
}

// JR-005
TEST_F(JournalTest, ARefusedCommandLeavesNoRecord) {
  const auto replica = StartReplica();
  ASSERT_TRUE(replica->Append(Subject(1), "c1", "x").ok());
  const auto refused = replica->Get(replica->journal().Transact(
      Replica::MakeCommand(Subject(1), "c2", "y"),
      [](absl::string_view) { return absl::FailedPreconditionError("no"); }));
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(replica->Get(replica->Counters()).folded, 1);
}

// JR-003
TEST_F(JournalTest, RacingCommandsAllHappenOnce) {
  const auto replica = StartReplica();
  ASSERT_TRUE(replica->Append(Subject(1), "c", "0").ok());
  std::atomic<int> accepted = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 3; ++i) {
    clients.emplace_back([&, i] {
      if (replica->Append(Subject(1), absl::StrCat("r", i), "1").ok()) ++accepted;
    });
  }
  for (std::thread& client : clients) client.join();
  const auto found =
      replica->Get(replica->journal().Find(Replica::MakeCommand(Subject(1), "c", "0")));
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_EQ((*found)->state.size(), 1u + accepted);
  EXPECT_GE(accepted, 1);
}

// JR-012
TEST_F(JournalTest, ACommandThatAlwaysLosesIsGivenUpAndDidNotHappen) {
  const auto replica = StartReplica();
  const auto rival = StartReplica();
  Entry fact;
  fact.set_subject(Subject(1));
  fact.set_aggregate("a/" + Subject(1));
  fact.set_event("r");
  int attempts = 0;
  const auto lost = replica->Get(replica->journal().Transact(
      Replica::MakeCommand(Subject(1), "c1", "x"),
      [&](absl::string_view) -> absl::StatusOr<Decision> {
        ++attempts;
        EXPECT_TRUE(
            rival
                ->Get(rival->producer().Append(service_ + ".journal", 1, Subject(1),
                                               fact.SerializeAsString(), absl::Now() + kLimit))
                .ok());
        return Decision{"x", "did x"};
      }));
  EXPECT_EQ(lost.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonOf(lost.status()), "CONTENDED");
  EXPECT_EQ(RuleOf(lost.status()), "JR-012");
  const auto after = replica->Append(Subject(1), "c2", "y");
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_EQ(after->state, std::string(static_cast<size_t>(attempts), 'r') + "y");
}

// JR-004
TEST_F(JournalTest, FactsBeyondTheLimitAreRefusedBeforeTheAppend) {
  const auto replica = StartReplica({.max_in_flight = 0});
  const std::vector<Fact> facts = {{Subject(0), "f", "x"}};
  const absl::Status refused = replica->Get(replica->journal().Append(facts, absl::Now() + kLimit));
  EXPECT_EQ(ReasonOf(refused), "OVERLOADED");
  EXPECT_EQ(RuleOf(refused), "JR-004");
}

// JR-004
TEST_F(JournalTest, OverloadIsRefusedBeforeTheAppend) {
  const auto replica = StartReplica({.max_in_flight = 0});
  const auto refused = replica->Append(Subject(1), "c1", "x");
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(refused.status()), "OVERLOADED");
  EXPECT_EQ(RuleOf(refused.status()), "JR-004");
  EXPECT_EQ(replica->Get(replica->Counters()).folded, 0);
}

// JR-011
TEST_F(JournalTest, AListOfFactsThatIsInTheLogInPartIsOfUnknownOutcome) {
  const auto replica = StartReplica();
  const Fact too_long = {Subject(0), "f/1", std::string(size_t{5} << 20, 'x')};
  const auto append = [&](std::vector<Fact> facts) {
    return ReasonOf(
        replica->Get(replica->journal().Append(std::move(facts), absl::Now() + kLimit)));
  };
  EXPECT_EQ(append({{Subject(0), "f/0", "x"}, too_long}), "OUTCOME_UNKNOWN");
  EXPECT_EQ(append({too_long}), "LOG_UNAVAILABLE");
}

TEST_F(JournalTest, FactsAreAppendedWithoutACondition) {
  const auto replica = StartReplica();
  std::vector<Fact> facts;
  for (int i = 0; i < 200; ++i) facts.push_back({Subject(i % 4), absl::StrCat("f/", i), "x"});
  ASSERT_TRUE(replica->Get(replica->journal().Append(facts, absl::Now() + kLimit)).ok());
  // All are folded by now; one of which the broker does not say where it lies comes twice.
  EXPECT_GE(replica->Get(replica->Counters()).folded, 200);
  for (int i = 0; i < 200; ++i) {
    const auto fact = replica->Get(replica->reader().Read(
        service_ + ".journal", Subject(i % 4), {absl::StrCat("f/", i)}, absl::Now() + kLimit));
    ASSERT_TRUE(fact.ok()) << fact.status();
    EXPECT_FALSE(fact->at(0).empty()) << i;
  }
}

// JR-008
TEST_F(JournalTest, AnUndecodableRecordIsPutAsideAndTheRestGoesOn) {
  const auto replica = StartReplica();
  ASSERT_TRUE(replica
                  ->Get(replica->producer().Append(service_ + ".journal", 1, "k", "\xFF rubbish",
                                                   absl::Now() + kLimit))
                  .ok());
  EXPECT_TRUE(replica->Append(Subject(1), "c1", "x").ok());
  const auto aside = replica->Get(replica->reader().Read(service_ + ".journal", Subject(1),
                                                         {"undecodable/0"}, absl::Now() + kLimit));
  EXPECT_EQ(aside->at(0), "\xFF rubbish");
  EXPECT_EQ(replica->Get(replica->Counters()).undecodable, 1);
}

// JR-007
TEST_F(JournalTest, AnEmptiedRedisIsNoticedAndRebuiltTheSame) {
  const auto replica = StartReplica();
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(replica->Append(Subject(i % 4), absl::StrCat("c", i), absl::StrCat(i)).ok());
  }
  const std::vector<std::string> before = Digests(*replica);
  DropViews(*replica);
  // A read waits for the rebuild and never sees less than there was.
  const auto found =
      replica->Get(replica->journal().Find(Replica::MakeCommand(Subject(3), "c39", "39")));
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_TRUE(found->has_value());
  replica->WaitUntilCaughtUp();
  EXPECT_EQ(Digests(*replica), before);
  EXPECT_GE(replica->Get(replica->Counters()).rebuilds, 2 * kPartitions);
}

// JR-009
TEST_F(JournalTest, ARebuildPublishesNothingTwice) {
  const auto replica = StartReplica();
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(replica->Append(Subject(1), absl::StrCat("c", i), "x").ok());
  }
  const auto section = replica->reader().Section(service_ + ".journal", 1);
  ASSERT_TRUE(replica->Get(replica->reader().sections().Drop(section)).ok());
  ASSERT_TRUE(replica->Append(Subject(1), "c5", "x").ok());
  const auto tail = ReadTail(cluster().kafka, service_ + ".events", 1);
  ASSERT_TRUE(tail.ok() && tail->has_value());
  EXPECT_EQ((*tail)->offset, 5);
  Published last;
  ASSERT_TRUE(last.ParseFromString((*tail)->value));
  EXPECT_EQ(last.version(), 6u);
}

// JR-010
TEST_F(JournalTest, AnyReplicaAnswersAnyCall) {
  const auto first = StartReplica();
  const auto second = StartReplica();
  for (int i = 0; i < 8; ++i) {
    Replica& replica = i % 2 == 0 ? *first : *second;
    const auto outcome = replica.Append(Subject(i % 4), absl::StrCat("c", i), "x");
    ASSERT_TRUE(outcome.ok()) << outcome.status();
  }
  const auto repeat = second->Append(Subject(0), "c0", "x");
  ASSERT_TRUE(repeat.ok()) << repeat.status();
  EXPECT_TRUE(repeat->repeated);
}

TEST_F(JournalTest, AReplicaThatStopsHandsItsPartitionsOver) {
  auto first = StartReplica();
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(first->Append(Subject(i), "c0", "x").ok());
  auto second = StartReplica();
  first.reset();
  for (int i = 0; i < 4; ++i) {
    const auto outcome = second->Append(Subject(i), "c1", "y");
    ASSERT_TRUE(outcome.ok()) << outcome.status();
    EXPECT_EQ(outcome->state, "xy");
  }
}

TEST_F(JournalTest, AWipedLogMakesTheOldViewGo) {
  view::Position ahead = {1000, 0};
  {
    const auto replica = StartReplica();
    ASSERT_TRUE(replica->Append(Subject(1), "c0", "x").ok());
  }
  {
    const auto other = StartReplica();
    const auto section = other->reader().Section(service_ + ".journal", 1);
    other->WaitUntilCaughtUp();
    ASSERT_TRUE(other->Get(other->reader().sections().Drop(section)).ok());
    (void)other->Get(other->reader().sections().Store(section, std::nullopt, ahead, {}));
  }
  const auto replica = StartReplica();
  const auto outcome = replica->Append(Subject(1), "c1", "y");
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  EXPECT_EQ(outcome->state, "xy");
}

}  // namespace
}  // namespace tsunagu::journal
