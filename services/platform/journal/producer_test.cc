#include "services/platform/journal/producer.h"

#include <gtest/gtest.h>

#include <memory>
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

}  // namespace
}  // namespace tsunagu::journal
