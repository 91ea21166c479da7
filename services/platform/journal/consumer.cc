#include "services/platform/journal/consumer.h"

#include <librdkafka/rdkafka.h>

#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <thread>

#include "absl/strings/str_cat.h"
#include "services/platform/journal/kafka_log.h"

namespace tsunagu::journal {
namespace {

constexpr int kPollMilliseconds = 20;
constexpr int kMaxBatch = 2000;
constexpr int kWatermarkMilliseconds = 5000;
// The broker answers a fetch that finds nothing after this long. Till then a partition that is
// newly assigned or resumed waits; asked more often, the broker of an idle machine is never idle.
constexpr absl::Duration kFetchWait = absl::Milliseconds(100);
constexpr int kGatherBytes = 1 << 20;

using Setting = std::pair<const char*, const char*>;

// Facts: log-decides 4.4. Offsets live in the view, never in the group.
constexpr Setting kSettings[] = {
    {"socket.nagle.disable", "true"},       {"enable.auto.commit", "false"},
    {"enable.auto.offset.store", "false"},  {"auto.offset.reset", "error"},
    {"fetch.error.backoff.ms", "10"},       {"check.crcs", "true"},
    {"fetch.message.max.bytes", "4194304"}, {"partition.assignment.strategy", "range"},
    {"heartbeat.interval.ms", "500"},       {"reconnect.backoff.ms", "50"},
    {"reconnect.backoff.max.ms", "1000"},   {"topic.metadata.refresh.interval.ms", "30000"},
    {"allow.auto.create.topics", "false"},
};

using Kafka = std::unique_ptr<rd_kafka_t, void (*)(rd_kafka_t*)>;
using PartitionList =
    std::unique_ptr<rd_kafka_topic_partition_list_t, void (*)(rd_kafka_topic_partition_list_t*)>;

PartitionList NewList(int size) {
  return {rd_kafka_topic_partition_list_new(size), rd_kafka_topic_partition_list_destroy};
}

absl::StatusOr<Kafka> NewConsumer(const std::vector<std::pair<std::string, std::string>>& own,
                                  const std::function<void(rd_kafka_conf_t*)>& prepare) {
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  rd_kafka_conf_set_log_cb(conf, &LogKafka);
  char error[512] = "";
  bool good = true;
  const auto set = [&](const char* name, const char* value) {
    good = good && rd_kafka_conf_set(conf, name, value, error, sizeof error) == RD_KAFKA_CONF_OK;
  };
  for (const auto& [name, value] : kSettings) set(name, value);
  for (const auto& [name, value] : own) set(name.c_str(), value.c_str());
  prepare(conf);
  rd_kafka_t* kafka = good ? rd_kafka_new(RD_KAFKA_CONSUMER, conf, error, sizeof error) : nullptr;
  if (kafka == nullptr) {
    rd_kafka_conf_destroy(conf);
    return absl::InvalidArgumentError(absl::StrCat("Kafka consumer: ", error));
  }
  return Kafka(kafka, rd_kafka_destroy);
}

Record ToRecord(const rd_kafka_message_t& message) {
  return {message.offset, std::string(static_cast<const char*>(message.key), message.key_len),
          std::string(static_cast<const char*>(message.payload), message.len)};
}

class GroupConsumer : public Consumer {
 public:
  GroupConsumer(asio::io_context& loop, Options options, ConsumerListener& listener)
      : loop_(loop), options_(std::move(options)), listener_(listener) {}

