#include "services/ltc/fold.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/ltc/mailbox.h"
#include "tsunagu/ltc/v1/events.pb.h"

namespace tsunagu::ltc {
namespace {

using tsunagu::journal::v1::Entry;
using tsunagu::journal::v1::Stored;
using tsunagu::ltc::v1::Event;
using tsunagu::ltc::v1::Files;
using tsunagu::ltc::v1::Mailbox;
using tsunagu::ltc::v1::Package;

constexpr char kMailbox[] = "0001mmmm";

Event Sent(const std::string& id) {
  Event event;
  event.mutable_sent()->mutable_info()->set_package_id(id);
  event.mutable_sent()->add_files()->set_content("content of " + id);
  event.mutable_sent()->add_subjects("subject");
  event.mutable_sent()->set_files_digest("digest of " + id);
  return event;
}

Event SentAgain() {
  Event event;
  event.mutable_sent_again();
  return event;
}

Event Fetched() {
  Event event;
  event.mutable_fetched();
  return event;
}

Event Acknowledged() {
  Event event;
  event.mutable_acknowledged();
  return event;
}

class FoldTest : public ::testing::Test {
 protected:
  void Fold(const std::string& id, const std::string& event) {
    Entry entry;
    entry.set_subject(kMailbox);
    entry.set_aggregate(PackageName(id));
    entry.set_event(event);
    entry.mutable_decided_at()->set_seconds(++seconds_);
    const journal::Record record = {seconds_, kMailbox, entry.SerializeAsString()};
    EXPECT_EQ(folder_.Apply(record, states_, publications_), journal::Verdict::kAccepted);
  }
  void Fold(const std::string& id, const Event& event) { Fold(id, event.SerializeAsString()); }

  Package PackageOf(const std::string& id) {
    Package package;
    package.ParseFromString(states_.GetAs<Stored>(PackageName(id)).state());
    return package;
  }
  Mailbox Listed() { return states_.GetAs<Mailbox>(MailboxName(kMailbox)); }

