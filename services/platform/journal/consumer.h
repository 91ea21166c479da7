// Reading Kafka: a consumer group shares out the partitions, a thread reads them, the loop gets
// batches.
#ifndef SERVICES_PLATFORM_JOURNAL_CONSUMER_H_
#define SERVICES_PLATFORM_JOURNAL_CONSUMER_H_

#include <asio.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/journal/record.h"

namespace tsunagu::journal {

using TopicPartition = std::pair<std::string, int>;

// What a consumer tells, always on the loop's thread.
class ConsumerListener {
 public:
  virtual ~ConsumerListener() = default;
  // The group gave this partition to us; `end` is the end of its log. Answers the offset to read
  // from.
  virtual asio::awaitable<int64_t> OnAssigned(TopicPartition partition, int64_t end) = 0;
  // The group took it away. Nothing of it may be folded any more.
  virtual void OnRevoked(TopicPartition partition) = 0;
  // The next records of a partition, in order. After a seek, records from before it may still come.
  virtual void OnRecords(TopicPartition partition, std::vector<Record> records) = 0;
};

// Call it on the loop's thread. All topics must have the same number of partitions: equal numbers
// go to the same member.
class Consumer {
 public:
  struct Options {
    std::string brokers;
    std::string group;
    std::vector<std::string> topics;
    int session_timeout_ms = 3000;  // a member that is dead for so long loses its partitions
    // How long the broker may keep records back so that more go at once. Zero: it sends them as
    // they come, for somebody waits for what they become.
    absl::Duration gather = absl::ZeroDuration();
  };
  // `listener` must outlive the consumer.
  static absl::StatusOr<std::unique_ptr<Consumer>> Start(asio::io_context& loop, Options options,
                                                         ConsumerListener& listener);
  // Leaves the group and joins the thread. The loop must still run, or no partition be under way of
  // being assigned.
  virtual ~Consumer() = default;

  // Reads on from that offset.
  virtual void Seek(TopicPartition partition, int64_t offset) = 0;
  virtual void Pause(TopicPartition partition) = 0;
  virtual void Resume(TopicPartition partition) = 0;
  // The end of the partition's log now. Blocks, at most 5 seconds; thread safe.
  virtual absl::StatusOr<int64_t> QueryEnd(const TopicPartition& partition) = 0;
  // The ends of all these logs now, with one request to each broker that leads some. Of none when
  // one of these does not answer. Blocks, at most for `limit`; thread safe.
  virtual std::map<TopicPartition, int64_t> QueryEnds(const std::vector<TopicPartition>& partitions,
                                                      absl::Duration limit) = 0;
};

// The last record of a partition; nothing when it is empty. Blocks, at most about 10 seconds.
absl::StatusOr<std::optional<Record>> ReadTail(const std::string& brokers, const std::string& topic,
                                               int partition);

}  // namespace tsunagu::journal

#endif  // SERVICES_PLATFORM_JOURNAL_CONSUMER_H_
