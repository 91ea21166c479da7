#include "tests/support/cluster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hiredis/hiredis.h>

#include <cstdlib>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"

namespace tsunagu::tests {
namespace {

using ::testing::HasSubstr;

// Sets a variable for one test and puts the old value back.
class ScopedVariable {
 public:
  ScopedVariable(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name); old != nullptr) old_ = old;
    setenv(name, value, 1);
  }
  ~ScopedVariable() { setenv(name_, old_.c_str(), 1); }
  ScopedVariable(const ScopedVariable&) = delete;
  ScopedVariable& operator=(const ScopedVariable&) = delete;

 private:
  const char* name_;
  std::string old_;
};

TEST(Environment, BothAddressesAreRead) {
  const ScopedVariable kafka("TSUNAGU_TEST_KAFKA", "127.0.0.1:9092");
  const ScopedVariable redis("TSUNAGU_TEST_REDIS", "127.0.0.2:6379");
  const absl::StatusOr<Cluster> cluster = ClusterFromEnvironment();
  ASSERT_TRUE(cluster.ok()) << cluster.status();
  EXPECT_EQ(cluster->kafka, "127.0.0.1:9092");
  EXPECT_EQ(cluster->redis_host, "127.0.0.2");
  EXPECT_EQ(cluster->redis_port, 6379);
}

TEST(Environment, MissingAddressSaysWhatToRun) {
  const ScopedVariable kafka("TSUNAGU_TEST_KAFKA", "127.0.0.1:9092");
  const ScopedVariable redis("TSUNAGU_TEST_REDIS", "");
  const absl::Status status = ClusterFromEnvironment().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("TSUNAGU_TEST_REDIS is not set"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("tools/test"));
}

TEST(Environment, MalformedAddressIsRefused) {
  const ScopedVariable redis("TSUNAGU_TEST_REDIS", "127.0.0.1:6379");
  for (const char* bad : {"127.0.0.1", ":9092", "h:", "h:x", "h:0", "h:65536", "h:-1"}) {
    const ScopedVariable kafka("TSUNAGU_TEST_KAFKA", bad);
    EXPECT_THAT(std::string(ClusterFromEnvironment().status().message()),
                HasSubstr("TSUNAGU_TEST_KAFKA is no host:port"))
        << bad;
  }
}

TEST(UniqueName, DiffersAcrossThreads) {
  std::vector<std::string> names[4];
  std::vector<std::thread> threads;
  for (std::vector<std::string>& mine : names) {
    threads.emplace_back([&mine] {
      for (int i = 0; i < 100; ++i) mine.push_back(UniqueName("t"));
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> all;
  for (const std::vector<std::string>& mine : names) all.insert(mine.begin(), mine.end());
  EXPECT_EQ(all.size(), 400u);
}

TEST(UniqueName, StartsWithItsLabel) {
  EXPECT_EQ(UniqueName("rx.journal").rfind("rx.journal-", 0), 0u);
}

TEST(CreateTopics, NumberOfPartitionsIsCheckedBeforeConnecting) {
  const Cluster nowhere{.kafka = "127.0.0.1:1", .redis_host = "127.0.0.1", .redis_port = 1};
  const std::vector<std::string> topics = {"t"};
  for (const int partitions : {0, -1}) {
    EXPECT_EQ(CreateTopics(nowhere, topics, partitions).code(), absl::StatusCode::kInvalidArgument);
  }
}

TEST_F(ClusterTest, TopicsAreCreatedOnceWithTheirPartitions) {
  const std::vector<std::string> topics = {UniqueName("a"), UniqueName("b")};
  ASSERT_TRUE(CreateTopics(cluster(), topics, 3).ok());
  const absl::Status again = CreateTopics(cluster(), topics, 3);
  EXPECT_FALSE(again.ok());
  EXPECT_THAT(std::string(again.message()), HasSubstr(topics[0]));
}

TEST_F(ClusterTest, NewTopicsHaveNamesOfTheirOwn) {
  const std::string first = NewTopic("events", 1);
  const std::string second = NewTopic("events", 1);
  EXPECT_FALSE(first.empty());
  EXPECT_NE(first, second);
}

TEST_F(ClusterTest, IllegalTopicNameIsAnError) {
  const std::vector<std::string> topics = {"no spaces"};
  EXPECT_FALSE(CreateTopics(cluster(), topics, 1).ok());
}

TEST_F(ClusterTest, RedisAnswers) {
  const std::unique_ptr<redisContext, void (*)(redisContext*)> redis(
      redisConnect(cluster().redis_host.c_str(), cluster().redis_port), redisFree);
  ASSERT_EQ(redis->err, 0) << redis->errstr;
  const std::unique_ptr<redisReply, void (*)(void*)> reply(
      static_cast<redisReply*>(redisCommand(redis.get(), "PING")), freeReplyObject);
  ASSERT_NE(reply, nullptr);
  EXPECT_STREQ(reply->str, "PONG");
}

}  // namespace
}  // namespace tsunagu::tests