  PackageDomain domain_;
  journal::JournalFolder folder_{domain_};
  journal::States states_;
  journal::Publications publications_;
  int64_t seconds_ = 0;
};

TEST_F(FoldTest, APackageItsFilesAndItsPlaceInTheMailbox) {
  Fold("p", Sent("p"));
  EXPECT_EQ(PackageOf("p").info().sent_at().seconds(), 1);
  EXPECT_EQ(PackageOf("p").subjects(0), "subject");
  EXPECT_EQ(PackageOf("p").files_digest(), "digest of p");
  EXPECT_EQ(states_.GetAs<Files>(FilesName("p")).files(0).content(), "content of p");
  ASSERT_EQ(Listed().package_ids_size(), 1);
  EXPECT_EQ(Listed().package_ids(0), "p");
}

// LTC-005
TEST_F(FoldTest, SentAgainChangesNothing) {
  Fold("p", Sent("p"));
  const std::string before = PackageOf("p").SerializeAsString();
  Fold("p", SentAgain());
  EXPECT_EQ(PackageOf("p").SerializeAsString(), before);
  EXPECT_EQ(Listed().package_ids_size(), 1);
}

// LTC-016. Old events tell nothing of it.
TEST_F(FoldTest, TheLastPackageOfTheSameContentsIsKnown) {
  Fold("old", Sent("old"));
  EXPECT_EQ(states_.GetAs<v1::Contents>(ContentsName("")).package_id(), "");
  for (const char* id : {"p", "q"}) {
    Event event = Sent(id);
    event.mutable_sent()->set_contents_digest("c");
    Fold(id, event);
    EXPECT_EQ(states_.GetAs<v1::Contents>(ContentsName("c")).package_id(), id);
  }
}

TEST_F(FoldTest, TimesAreThoseOfTheEntries) {
  Fold("p", Sent("p"));
  Fold("p", Fetched());
  Fold("p", Acknowledged());
  EXPECT_EQ(PackageOf("p").info().sent_at().seconds(), 1);
  EXPECT_EQ(PackageOf("p").info().fetched_at().seconds(), 2);
  EXPECT_EQ(PackageOf("p").info().acknowledged_at().seconds(), 3);
}

TEST_F(FoldTest, WhatHappenedFirstCounts) {
  Fold("p", Sent("p"));
  Fold("p", Fetched());
  Fold("p", Fetched());
  Fold("p", Acknowledged());
  Fold("p", Acknowledged());
  Fold("p", Sent("p"));
  EXPECT_EQ(PackageOf("p").info().sent_at().seconds(), 1);
  EXPECT_EQ(PackageOf("p").info().fetched_at().seconds(), 2);
  EXPECT_EQ(PackageOf("p").info().acknowledged_at().seconds(), 4);
  EXPECT_EQ(Listed().package_ids_size(), 0);
  EXPECT_EQ(Listed().acknowledged_ids_size(), 1);
}

TEST_F(FoldTest, AnAcknowledgedPackageNoLongerWaits) {
  for (const char* id : {"a", "b", "c"}) Fold(id, Sent(id));
  Fold("b", Fetched());
  Fold("b", Acknowledged());
  ASSERT_EQ(Listed().package_ids_size(), 2);
  EXPECT_EQ(Listed().package_ids(0), "a");
  EXPECT_EQ(Listed().package_ids(1), "c");
  EXPECT_EQ(Listed().acknowledged_ids(0), "b");
}

TEST_F(FoldTest, TheListOfAcknowledgedPackagesIsBounded) {
  Mailbox full;
  for (int i = 0; i < kMaxAcknowledged; ++i) full.add_acknowledged_ids(absl::StrCat("old", i));
  states_.PutMessage(MailboxName(kMailbox), full);
  Fold("p", Sent("p"));
  Fold("p", Acknowledged());
  EXPECT_EQ(Listed().acknowledged_ids_size(), kMaxAcknowledged);
  EXPECT_EQ(Listed().acknowledged_ids(0), "old1");
  EXPECT_EQ(Listed().acknowledged_ids(kMaxAcknowledged - 1), "p");
}

TEST_F(FoldTest, NothingHappensToAPackageThatWasNotSent) {
  Fold("p", Fetched());
  Fold("p", Acknowledged());
  EXPECT_FALSE(PackageOf("p").has_info());
  EXPECT_EQ(Listed().acknowledged_ids_size(), 0);
}

TEST_F(FoldTest, AnEventThatCannotBeReadChangesNothing) {
  Fold("p", Sent("p"));
  const Package before = PackageOf("p");
  Fold("p", "\xFF rubbish");
  Fold("p", "");
  EXPECT_EQ(PackageOf("p").SerializeAsString(), before.SerializeAsString());
}

TEST_F(FoldTest, NothingIsPublished) {
  Fold("p", Sent("p"));
  Fold("p", Fetched());
  EXPECT_TRUE(publications_.empty());
}

TEST_F(FoldTest, TouchesWhatItChanges) {
  Entry entry;
  entry.set_subject(kMailbox);
  entry.set_event(Sent("p").SerializeAsString());
  EXPECT_EQ(domain_.Projections(entry),
            (std::vector<std::string>{FilesName("p"), MailboxName(kMailbox), ContentsName("")}));
  entry.set_event(Acknowledged().SerializeAsString());
  EXPECT_EQ(domain_.Projections(entry), std::vector<std::string>{MailboxName(kMailbox)});
  entry.set_event(Fetched().SerializeAsString());
  EXPECT_TRUE(domain_.Projections(entry).empty());
}

RC_GTEST_PROP(FoldProperty, TotalOnAnyStateAndEvent,
              (const std::string& state, const std::string& event)) {
  Entry entry;
  entry.set_event(event);
  journal::States states;
  std::optional<std::string> published;
  PackageDomain().Evolve(entry, state, states, published);
  RC_ASSERT(!published.has_value());
}

}  // namespace
}  // namespace tsunagu::ltc
