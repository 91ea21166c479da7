#include "services/platform/view/gates.h"

#include <gtest/gtest.h>

#include <optional>

#include "services/platform/status/error.h"
#include "tests/support/cluster.h"

namespace tsunagu::view {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
constexpr absl::Duration kWindow = absl::Minutes(10);

class GatesTest : public tests::ClusterTest {
 protected:
  void SetUp() override {
    ClusterTest::SetUp();
    address_ = cluster().redis_host + ":" + std::to_string(cluster().redis_port);
    service_ = tests::UniqueName("gates");
  }

  absl::StatusOr<Passage> Take(const std::string& gate, GateLimit limit, absl::Time now) {
    asio::io_context loop;
    Redis redis(loop, address_);  // another connection each time, as other replicas have
    Gates gates(redis, service_);
    std::optional<absl::StatusOr<Passage>> passage;
    asio::co_spawn(loop, gates.Take(gate, limit, now),
                   [&](std::exception_ptr, absl::StatusOr<Passage> got) {
                     passage = std::move(got);
                     loop.stop();
                   });
    loop.run();
    return *passage;
  }

  void GiveBack(const std::string& gate, GateLimit limit) {
    asio::io_context loop;
    Redis redis(loop, address_);
    Gates gates(redis, service_);
    asio::co_spawn(loop, gates.GiveBack(gate, limit), [&](std::exception_ptr) { loop.stop(); });
    loop.run();
  }

  // Takes until the gate is closed; answers how long.
  absl::Duration Close(const std::string& gate, GateLimit limit, absl::Time now) {
    for (int i = 0; i < limit.tries; ++i) {
      EXPECT_EQ(Take(gate, limit, now)->wait, absl::ZeroDuration());
    }
    return Take(gate, limit, now)->wait;
  }

  std::string address_, service_;
};

// RX-450
TEST_F(GatesTest, AfterTheLastTryItIsClosedForAWindowOnEveryReplica) {
  const GateLimit limit{3, kWindow, kWindow};
  EXPECT_EQ(Take("a", limit, kNow)->left, 2);
  EXPECT_EQ(Take("a", limit, kNow + absl::Minutes(5))->left, 1);
  EXPECT_EQ(Take("a", limit, kNow + absl::Minutes(5))->left, 0);
  EXPECT_EQ(Take("a", limit, kNow + absl::Minutes(5))->wait, kWindow);
  EXPECT_EQ(Take("b", limit, kNow + absl::Minutes(5))->wait, absl::ZeroDuration());
  EXPECT_EQ(Take("a", limit, kNow + absl::Minutes(14))->wait, absl::Minutes(1));
  EXPECT_EQ(Take("a", limit, kNow + absl::Minutes(15))->left, 2);
}

// RX-450
TEST_F(GatesTest, TheWaitDoublesUpToTheLongestAndIsForgottenAfterAsLong) {
  const GateLimit limit{2, kWindow, absl::Minutes(30)};
  absl::Time now = kNow;
  for (const int minutes : {10, 20, 30, 30}) {
    EXPECT_EQ(Close("a", limit, now), absl::Minutes(minutes));
    now += absl::Minutes(minutes);
  }
  EXPECT_EQ(Close("a", limit, now + absl::Minutes(30)), kWindow);
}

// RX-450
TEST_F(GatesTest, WhatIsGivenBackDoesNotCount) {
  const GateLimit limit{2, kWindow, absl::Hours(1)};
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(Take("a", limit, kNow)->wait, absl::ZeroDuration());
    GiveBack("a", limit);
  }
  EXPECT_EQ(Take("a", limit, kNow)->left, 1);
  EXPECT_EQ(Take("a", limit, kNow)->left, 0);
  GiveBack("a", limit);
  EXPECT_EQ(Take("a", limit, kNow)->left, 0);
  EXPECT_EQ(Take("a", limit, kNow)->wait, kWindow);
}

TEST_F(GatesTest, WithoutRedisNothingPasses) {
  address_ = "127.0.0.1:1";
  EXPECT_EQ(ReasonOf(Take("a", {2, kWindow, kWindow}, kNow).status()), "VIEW_UNREACHABLE");
}

}  // namespace
}  // namespace tsunagu::view
