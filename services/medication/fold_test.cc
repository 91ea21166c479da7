#include "services/medication/fold.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::medication {
namespace {

using journal::Verdict;
using tsunagu::journal::v1::Entry;
using tsunagu::journal::v1::Published;
using tsunagu::medication::v1::Event;
using tsunagu::medication::v1::Held;
using tsunagu::medication::v1::Month;
using tsunagu::medication::v1::MonthChanged;
using tsunagu::medication::v1::SOURCE_DISPENSING;
using tsunagu::medication::v1::SOURCE_PRESCRIPTION;
using tsunagu::prescription::v1::PrescriptionChanged;
using tsunagu::prescription::v1::Status;

constexpr char kSubject[] = "0001";

Entry ReceiptEntry(const std::string& key, const std::string& code,
                   const std::string& aggregate = "month/0001/202605") {
  Event event;
  event.mutable_receipt()->set_receipt_key(key);
  event.mutable_receipt()->set_month("202605");
  event.mutable_receipt()->add_dispensings()->add_drugs()->set_code(code);
  Entry entry;
  entry.set_subject(kSubject);
  entry.set_aggregate(aggregate);
  entry.set_event(event.SerializeAsString());
  return entry;
}

// The aggregate of a journal, one entry after the other.
struct Aggregate {
  std::string state;
  std::optional<std::string> published;

  void Fold(const Entry& entry) {
    journal::States states;
    published.reset();
    state = MedicationDomain().Evolve(entry, state, states, published);
  }
  Month AsMonth() const {
    Month month;
    month.ParseFromString(state);
    return month;
  }
};

TEST(MedicationDomainTest, ReceiptsOfAMonthStandSideBySideByKey) {  // MH-105
  Aggregate month;
  month.Fold(ReceiptEntry("b", "1"));
  month.Fold(ReceiptEntry("a", "2"));
  ASSERT_EQ(month.AsMonth().items_size(), 2);
  EXPECT_EQ(month.AsMonth().items(0).key(), "a");
  MonthChanged changed;
  ASSERT_TRUE(changed.ParseFromString(month.published.value()));
  EXPECT_EQ(changed.month(), "202605");
  EXPECT_EQ(changed.dispensings_size(), 2);
}

TEST(MedicationDomainTest, TheSameReceiptOverwritesItself) {  // MH-105
  Aggregate month;
  month.Fold(ReceiptEntry("a", "1"));
  month.Fold(ReceiptEntry("a", "2"));
  ASSERT_EQ(month.AsMonth().items_size(), 1);
  EXPECT_EQ(month.AsMonth().items(0).dispensings(0).drugs(0).code(), "2");
  EXPECT_TRUE(month.published.has_value());
}

TEST(MedicationDomainTest, AReceiptThatComesAgainAsItWasIsNotPublished) {
  Aggregate month;
  month.Fold(ReceiptEntry("a", "1"));
  const std::string before = month.state;
  month.Fold(ReceiptEntry("a", "1"));
  EXPECT_EQ(month.state, before);
  EXPECT_FALSE(month.published.has_value());
}

TEST(MedicationDomainTest, AHeldReceiptIsKeptWithItsReason) {  // MH-104
  Event event;
  event.mutable_held()->set_receipt_key("k");
  event.mutable_held()->set_reason("NO_BRANCH");
  event.mutable_held()->set_receipt("IR\r\nRE\r\n");
  Entry entry;
  entry.set_aggregate("held/k");
  entry.set_event(event.SerializeAsString());
  Aggregate aggregate;
  aggregate.Fold(entry);
  Held held;
  held.ParseFromString(aggregate.state);
  EXPECT_EQ(held.reason(), "NO_BRANCH");
  EXPECT_EQ(held.receipt(), "IR\r\nRE\r\n");
  EXPECT_FALSE(aggregate.published.has_value());
}

TEST(MedicationDomainTest, AnEventThatDoesNotFitChangesNothing) {
  Aggregate month;
  month.Fold(ReceiptEntry("a", "1"));
  const std::string before = month.state;
  month.Fold(ReceiptEntry("b", "1", "month/0001/202606"));
  month.Fold(ReceiptEntry("b", "1", "held/b"));
  Entry garbage = ReceiptEntry("b", "1");
  garbage.set_event("\xFF\xFF");
  month.Fold(garbage);
  EXPECT_EQ(month.state, before);
}

RC_GTEST_PROP(MedicationDomainProperty, TheOrderOfDifferentReceiptsDoesNotMatter, ()) {
  const auto keys = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 20));
  Aggregate forward, backward;
  for (const int key : keys) forward.Fold(ReceiptEntry(absl::StrCat(key), absl::StrCat(key)));
  for (auto it = keys.rbegin(); it != keys.rend(); ++it) {
    backward.Fold(ReceiptEntry(absl::StrCat(*it), absl::StrCat(*it)));
  }
  RC_ASSERT(forward.state == backward.state);
}

