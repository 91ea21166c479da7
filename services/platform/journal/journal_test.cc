// The journal and the folds against a real broker and a real Redis.
#include "services/platform/journal/journal.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>

#include "absl/strings/str_cat.h"
#include "services/platform/async/one_shot.h"
#include "services/platform/journal/folder.h"
#include "services/platform/journal/runner.h"
#include "services/platform/status/error.h"
#include "services/platform/view/redis.h"
#include "tests/support/cluster.h"

namespace tsunagu::journal {
namespace {

using tsunagu::journal::v1::Entry;
using tsunagu::journal::v1::Published;

constexpr int kPartitions = 4;
const absl::Duration kLimit = absl::Seconds(20);

// The state is the text of all events, one after the other; each is published.
class Appending : public Domain {
 public:
  std::vector<std::string> Projections(const Entry&) const override { return {}; }
  std::string Evolve(const Entry& entry, absl::string_view state, States&,
                     std::optional<std::string>& public_event) const override {
    public_event = entry.event();
    return absl::StrCat(state, entry.event());
  }
};

// One replica of a service, all of it.
class Replica {
 public:
  Replica(const tests::Cluster& cluster, const std::string& service, int max_in_flight = 2000)
      : redis_(loop_, absl::StrCat(cluster.redis_host, ":", cluster.redis_port)),
        subscriber_(loop_, absl::StrCat(cluster.redis_host, ":", cluster.redis_port)),
        reader_(loop_, redis_, subscriber_, service, kPartitions),
        producer_(
            *Producer::Create(loop_, cluster.kafka, {service + ".journal", service + ".events"})),
        journal_(loop_, reader_, *producer_, {service + ".journal", max_in_flight}),
        runner_(std::make_unique<Runner>(
            loop_, reader_, *producer_,
            Runner::Options{
                cluster.kafka, service, {{service + ".journal", &folder_, service + ".events"}}})) {
    EXPECT_TRUE(runner_->Start().ok());
    thread_ = std::thread([this] { loop_.run(); });
  }

  ~Replica() {
    loop_.stop();
    thread_.join();
    runner_.reset();
  }

  template <typename T>
  T Get(asio::awaitable<T> coroutine) {
    return asio::co_spawn(loop_, std::move(coroutine), asio::use_future).get();
  }

  absl::StatusOr<Outcome> Append(const std::string& subject, const std::string& id,
                                 const std::string& text) {
    return Get(journal_.Transact(MakeCommand(subject, id, text), DecideTo(text)));
  }

  static Command MakeCommand(const std::string& subject, const std::string& id,
                             const std::string& text) {
    return {subject, "a/" + subject, id, Digest(text), absl::Now() + kLimit};
  }

  static Decide DecideTo(const std::string& text) {
    return [text](absl::string_view) -> absl::StatusOr<Decision> {
      return Decision{text, "did " + text};
    };
  }

  void WaitUntilCaughtUp() {
    const absl::Time limit = absl::Now() + kLimit;
    while (!Get(CaughtUp()) && absl::Now() < limit) absl::SleepFor(absl::Milliseconds(20));
    EXPECT_TRUE(Get(CaughtUp()));
  }

  asio::awaitable<bool> CaughtUp() { co_return runner_->caught_up(); }
  asio::awaitable<RunnerCounters> Counters() { co_return runner_->counters(); }

  view::Reader& reader() { return reader_; }
  Journal& journal() { return journal_; }
  Producer& producer() { return *producer_; }
  view::Redis& redis() { return redis_; }

 private:
  asio::io_context loop_{1};
  Appending domain_;
  JournalFolder folder_{domain_};
  view::Redis redis_, subscriber_;
  view::Reader reader_;
  std::unique_ptr<Producer> producer_;
  Journal journal_;
  std::unique_ptr<Runner> runner_;
  std::thread thread_;
};

class JournalTest : public tests::ClusterTest {
 protected:
  void SetUp() override {
    ClusterTest::SetUp();
    service_ = tests::UniqueName("journal-test");
    const std::string topics[] = {service_ + ".journal", service_ + ".events"};
    ASSERT_TRUE(tests::CreateTopics(cluster(), topics, kPartitions).ok());
  }

  std::unique_ptr<Replica> StartReplica(int max_in_flight = 2000) {
    return std::make_unique<Replica>(cluster(), service_, max_in_flight);
  }

  std::vector<std::string> Digests(Replica& replica) {
    std::vector<std::string> digests;
    for (int i = 0; i < kPartitions; ++i) {
      digests.push_back(*replica.Get(
          replica.reader().sections().Digest(replica.reader().Section(service_ + ".journal", i))));
    }
    return digests;
  }

  // One subject of each partition.
  static std::string Subject(int i) { return absl::StrCat("000", i, "-subject"); }

  std::string service_;
};

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

// JR-004
TEST_F(JournalTest, OverloadIsRefusedBeforeTheAppend) {
  const auto replica = StartReplica(0);
  const auto refused = replica->Append(Subject(1), "c1", "x");
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(refused.status()), "OVERLOADED");
  EXPECT_EQ(replica->Get(replica->Counters()).folded, 0);
}

TEST_F(JournalTest, FactsAreAppendedWithoutACondition) {
  const auto replica = StartReplica();
  std::vector<Fact> facts;
  for (int i = 0; i < 200; ++i) facts.push_back({Subject(i % 4), absl::StrCat("f/", i), "x"});
  ASSERT_TRUE(replica->Get(replica->journal().Append(facts, absl::Now() + kLimit)).ok());
  EXPECT_EQ(replica->Get(replica->Counters()).folded, 200);
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
  for (int i = 0; i < kPartitions; ++i) {
    const auto section = replica->reader().Section(service_ + ".journal", i);
    ASSERT_TRUE(replica->Get(replica->reader().sections().Drop(section)).ok());
  }
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
