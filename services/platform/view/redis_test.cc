#include "services/platform/view/redis.h"

#include <gtest/gtest.h>

#include <tuple>

#include "absl/strings/str_cat.h"
#include "services/platform/async/one_shot.h"
#include "tests/support/cluster.h"

namespace tsunagu::view {
namespace {

class RedisTest : public tests::ClusterTest {
 protected:
  void SetUp() override {
    ClusterTest::SetUp();
    address_ = absl::StrCat(cluster().redis_host, ":", cluster().redis_port);
    key_ = tests::UniqueName("redis-test");
  }

  // Runs the coroutine to its end.
  void Run(std::function<asio::awaitable<void>()> coroutine) {
    asio::co_spawn(loop_, coroutine(), [this](std::exception_ptr) { loop_.stop(); });
    loop_.run();
    loop_.restart();
  }

  asio::io_context loop_;
  std::string address_;
  std::string key_;
};

TEST_F(RedisTest, AnswersAsValues) {
  Redis redis(loop_, address_);
  Run([&]() -> asio::awaitable<void> {
    const auto set = co_await redis.Command(Words("HSET", key_, "a", std::string("b\0c", 3)));
    EXPECT_EQ(set->integer, 1);
    const auto get = co_await redis.Command(Words("HMGET", key_, "a", "none"));
    EXPECT_EQ(get->elements.size(), 2u);
    EXPECT_EQ(get->elements[0].text, std::string("b\0c", 3));
    EXPECT_EQ(get->elements[1].kind, Reply::Kind::kNil);
  });
}

TEST_F(RedisTest, AnErrorReplyIsAnError) {
  Redis redis(loop_, address_);
  Run([&]() -> asio::awaitable<void> {
    const auto reply = co_await redis.Command(Words("NOSUCHCOMMAND"));
    EXPECT_EQ(reply.status().code(), absl::StatusCode::kFailedPrecondition);
  });
}

TEST_F(RedisTest, ManyCommandsTravelTogether) {
  Redis redis(loop_, address_);
  constexpr int kCommands = 2000;
  int answered = 0;
  OneShot<bool> done(loop_.get_executor());
  Run([&]() -> asio::awaitable<void> {
    for (int i = 0; i < kCommands; ++i) {
      asio::co_spawn(
          loop_,
          [&]() -> asio::awaitable<void> {
            const auto reply = co_await redis.Command(Words("INCR", key_));
            if (reply.ok() && ++answered == kCommands) done.Set(true);
          },
          asio::detached);
    }
    co_await done.Wait();
  });
  EXPECT_EQ(answered, kCommands);
}

TEST_F(RedisTest, AServerThatIsAwayIsUnavailable) {
  Redis redis(loop_, "127.0.0.1:1");
  Run([&]() -> asio::awaitable<void> {
    const auto reply = co_await redis.Command(Words("PING"));
    EXPECT_EQ(reply.status().code(), absl::StatusCode::kUnavailable);
  });
}

TEST_F(RedisTest, ReconnectsAfterTheConnectionBroke) {
  Redis redis(loop_, address_);
  Redis other(loop_, address_);
  Run([&]() -> asio::awaitable<void> {
    const auto id = co_await redis.Command(Words("CLIENT", "ID"));
    const auto killed =
        co_await other.Command(Words("CLIENT", "KILL", "ID", absl::StrCat(id->integer)));
    EXPECT_TRUE(killed.ok()) << killed.status();
    // The kill is noticed by the first command at the latest; the one after it works.
    std::ignore = co_await redis.Command(Words("PING"));
    const auto reply = co_await redis.Command(Words("PING"));
    EXPECT_TRUE(reply.ok()) << reply.status();
  });
}

TEST_F(RedisTest, SubscriptionsSurviveABrokenConnection) {
  Redis subscriber(loop_, address_);
  Redis publisher(loop_, address_);
  int connected = 0;
  std::string last;
  subscriber.Subscribe(
      key_ + ":*", [&](const std::string&, const std::string& message) { last = message; },
      [&] { ++connected; });
  Run([&]() -> asio::awaitable<void> {
    while (connected == 0) co_await Sleep(absl::Milliseconds(1));
    const auto one = co_await publisher.Command(Words("PUBLISH", key_ + ":x", "one"));
    EXPECT_TRUE(one.ok()) << one.status();
    while (last != "one") co_await Sleep(absl::Milliseconds(1));
    const auto killed = co_await publisher.Command(Words("CLIENT", "KILL", "TYPE", "pubsub"));
    EXPECT_TRUE(killed.ok()) << killed.status();
    while (connected == 1) co_await Sleep(absl::Milliseconds(1));
    const auto two = co_await publisher.Command(Words("PUBLISH", key_ + ":x", "two"));
    EXPECT_TRUE(two.ok()) << two.status();
    while (last != "two") co_await Sleep(absl::Milliseconds(1));
  });
  EXPECT_EQ(last, "two");
}

}  // namespace
}  // namespace tsunagu::view
