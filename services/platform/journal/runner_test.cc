// What a replica does when something that it stands on, or it itself, is away for a while.
#include "services/platform/journal/runner.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "services/platform/journal/test_replica.h"
#include "services/platform/status/error.h"
#include "tests/support/mock_broker.h"

namespace tsunagu::journal {
namespace {

// Holds whoever folds the event "!" until it is released.
class Holding : public Appending {
 public:
  std::string Evolve(const tsunagu::journal::v1::Entry& entry, absl::string_view state,
                     States& states, std::optional<std::string>& public_event) const override {
    if (entry.event() == "!" && !reached_.HasBeenNotified()) {
      reached_.Notify();
      released_.WaitForNotification();
    }
    return Appending::Evolve(entry, state, states, public_event);
  }
  void WaitUntilHeld() const { reached_.WaitForNotification(); }
  void Release() const { released_.Notify(); }

 private:
  mutable absl::Notification reached_, released_;
};

class RunnerTest : public ReplicaTest {
 protected:
  // A replica on a broker of its own.
  std::unique_ptr<Replica> StartOn(const tests::MockBroker& broker) {
    const tests::Cluster other = {.kafka = broker.address(),
                                  .redis_host = cluster().redis_host,
                                  .redis_port = cluster().redis_port};
    return std::make_unique<Replica>(other, service_);
  }

