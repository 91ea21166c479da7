#include "tests/support/cluster.h"

#include <librdkafka/rdkafka.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace tsunagu::tests {
namespace {

constexpr std::chrono::seconds kCreateLimit(30);
constexpr std::chrono::milliseconds kMetadataPoll(20);
constexpr int kMaxPort = 65535;
constexpr size_t kErrorSize = 512;

template <auto kDestroy>
struct Destroy {
  template <typename T>
  void operator()(T* object) const {
    kDestroy(object);
  }
};

using Client = std::unique_ptr<rd_kafka_t, Destroy<rd_kafka_destroy>>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Destroy<rd_kafka_queue_destroy>>;
using Event = std::unique_ptr<rd_kafka_event_t, Destroy<rd_kafka_event_destroy>>;
using NewTopic = std::unique_ptr<rd_kafka_NewTopic_t, Destroy<rd_kafka_NewTopic_destroy>>;
using Options = std::unique_ptr<rd_kafka_AdminOptions_t, Destroy<rd_kafka_AdminOptions_destroy>>;
using Metadata = std::unique_ptr<const rd_kafka_metadata_t, Destroy<rd_kafka_metadata_destroy>>;

int Milliseconds(std::chrono::milliseconds duration) { return static_cast<int>(duration.count()); }

absl::StatusOr<std::pair<std::string, int>> HostAndPort(const char* variable) {
  const char* value = std::getenv(variable);
  const absl::string_view text = value == nullptr ? "" : value;
  const size_t colon = text.rfind(':');
  int port = 0;
  if (colon == absl::string_view::npos || colon == 0 ||
      !absl::SimpleAtoi(text.substr(colon + 1), &port) || port <= 0 || port > kMaxPort) {
    return absl::FailedPreconditionError(
        absl::StrCat(variable, text.empty() ? " is not set" : " is no host:port",
                     ": this test needs a broker and a Redis; run it with tools/test"));
  }
  return std::make_pair(std::string(text.substr(0, colon)), port);
}

absl::StatusOr<Client> Connect(const Cluster& cluster) {
  char error[kErrorSize] = "";
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  if (rd_kafka_conf_set(conf, "bootstrap.servers", cluster.kafka.c_str(), error, sizeof(error)) !=
      RD_KAFKA_CONF_OK) {
    rd_kafka_conf_destroy(conf);
    return absl::InvalidArgumentError(error);
  }
  Client client(rd_kafka_new(RD_KAFKA_PRODUCER, conf, error, sizeof(error)));
  if (client == nullptr) {
    rd_kafka_conf_destroy(conf);
    return absl::UnavailableError(error);
  }
  return client;
}

absl::Status RequestTopics(rd_kafka_t* client, std::span<const std::string> topics,
                           int partitions) {
  char error[kErrorSize] = "";
  std::vector<NewTopic> owned;
  std::vector<rd_kafka_NewTopic_t*> requests;
  for (const std::string& topic : topics) {
    owned.emplace_back(rd_kafka_NewTopic_new(topic.c_str(), partitions, 1, error, sizeof(error)));
    if (owned.back() == nullptr)
      return absl::InvalidArgumentError(absl::StrCat(topic, ": ", error));
    requests.push_back(owned.back().get());
  }
  const Options options(rd_kafka_AdminOptions_new(client, RD_KAFKA_ADMIN_OP_CREATETOPICS));
  rd_kafka_AdminOptions_set_request_timeout(options.get(), Milliseconds(kCreateLimit), error,
                                            sizeof(error));
  const Queue queue(rd_kafka_queue_new(client));
  rd_kafka_CreateTopics(client, requests.data(), requests.size(), options.get(), queue.get());
  const Event event(rd_kafka_queue_poll(queue.get(), Milliseconds(kCreateLimit)));
  if (event == nullptr) return absl::DeadlineExceededError("no answer to the creation of topics");
  if (rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return absl::UnavailableError(rd_kafka_event_error_string(event.get()));
  }
  size_t count = 0;
  const rd_kafka_topic_result_t** results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
  for (const rd_kafka_topic_result_t* result : std::span(results, count)) {
    if (rd_kafka_topic_result_error(result) == RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    const char* reason = rd_kafka_topic_result_error_string(result);
    return absl::UnknownError(absl::StrCat(rd_kafka_topic_result_name(result), ": ",
                                           reason == nullptr ? "not created" : reason));
  }
  return absl::OkStatus();
}

// Whether the broker names a leader for each of the topic's partitions.
bool HasLeaders(rd_kafka_t* client, const std::string& topic, int partitions) {
  const std::unique_ptr<rd_kafka_topic_t, Destroy<rd_kafka_topic_destroy>> handle(
      rd_kafka_topic_new(client, topic.c_str(), nullptr));
  const rd_kafka_metadata_t* answer = nullptr;
  if (rd_kafka_metadata(client, 0, handle.get(), &answer, Milliseconds(kCreateLimit)) !=
      RD_KAFKA_RESP_ERR_NO_ERROR) {
    return false;
  }
  const Metadata metadata(answer);
  if (metadata->topic_cnt != 1 || metadata->topics[0].partition_cnt != partitions) return false;
  const std::span<const rd_kafka_metadata_partition> found(metadata->topics[0].partitions,
                                                           static_cast<size_t>(partitions));
  return std::ranges::all_of(found, [](const rd_kafka_metadata_partition& partition) {
    return partition.err == RD_KAFKA_RESP_ERR_NO_ERROR && partition.leader >= 0;
  });
}

}  // namespace

absl::StatusOr<Cluster> ClusterFromEnvironment() {
  absl::StatusOr<std::pair<std::string, int>> kafka = HostAndPort("TSUNAGU_TEST_KAFKA");
  if (!kafka.ok()) return kafka.status();
  absl::StatusOr<std::pair<std::string, int>> redis = HostAndPort("TSUNAGU_TEST_REDIS");
  if (!redis.ok()) return redis.status();
  return Cluster{.kafka = absl::StrCat(kafka->first, ":", kafka->second),
                 .redis_host = redis->first,
                 .redis_port = redis->second};
}

std::string UniqueName(absl::string_view label) {
  // The time tells processes apart that got the same pid one after the other.
  static const int64_t started = std::chrono::duration_cast<std::chrono::milliseconds>(
                                     std::chrono::system_clock::now().time_since_epoch())
                                     .count();
  static std::atomic<int> count = 0;
  return absl::StrCat(label, "-", started, "-", getpid(), "-", ++count);
}

absl::Status CreateTopics(const Cluster& cluster, std::span<const std::string> topics,
                          int partitions) {
  if (partitions < 1) return absl::InvalidArgumentError("a topic has at least one partition");
  const auto deadline = std::chrono::steady_clock::now() + kCreateLimit;
  absl::StatusOr<Client> client = Connect(cluster);
  if (!client.ok()) return client.status();
  if (absl::Status status = RequestTopics(client->get(), topics, partitions); !status.ok()) {
    return status;
  }
  for (const std::string& topic : topics) {
    while (!HasLeaders(client->get(), topic, partitions)) {
      if (std::chrono::steady_clock::now() > deadline) {
        return absl::DeadlineExceededError(absl::StrCat(topic, ": no leader"));
      }
      std::this_thread::sleep_for(kMetadataPoll);
    }
  }
  return absl::OkStatus();
}

void ClusterTest::SetUp() {
  absl::StatusOr<Cluster> cluster = ClusterFromEnvironment();
  ASSERT_TRUE(cluster.ok()) << cluster.status();
  cluster_ = *std::move(cluster);
}

std::string ClusterTest::NewTopic(absl::string_view label, int partitions) {
  const std::string topic = UniqueName(label);
  const absl::Status status = CreateTopics(cluster_, std::span(&topic, 1), partitions);
  if (status.ok()) return topic;
  ADD_FAILURE() << status;
  return "";
}

}  // namespace tsunagu::tests
