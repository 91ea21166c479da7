#include "services/eligibility/fold.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "services/eligibility/load.h"
#include "tsunagu/eligibility/v1/events.pb.h"

namespace tsunagu::eligibility {
namespace {

using tsunagu::eligibility::v1::Event;
using tsunagu::eligibility::v1::Household;
using tsunagu::eligibility::v1::Person;
using tsunagu::eligibility::v1::PersonChanged;
using tsunagu::journal::v1::Entry;
using tsunagu::journal::v1::Stored;

constexpr char kHousehold[] = "0001hhhh";

Event Registered(const std::string& branch, const std::string& birth_date = "19700415") {
  Event event;
  event.mutable_registered()->set_household(kHousehold);
  auto* q = event.mutable_registered()->mutable_qualification();
  q->mutable_identity()->set_branch(branch);
  q->set_birth_date(birth_date);
  q->set_valid_from("20240401");
  return event;
}

Event Superseded(const std::string& by) {
  Event event;
  event.mutable_superseded()->set_by_subject(by);
  return event;
}

class FoldTest : public ::testing::Test {
 protected:
  void Fold(const std::string& subject, const std::string& event) {
    Entry entry;
    entry.set_subject(subject);
    entry.set_aggregate(PersonName(subject));
    entry.set_event(event);
    const journal::Record record = {offset_++, subject, entry.SerializeAsString()};
    EXPECT_EQ(folder_.Apply(record, states_, publications_), journal::Verdict::kAccepted);
  }
  void Fold(const std::string& subject, const Event& event) {
    Fold(subject, event.SerializeAsString());
  }

  Person PersonOf(const std::string& subject) {
    Person person;
    person.ParseFromString(states_.GetAs<Stored>(PersonName(subject)).state());
    return person;
  }
  Household Members() { return states_.GetAs<Household>(HouseholdName(kHousehold)); }

  PersonDomain domain_;
  journal::JournalFolder folder_{domain_};
  journal::States states_;
  journal::Publications publications_;
  int64_t offset_ = 0;
};

// EL-007
TEST_F(FoldTest, WhoIsInNoHouseholdIsAPersonAllTheSame) {
  Event event = Registered("");
  event.mutable_registered()->clear_household();
  Fold("care", event);
  EXPECT_EQ(PersonOf("care").qualification().birth_date(), "19700415");
  EXPECT_EQ(Members().members_size(), 0);
  EXPECT_EQ(states_.GetAs<Household>(HouseholdName("")).members_size(), 0);
}

TEST_F(FoldTest, ARegistrationIsThePersonAndAMemberOfTheHousehold) {
  Fold("a", Registered("00"));
  EXPECT_EQ(PersonOf("a").qualification().valid_from(), "20240401");
  ASSERT_EQ(Members().members_size(), 1);
  EXPECT_EQ(Members().members(0).ShortDebugString(),
            R"(subject: "a" branch: "00" birth_date: "19700415")");
}

TEST_F(FoldTest, MembersAreSortedByBranchAndEachIsThereOnce) {
  Fold("c", Registered("02"));
  Fold("a", Registered("00"));
  Fold("b", Registered("01"));
  Fold("b", Registered("01", "20010101"));
  ASSERT_EQ(Members().members_size(), 3);
  EXPECT_EQ(Members().members(0).subject(), "a");
  EXPECT_EQ(Members().members(1).birth_date(), "20010101");
  EXPECT_EQ(Members().members(2).subject(), "c");
}

// EL-003
TEST_F(FoldTest, ARegistrationReplacesTheOneBefore) {
  Event first = Registered("00");
  first.mutable_registered()->set_previous_subject("old");
  first.mutable_registered()->add_earlier()->set_valid_from("20200401");
  Fold("a", first);
  EXPECT_EQ(PersonOf("a").earlier_size(), 1);
  EXPECT_EQ(PersonOf("a").previous_subject(), "old");
  Fold("a", Registered("00"));
  EXPECT_EQ(PersonOf("a").earlier_size(), 0);
  EXPECT_EQ(PersonOf("a").previous_subject(), "");
}

// EL-004
TEST_F(FoldTest, LinksAreSortedAndSurviveARegistration) {
  Fold("a", Superseded("y"));
  Fold("a", Superseded("x"));
  Fold("a", Superseded("y"));
  Fold("a", Registered("00"));
  const Person person = PersonOf("a");
  ASSERT_EQ(person.superseded_by_size(), 2);
  EXPECT_EQ(person.superseded_by(0), "x");
  EXPECT_EQ(person.superseded_by(1), "y");
  EXPECT_TRUE(person.has_qualification());
}

TEST_F(FoldTest, ALinkMayComeBeforeThePersonIsKnown) {
  Fold("a", Superseded("x"));
  EXPECT_FALSE(PersonOf("a").has_qualification());
  EXPECT_EQ(Members().members_size(), 0);
}

TEST_F(FoldTest, WhatChangedIsPublishedWhole) {
  Fold("a", Superseded("x"));
  Fold("a", Registered("00"));
  ASSERT_EQ(publications_.size(), 2u);
  PersonChanged changed;
  ASSERT_TRUE(changed.ParseFromString(publications_[1].event()));
  EXPECT_EQ(changed.person().SerializeAsString(), PersonOf("a").SerializeAsString());
  EXPECT_EQ(publications_[1].version(), 2u);
}

TEST_F(FoldTest, TheSameRowAgainSaysNothing) {
  Fold("a", Registered("00"));
  Fold("a", Registered("00"));
  Fold("a", Superseded("x"));
  Fold("a", Superseded("x"));
  EXPECT_EQ(publications_.size(), 2u);
}

TEST_F(FoldTest, AnEventThatCannotBeReadChangesNothing) {
  Fold("a", Registered("00"));
  const Person before = PersonOf("a");
  Fold("a", "\xFF rubbish");
  Fold("a", "");
  EXPECT_EQ(PersonOf("a").SerializeAsString(), before.SerializeAsString());
  EXPECT_EQ(publications_.size(), 1u);
}

TEST_F(FoldTest, OnlyARegistrationTouchesAHousehold) {
  Entry entry;
  entry.set_event(Registered("00").SerializeAsString());
  EXPECT_EQ(domain_.Projections(entry), std::vector<std::string>{HouseholdName(kHousehold)});
  entry.set_event(Superseded("x").SerializeAsString());
  EXPECT_TRUE(domain_.Projections(entry).empty());
  entry.set_event("\xFF");
  EXPECT_TRUE(domain_.Projections(entry).empty());
}

RC_GTEST_PROP(FoldProperty, TotalOnAnyStateAndEvent,
              (const std::string& state, const std::string& event)) {
  Entry entry;
  entry.set_subject("a");
  entry.set_event(event);
  journal::States states;
  std::optional<std::string> published;
  PersonDomain().Evolve(entry, state, states, published);
}

}  // namespace
}  // namespace tsunagu::eligibility
