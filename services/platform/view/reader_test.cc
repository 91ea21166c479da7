// Reading views against a real Redis, with the fold played by the test.
#include "services/platform/view/reader.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/platform/status/error.h"
#include "tests/support/cluster.h"

namespace tsunagu::view {
namespace {

constexpr int kPartitions = 4;
constexpr char kTopic[] = "topic";
// Lies in partition 1 of 4.
constexpr char kSubject[] = "00010000000000000000000000000000";
const absl::Duration kLimit = absl::Seconds(10);

class ReaderTest : public tests::ClusterTest {
 protected:
  void SetUp() override {
    ClusterTest::SetUp();
    const std::string address = absl::StrCat(cluster().redis_host, ":", cluster().redis_port);
    commands_ = std::make_unique<Redis>(loop_, address);
    subscriber_ = std::make_unique<Redis>(loop_, address);
    reader_ = std::make_unique<Reader>(loop_, *commands_, *subscriber_, tests::UniqueName("svc"),
                                       kPartitions);
    section_ = reader_->Section(kTopic, 1);
  }

  // Runs the coroutine to its end.
  template <typename T>
  T Get(asio::awaitable<T> coroutine) {
    std::optional<T> result;
    asio::co_spawn(loop_, std::move(coroutine), [&](std::exception_ptr, T value) {
      result = std::move(value);
      loop_.stop();
    });
    loop_.run();
    loop_.restart();
    return std::move(*result);
  }

  absl::Status Store(std::optional<Position> from, Position to, std::vector<Change> changes = {}) {
    return Get(reader_->sections().Store(section_, from, to, std::move(changes)));
  }

  // Stores after a while, when the coroutine under test already waits.
  void StoreLater(std::optional<Position> from, Position to) {
    asio::co_spawn(
        loop_,
        [](Reader& reader, SectionId section, std::optional<Position> from,
           Position to) -> asio::awaitable<void> {
          co_await Sleep(absl::Milliseconds(30));
          EXPECT_TRUE((co_await reader.sections().Store(section, from, to, {})).ok());
        }(*reader_, section_, from, to),
        asio::detached);
  }

  absl::StatusOr<std::vector<std::string>> Read(std::vector<std::string> names,
                                                absl::Duration limit = kLimit) {
    return Get(reader_->Read(kTopic, kSubject, std::move(names), absl::Now() + limit));
  }

  absl::Status WaitFor(int64_t offset, absl::Duration limit = kLimit) {
    return Get(reader_->WaitFor(section_, offset, absl::Now() + limit));
  }

