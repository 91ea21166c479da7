// A broker that a test can take away or make refuse, which the shared one must not.
#ifndef TESTS_SUPPORT_MOCK_BROKER_H_
#define TESTS_SUPPORT_MOCK_BROKER_H_

#include <librdkafka/rdkafka.h>
// After rdkafka.h, which it needs.
#include <librdkafka/rdkafka_mock.h>

#include <string>
#include <vector>

namespace tsunagu::tests {

// librdkafka's own; nothing is kept after it.
class MockBroker {
 public:
  MockBroker(const std::vector<std::string>& topics, int partitions)
      : client_(rd_kafka_new(RD_KAFKA_PRODUCER, rd_kafka_conf_new(), nullptr, 0)),
        cluster_(rd_kafka_mock_cluster_new(client_, 1)) {
    for (const std::string& topic : topics) {
      rd_kafka_mock_topic_create(cluster_, topic.c_str(), partitions, 1);
    }
  }
  ~MockBroker() {
    rd_kafka_mock_cluster_destroy(cluster_);
    rd_kafka_destroy(client_);
  }
  MockBroker(const MockBroker&) = delete;

  std::string address() const { return rd_kafka_mock_cluster_bootstraps(cluster_); }
  // Answers the next appends so.
  void RefuseAppends(rd_kafka_resp_err_t error) {
    constexpr int16_t kProduce = 0;  // of Kafka's protocol
    rd_kafka_mock_push_request_errors(cluster_, kProduce, 4, error, error, error, error);
  }
  // A partition whose leader is lost; the others go on.
  void LosePartition(const std::string& topic, int partition) {
    rd_kafka_mock_partition_set_leader(cluster_, topic.c_str(), partition, -1);
  }
  void Leave() { rd_kafka_mock_broker_set_down(cluster_, 1); }
  void Return() { rd_kafka_mock_broker_set_up(cluster_, 1); }

 private:
  rd_kafka_t* const client_;
  rd_kafka_mock_cluster_t* const cluster_;
};

}  // namespace tsunagu::tests

#endif  // TESTS_SUPPORT_MOCK_BROKER_H_
