#include "services/medication/person_fold.h"

#include <gtest/gtest.h>

#include "tsunagu/eligibility/v1/events.pb.h"
#include "tsunagu/medication/v1/events.pb.h"

namespace tsunagu::medication {
namespace {

using journal::Verdict;
using tsunagu::eligibility::v1::PersonChanged;

constexpr char kSubject[] = "12ab00000000000000000000000000aa";

PersonChanged Registered(const std::string& name) {
  PersonChanged event;
  auto& qualification = *event.mutable_person()->mutable_qualification();
  qualification.mutable_identity()->set_number("10");
  qualification.set_name(name);
  qualification.set_name_kana("ｼｹﾝ ﾊﾅｺ");
  qualification.set_birth_date("19481122");
  qualification.set_sex("2");
  qualification.set_address("東京都");
  qualification.set_copay_percent("30");
  return event;
}

journal::Record RecordOf(uint64_t version, const PersonChanged& event,
                         const std::string& aggregate = PersonName(kSubject)) {
  tsunagu::journal::v1::Published published;
  published.set_subject(kSubject);
  published.set_aggregate(aggregate);
  published.set_version(version);
  published.set_event(event.SerializeAsString());
  return {static_cast<int64_t>(version), kSubject, published.SerializeAsString()};
}

class PersonFoldTest : public ::testing::Test {
 protected:
  PersonFoldTest() { states_.Load(PersonName(kSubject), ""); }

  Verdict Fold(const journal::Record& record) {
    journal::Publications publications;
    return folder_.Apply(record, states_, publications);
  }
  v1::KnownPerson Known() { return states_.GetAs<v1::KnownPerson>(PersonName(kSubject)); }

  PersonFolder folder_;
  journal::States states_;
};

TEST_F(PersonFoldTest, MH119KeepsWhatTellsOnePersonFromAnother) {
  EXPECT_EQ(folder_.Touches(RecordOf(1, Registered("試験　花子"))),
            std::vector<std::string>{PersonName(kSubject)});
  EXPECT_EQ(Fold(RecordOf(1, Registered("試験　花子"))), Verdict::kAccepted);
  const auto person = Known().person();
  EXPECT_EQ(person.name(), "試験　花子");
  EXPECT_EQ(person.name_kana(), "ｼｹﾝ ﾊﾅｺ");
  EXPECT_EQ(person.birth_date(), "19481122");
  EXPECT_EQ(person.sex(), "2");
  EXPECT_EQ(person.identity().number(), "10");
  EXPECT_EQ(Known().SerializeAsString().find("東京都"), std::string::npos);
}

TEST_F(PersonFoldTest, ThePersonIsAsRegisteredLast) {
  Fold(RecordOf(1, Registered("試験　花子")));
  Fold(RecordOf(2, Registered("合成　花子")));
  Fold(RecordOf(1, Registered("試験　花子")));
  EXPECT_EQ(Known().person().name(), "合成　花子");
}

TEST_F(PersonFoldTest, WhereOnlyLinksAreKnownThereIsNobody) {
  PersonChanged links;
  links.mutable_person()->set_previous_subject("12ab00000000000000000000000000bb");
  EXPECT_EQ(Fold(RecordOf(1, links)), Verdict::kAccepted);
  EXPECT_EQ(Known().version(), 1u);
  EXPECT_FALSE(Known().has_person());
}

TEST_F(PersonFoldTest, WhatCannotBeReadIsPutAside) {
  EXPECT_EQ(Fold({1, kSubject, "\xFF\xFF"}), Verdict::kUndecodable);
  EXPECT_EQ(Fold(RecordOf(1, PersonChanged())), Verdict::kUndecodable);
  EXPECT_EQ(Fold(RecordOf(1, Registered("試験　花子"), "person/other")), Verdict::kUndecodable);
  EXPECT_TRUE(folder_.Touches({1, kSubject, "\xFF\xFF"}).empty());
}

}  // namespace
}  // namespace tsunagu::medication
