#include "services/platform/journal/producer.h"

#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <thread>

#include "absl/time/clock.h"
#include "tests/support/mock_broker.h"

namespace tsunagu::journal {
namespace {

TEST(ProducerTest, WhatIsUnderWayWhenItEndsIsStillReported) {
  tests::MockBroker broker({"topic"}, 1);
  asio::io_context loop;
  auto producer = Producer::Create(loop, broker.address(), {"topic"});
  ASSERT_TRUE(producer.ok()) << producer.status();
  broker.Leave();
  bool durable = false;
  asio::co_spawn(
      loop, (*producer)->Append("topic", 0, "key", "value", absl::Now() + absl::Seconds(10)),
      [&durable](std::exception_ptr, const absl::StatusOr<int64_t>& at) { durable = at.ok(); });
  loop.poll();  // sends it
  const std::jthread returning([&broker] {
    absl::SleepFor(absl::Milliseconds(300));
    broker.Return();
  });
  producer->reset();
  loop.run();
  EXPECT_TRUE(durable);
}

TEST(ProducerTest, WhatTheLibrarySaysIsALineOfTheLog) {
  testing::internal::CaptureStderr();
  asio::io_context loop;
  ASSERT_TRUE(Producer::Create(loop, "127.0.0.1:1", {"topic"}).ok());  // waits for it till a limit
  std::istringstream lines(testing::internal::GetCapturedStderr());
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const auto said = nlohmann::json::parse(line, nullptr, false);
    ASSERT_FALSE(said.is_discarded()) << line;
    EXPECT_EQ(said["event"], "kafka.said");
    EXPECT_EQ(said["level"], "error") << line;
  }
  EXPECT_GT(count, 0);
}

}  // namespace
}  // namespace tsunagu::journal
