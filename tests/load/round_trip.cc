#include "tests/load/round_trip.h"

#include <librdkafka/rdkafka.h>

#include <cstdlib>
#include <cstring>
#include <iostream>
#include <span>
#include <utility>

#include "tests/support/cluster.h"

namespace tsunagu::load {
namespace {

constexpr size_t kRecordBytes = 500;
constexpr int kPollMilliseconds = 20;

using Setting = std::pair<const char*, const char*>;

constexpr Setting kProducer[] = {
    {"enable.idempotence", "true"}, {"linger.ms", "0"}, {"socket.nagle.disable", "true"}};
constexpr Setting kConsumer[] = {{"socket.nagle.disable", "true"}, {"enable.auto.commit", "false"},
                                 {"group.id", "tsunagu.load"},     {"fetch.wait.max.ms", "20"},
                                 {"fetch.error.backoff.ms", "10"}, {"check.crcs", "true"}};

rd_kafka_t* Connect(rd_kafka_type_t type, const std::string& brokers,
                    std::span<const Setting> settings) {
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  char error[512] = "";
  rd_kafka_conf_set(conf, "bootstrap.servers", brokers.c_str(), error, sizeof error);
  for (const auto& [name, value] : settings) {
    rd_kafka_conf_set(conf, name, value, error, sizeof error);
  }
  rd_kafka_t* kafka = rd_kafka_new(type, conf, error, sizeof error);
  if (kafka != nullptr) return kafka;
  std::cerr << "load: Kafka: " << error << "\n";
  std::exit(EXIT_FAILURE);
}

std::string NewTopic(const std::string& brokers, int partitions) {
  const std::string topic = tests::UniqueName("load-round-trip");
  const tests::Cluster cluster = {.kafka = brokers, .redis_host = "", .redis_port = 0};
  const absl::Status status = tests::CreateTopics(cluster, std::span(&topic, 1), partitions);
  if (status.ok()) return topic;
  std::cerr << "load: " << status << "\n";
  std::exit(EXIT_FAILURE);
}

}  // namespace

RoundTrip::RoundTrip(const std::string& brokers, int partitions)
    : topic_(NewTopic(brokers, partitions)),
      partitions_(partitions),
      producer_(Connect(RD_KAFKA_PRODUCER, brokers, kProducer)),
      consumer_(Connect(RD_KAFKA_CONSUMER, brokers, kConsumer)) {
  rd_kafka_poll_set_consumer(consumer_);
  rd_kafka_topic_partition_list_t* list = rd_kafka_topic_partition_list_new(partitions);
  for (int i = 0; i < partitions; ++i) {
    rd_kafka_topic_partition_list_add(list, topic_.c_str(), i)->offset = 0;
  }
  rd_kafka_assign(consumer_, list);
  rd_kafka_topic_partition_list_destroy(list);
  reports_ = std::thread([this] { ServeReports(producer_, stopping_); });
  consuming_ = std::thread([this] { Consume(); });
}

RoundTrip::~RoundTrip() {
  stopping_ = true;
  reports_.join();
  consuming_.join();
  rd_kafka_destroy(producer_);
  rd_kafka_consumer_close(consumer_);
  rd_kafka_destroy(consumer_);
}

void RoundTrip::ServeReports(rd_kafka_t* producer, const std::atomic<bool>& stopping) {
  while (!stopping) rd_kafka_poll(producer, kPollMilliseconds);
}

Issue RoundTrip::Calls() {
  return [this](size_t, Done done) {
    const uint64_t number = next_++;
    char record[kRecordBytes] = {};
    std::memcpy(record, &number, sizeof number);
    {
      const std::lock_guard lock(mutex_);
      waiting_[number] = std::move(done);
    }
    rd_kafka_producev(producer_, RD_KAFKA_V_TOPIC(topic_.c_str()),
                      RD_KAFKA_V_PARTITION(static_cast<int32_t>(number % partitions_)),
                      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                      RD_KAFKA_V_VALUE(record, sizeof record), RD_KAFKA_V_END);
  };
}

void RoundTrip::Consume() {
  while (!stopping_) {
    rd_kafka_message_t* message = rd_kafka_consumer_poll(consumer_, kPollMilliseconds);
    if (message == nullptr) continue;
    uint64_t number = 0;
    Done done;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR && message->len == kRecordBytes) {
      std::memcpy(&number, message->payload, sizeof number);
      const std::lock_guard lock(mutex_);
      if (auto node = waiting_.extract(number)) done = std::move(node.mapped());
    }
    rd_kafka_message_destroy(message);
    if (done) done(true);
  }
}

}  // namespace tsunagu::load
