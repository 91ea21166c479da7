#include "services/platform/journal/folder.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace tsunagu::journal {
namespace {

using tsunagu::journal::v1::Entry;
using tsunagu::journal::v1::Stored;

// Appends the event to the state, counts events in a projection and publishes the state.
class Appending : public Domain {
 public:
  std::vector<std::string> Projections(const Entry&) const override { return {"count"}; }
  std::string Evolve(const Entry& entry, absl::string_view state, States& states,
                     std::optional<std::string>& public_event) const override {
    states.Put("count", absl::StrCat(states.Get("count"), "i"));
    public_event = absl::StrCat(state, entry.event());
    return *public_event;
  }
};

class JournalFolderTest : public ::testing::Test {
 protected:
  Verdict Apply(const Entry& entry) {
    const Record record = {offset_++, "subject", entry.SerializeAsString()};
    return folder_.Apply(record, states_, publications_);
  }
  Entry MakeEntry(const std::string& event) {
    Entry entry;
    entry.set_subject("subject");
    entry.set_aggregate("a");
    entry.set_event(event);
    return entry;
  }
  Stored State() { return states_.GetAs<Stored>("a"); }

  Appending domain_;
  JournalFolder folder_{domain_};
  States states_;
  Publications publications_;
  int64_t offset_ = 5;
};

TEST_F(JournalFolderTest, TouchesTheAggregateAndItsProjections) {
  const Record record = {0, "", MakeEntry("x").SerializeAsString()};
  EXPECT_EQ(folder_.Touches(record), (std::vector<std::string>{"count", "a"}));
}

TEST_F(JournalFolderTest, AnUnconditionalEntryIsAccepted) {
  EXPECT_EQ(Apply(MakeEntry("x")), Verdict::kAccepted);
  EXPECT_EQ(Apply(MakeEntry("y")), Verdict::kAccepted);
  EXPECT_EQ(State().state(), "xy");
  EXPECT_EQ(State().version(), 2u);
  EXPECT_EQ(states_.Get("count"), "ii");
}

TEST_F(JournalFolderTest, OnlyTheFirstOfTwoDecisionsOnOneVersionCounts) {
  Entry first = MakeEntry("x");
  first.set_expected_version(0);
  Entry second = MakeEntry("y");
  second.set_expected_version(0);
  EXPECT_EQ(Apply(first), Verdict::kAccepted);
  EXPECT_EQ(Apply(second), Verdict::kVoid);
  EXPECT_EQ(State().state(), "x");
  EXPECT_EQ(states_.Get("count"), "i");
  EXPECT_EQ(publications_.size(), 1u);
}

TEST_F(JournalFolderTest, CommandsAreRememberedWithTheirOutcome) {
  Entry entry = MakeEntry("x");
  entry.set_command_id("c1");
  entry.set_command_digest("d");
  entry.set_outcome("o");
  Apply(entry);
  ASSERT_EQ(State().absorbed_size(), 1);
  EXPECT_EQ(State().absorbed(0).command_id(), "c1");
  EXPECT_EQ(State().absorbed(0).outcome(), "o");
}

TEST_F(JournalFolderTest, TheMemoryOfCommandsIsBounded) {
  for (int i = 0; i <= kAbsorbedLimit; ++i) {
    Entry entry = MakeEntry("");
    entry.set_command_id(absl::StrCat("c", i));
    Apply(entry);
  }
  EXPECT_EQ(State().absorbed_size(), kAbsorbedLimit);
  EXPECT_EQ(State().absorbed(0).command_id(), "c1");
}

TEST_F(JournalFolderTest, PublicEventsNameTheirSource) {
  Apply(MakeEntry("x"));
  ASSERT_EQ(publications_.size(), 1u);
  EXPECT_EQ(publications_[0].subject(), "subject");
  EXPECT_EQ(publications_[0].version(), 1u);
  EXPECT_EQ(publications_[0].source_offset(), 5);
  EXPECT_EQ(publications_[0].event(), "x");
}

TEST_F(JournalFolderTest, RubbishIsUndecodable) {
  const Record record = {0, "", "\xFF\xFF rubbish"};
  EXPECT_TRUE(folder_.Touches(record).empty());
  EXPECT_EQ(folder_.Apply(record, states_, publications_), Verdict::kUndecodable);
  EXPECT_TRUE(states_.Changes().empty());
}

TEST(StatesTest, OnlyWhatWasPutIsAChange) {
  States states;
  states.Load("a", "1");
  states.Load("b", "2");
  states.Put("b", "");
  EXPECT_EQ(states.Get("a"), "1");
  EXPECT_EQ(states.Get("none"), "");
  const std::vector<std::pair<std::string, std::string>> expected = {{"b", ""}};
  EXPECT_EQ(states.Changes(), expected);
}

TEST_F(JournalFolderTest, ARefusedVersionLeavesNoTrace) {
  Apply(MakeEntry("x"));
  const std::string before = states_.Get("a");
  for (const uint64_t version : {uint64_t{0}, uint64_t{2}, UINT64_MAX}) {
    Entry late = MakeEntry("y");
    late.set_expected_version(version);
    late.set_command_id("c");
    EXPECT_EQ(Apply(late), Verdict::kVoid) << version;
  }
  EXPECT_EQ(states_.Get("a"), before);
  EXPECT_EQ(publications_.size(), 1u);
}

TEST_F(JournalFolderTest, AnEntryWithoutAnAggregateIsUndecodable) {
  Entry entry = MakeEntry("x");
  entry.clear_aggregate();
  EXPECT_EQ(Apply(entry), Verdict::kUndecodable);
  EXPECT_TRUE(states_.Changes().empty());
}

TEST_F(JournalFolderTest, EventsWithoutACommandAreNotRemembered) {
  Apply(MakeEntry("x"));
  EXPECT_EQ(State().absorbed_size(), 0);
}

TEST_F(JournalFolderTest, DamagedRecordsAreFoldedOrPutAside) {
  Entry entry = MakeEntry("event");
  entry.set_expected_version(0);
  entry.set_command_id("c1");
  const std::string whole = entry.SerializeAsString();
  for (size_t at = 0; at < whole.size(); ++at) {
    for (const char flip : {'\x01', '\x08', '\x80', '\xFF'}) {
      Record record = {1, "subject", whole};
      record.value[at] = static_cast<char>(record.value[at] ^ flip);
      States states;
      Publications publications;
      const std::vector<std::string> touched = folder_.Touches(record);
      const Verdict verdict = folder_.Apply(record, states, publications);
      EXPECT_EQ(touched.empty(), verdict == Verdict::kUndecodable) << at;
      EXPECT_EQ(publications.size(), verdict == Verdict::kAccepted ? 1u : 0u) << at;
      for (const auto& [name, value] : states.Changes()) {
        EXPECT_NE(std::find(touched.begin(), touched.end(), name), touched.end()) << at;
      }
    }
  }
}

TEST(SerializeTest, EqualMessagesGiveEqualBytes) {
  Stored stored;
  stored.set_version(3);
  stored.set_state("s");
  stored.add_absorbed()->set_command_id("c");
  Stored copy;
  copy.ParseFromString(Serialize(stored));
  EXPECT_EQ(Serialize(copy), Serialize(stored));
  EXPECT_EQ(Serialize(Stored()), "");
}

// What a partition's fold leaves behind: the section in Redis, the public topic, the verdicts.
struct Folded {
  std::map<std::string, std::string> section;
  std::vector<std::string> published;
  std::vector<Verdict> verdicts;
  bool operator==(const Folded&) const = default;
};

// Folds as the runner does: per batch, loads what the batch touches and stores what it changed.
Folded FoldInBatches(const std::vector<Record>& log, const std::vector<size_t>& sizes) {
  const Appending domain;
  const JournalFolder folder(domain);
  Folded folded;
  size_t at = 0;
  for (size_t batch = 0; at < log.size(); ++batch) {
    const size_t size = batch < sizes.size() ? sizes[batch] : log.size();
    const size_t end = std::min(log.size(), at + size);
    States states;
    for (size_t i = at; i < end; ++i) {
      for (const std::string& name : folder.Touches(log[i])) {
        states.Load(name, folded.section[name]);
      }
    }
    Publications publications;
    for (; at < end; ++at) {
      folded.verdicts.push_back(folder.Apply(log[at], states, publications));
    }
    for (const auto& [name, value] : states.Changes()) folded.section[name] = value;
    for (const auto& published : publications) folded.published.push_back(Serialize(published));
  }
  std::erase_if(folded.section, [](const auto& state) { return state.second.empty(); });
  return folded;
}

std::vector<Record> AnyLog() {
  std::vector<Record> log;
  const int length = *rc::gen::inRange(0, 40);
  for (int i = 0; i < length; ++i) {
    Entry entry;
    entry.set_subject("subject");
    entry.set_aggregate(*rc::gen::element<std::string>("a", "b", ""));
    entry.set_event(absl::StrCat(i, ","));
    if (*rc::gen::arbitrary<bool>()) entry.set_expected_version(*rc::gen::inRange(0, 5));
    if (*rc::gen::arbitrary<bool>()) entry.set_command_id(absl::StrCat("c", i));
    const bool rubbish = *rc::gen::inRange(0, 10) == 0;
    log.push_back({i, "subject", rubbish ? "\xFF" : entry.SerializeAsString()});
  }
  return log;
}

RC_GTEST_PROP(FoldProperty, TheBatchesDoNotMatter, ()) {
  const std::vector<Record> log = AnyLog();
  const auto sizes = *rc::gen::container<std::vector<size_t>>(rc::gen::inRange<size_t>(1, 6));
  RC_ASSERT(FoldInBatches(log, sizes) == FoldInBatches(log, {}));
}

RC_GTEST_PROP(FoldProperty, EveryAcceptedEventIsPublishedOnceWithTheNextVersion, ()) {
  const Folded folded = FoldInBatches(AnyLog(), {});
  const auto accepted =
      std::count(folded.verdicts.begin(), folded.verdicts.end(), Verdict::kAccepted);
  RC_ASSERT(folded.published.size() == static_cast<size_t>(accepted));
  std::map<std::string, uint64_t> versions;
  for (const std::string& bytes : folded.published) {
    tsunagu::journal::v1::Published published;
    RC_ASSERT(published.ParseFromString(bytes));
    RC_ASSERT(published.version() == ++versions[published.aggregate()]);
  }
  for (const auto& [aggregate, version] : versions) {
    Stored stored;
    RC_ASSERT(stored.ParseFromString(folded.section.at(aggregate)));
    RC_ASSERT(stored.version() == version);
  }
}

}  // namespace
}  // namespace tsunagu::journal
