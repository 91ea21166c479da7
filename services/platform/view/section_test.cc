#include "services/platform/view/section.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/support/cluster.h"

namespace tsunagu::view {
namespace {

class SectionTest : public tests::ClusterTest {
 protected:
  void SetUp() override {
    ClusterTest::SetUp();
    redis_ = std::make_unique<Redis>(loop_,
                                     absl::StrCat(cluster().redis_host, ":", cluster().redis_port));
    sections_ = std::make_unique<Sections>(*redis_);
    section_ = {tests::UniqueName("svc"), "topic", 3};
  }

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

  absl::Status Store(std::optional<Position> from, Position to, std::vector<Change> changes) {
    return Get(sections_->Store(section_, from, to, std::move(changes)));
  }

  asio::io_context loop_;
  std::unique_ptr<Redis> redis_;
  std::unique_ptr<Sections> sections_;
  SectionId section_;
};

TEST_F(SectionTest, ASectionThatWasNeverMadeHasNoPosition) {
  const auto snapshot = Get(sections_->Read(section_, {"a"}));
  ASSERT_TRUE(snapshot.ok());
  EXPECT_FALSE(snapshot->position.has_value());
  EXPECT_EQ(snapshot->values, std::vector<std::string>{""});
}

TEST_F(SectionTest, StatesAndPositionChangeTogether) {
  ASSERT_TRUE(Store(std::nullopt, {2, 0}, {{"a", "1"}, {"b", std::string("\0x", 2)}}).ok());
  ASSERT_TRUE(Store(Position{2, 0}, {5, 0}, {{"a", ""}}).ok());
  const auto snapshot = Get(sections_->Read(section_, {"a", "b"}));
  EXPECT_EQ(snapshot->position, (Position{5, 0}));
  EXPECT_EQ(snapshot->values, (std::vector<std::string>{"", std::string("\0x", 2)}));
}

// JR-006
TEST_F(SectionTest, AWriterThatIsLateChangesNothing) {
  ASSERT_TRUE(Store(std::nullopt, {2, 0}, {{"a", "new"}}).ok());
  const absl::Status late = Store(std::nullopt, {1, 0}, {{"a", "old"}});
  EXPECT_EQ(late.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(Get(sections_->Read(section_, {"a"}))->values[0], "new");
}

TEST_F(SectionTest, AWriterNoticesThatTheSectionIsLost) {
  ASSERT_TRUE(Store(std::nullopt, {2, 0}, {{"a", "1"}}).ok());
  ASSERT_TRUE(Get(sections_->Drop(section_)).ok());
  const absl::Status status = Store(Position{2, 0}, {3, 0}, {});
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(status.message(), "the section stands at LOST");
}

TEST_F(SectionTest, StoringWorksAfterRedisForgotTheScript) {
  ASSERT_TRUE(Store(std::nullopt, {1, 0}, {}).ok());
  (void)Get(redis_->Command({"SCRIPT", "FLUSH"}));
  EXPECT_TRUE(Store(Position{1, 0}, {2, 0}, {{"a", "1"}}).ok());
}

TEST_F(SectionTest, TheDigestDependsOnStatesOnly) {
  SectionId other = section_;
  other.partition = 4;
  ASSERT_TRUE(Store(std::nullopt, {2, 0}, {{"a", "1"}, {"b", "2"}}).ok());
  ASSERT_TRUE(Get(sections_->Store(other, std::nullopt, {9, 9}, {{"b", "2"}})).ok());
  EXPECT_NE(*Get(sections_->Digest(section_)), *Get(sections_->Digest(other)));
  ASSERT_TRUE(Get(sections_->Store(other, Position{9, 9}, {10, 9}, {{"a", "1"}})).ok());
  EXPECT_EQ(*Get(sections_->Digest(section_)), *Get(sections_->Digest(other)));
}

TEST_F(SectionTest, TheDigestOfManyStatesIsStable) {
  std::vector<Change> changes;
  for (int i = 0; i < 5000; ++i) changes.emplace_back(absl::StrCat("n", i), absl::StrCat(i));
  ASSERT_TRUE(Store(std::nullopt, {1, 0}, changes).ok());
  EXPECT_EQ(*Get(sections_->Digest(section_)), *Get(sections_->Digest(section_)));
}

TEST_F(SectionTest, ManyStatesFitIntoOneStore) {
  std::vector<Change> changes;
  std::vector<std::string> names;
  for (int i = 0; i < 2000; ++i) {
    names.push_back(absl::StrCat("n", i));
    changes.emplace_back(names.back(), std::string(100, static_cast<char>('a' + i % 26)));
  }
  ASSERT_TRUE(Store(std::nullopt, {1, 0}, changes).ok());
  const auto snapshot = Get(sections_->Read(section_, names));
  ASSERT_TRUE(snapshot.ok());
  for (size_t i = 0; i < changes.size(); ++i) EXPECT_EQ(snapshot->values[i], changes[i].second);
}

TEST_F(SectionTest, AWriterMustKnowTheTargetToo) {
  ASSERT_TRUE(Store(std::nullopt, {2, 5}, {}).ok());
  EXPECT_EQ(Store(Position{2, 0}, {3, 0}, {}).code(), absl::StatusCode::kAborted);
  EXPECT_EQ(Get(sections_->Read(section_, {}))->position, (Position{2, 5}));
}

TEST_F(SectionTest, SectionsOfOtherTopicsAndPartitionsStayUntouched) {
  SectionId topic = section_, partition = section_;
  topic.topic = "other";
  partition.partition = 4;
  ASSERT_TRUE(Store(std::nullopt, {1, 0}, {{"a", "1"}}).ok());
  for (const SectionId& other : {topic, partition}) {
    ASSERT_TRUE(Get(sections_->Store(other, std::nullopt, {7, 0}, {{"a", "2"}})).ok());
    ASSERT_TRUE(Get(sections_->Drop(other)).ok());
  }
  EXPECT_EQ(Get(sections_->Read(section_, {"a"}))->values[0], "1");
}

TEST_F(SectionTest, DroppingWhatIsNotThereIsFine) {
  EXPECT_TRUE(Get(sections_->Drop(section_)).ok());
  EXPECT_EQ(*Get(sections_->Digest(section_)), std::string(64, '0')) << "no states";
}

TEST_F(SectionTest, AStateTakenBackLeavesTheDigestAsItWas) {
  ASSERT_TRUE(Store(std::nullopt, {1, 0}, {{"a", "1"}}).ok());
  const std::string before = *Get(sections_->Digest(section_));
  ASSERT_TRUE(Store(Position{1, 0}, {2, 0}, {{"b", "2"}}).ok());
  EXPECT_NE(*Get(sections_->Digest(section_)), before);
  ASSERT_TRUE(Store(Position{2, 0}, {3, 0}, {{"b", ""}}).ok());
  EXPECT_EQ(*Get(sections_->Digest(section_)), before);
}

TEST(PositionTest, ReadsWhatItWrites) {
  const Position position = {12, 34};
  EXPECT_EQ(Position::Parse(position.Text()), position);
  EXPECT_FALSE(position.Readable());
  EXPECT_TRUE((Position{34, 34}).Readable());
  for (const char* text : {"", "1", "x 1", "1 2 3"}) EXPECT_FALSE(Position::Parse(text)) << text;
}

TEST(SectionIdTest, SectionsOfAPartitionShareASlot) {
  EXPECT_EQ((SectionId{"rx", "rx.journal", 7}).Key(), "tsunagu:rx:{p7}:rx.journal");
}

TEST(PositionTest, OnlyTwoNumbersAreAPosition) {
  const Position far = {INT64_MAX, INT64_MAX};
  EXPECT_EQ(Position::Parse(far.Text()), far);
  for (const char* text : {"1 ", " 1", "1  2", "1 2 ", "1\t2", "1,2", "1 x", "0x1 2", "1.0 2",
                           "9223372036854775808 0", "LOST"}) {
    EXPECT_FALSE(Position::Parse(text)) << text;
  }
}

TEST(SectionIdTest, ChannelsOfAServiceMatchItsPatternAndNoOther) {
  const std::string pattern = ChannelPattern("rx");
  ASSERT_EQ(pattern.back(), '*');
  const std::string prefix = pattern.substr(0, pattern.size() - 1);
  EXPECT_EQ((SectionId{"rx", "rx.journal", 7}).Channel().rfind(prefix, 0), 0u);
  EXPECT_NE((SectionId{"rx2", "rx.journal", 7}).Channel().rfind(prefix, 0), 0u);
  EXPECT_NE((SectionId{"rx", "a", 1}).Channel(), (SectionId{"rx", "a", 11}).Channel());
  EXPECT_NE((SectionId{"rx", "a", 1}).Key(), (SectionId{"rx", "a", 11}).Key());
}

}  // namespace
}  // namespace tsunagu::view
