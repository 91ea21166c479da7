// For tests: a whole replica of a service, on a broker and a Redis.
#ifndef SERVICES_PLATFORM_JOURNAL_TEST_REPLICA_H_
#define SERVICES_PLATFORM_JOURNAL_TEST_REPLICA_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/async/one_shot.h"
#include "services/platform/journal/folder.h"
#include "services/platform/journal/journal.h"
#include "services/platform/journal/producer.h"
#include "services/platform/journal/runner.h"
#include "services/platform/view/reader.h"
#include "services/platform/view/redis.h"
#include "tests/support/cluster.h"

namespace tsunagu::journal {

inline constexpr int kPartitions = 4;
inline constexpr absl::Duration kLimit = absl::Seconds(20);

// The state is the text of all events, one after the other; each is published.
class Appending : public Domain {
 public:
  std::vector<std::string> Projections(const tsunagu::journal::v1::Entry&) const override {
    return {};
  }
  std::string Evolve(const tsunagu::journal::v1::Entry& entry, absl::string_view state, States&,
                     std::optional<std::string>& public_event) const override {
    public_event = entry.event();
    return absl::StrCat(state, entry.event());
  }
};

struct ReplicaOptions {
  int max_in_flight = 2000;
  std::shared_ptr<const Domain> domain = std::make_shared<Appending>();
  // Of consumers. Another one than the service's: the replica folds every partition, whoever else
  // does.
  std::string group;
};

// Of a service with the topics <service>.journal and <service>.events.
class Replica {
 public:
  Replica(const tests::Cluster& cluster, const std::string& service, ReplicaOptions options = {})
      : domain_(std::move(options.domain)),
        redis_(loop_, absl::StrCat(cluster.redis_host, ":", cluster.redis_port)),
        subscriber_(loop_, absl::StrCat(cluster.redis_host, ":", cluster.redis_port)),
        reader_(loop_, redis_, subscriber_, service, kPartitions),
        producer_(
            *Producer::Create(loop_, cluster.kafka, {service + ".journal", service + ".events"})),
        journal_(loop_, reader_, *producer_, {service + ".journal", options.max_in_flight}),
        runner_(std::make_unique<Runner>(
            loop_, reader_, *producer_,
            Runner::Options{cluster.kafka,
                            options.group.empty() ? service : options.group,
                            {{service + ".journal", &folder_, service + ".events"}}})) {
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

  void WaitUntilCaughtUp() { WaitUntilMissing(""); }

  // Until Runner::Missing says so.
  void WaitUntilMissing(const std::string& what) {
    const absl::Time limit = absl::Now() + kLimit;
    while (Get(Missing()) != what && absl::Now() < limit) absl::SleepFor(absl::Milliseconds(20));
    EXPECT_EQ(Get(Missing()), what);
  }

  asio::awaitable<std::string> Missing() { co_return std::string(runner_->Missing()); }
  asio::awaitable<RunnerCounters> Counters() { co_return runner_->counters(); }
  asio::awaitable<Progress> ProgressOf(TopicPartition id) { co_return runner_->ProgressOf(id); }

  view::Reader& reader() { return reader_; }
  Journal& journal() { return journal_; }
  Producer& producer() { return *producer_; }
  view::Redis& redis() { return redis_; }

 private:
  asio::io_context loop_{1};
  const std::shared_ptr<const Domain> domain_;
  JournalFolder folder_{*domain_};
  view::Redis redis_, subscriber_;
  view::Reader reader_;
  std::unique_ptr<Producer> producer_;
  Journal journal_;
  std::unique_ptr<Runner> runner_;
  std::thread thread_;
};

// A service of its own, with topics.
class ReplicaTest : public tests::ClusterTest {
 protected:
  void SetUp() override {
    ClusterTest::SetUp();
    service_ = tests::UniqueName("replica-test");
    const std::string topics[] = {service_ + ".journal", service_ + ".events"};
    ASSERT_TRUE(tests::CreateTopics(cluster(), topics, kPartitions).ok());
  }

  std::unique_ptr<Replica> StartReplica(ReplicaOptions options = {}) {
    return std::make_unique<Replica>(cluster(), service_, std::move(options));
  }

  // Of the states of every partition.
  std::vector<std::string> Digests(Replica& replica) {
    std::vector<std::string> digests;
    for (int i = 0; i < kPartitions; ++i) {
      digests.push_back(*replica.Get(
          replica.reader().sections().Digest(replica.reader().Section(service_ + ".journal", i))));
    }
    return digests;
  }

  void DropViews(Replica& replica) {
    for (int i = 0; i < kPartitions; ++i) {
      const auto section = replica.reader().Section(service_ + ".journal", i);
      ASSERT_TRUE(replica.Get(replica.reader().sections().Drop(section)).ok());
    }
  }

  // One subject of each partition.
  static std::string Subject(int i) { return absl::StrCat("000", i, "-subject"); }

  std::string service_;
};

}  // namespace tsunagu::journal

#endif  // SERVICES_PLATFORM_JOURNAL_TEST_REPLICA_H_
