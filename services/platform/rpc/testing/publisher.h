// For tests: writes into topics what another service would have written, and reads their ends.
#ifndef SERVICES_PLATFORM_RPC_TESTING_PUBLISHER_H_
#define SERVICES_PLATFORM_RPC_TESTING_PUBLISHER_H_

#include <asio.hpp>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "google/protobuf/message_lite.h"
#include "services/platform/journal/producer.h"

namespace tsunagu::rpc {

// Not thread safe. A failure to write fails the test.
class Publisher {
 public:
  // `topics` by their full names, prefix and all.
  Publisher(const std::string& kafka, const std::vector<std::string>& topics, int partitions);
  ~Publisher();

  // Appends a record to the partition of its key and waits until it is durable.
  void Append(const std::string& topic, const std::string& key, const std::string& value);

  // Appends a public event as the fold of a journal publishes it.
  void Publish(const std::string& topic, const std::string& subject, const std::string& aggregate,
               uint64_t version, const google::protobuf::MessageLite& event);

  // The newest record in the partition of that key; empty when there is none.
  std::string Newest(const std::string& topic, const std::string& key);

 private:
  asio::io_context loop_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_{loop_.get_executor()};
  const std::string kafka_;
  const int partitions_;
  std::unique_ptr<journal::Producer> producer_;
  std::thread thread_;
};

}  // namespace tsunagu::rpc

#endif  // SERVICES_PLATFORM_RPC_TESTING_PUBLISHER_H_
