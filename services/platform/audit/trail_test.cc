#include "services/platform/audit/trail.h"

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/async/one_shot.h"
#include "services/platform/status/error.h"
#include "services/platform/view/reader.h"

namespace tsunagu::audit {
namespace {

using tsunagu::audit::v1::Record;

constexpr int kPartitions = 16;
const absl::Time kTime = absl::FromUnixMillis(1'780'000'000'250);

tsunagu::access::v1::Rule ReadRule() {
  tsunagu::access::v1::Rule rule;
  rule.set_audit("medication.history.read");
  rule.set_purpose(tsunagu::access::v1::PURPOSE_TREATMENT);
  return rule;
}

tsunagu::access::v1::Principal Doctor() {
  tsunagu::access::v1::Principal principal;
  principal.set_actor("abcd");
  principal.add_roles(tsunagu::access::v1::ROLE_MEDICAL_DOCTOR);
  principal.add_roles(tsunagu::access::v1::ROLE_DENTIST);
  principal.set_facility("1311234567");
  principal.set_facility_kind(tsunagu::access::v1::FACILITY_KIND_CLINIC);
  principal.set_facility_name("見本診療所");
  return principal;
}

// A log that remembers what it was given, answers late, and refuses what it is told to.
class FakeLog : public journal::Producer {
 public:
  struct Entry {
    std::string topic;
    int partition = 0;
    std::string key;
    Record record;
    absl::Time deadline;
  };

  asio::awaitable<absl::StatusOr<int64_t>> Append(std::string topic, int partition, std::string key,
                                                  std::string value, absl::Time deadline) override {
    Entry entry = {std::move(topic), partition, std::move(key), Record(), deadline};
    entry.record.ParseFromString(value);
    const bool refused = refuse.count(entry.key) > 0;
    entries.push_back(std::move(entry));
    // The first record takes longest, so that answers come in another order.
    co_await Sleep(absl::Milliseconds(20 / static_cast<int>(entries.size())));
    ++answered;
    if (refused) co_return absl::UnavailableError("no broker");
    co_return -1;  // stored, the broker did not say where
  }

  std::vector<Entry> entries;
  std::set<std::string> refuse;
  int answered = 0;
};

class TrailTest : public ::testing::Test {
 protected:
  absl::Status Write(std::vector<Record> records) {
    std::optional<absl::Status> result;
    asio::co_spawn(loop_, trail_.Write(std::move(records), kTime),
                   [&](std::exception_ptr, absl::Status status) {
                     answered_then_ = log_.answered;
                     result = std::move(status);
                   });
    loop_.run();
    loop_.restart();
    return result.value_or(absl::InternalError("Write never ended"));
  }

  static Record About(const std::string& subject) {
    Record record = MakeRecord(ReadRule(), Doctor(), nullptr, kTime);
    record.set_subject(subject);
    return record;
  }

