// Appending to Kafka from a coroutine.
#ifndef SERVICES_PLATFORM_JOURNAL_PRODUCER_H_
#define SERVICES_PLATFORM_JOURNAL_PRODUCER_H_

#include <asio.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace tsunagu::journal {

// An idempotent producer (acks=all, no lingering). Call it on the loop's thread only; delivery
// reports come from a thread of its own and are handed to the loop in batches.
class Producer {
 public:
  // `brokers` as librdkafka's bootstrap.servers. Looks up `topics`, so that the first append to
  // each does not wait for it (about a second in librdkafka); blocks for at most 5 seconds a topic,
  // and does not mind a broker that is away.
  static absl::StatusOr<std::unique_ptr<Producer>> Create(asio::io_context& loop,
                                                          std::string brokers,
                                                          std::vector<std::string> topics);
  virtual ~Producer() = default;

  // Appends one record and waits until it is durable. The offset is -1 when the broker stored it
  // but did not say where (a retried batch). UNAVAILABLE: it is not in the log. UNKNOWN: it may be
  // in the log or come there later. RESOURCE_EXHAUSTED: the local queue is full, nothing was sent.
  virtual asio::awaitable<absl::StatusOr<int64_t>> Append(std::string topic, int partition,
                                                          std::string key, std::string value,
                                                          absl::Time deadline) = 0;
};

}  // namespace tsunagu::journal

#endif  // SERVICES_PLATFORM_JOURNAL_PRODUCER_H_
