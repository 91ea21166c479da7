// Keeps a service's views folded: reads the topics that the consumer group gives to this replica,
// folds them into Redis, and rebuilds what Redis lost, partition by partition, while the others go
// on.
//
//   Kafka --(consumer thread)--> queue of a partition --(its fold coroutine)--> read states, apply,
//   publish, store
//
// The store checks the position that it continues from, so a replica that lost a partition without
// knowing cannot write late: whoever folds, the same records give the same states.
#ifndef SERVICES_PLATFORM_JOURNAL_RUNNER_H_
#define SERVICES_PLATFORM_JOURNAL_RUNNER_H_

#include <asio.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/journal/consumer.h"
#include "services/platform/journal/folder.h"
#include "services/platform/journal/producer.h"
#include "services/platform/journal/progress.h"
#include "services/platform/view/reader.h"

namespace tsunagu::journal {

struct FoldedTopic {
  std::string topic;
  const Folder* folder = nullptr;  // must outlive the runner
  std::string publish_to;          // public topic for its publications; empty: none
};

// Figures for metrics; they only grow.
struct RunnerCounters {
  int64_t folded = 0;
  int64_t voided = 0;
  int64_t undecodable = 0;
  int64_t rebuilds = 0;
  int64_t refused = 0;  // batches that another replica had folded meanwhile
};

// Not thread safe: the loop's thread only. Destroy it after the loop has stopped running.
class Runner : private ConsumerListener {
 public:
  struct Options {
    std::string brokers;
    std::string service;
    std::vector<FoldedTopic> topics;
    absl::Duration gather = absl::ZeroDuration();  // Consumer::Options
    int session_timeout_ms = 3000;                 // Consumer::Options
  };
  // All must outlive the runner.
  Runner(asio::io_context& loop, view::Reader& reader, Producer& producer, Options options);
  ~Runner() override;

  // Joins the consumer group.
  absl::Status Start();

  // Whether the views of all partitions of all topics, whoever folds them, were complete at some
  // moment of the last kMaxViewAge. They are not while they are rebuilt, when Redis does not
  // answer, and kMaxViewAge after the broker has fallen silent. The log is asked once a second,
  // Redis every 200 ms.
  bool caught_up() const { return Missing().empty(); }

  // Why they are not caught up: "kafka", "redis" (no answer), "fold" (of some topic no partition
  // is), "partition" (of every topic some are, and these can be read); empty when they are.
  absl::string_view Missing() const;

  // Of a topic of the options.
  const Progress& ProgressOf(const TopicPartition& partition) const {
    return partitions_.at(partition).progress;
  }
  std::vector<TopicPartition> Partitions() const;
  // The numbers of those of `topic` that the group has given to this replica.
  std::vector<int> Owned(const std::string& topic) const;

  const RunnerCounters& counters() const { return counters_; }

 private:
  struct Partition {
    TopicPartition id;
    const FoldedTopic* topic = nullptr;
    bool owned = false;
    bool folding = false;
    bool locating = false;  // OnAssigned is about to say where to read
    bool paused = false;
    view::Position stored;  // where the section stands, as far as we know
    int64_t published_to =
        0;  // publications of journal entries before this offset are in the public topic
    std::deque<Record> queue;  // contiguous from stored.applied
    size_t queued_bytes = 0;
    LogEnd end;
    Progress progress;
  };

  asio::awaitable<int64_t> OnAssigned(TopicPartition id, int64_t end) override;
  void OnRevoked(TopicPartition id) override;
  void OnRecords(TopicPartition id, std::vector<Record> records) override;

  asio::awaitable<void> Fold(Partition& partition);
  asio::awaitable<absl::Status> FoldBatch(Partition& partition, std::vector<Record> batch);
  asio::awaitable<absl::Status> Publish(const Partition& partition, Publications publications);
  // Finds out where the section stands; makes it anew, to be folded from the start, when it is
  // lost. `end` of the log now.
  asio::awaitable<absl::Status> Locate(Partition& partition, int64_t end);
  asio::awaitable<absl::Status> LocateNow(Partition& partition);
  asio::awaitable<absl::Status> FindPublished(Partition& partition);
  asio::awaitable<void> Relocate(Partition& partition);
  // Forgets what was read ahead, and reads on if that was too much.
  void DropQueue(Partition& partition);
  asio::awaitable<void> Watch();
  asio::awaitable<bool> LookAtAll();  // false: Redis does not answer
  asio::awaitable<void> AskEnds();

  std::vector<Record> TakeBatch(Partition& partition);
  view::SectionId Section(const Partition& partition) const;

  asio::io_context& loop_;
  view::Reader& reader_;
  Producer& producer_;
  const Options options_;
  std::map<TopicPartition, Partition> partitions_;
  std::unique_ptr<Consumer> consumer_;
  asio::thread_pool blocking_{4};  // for calls that block: reading the ends of public topics
  RunnerCounters counters_;
  bool redis_answers_ = false;
  absl::Time looked_ = absl::InfinitePast();
};

}  // namespace tsunagu::journal

#endif  // SERVICES_PLATFORM_JOURNAL_RUNNER_H_
