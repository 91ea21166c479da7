#include "services/audit/fold.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "services/audit/history.h"

namespace tsunagu::audit {
namespace {

using journal::Verdict;
using tsunagu::audit::v1::Head;
using tsunagu::audit::v1::History;

journal::Record MakeRecord(const std::string& subject, const std::string& id) {
  tsunagu::audit::v1::Record record;
  record.set_id(id);
  record.set_subject(subject);
  return {0, subject, record.SerializeAsString()};
}

// Folds records in batches of a size, as the runner does: reads what they touch, writes changes.
class Redis {
 public:
  Verdict Fold(const std::vector<journal::Record>& batch) {
    journal::States states;
    for (const journal::Record& record : batch) {
      for (const std::string& name : folder_.Touches(record)) states.Load(name, stored_[name]);
    }
    Verdict verdict = Verdict::kAccepted;
    for (const journal::Record& record : batch) {
      verdict = folder_.Apply(record, states, publications_);
    }
    changes_ = states.Changes();
    for (const auto& [name, value] : changes_) stored_[name] = value;
    return verdict;
  }
  template <typename Message>
  Message Get(const std::string& name) {
    Message message;
    message.ParseFromString(stored_[name]);
    return message;
  }
  const std::map<std::string, std::string>& stored() const { return stored_; }
  size_t changes() const { return changes_.size(); }
  bool published() const { return !publications_.empty(); }

 private:
  AccessFolder folder_;
  std::map<std::string, std::string> stored_;
  std::vector<std::pair<std::string, std::string>> changes_;
  journal::Publications publications_;
};

TEST(AccessFolderTest, ARecordGoesToItsSubjectsHead) {
  Redis redis;
  EXPECT_EQ(redis.Fold({MakeRecord("s1", "a"), MakeRecord("s2", "b")}), Verdict::kAccepted);
  EXPECT_EQ(redis.Get<Head>(HeadName("s1")).records(0).id(), "a");
  EXPECT_EQ(redis.Get<Head>(HeadName("s2")).records(0).id(), "b");
  EXPECT_FALSE(redis.published());
}

TEST(AccessFolderTest, ARecordThatCameBeforeChangesNothing) {  // AU-003
  Redis redis;
  redis.Fold({MakeRecord("s1", "a")});
  EXPECT_EQ(redis.Fold({MakeRecord("s1", "a")}), Verdict::kAccepted);
  EXPECT_EQ(redis.changes(), 0u);
}

// AU-002
TEST(AccessFolderTest, AU002WhatIsNoRecordOfItsKeyIsPutAside) {
  Redis redis;
  journal::Record garbage = {0, "s1", "\xFF\xFF"};
  journal::Record other_key = MakeRecord("s1", "a");
  other_key.key = "s2";
  journal::Record no_key = MakeRecord("", "a");
  for (const journal::Record& record : {garbage, other_key, no_key, MakeRecord("s1", "")}) {
    EXPECT_EQ(redis.Fold({record}), Verdict::kUndecodable);
    EXPECT_EQ(redis.changes(), 0u);
  }
}

TEST(AccessFolderTest, AU004ARecordWritesAtMostTheHeadAndOnePage) {
  Redis redis;
  size_t longest = 0;
  constexpr int kFullPages = 9;
  for (int i = 0; i < (kFullPages + 1) * kPageRecords; ++i) {
    redis.Fold({MakeRecord("s1", absl::StrCat("id", i))});
    EXPECT_LE(redis.changes(), 2u);
    longest = std::max(longest, redis.stored().at(HeadName("s1")).size());
  }
  EXPECT_LT(longest, kHeadRecords * 64u);
  EXPECT_EQ(redis.Get<Head>(HeadName("s1")).pages(), kFullPages);
  EXPECT_EQ(redis.Get<History>(PageName("s1", kFullPages - 1)).records(kPageRecords - 1).id(),
            absl::StrCat("id", kFullPages * kPageRecords - 1));
}

RC_GTEST_PROP(AccessFolderProperty, AU004BatchesOfAnySizeGiveTheSameStates, ()) {
  const int n = *rc::gen::inRange(0, 270);
  const size_t size = *rc::gen::inRange<size_t>(1, 300);
  std::vector<journal::Record> records;
  for (int i = 0; i < n; ++i) {
    records.push_back(MakeRecord(absl::StrCat("s", i % 5 / 4), absl::StrCat("id", i)));
  }
  Redis one_by_one, in_batches;
  for (const journal::Record& record : records) one_by_one.Fold({record});
  for (size_t i = 0; i < records.size(); i += size) {
    in_batches.Fold({records.begin() + i, records.begin() + std::min(i + size, records.size())});
  }
  std::map<std::string, std::string> a = one_by_one.stored(), b = in_batches.stored();
  RC_ASSERT(a == b);
}

}  // namespace
}  // namespace tsunagu::audit
