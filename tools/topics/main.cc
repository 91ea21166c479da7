// topics KAFKA PARTITIONS NAME...: creates the topics that do not exist yet.
//
// Replicas and retention are the broker's defaults. A topic that exists with another number of
// partitions is an error: routing depends on it (docs/decisions, rule "one person, one partition"),
// and Kafka could only add partitions.
#include <librdkafka/rdkafka.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"

namespace {

constexpr int kBrokerDefault = -1;
constexpr int kTimeoutMs = 30'000;
constexpr int kRetryMs = 50;
constexpr int kMaxPartitions = 4096;

struct Destroy {
  void operator()(rd_kafka_t* client) const { rd_kafka_destroy(client); }
  void operator()(rd_kafka_queue_t* queue) const { rd_kafka_queue_destroy(queue); }
  void operator()(rd_kafka_event_t* event) const { rd_kafka_event_destroy(event); }
  void operator()(rd_kafka_NewTopic_t* topic) const { rd_kafka_NewTopic_destroy(topic); }
  void operator()(const rd_kafka_metadata_t* data) const { rd_kafka_metadata_destroy(data); }
};
template <typename T>
using Ptr = std::unique_ptr<T, Destroy>;

Ptr<rd_kafka_t> Connect(const std::string& kafka) {
  char error[512];
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  rd_kafka_conf_set(conf, "bootstrap.servers", kafka.c_str(), error, sizeof error);
  Ptr<rd_kafka_t> client(rd_kafka_new(RD_KAFKA_PRODUCER, conf, error, sizeof error));
  if (client == nullptr) std::cerr << "topics: " << error << "\n";
  return client;
}

// Whether every topic is there now; says of each one that is not, why.
bool ReportResults(rd_kafka_event_t* event) {
  if (rd_kafka_event_error(event) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    std::cerr << "topics: " << rd_kafka_event_error_string(event) << "\n";
    return false;
  }
  size_t count = 0;
  const rd_kafka_topic_result_t** results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count);
  bool good = true;
  for (size_t i = 0; i < count; ++i) {
    const rd_kafka_resp_err_t error = rd_kafka_topic_result_error(results[i]);
    const char* name = rd_kafka_topic_result_name(results[i]);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
      std::cout << "created " << name << "\n";
    } else if (error != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) {
      std::cerr << "topics: " << name << ": " << rd_kafka_err2str(error) << "\n";
      good = false;
    }
  }
  return good;
}

bool Create(rd_kafka_t* client, const std::vector<std::string>& names, int partitions) {
  std::vector<Ptr<rd_kafka_NewTopic_t>> topics;
  std::vector<rd_kafka_NewTopic_t*> list;
  for (const std::string& name : names) {
    char error[512];
    topics.emplace_back(
        rd_kafka_NewTopic_new(name.c_str(), partitions, kBrokerDefault, error, sizeof error));
    if (topics.back() == nullptr) {
      std::cerr << "topics: " << name << ": " << error << "\n";
      return false;
    }
    list.push_back(topics.back().get());
  }
  const Ptr<rd_kafka_queue_t> queue(rd_kafka_queue_new(client));
  rd_kafka_CreateTopics(client, list.data(), list.size(), nullptr, queue.get());
  const Ptr<rd_kafka_event_t> event(rd_kafka_queue_poll(queue.get(), kTimeoutMs));
  if (event == nullptr) {
    std::cerr << "topics: no answer from the broker\n";
    return false;
  }
  return ReportResults(event.get());
}

// How many partitions the broker knows the topic to have; 0 while it knows none.
int Partitions(rd_kafka_t* client, rd_kafka_topic_t* topic) {
  const rd_kafka_metadata_t* data = nullptr;
  const auto error = rd_kafka_metadata(client, 0, topic, &data, kTimeoutMs);
  const Ptr<const rd_kafka_metadata_t> owner(data);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR || data->topic_cnt != 1) return 0;
  return data->topics[0].partition_cnt;
}

// Whether the topic has that many partitions. The controller acknowledges a new topic before the
// brokers have heard of it, so one that nobody knows yet is asked for again.
bool Holds(rd_kafka_t* client, const std::string& name, int partitions) {
  const std::unique_ptr<rd_kafka_topic_t, void (*)(rd_kafka_topic_t*)> topic(
      rd_kafka_topic_new(client, name.c_str(), nullptr), rd_kafka_topic_destroy);
  int known = Partitions(client, topic.get());
  for (int waited = 0; known == 0 && waited < kTimeoutMs; waited += kRetryMs) {
    std::this_thread::sleep_for(std::chrono::milliseconds(kRetryMs));
    known = Partitions(client, topic.get());
  }
  if (known == partitions) return true;
  std::cerr << "topics: " << name << " does not have " << partitions << " partitions\n";
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  int partitions = 0;
  if (argc < 4 || !absl::SimpleAtoi(argv[2], &partitions) || partitions < 1 ||
      partitions > kMaxPartitions) {
    std::cerr << "usage: topics KAFKA_HOST:PORT PARTITIONS NAME...\n";
    return EXIT_FAILURE;
  }
  const Ptr<rd_kafka_t> client = Connect(argv[1]);
  const std::vector<std::string> names(argv + 3, argv + argc);
  if (client == nullptr || !Create(client.get(), names, partitions)) return EXIT_FAILURE;
  bool good = true;
  for (const std::string& name : names) good = Holds(client.get(), name, partitions) && good;
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
