#include "services/platform/rpc/testing/publisher.h"

#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "services/platform/journal/consumer.h"
#include "services/platform/view/reader.h"
#include "tsunagu/journal/v1/journal.pb.h"

namespace tsunagu::rpc {
namespace {

constexpr absl::Duration kLimit = absl::Seconds(20);

}  // namespace

Publisher::Publisher(const std::string& kafka, const std::vector<std::string>& topics,
                     int partitions)
    : kafka_(kafka), partitions_(partitions) {
  auto producer = journal::Producer::Create(loop_, kafka, topics);
  EXPECT_TRUE(producer.ok()) << producer.status();
  if (producer.ok()) producer_ = *std::move(producer);
  thread_ = std::thread([this] { loop_.run(); });
}

Publisher::~Publisher() {
  loop_.stop();
  thread_.join();
}

void Publisher::Append(const std::string& topic, const std::string& key, const std::string& value) {
  const int partition = view::PartitionOf(key, partitions_);
  const auto offset =
      asio::co_spawn(loop_, producer_->Append(topic, partition, key, value, absl::Now() + kLimit),
                     asio::use_future)
          .get();
  EXPECT_TRUE(offset.ok()) << offset.status();
}

void Publisher::Publish(const std::string& topic, const std::string& subject,
                        const std::string& aggregate, uint64_t version,
                        const google::protobuf::MessageLite& event) {
  tsunagu::journal::v1::Published published;
  published.set_subject(subject);
  published.set_aggregate(aggregate);
  published.set_version(version);
  published.set_event(event.SerializeAsString());
  Append(topic, subject, published.SerializeAsString());
}

std::string Publisher::Newest(const std::string& topic, const std::string& key) {
  const auto tail = journal::ReadTail(kafka_, topic, view::PartitionOf(key, partitions_));
  EXPECT_TRUE(tail.ok()) << tail.status();
  return tail.ok() && tail->has_value() ? (*tail)->value : "";
}

}  // namespace tsunagu::rpc
