// What others learn of drugs that were given without a registered prescription.
#include "services/prescription/given_fold.h"

#include <gtest/gtest.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/platform/status/error.h"
#include "services/prescription/due.h"
#include "services/prescription/duplication/projection.h"
#include "services/prescription/fold.h"
#include "services/prescription/given.h"
#include "services/prescription/journal_domain.h"
#include "services/prescription/retention.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::prescription {
namespace {

constexpr char kSubject[] = "12ab00000000000000000000000000aa";

v1::GivenEvent RegisteredAs(const std::string& id, v1::GivenKind kind) {
  v1::GivenEvent event;
  auto& content = *event.mutable_registered();
  content.set_given_id(id);
  content.set_kind(kind);
  content.set_facility("1311111111");
  content.set_issuer("1311111111");
  content.set_issued_on("20260601");
  content.set_given_on("20260602");
  content.set_document("<document/>");
  content.set_facility_name("つなぐ診療所");
  content.add_drugs()->set_code("612170709");
  return event;
}

class GivenFoldTest : public ::testing::Test {
 protected:
  // What is published; nothing when nothing is.
  std::optional<v1::PrescriptionChanged> Append(const std::string& id,
                                                const v1::GivenEvent& event) {
    tsunagu::journal::v1::Entry entry;
    entry.set_subject(kSubject);
    entry.set_aggregate(GivenName(id));
    entry.set_event(event.SerializeAsString());
    const journal::Record record{0, kSubject, entry.SerializeAsString()};
    journal::States states;
    for (const std::string& name : folder_.Touches(record)) states.Load(name, states_[name]);
    journal::Publications published;
    EXPECT_EQ(folder_.Apply(record, states, published), journal::Verdict::kAccepted);
    for (const auto& [name, value] : states.Changes()) states_[name] = value;
    if (published.empty()) return std::nullopt;
    v1::PrescriptionChanged changed;
    changed.ParseFromString(published[0].event());
    return changed;
  }