  asio::io_context loop_;
  std::unique_ptr<Redis> commands_, subscriber_;
  std::unique_ptr<Reader> reader_;
  SectionId section_;
};

TEST_F(ReaderTest, ReadsTheStatesOfThePseudonymsPartition) {
  ASSERT_TRUE(Store(std::nullopt, {3, 0}, {{"a", "1"}, {"b", "2"}}).ok());
  const auto values = Read({"b", "none", "a"});
  ASSERT_TRUE(values.ok()) << values.status();
  EXPECT_EQ(*values, (std::vector<std::string>{"2", "", "1"}));
}

// JR-014
TEST_F(ReaderTest, AViewThatIsRebuiltIsNotRead) {
  ASSERT_TRUE(Store(std::nullopt, {2, 3}, {{"a", "half"}}).ok());
  const auto values = Read({"a"}, absl::Milliseconds(40));
  EXPECT_EQ(values.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(values.status()), "VIEW_REBUILDING");
  EXPECT_EQ(RuleOf(values.status()), "JR-014");
}

TEST_F(ReaderTest, AViewThatWasNeverMadeIsNotRead) {
  EXPECT_EQ(ReasonOf(Read({"a"}, absl::Milliseconds(40)).status()), "VIEW_REBUILDING");
}

TEST_F(ReaderTest, AReadWaitsUntilTheRebuildIsDone) {
  ASSERT_TRUE(Store(std::nullopt, {2, 3}, {{"a", "1"}}).ok());
  StoreLater(Position{2, 3}, {3, 3});
  const auto values = Read({"a"});
  ASSERT_TRUE(values.ok()) << values.status();
  EXPECT_EQ(values->front(), "1");
}

TEST_F(ReaderTest, WaitsForTheOffsetAndNoLonger) {
  ASSERT_TRUE(Store(std::nullopt, {5, 0}).ok());
  EXPECT_TRUE(WaitFor(4).ok()) << "folded before anybody waited: Redis is asked";
  EXPECT_EQ(WaitFor(5, absl::Milliseconds(20)).code(), absl::StatusCode::kDeadlineExceeded);
  StoreLater(Position{5, 0}, {6, 0});
  EXPECT_TRUE(WaitFor(5).ok());
}

TEST_F(ReaderTest, ManyWaitersOfOnePartitionAreEachWoken) {
  ASSERT_TRUE(Store(std::nullopt, {0, 0}).ok());
  StoreLater(Position{0, 0}, {50, 0});
  int woken = 0;
  for (int64_t offset = 0; offset < 49; ++offset) {
    asio::co_spawn(loop_, reader_->WaitFor(section_, offset, absl::Now() + kLimit),
                   [&](std::exception_ptr, absl::Status status) { woken += status.ok() ? 1 : 0; });
  }
  EXPECT_TRUE(WaitFor(49).ok());
  EXPECT_EQ(Get(reader_->WaitFor(section_, 0, absl::Now() + kLimit)), absl::OkStatus());
  EXPECT_EQ(woken, 49);
}

TEST_F(ReaderTest, APartitionDoesNotWakeTheWaitersOfAnother) {
  ASSERT_TRUE(Store(std::nullopt, {9, 0}).ok());
  EXPECT_EQ(
      Get(reader_->WaitFor(reader_->Section(kTopic, 2), 0, absl::Now() + absl::Milliseconds(150)))
          .code(),
      absl::StatusCode::kDeadlineExceeded);
}

TEST_F(ReaderTest, APassedDeadlineAnswersAtOnce) {
  EXPECT_EQ(WaitFor(0, -absl::Seconds(1)).code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(ReasonOf(Read({"a"}, -absl::Seconds(1)).status()), "VIEW_REBUILDING");
}

// JR-015
TEST(UnreachableTest, WithoutRedisNoViewIsSaidToBeRebuilt) {
  asio::io_context loop;
  Redis commands(loop, "127.0.0.1:1"), subscriber(loop, "127.0.0.1:1");
  Reader reader(loop, commands, subscriber, "service", 1);
  auto values =
      asio::co_spawn(loop, reader.Read("topic", "0000", {"a"}, absl::Now()), asio::use_future);
  loop.run_for(std::chrono::seconds(1));
  ASSERT_EQ(values.wait_for(std::chrono::seconds(0)), std::future_status::ready);
  const absl::Status status = values.get().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "VIEW_UNREACHABLE");
  EXPECT_EQ(RuleOf(status), "JR-015");
}

TEST(PartitionOfTest, FollowsTheRoutingHash) {
  EXPECT_EQ(PartitionOf("0000", 16), 0);
  EXPECT_EQ(PartitionOf("000f", 16), 15);
  EXPECT_EQ(PartitionOf("0010", 16), 0);
  EXPECT_EQ(PartitionOf("ffff", 64), 63);
  EXPECT_EQ(PartitionOf("not hex", 16), 0);
  EXPECT_EQ(PartitionOf("", 16), 0);
}

TEST(PartitionOfTest, EveryPartitionHasItsShareOfTheHashes) {
  for (const int partitions : {1, 4, 16, 64}) {
    std::vector<int> hashes(partitions);
    for (int hash = 0; hash < 0x10000; ++hash) {
      ++hashes.at(PartitionOf(absl::StrFormat("%04x", hash), partitions));
    }
    for (const int share : hashes) EXPECT_EQ(share, 0x10000 / partitions);
  }
}

}  // namespace
}  // namespace tsunagu::view