  absl::Status Connect() {
    const bool gathers = options_.gather > absl::ZeroDuration();
    const int64_t wait_ms = absl::ToInt64Milliseconds(gathers ? options_.gather : kFetchWait);
    auto kafka = NewConsumer({{"bootstrap.servers", options_.brokers},
                              {"group.id", options_.group},
                              {"session.timeout.ms", absl::StrCat(options_.session_timeout_ms)},
                              {"fetch.wait.max.ms", absl::StrCat(wait_ms)},
                              {"fetch.min.bytes", absl::StrCat(gathers ? kGatherBytes : 1)}},
                             [this](rd_kafka_conf_t* conf) {
                               rd_kafka_conf_set_opaque(conf, this);
                               rd_kafka_conf_set_rebalance_cb(conf, &OnRebalance);
                             });
    if (!kafka.ok()) return kafka.status();
    kafka_ = *std::move(kafka);
    rd_kafka_poll_set_consumer(kafka_.get());
    const PartitionList topics = NewList(static_cast<int>(options_.topics.size()));
    for (const std::string& topic : options_.topics) {
      rd_kafka_topic_partition_list_add(topics.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
    }
    if (rd_kafka_subscribe(kafka_.get(), topics.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return absl::UnavailableError("Kafka: cannot subscribe");
    }
    thread_ = std::thread([this] { Run(); });
    return absl::OkStatus();
  }

  ~GroupConsumer() override {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
  }

  void Seek(TopicPartition partition, int64_t offset) override {
    Do([this, partition = std::move(partition), offset] {
      const PartitionList list = One(partition);
      list->elems[0].offset = offset;
      rd_kafka_error_t* error = rd_kafka_seek_partitions(kafka_.get(), list.get(), 1000);
      if (error != nullptr) rd_kafka_error_destroy(error);  // revoked meanwhile
    });
  }

  void Pause(TopicPartition partition) override {
    Do([this, partition = std::move(partition)] {
      rd_kafka_pause_partitions(kafka_.get(), One(partition).get());
    });
  }

  void Resume(TopicPartition partition) override {
    Do([this, partition = std::move(partition)] {
      rd_kafka_resume_partitions(kafka_.get(), One(partition).get());
    });
  }

  absl::StatusOr<int64_t> QueryEnd(const TopicPartition& partition) override {
    int64_t low = 0, high = 0;
    if (rd_kafka_query_watermark_offsets(kafka_.get(), partition.first.c_str(), partition.second,
                                         &low, &high,
                                         kWatermarkMilliseconds) != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return absl::UnavailableError("Kafka: the end of a partition cannot be found");
    }
    return high;
  }

  std::map<TopicPartition, int64_t> QueryEnds(const std::vector<TopicPartition>& partitions,
                                              absl::Duration limit) override {
    const PartitionList list = NewList(static_cast<int>(partitions.size()));
    for (const auto& [topic, number] : partitions) {
      rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), number)->offset =
          RD_KAFKA_OFFSET_END;
    }
    std::map<TopicPartition, int64_t> ends;
    if (rd_kafka_offsets_for_times(kafka_.get(), list.get(),
                                   static_cast<int>(absl::ToInt64Milliseconds(limit))) !=
        RD_KAFKA_RESP_ERR_NO_ERROR) {
      return ends;
    }
    for (int i = 0; i < list->cnt; ++i) {
      const auto& element = list->elems[i];
      if (element.err != RD_KAFKA_RESP_ERR_NO_ERROR || element.offset < 0) continue;
      ends[{element.topic, element.partition}] = element.offset;
    }
    return ends;
  }

 private:
  static PartitionList One(const TopicPartition& partition) {
    PartitionList list = NewList(1);
    rd_kafka_topic_partition_list_add(list.get(), partition.first.c_str(), partition.second);
    return list;
  }

  // Runs on the consumer's thread, before its next poll.
  void Do(std::function<void()> task) {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }

  void Run() {
    while (!stopping_) {
      std::vector<std::function<void()>> tasks;
      {
        const std::lock_guard lock(mutex_);
        tasks.swap(tasks_);
      }
      for (const auto& task : tasks) task();
      Poll();
    }
    rd_kafka_consumer_close(kafka_.get());
  }

  // Takes what is there, up to a batch, and hands it to the loop by partition.
  void Poll() {
    std::map<TopicPartition, std::vector<Record>> batch;
    int timeout = kPollMilliseconds;
    for (int i = 0; i < kMaxBatch; ++i) {
      rd_kafka_message_t* message = rd_kafka_consumer_poll(kafka_.get(), timeout);
      if (message == nullptr) break;
      if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        batch[{rd_kafka_topic_name(message->rkt), message->partition}].push_back(
            ToRecord(*message));
      }
      rd_kafka_message_destroy(message);
      timeout = 0;
    }
    if (batch.empty()) return;
    asio::post(loop_, [this, batch = std::move(batch)]() mutable {
      for (auto& [partition, records] : batch) listener_.OnRecords(partition, std::move(records));
    });
  }