  JournalDomain domain_;
  journal::JournalFolder folder_{domain_};
  std::map<std::string, std::string> states_;
};

// RX-495
TEST_F(GivenFoldTest, IsPublishedAsADispensingWithItsOrigin) {
  const auto in_house = Append("a", RegisteredAs("a", v1::GIVEN_KIND_IN_HOUSE));
  ASSERT_TRUE(in_house.has_value());
  EXPECT_EQ(in_house->origin(), v1::PrescriptionChanged::ORIGIN_IN_HOUSE);
  EXPECT_EQ(in_house->status(), v1::STATUS_DISPENSED);
  ASSERT_EQ(in_house->dispensings_size(), 1);
  EXPECT_EQ(in_house->dispensings(0).pharmacy(), "1311111111");
  EXPECT_EQ(in_house->dispensings(0).dispensed_on(), "20260602");
  EXPECT_EQ(in_house->dispensings(0).drugs(0).code(), "612170709");
  EXPECT_EQ(Append("b", RegisteredAs("b", v1::GIVEN_KIND_PAPER))->origin(),
            v1::PrescriptionChanged::ORIGIN_PAPER);
  EXPECT_EQ(states_.count("given/" + std::string(kSubject)), 1u);
}

// RX-495, RX-485
TEST_F(GivenFoldTest, ACancelledOneLeavesTheHistoryAndMayComeAgain) {
  Append("a", RegisteredAs("a", v1::GIVEN_KIND_PAPER));
  EXPECT_FALSE(Append("a", RegisteredAs("a", v1::GIVEN_KIND_PAPER)).has_value());
  v1::GivenEvent cancel;
  cancel.mutable_cancelled();
  const auto cancelled = Append("a", cancel);
  EXPECT_EQ(cancelled->status(), v1::STATUS_CANCELLED);
  EXPECT_EQ(cancelled->dispensings_size(), 0);
  EXPECT_FALSE(Append("a", cancel).has_value());
  EXPECT_EQ(Append("a", RegisteredAs("a", v1::GIVEN_KIND_PAPER))->status(), v1::STATUS_DISPENSED);
}

// RX-414: the check for duplicates compares with it.
TEST_F(GivenFoldTest, ItIsTakenUntilItIsCancelled) {
  const auto taking = [this] {
    v1::Taking state;
    state.ParseFromString(states_[duplication::TakingName(kSubject)]);
    return state;
  };
  Append("a", RegisteredAs("a", v1::GIVEN_KIND_IN_HOUSE));
  Append("b", RegisteredAs("b", v1::GIVEN_KIND_PAPER));
  ASSERT_EQ(taking().items_size(), 2);
  EXPECT_TRUE(taking().items(0).in_house());
  EXPECT_EQ(taking().items(0).issuer(), "1311111111");
  EXPECT_EQ(taking().items(0).start(), "20260602");
  EXPECT_FALSE(taking().items(1).in_house());
  EXPECT_EQ(taking().items(1).pharmacy(), "1311111111");
  // RX-547
  EXPECT_EQ(taking().items(0).issuer_name(), "つなぐ診療所");
  EXPECT_EQ(taking().items(0).pharmacy_name(), "");
  EXPECT_EQ(taking().items(1).pharmacy_name(), "つなぐ診療所");
  EXPECT_EQ(taking().items(1).issuer_name(), "");
  v1::GivenEvent cancel;
  cancel.mutable_cancelled();
  Append("a", cancel);
  EXPECT_EQ(taking().items_size(), 1);
}

// RX-485
TEST_F(GivenFoldTest, AChangeIsFoundByTheIdThatItsRecordWouldHave) {
  Append("a", RegisteredAs("a", v1::GIVEN_KIND_PAPER));
  v1::GivenEvent change;
  change.mutable_changed()->set_given_on("20260602");
  change.mutable_changed()->set_record_id("b");
  Append("a", change);
  v1::GivenAs as;
  as.ParseFromString(states_[GivenAsName("b")]);
  EXPECT_EQ(as.given_id(), "a");
}

// RX-538
TEST_F(GivenFoldTest, AnErasedDocumentLeavesATombstoneUntilTheRecordComesAgain) {
  const auto document = [this] {
    v1::Document state;
    state.ParseFromString(states_[DocumentName("a")]);
    return state;
  };
  const auto given = [this] {
    tsunagu::journal::v1::Stored stored;
    v1::Given state;
    stored.ParseFromString(states_[GivenName("a")]);
    state.ParseFromString(stored.state());
    return state;
  };
  v1::GivenEvent cancel, erase, change;
  cancel.mutable_cancelled();
  change.mutable_changed()->set_given_on("20260602");
  auto& erased = *erase.mutable_erased();
  erased.set_on("20290603");
  erased.add_documents()->set_sha256("digest");
  Append("a", RegisteredAs("a", v1::GIVEN_KIND_PAPER));
  EXPECT_FALSE(Append("a", erase).has_value());
  EXPECT_EQ(document().xml(), "");
  EXPECT_EQ(document().erased().sha256(), "digest");
  EXPECT_EQ(given().drugs_size(), 1);
  const auto refused = DecideGiven(given(), ChangeGiven{change.changed()}, "1311111111");
  EXPECT_EQ(ReasonOf(refused.status()), "DOCUMENT_ERASED");

  Append("a", cancel);
  Append("a", RegisteredAs("a", v1::GIVEN_KIND_PAPER));
  EXPECT_EQ(document().xml(), "<document/>");
  EXPECT_FALSE(given().has_erased());
}

// RX-538
TEST_F(GivenFoldTest, ItIsLookedAtWhenTheLeastPeriodIsOver) {
  Append("a", RegisteredAs("a", v1::GIVEN_KIND_PAPER));
  v1::Due due;
  due.ParseFromString(states_[DueName(FirstLook(absl::CivilDay(1970, 1, 1)), DueBucket("a"))]);
  ASSERT_EQ(due.given_ids_size(), 1);
  EXPECT_EQ(due.given_ids(0), "a");
  EXPECT_EQ(due.prescription_ids_size(), 0);
}

// RX-490
TEST_F(GivenFoldTest, APersonsListIsBounded) {
  for (int i = 0; i < kMaxGiven + 2; ++i) {
    const std::string id = absl::StrCat("id-", i);
    Append(id, RegisteredAs(id, v1::GIVEN_KIND_PAPER));
  }
  v1::GivenOfPerson person;
  person.ParseFromString(states_[GivenOfPersonName(kSubject)]);
  EXPECT_EQ(person.items_size(), kMaxGiven);
  EXPECT_EQ(person.items(0).given_id(), "id-2");
}

}  // namespace
}  // namespace tsunagu::prescription