// Events of one prescription.
PrescriptionChanged Changed(Status status, const std::string& code = "1") {
  PrescriptionChanged changed;
  changed.set_prescription_id("rx1");
  changed.set_status(status);
  changed.set_issuer("C");
  changed.set_issued_on("20260531");
  const bool dispensed = status == tsunagu::prescription::v1::STATUS_DISPENSED;
  changed.add_drugs()->set_code(dispensed ? "as prescribed" : code);
  if (dispensed) {
    auto& dispensing = *changed.add_dispensings();
    dispensing.set_pharmacy("P");
    dispensing.set_dispensed_on("20260602");
    dispensing.add_drugs()->set_code(code);
  }
  return changed;
}

journal::Record RecordOf(const PrescriptionChanged& changed, uint64_t version,
                         const std::string& subject = kSubject) {
  Published published;
  published.set_subject(subject);
  published.set_aggregate("rx/" + changed.prescription_id());
  published.set_version(version);
  published.set_event(changed.SerializeAsString());
  return {0, subject, published.SerializeAsString()};
}

class Section {
 public:
  Verdict Fold(const journal::Record& record) {
    journal::States states;
    for (const std::string& name : folder_.Touches(record)) states.Load(name, stored_[name]);
    journal::Publications publications;
    const Verdict verdict = folder_.Apply(record, states, publications);
    for (const auto& [name, value] : states.Changes()) stored_[name] = value;
    return verdict;
  }
  Month Get(const std::string& name) {
    Month month;
    month.ParseFromString(stored_[name]);
    return month;
  }
  std::map<std::string, std::string> stored() const { return stored_; }

 private:
  PrescriptionFolder folder_;
  std::map<std::string, std::string> stored_;
};

TEST(PrescriptionFolderTest, ARegisteredPrescriptionIsShownAsPrescribed) {  // MH-106
  Section section;
  section.Fold(RecordOf(Changed(tsunagu::prescription::v1::STATUS_REGISTERED, "1"), 1));
  const Month month = section.Get("month/0001/202605");
  ASSERT_EQ(month.items_size(), 1);
  const auto& dispensing = month.items(0).dispensings(0);
  EXPECT_EQ(dispensing.source(), SOURCE_PRESCRIPTION);
  EXPECT_EQ(dispensing.prescriber(), "C");
  EXPECT_EQ(dispensing.prescribed_on(), "20260531");
  EXPECT_EQ(dispensing.dispensed_on(), "");
  EXPECT_EQ(dispensing.facility(), "");
}

TEST(PrescriptionFolderTest, ADispensedOneStandsInItsMonthOfIssueAsDispensed) {  // MH-106
  Section section;
  section.Fold(RecordOf(Changed(tsunagu::prescription::v1::STATUS_REGISTERED, "1"), 1));
  section.Fold(RecordOf(Changed(tsunagu::prescription::v1::STATUS_IN_DISPENSING), 2));
  section.Fold(RecordOf(Changed(tsunagu::prescription::v1::STATUS_DISPENSED, "2"), 3));
  const Month month = section.Get("month/0001/202605");
  ASSERT_EQ(month.items_size(), 1);
  EXPECT_EQ(month.items(0).version(), 3u);
  const auto& dispensing = month.items(0).dispensings(0);
  EXPECT_EQ(dispensing.source(), SOURCE_DISPENSING);
  EXPECT_EQ(dispensing.facility(), "P");
  EXPECT_EQ(dispensing.dispensed_on(), "20260602");
  ASSERT_EQ(dispensing.drugs_size(), 1);
  EXPECT_EQ(dispensing.drugs(0).code(), "2");
}

TEST(PrescriptionFolderTest, EachUseOfARefillStandsForItself) {  // MH-106
  Section section;
  PrescriptionChanged refill = Changed(tsunagu::prescription::v1::STATUS_DISPENSED, "2");
  refill.set_status(tsunagu::prescription::v1::STATUS_REGISTERED);
  section.Fold(RecordOf(refill, 2));
  refill.add_dispensings()->set_dispensed_on("20260701");
  refill.mutable_dispensings(1)->set_pharmacy("Q");
  section.Fold(RecordOf(refill, 4));
  const auto item = section.Get("month/0001/202605").items(0);
  ASSERT_EQ(item.dispensings_size(), 2);
  EXPECT_EQ(item.dispensings(0).facility(), "P");
  EXPECT_EQ(item.dispensings(1).facility(), "Q");
  EXPECT_EQ(item.dispensings(1).dispensed_on(), "20260701");
  EXPECT_EQ(item.dispensings(1).source(), SOURCE_DISPENSING);
}

