// The least that a command of ours costs: one record, produced with acks=all and consumed again, by
// librdkafka alone, with the settings of services/platform/journal/{producer,consumer}.cc.
#ifndef TESTS_LOAD_ROUND_TRIP_H_
#define TESTS_LOAD_ROUND_TRIP_H_

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "tests/load/driver.h"

extern "C" {
typedef struct rd_kafka_s rd_kafka_t;
}

namespace tsunagu::load {

// Makes a topic of its own, which stays until the broker's data goes.
class RoundTrip {
 public:
  RoundTrip(const std::string& brokers, int partitions);
  ~RoundTrip();
  RoundTrip(const RoundTrip&) = delete;

  // A call is a record of 500 bytes; done when it was consumed.
  Issue Calls();

 private:
  void Consume();
  static void ServeReports(rd_kafka_t* producer, const std::atomic<bool>& stopping);

  const std::string topic_;
  const int partitions_;
  rd_kafka_t* producer_ = nullptr;
  rd_kafka_t* consumer_ = nullptr;
  std::atomic<uint64_t> next_ = 0;
  std::mutex mutex_;
  std::unordered_map<uint64_t, Done> waiting_;  // guarded by mutex_
  std::atomic<bool> stopping_ = false;
  std::thread reports_, consuming_;
};

}  // namespace tsunagu::load

#endif  // TESTS_LOAD_ROUND_TRIP_H_
