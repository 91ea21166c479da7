#include "services/platform/journal/folder.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace tsunagu::journal