TEST(PrescriptionFolderTest, AResultThatIsCancelledMakesItPrescribedAgain) {  // MH-106
  Section section;
  section.Fold(RecordOf(Changed(tsunagu::prescription::v1::STATUS_DISPENSED, "2"), 3));
  section.Fold(RecordOf(Changed(tsunagu::prescription::v1::STATUS_IN_DISPENSING), 4));
  const auto item = section.Get("month/0001/202605").items(0);
  ASSERT_EQ(item.dispensings_size(), 1);
  EXPECT_EQ(item.dispensings(0).source(), SOURCE_PRESCRIPTION);
  EXPECT_EQ(item.dispensings(0).drugs(0).code(), "1");
  EXPECT_EQ(item.dispensings(0).facility(), "");
}

TEST(PrescriptionFolderTest, ACancelledOneIsGoneAndStaysGone) {  // MH-107
  Section section;
  const auto registered = RecordOf(Changed(tsunagu::prescription::v1::STATUS_REGISTERED, "1"), 1);
  section.Fold(registered);
  section.Fold(RecordOf(Changed(tsunagu::prescription::v1::STATUS_CANCELLED), 2));
  section.Fold(registered);
  const Month month = section.Get("month/0001/202605");
  ASSERT_EQ(month.items_size(), 1);
  EXPECT_EQ(month.items(0).dispensings_size(), 0);
}

TEST(PrescriptionFolderTest, ACollectedOneIsGone) {  // MH-107
  Section section;
  section.Fold(RecordOf(Changed(tsunagu::prescription::v1::STATUS_REGISTERED), 1));
  section.Fold(RecordOf(Changed(tsunagu::prescription::v1::STATUS_COLLECTED), 2));
  EXPECT_EQ(section.Get("month/0001/202605").items(0).dispensings_size(), 0);
}

TEST(PrescriptionFolderTest, WhatCannotBeReadIsPutAside) {
  Section section;
  PrescriptionChanged no_day = Changed(tsunagu::prescription::v1::STATUS_REGISTERED, "1");
  no_day.set_issued_on("20260532");
  PrescriptionChanged no_id = Changed(tsunagu::prescription::v1::STATUS_REGISTERED, "1");
  no_id.clear_prescription_id();
  PrescriptionChanged bad_day = Changed(tsunagu::prescription::v1::STATUS_DISPENSED, "1");
  bad_day.mutable_dispensings(0)->set_dispensed_on("tomorrow");
  EXPECT_EQ(section.Fold(RecordOf(no_day, 1)), Verdict::kUndecodable);
  EXPECT_EQ(section.Fold(RecordOf(no_id, 1)), Verdict::kUndecodable);
  EXPECT_EQ(section.Fold(RecordOf(bad_day, 1)), Verdict::kUndecodable);
  EXPECT_EQ(section.Fold(RecordOf(Changed(tsunagu::prescription::v1::STATUS_REGISTERED), 1, "")),
            Verdict::kUndecodable);
  EXPECT_EQ(section.Fold({0, kSubject, "\xFF\xFF"}), Verdict::kUndecodable);
  EXPECT_TRUE(section.stored().empty());
}

// MH-107
RC_GTEST_PROP(PrescriptionFolderProperty, RecordsThatComeAgainChangeNothing, ()) {
  const std::vector<journal::Record> life = {
      RecordOf(Changed(tsunagu::prescription::v1::STATUS_REGISTERED, "1"), 1),
      RecordOf(Changed(tsunagu::prescription::v1::STATUS_IN_DISPENSING), 2),
      RecordOf(Changed(tsunagu::prescription::v1::STATUS_DISPENSED, "2"), 3),
  };
  Section once, often;
  for (size_t i = 0; i < life.size(); ++i) {
    once.Fold(life[i]);
    often.Fold(life[i]);
    for (int n = *rc::gen::inRange(0, 3); n > 0; --n) {
      often.Fold(life[*rc::gen::inRange<size_t>(0, i + 1)]);
    }
  }
  RC_ASSERT(once.stored() == often.stored());
}

// RX-495
TEST(PrescriptionFolderTest, DrugsGivenInHouseAreSaidToBe) {
  using tsunagu::prescription::v1::STATUS_CANCELLED;
  using tsunagu::prescription::v1::STATUS_DISPENSED;
  Section section;
  PrescriptionChanged given = Changed(STATUS_DISPENSED);
  given.set_origin(PrescriptionChanged::ORIGIN_IN_HOUSE);
  section.Fold(RecordOf(given, 1));
  ASSERT_EQ(section.Get("month/0001/202605").items_size(), 1);
  EXPECT_TRUE(section.Get("month/0001/202605").items(0).dispensings(0).in_house());
  given.set_status(STATUS_CANCELLED);
  given.clear_dispensings();
  section.Fold(RecordOf(given, 2));
  EXPECT_EQ(section.Get("month/0001/202605").items(0).dispensings_size(), 0);
}

}  // namespace
}  // namespace tsunagu::medication