  static void OnRebalance(rd_kafka_t* kafka, rd_kafka_resp_err_t event,
                          rd_kafka_topic_partition_list_t* partitions, void* opaque) {
    auto* self = static_cast<GroupConsumer*>(opaque);
    if (event == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
      self->Assign(partitions);
    } else {
      self->Revoke(partitions);
    }
  }

  // Blocks this thread until the loop has said where to start.
  void Assign(rd_kafka_topic_partition_list_t* partitions) {
    std::vector<std::future<int64_t>> starts;
    for (int i = 0; i < partitions->cnt; ++i) {
      const auto& element = partitions->elems[i];
      const TopicPartition partition(element.topic, element.partition);
      absl::StatusOr<int64_t> end = QueryEnd(partition);
      while (!end.ok() && !stopping_) end = QueryEnd(partition);
      starts.push_back(asio::co_spawn(loop_, listener_.OnAssigned(partition, end.value_or(0)),
                                      asio::use_future));
    }
    for (int i = 0; i < partitions->cnt; ++i) {
      while (starts[i].wait_for(std::chrono::milliseconds(50)) != std::future_status::ready) {
        if (stopping_) {
          rd_kafka_assign(kafka_.get(), nullptr);
          return;
        }
      }
      partitions->elems[i].offset = starts[i].get();
    }
    rd_kafka_assign(kafka_.get(), partitions);
  }

  void Revoke(rd_kafka_topic_partition_list_t* partitions) {
    for (int i = 0; i < partitions->cnt; ++i) {
      const auto& element = partitions->elems[i];
      asio::post(loop_, [this, partition = TopicPartition(element.topic, element.partition)] {
        listener_.OnRevoked(partition);
      });
    }
    rd_kafka_assign(kafka_.get(), nullptr);
  }

  asio::io_context& loop_;
  const Options options_;
  ConsumerListener& listener_;
  Kafka kafka_ = {nullptr, rd_kafka_destroy};
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::vector<std::function<void()>> tasks_;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Consumer>> Consumer::Start(asio::io_context& loop, Options options,
                                                          ConsumerListener& listener) {
  auto consumer = std::make_unique<GroupConsumer>(loop, std::move(options), listener);
  if (absl::Status status = consumer->Connect(); !status.ok()) return status;
  return consumer;
}

absl::StatusOr<std::optional<Record>> ReadTail(const std::string& brokers, const std::string& topic,
                                               int partition) {
  // The simple consumer: it joins no group, so there is no coordinator to wait for.
  auto kafka = NewConsumer({{"bootstrap.servers", brokers}}, [](rd_kafka_conf_t*) {});
  if (!kafka.ok()) return kafka.status();
  int64_t low = 0, high = 0;
  if (rd_kafka_query_watermark_offsets(kafka->get(), topic.c_str(), partition, &low, &high,
                                       kWatermarkMilliseconds) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return absl::UnavailableError("Kafka: the end of a topic cannot be found");
  }
  if (high <= low) return std::nullopt;
  const std::unique_ptr<rd_kafka_topic_t, void (*)(rd_kafka_topic_t*)> handle(
      rd_kafka_topic_new(kafka->get(), topic.c_str(), nullptr), rd_kafka_topic_destroy);
  rd_kafka_consume_start(handle.get(), partition, high - 1);
  rd_kafka_message_t* message = rd_kafka_consume(handle.get(), partition, kWatermarkMilliseconds);
  absl::StatusOr<std::optional<Record>> tail =
      absl::UnavailableError("Kafka: the end of a topic cannot be read");
  if (message != nullptr && message->err == RD_KAFKA_RESP_ERR_NO_ERROR) tail = ToRecord(*message);
  if (message != nullptr) rd_kafka_message_destroy(message);
  rd_kafka_consume_stop(handle.get(), partition);
  return tail;
}

}  // namespace tsunagu::journal