  Progress ProgressOf(Replica& replica, int partition) {
    return replica.Get(replica.ProgressOf({service_ + ".journal", partition}));
  }
};

TEST_F(RunnerTest, PF001WithoutItsBrokerNothingIsCaughtUp) {
  tests::MockBroker broker({service_ + ".journal", service_ + ".events"}, kPartitions);
  const auto replica = StartOn(broker);
  replica->WaitUntilCaughtUp();
  broker.Leave();
  const absl::Time left = absl::Now();
  replica->WaitUntilMissing("kafka");
  // A broker that only starts anew passes unnoticed.
  EXPECT_GT(absl::Now() - left, kMaxViewAge / 2);
  EXPECT_LT(absl::Now() - left, 2 * kMaxViewAge);
  broker.Return();
  replica->WaitUntilCaughtUp();
}

TEST_F(RunnerTest, PF001OneSilentPartitionIsToldFromTheWhole) {
  const std::string journal = service_ + ".journal";
  tests::MockBroker broker({journal, service_ + ".events"}, kPartitions);
  const auto replica = StartOn(broker);
  replica->WaitUntilCaughtUp();
  broker.LosePartition(journal, 0);
  replica->WaitUntilMissing("partition");
  for (int i = 1; i < kPartitions; ++i) broker.LosePartition(journal, i);
  replica->WaitUntilMissing("kafka");
}

// JR-011
TEST_F(RunnerTest, WithoutAnAnswerOfTheBrokerTheOutcomeIsUnknown) {
  tests::MockBroker broker({service_ + ".journal", service_ + ".events"}, kPartitions);
  const auto replica = StartOn(broker);
  ASSERT_TRUE(replica->Append(Subject(1), "c0", "x").ok());
  broker.Leave();
  Command command = Replica::MakeCommand(Subject(1), "c1", "y");
  command.deadline = absl::Now() + absl::Milliseconds(300);
  const auto unknown = replica->Get(replica->journal().Transact(command, Replica::DecideTo("y")));
  EXPECT_EQ(unknown.status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(ReasonOf(unknown.status()), "OUTCOME_UNKNOWN");
  EXPECT_EQ(RuleOf(unknown.status()), "JR-011");
  // It happens once the broker is back, and a repeat says so.
  broker.Return();
  const auto repeat = replica->Append(Subject(1), "c1", "y");
  ASSERT_TRUE(repeat.ok()) << repeat.status();
  EXPECT_EQ(repeat->state, "xy");
}

// JR-013
TEST_F(RunnerTest, WhatTheBrokerRefusesDidNotHappen) {
  tests::MockBroker broker({service_ + ".journal", service_ + ".events"}, kPartitions);
  const auto replica = StartOn(broker);
  ASSERT_TRUE(replica->Append(Subject(1), "c0", "x").ok());
  broker.RefuseAppends(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
  const auto refused = replica->Append(Subject(1), "c1", "y");
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(refused.status()), "LOG_UNAVAILABLE");
  EXPECT_EQ(RuleOf(refused.status()), "JR-013");
}

TEST_F(RunnerTest, PF001WithoutRedisNothingIsCaughtUp) {
  Replica replica({.kafka = cluster().kafka, .redis_host = "127.0.0.1", .redis_port = 1}, service_);
  replica.WaitUntilMissing("redis");
}

TEST_F(RunnerTest, AViewIsCompleteAsOfNowAndSaysWhenItGrew) {
  const auto replica = StartReplica();
  replica->WaitUntilCaughtUp();
  EXPECT_EQ(ProgressOf(*replica, 1).advanced, absl::InfinitePast());
  const absl::Time start = absl::Now();
  ASSERT_TRUE(replica->Append(Subject(1), "c1", "x").ok());
  const absl::Time limit = start + kLimit;
  while (ProgressOf(*replica, 1).complete < start && absl::Now() < limit) {
    absl::SleepFor(absl::Milliseconds(20));
  }
  const Progress progress = ProgressOf(*replica, 1);
  EXPECT_EQ(progress.applied, 1);
  EXPECT_EQ(progress.behind, 0);
  EXPECT_GE(progress.advanced, start);
  EXPECT_GE(progress.complete, start);
  EXPECT_EQ(ProgressOf(*replica, 2).applied, 0);
}

// JR-006
TEST_F(RunnerTest, AReplicaThatWasPausedCannotWriteLate) {
  const auto held = std::make_shared<Holding>();
  const auto first = StartReplica({.domain = held});
  ASSERT_TRUE(first->Append(Subject(1), "c0", "x").ok());
  std::thread caller([&] { EXPECT_TRUE(first->Append(Subject(1), "c1", "!").ok()); });
  held->WaitUntilHeld();  // its loop stands between reading the states and storing them

  // Takes over what the first one still thinks is its own.
  const auto second = StartReplica({.group = service_ + "-after"});
  const auto over = second->Append(Subject(1), "c2", "y");
  ASSERT_TRUE(over.ok()) << over.status();
  EXPECT_EQ(over->state, "x!y");
  EXPECT_EQ(second->Get(second->Counters()).refused, 0);

  held->Release();
  caller.join();
  const auto after = first->Append(Subject(1), "c3", "z");
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_EQ(after->state, "x!yz");
  EXPECT_GE(first->Get(first->Counters()).refused, 1);

  const std::vector<std::string> before = Digests(*second);
  DropViews(*second);
  ASSERT_TRUE(second->Append(Subject(1), "c3", "z").ok());  // waits for the rebuild
  second->WaitUntilCaughtUp();
  EXPECT_EQ(Digests(*second), before);
}

// JR-007
TEST_F(RunnerTest, ARedisThatComesBackOlderIsBroughtUpToDate) {
  const auto replica = StartReplica();
  ASSERT_TRUE(replica->Append(Subject(1), "c0", "x").ok());
  const std::string key = replica->reader().Section(service_ + ".journal", 1).Key();
  const auto command = [&](std::vector<std::string> words) {
    return replica->Get(replica->redis().Command(std::move(words)));
  };
  const auto old = command({"DUMP", key});
  ASSERT_TRUE(old.ok()) << old.status();
  ASSERT_TRUE(replica->Append(Subject(1), "c1", "y").ok());
  const std::vector<std::string> before = Digests(*replica);
  ASSERT_TRUE(command({"RESTORE", key, "0", old->text, "REPLACE"}).ok());
  ASSERT_NE(Digests(*replica), before);
  const absl::Time limit = absl::Now() + kLimit;
  while (Digests(*replica) != before && absl::Now() < limit) {
    absl::SleepFor(absl::Milliseconds(20));
  }
  EXPECT_EQ(Digests(*replica), before);
}

// JR-007
TEST_F(RunnerTest, OnePartitionIsRebuiltWhileTheOthersAnswer) {
  const auto replica = StartReplica();
  std::vector<Fact> facts;
  for (int i = 0; i < 5'000; ++i) facts.push_back({Subject(0), absl::StrCat("f/", i), "x"});
  ASSERT_TRUE(replica->Get(replica->journal().Append(facts, absl::Now() + kLimit)).ok());
  const std::string lost = Digests(*replica)[0];

  std::atomic<bool> lost_is_back = false;
  std::atomic<int> meanwhile = 0;
  std::thread others([&] {
    for (int i = 0; !lost_is_back; ++i) {
      const absl::Status status =
          replica->Append(Subject(1 + i % 3), absl::StrCat("c", i), "y").status();
      if (!lost_is_back) EXPECT_TRUE(status.ok()) << status;
      ++meanwhile;
    }
  });
  const auto section = replica->reader().Section(service_ + ".journal", 0);
  ASSERT_TRUE(replica->Get(replica->reader().sections().Drop(section)).ok());
  const int before = meanwhile;
  const auto read = [&](absl::Duration limit) {
    return replica->Get(
        replica->reader().Read(service_ + ".journal", Subject(0), {"f/4999"}, absl::Now() + limit));
  };
  EXPECT_EQ(ReasonOf(read(absl::Milliseconds(1)).status()), "VIEW_REBUILDING");
  EXPECT_TRUE(read(kLimit).ok());
  const int during = meanwhile - before;
  lost_is_back = true;
  others.join();
  EXPECT_GT(during, 0);
  EXPECT_EQ(Digests(*replica)[0], lost);
}

// JR-007
TEST_F(RunnerTest, APartitionThatIsLostAgainWhileItIsRebuiltIsRebuilt) {
  const auto replica = StartReplica();
  // More than a partition may read ahead: reading it anew pauses.
  constexpr int kFacts = 30'000;
  constexpr absl::Duration kLongLimit = absl::Minutes(4);  // sanitizers are slow
  std::vector<Fact> facts;
  for (int i = 0; i < kFacts; ++i) facts.push_back({Subject(0), absl::StrCat("f/", i), "x"});
  ASSERT_TRUE(replica->Get(replica->journal().Append(facts, absl::Now() + kLongLimit)).ok());
  const std::string before = Digests(*replica)[0];
  const auto section = replica->reader().Section(service_ + ".journal", 0);
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(replica->Get(replica->reader().sections().Drop(section)).ok());
    absl::SleepFor(absl::Milliseconds(150));
  }
  const auto last = replica->Get(replica->reader().Read(service_ + ".journal", Subject(0),
                                                        {absl::StrCat("f/", kFacts - 1)},
                                                        absl::Now() + 2 * kLimit));
  EXPECT_TRUE(last.ok()) << last.status();
  EXPECT_EQ(Digests(*replica)[0], before);
}

}  // namespace
}  // namespace tsunagu::journal