  asio::io_context loop_;
  FakeLog log_;
  Trail trail_{loop_, log_, "test.audit.records", kPartitions};
  int answered_then_ = 0;  // how many records were durable when Write ended
};

TEST(MakeRecordTest, TellsWhoDidWhatForWhatPurposeAndWhen) {
  const Record record = MakeRecord(ReadRule(), Doctor(), nullptr, kTime);
  EXPECT_EQ(record.action(), "medication.history.read");
  EXPECT_EQ(record.purpose(), tsunagu::access::v1::PURPOSE_TREATMENT);
  EXPECT_EQ(record.actor(), "abcd");
  ASSERT_EQ(record.roles_size(), 2);
  EXPECT_EQ(record.roles(1), tsunagu::access::v1::ROLE_DENTIST);
  EXPECT_EQ(record.facility(), "1311234567");
  EXPECT_EQ(record.facility_kind(), tsunagu::access::v1::FACILITY_KIND_CLINIC);
  EXPECT_EQ(record.facility_name(), "見本診療所");  // AU-016
  EXPECT_EQ(record.time().seconds(), 1'780'000'000);
  EXPECT_EQ(record.time().nanos(), 250'000'000);
  EXPECT_EQ(record.care_context(), "");
  EXPECT_EQ(record.context_source(), tsunagu::access::v1::CONTEXT_SOURCE_UNSPECIFIED);
}

TEST(MakeRecordTest, LeavesSubjectOutcomeAndItemsToTheCall) {
  const Record record = MakeRecord(ReadRule(), Doctor(), nullptr, kTime);
  EXPECT_EQ(record.id(), "");
  EXPECT_EQ(record.subject(), "");
  EXPECT_EQ(record.outcome(), tsunagu::audit::v1::OUTCOME_UNSPECIFIED);
  EXPECT_EQ(record.items_size(), 0);
}

TEST(MakeRecordTest, TellsUnderWhichCareContext) {
  tsunagu::access::v1::CareContext context;
  context.set_id("context-1");
  context.set_source(tsunagu::access::v1::CONTEXT_SOURCE_ORAL);
  context.add_subjects("somebody");
  const Record record = MakeRecord(ReadRule(), Doctor(), &context, kTime);
  EXPECT_EQ(record.care_context(), "context-1");
  EXPECT_EQ(record.context_source(), tsunagu::access::v1::CONTEXT_SOURCE_ORAL);
  EXPECT_EQ(record.subject(), "") << "a context may hold several; only the call knows which";
}

TEST(MakeRecordTest, NamesTheLocalUserOfAnOrganisation) {
  tsunagu::access::v1::Principal terminal;
  terminal.set_local_user("crew-7");
  const Record record = MakeRecord(ReadRule(), terminal, nullptr, kTime);
  EXPECT_EQ(record.local_user(), "crew-7");
  EXPECT_EQ(record.roles_size(), 0);
}

// AU-001
TEST_F(TrailTest, WriteEndsOnlyWhenAllAreDurable) {
  EXPECT_TRUE(Write({About("0001aa"), About("0002bb"), About("0003cc")}).ok());
  EXPECT_EQ(answered_then_, 3);
}

// AU-001
TEST_F(TrailTest, OneRecordThatIsNotDurableFailsAll) {
  for (const char* lost : {"0001aa", "0002bb", "0003cc"}) {
    log_.refuse = {lost};
    const absl::Status status = Write({About("0001aa"), About("0002bb"), About("0003cc")});
    EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << lost;
    EXPECT_EQ(ReasonOf(status), "AUDIT_UNAVAILABLE") << lost;
  }
}

TEST_F(TrailTest, NothingToWriteIsWrittenAtOnce) {
  EXPECT_TRUE(Write({}).ok());
  EXPECT_TRUE(log_.entries.empty());
}

TEST_F(TrailTest, ARecordGoesToThePartitionOfItsSubject) {
  ASSERT_TRUE(Write({About("0001aa"), About("00ffbb"), About("0001aa")}).ok());
  ASSERT_EQ(log_.entries.size(), 3u);
  for (const FakeLog::Entry& entry : log_.entries) {
    EXPECT_EQ(entry.topic, "test.audit.records");
    EXPECT_EQ(entry.key, entry.record.subject());
    EXPECT_EQ(entry.partition, view::PartitionOf(entry.key, kPartitions));
    EXPECT_EQ(entry.deadline, kTime);
  }
  EXPECT_EQ(log_.entries[1].partition, 15);
}

TEST_F(TrailTest, EveryRecordHasAnIdOfItsOwn) {
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(Write({About("0001aa"), About(absl::StrCat("000", i % 10))}).ok());
  }
  std::set<std::string> ids;
  for (const FakeLog::Entry& entry : log_.entries) {
    EXPECT_EQ(entry.record.id().size(), 32u);
    EXPECT_TRUE(ids.insert(entry.record.id()).second);
  }
  EXPECT_EQ(ids.size(), 40u);
}

TEST_F(TrailTest, AnIdThatTheCallerSetDoesNotCount) {
  Record record = About("0001aa");
  record.set_id("mine");
  ASSERT_TRUE(Write({record}).ok());
  EXPECT_NE(log_.entries.at(0).record.id(), "mine");
}

}  // namespace
}  // namespace tsunagu::audit
