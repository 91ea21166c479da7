#include "services/emergency/fold.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "tsunagu/eligibility/v1/events.pb.h"
#include "tsunagu/emergency/v1/state.pb.h"
#include "tsunagu/medication/v1/events.pb.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::emergency {
namespace {

using journal::Verdict;
using tsunagu::eligibility::v1::PersonChanged;
using tsunagu::emergency::v1::KnownPerson;
using tsunagu::emergency::v1::KnownPrescriptions;
using tsunagu::emergency::v1::KnownReceipts;
using tsunagu::journal::v1::Published;
using tsunagu::medication::v1::MonthChanged;
using tsunagu::prescription::v1::PrescriptionChanged;
using tsunagu::prescription::v1::Status;

constexpr char kSubject[] = "0001";

journal::Record RecordOf(const std::string& aggregate, uint64_t version,
                         const google::protobuf::MessageLite& event) {
  Published published;
  published.set_subject(kSubject);
  published.set_aggregate(aggregate);
  published.set_version(version);
  published.set_event(event.SerializeAsString());
  return {0, kSubject, published.SerializeAsString()};
}

template <typename Folder>
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
  template <typename Message>
  Message Get(const std::string& name) {
    Message message;
    message.ParseFromString(stored_[name]);
    return message;
  }
  const std::map<std::string, std::string>& stored() const { return stored_; }

 private:
  Folder folder_;
  std::map<std::string, std::string> stored_;
};

PersonChanged NamedPerson(const std::string& name) {
  PersonChanged changed;
  changed.mutable_person()->mutable_qualification()->set_name(name);
  return changed;
}

MonthChanged MonthOf(const std::string& code) {
  MonthChanged changed;
  changed.set_month("202605");
  changed.add_dispensings()->add_drugs()->set_code(code);
  return changed;
}

PrescriptionChanged Prescribed(Status status, const std::string& code = "1") {
  PrescriptionChanged changed;
  changed.set_prescription_id("rx");
  changed.set_status(status);
  changed.set_issuer("C");
  changed.set_issued_on("20260531");
  const bool dispensed = status == tsunagu::prescription::v1::STATUS_DISPENSED;
  changed.add_drugs()->set_code(dispensed ? "as prescribed" : code);
  if (dispensed) {
    auto& dispensing = *changed.add_dispensings();
    dispensing.set_pharmacy("P");
    dispensing.set_dispensed_on("20260601");
    dispensing.add_drugs()->set_code(code);
  }
  return changed;
}

TEST(PersonFolderTest, TheNewestVersionStays) {  // EM-018
  Section<PersonFolder> section;
  section.Fold(RecordOf("person/0001", 2, NamedPerson("b")));
  section.Fold(RecordOf("person/0001", 1, NamedPerson("a")));
  const auto known = section.Get<KnownPerson>("person/0001");
  EXPECT_EQ(known.person().qualification().name(), "b");
  EXPECT_EQ(known.version(), 2u);
}

TEST(ReceiptFolderTest, AMonthIsReplacedByItsNextVersion) {  // EM-018
  Section<ReceiptFolder> section;
  section.Fold(RecordOf("month/0001/202605", 1, MonthOf("1")));
  section.Fold(RecordOf("month/0001/202605", 2, MonthOf("2")));
  section.Fold(RecordOf("month/0001/202605", 1, MonthOf("1")));
  const auto known = section.Get<KnownReceipts>("month/0001/202605");
  ASSERT_EQ(known.dispensings_size(), 1);
  EXPECT_EQ(known.dispensings(0).drugs(0).code(), "2");
}

TEST(PrescriptionFolderTest, OnlyWhatWasDispensedHasADispensing) {  // EM-011
  Section<PrescriptionFolder> section;
  section.Fold(RecordOf("rx/rx", 1, Prescribed(tsunagu::prescription::v1::STATUS_REGISTERED, "1")));
  auto item = section.Get<KnownPrescriptions>("month/0001/202605").items(0);
  EXPECT_EQ(item.issuer(), "C");
  EXPECT_EQ(item.dispensings_size(), 0);
  section.Fold(RecordOf("rx/rx", 3, Prescribed(tsunagu::prescription::v1::STATUS_DISPENSED, "2")));
  item = section.Get<KnownPrescriptions>("month/0001/202605").items(0);
  EXPECT_EQ(item.dispensings(0).facility(), "P");
  EXPECT_EQ(item.dispensings(0).dispensed_on(), "20260601");
  EXPECT_EQ(item.dispensings(0).drugs(0).code(), "2");
}

// RX-495
TEST(PrescriptionFolderTest, DrugsGivenInHouseAreSaidToBe) {
  Section<PrescriptionFolder> section;
  PrescriptionChanged given = Prescribed(tsunagu::prescription::v1::STATUS_DISPENSED);
  given.set_origin(PrescriptionChanged::ORIGIN_IN_HOUSE);
  section.Fold(RecordOf("px/rx", 1, given));
  const auto item = section.Get<KnownPrescriptions>("month/0001/202605").items(0);
  EXPECT_TRUE(item.dispensings(0).in_house());
}

TEST(PrescriptionFolderTest, DrugsAsPrescribedStayUntilDispensedOrCancelled) {  // EM-024
  for (const Status end :
       {tsunagu::prescription::v1::STATUS_DISPENSED, tsunagu::prescription::v1::STATUS_CANCELLED}) {
    Section<PrescriptionFolder> section;
    section.Fold(
        RecordOf("rx/rx", 1, Prescribed(tsunagu::prescription::v1::STATUS_REGISTERED, "1")));
    section.Fold(RecordOf("rx/rx", 2, Prescribed(tsunagu::prescription::v1::STATUS_IN_DISPENSING)));
    auto item = section.Get<KnownPrescriptions>("month/0001/202605").items(0);
    ASSERT_EQ(item.drugs_size(), 1);
    EXPECT_EQ(item.drugs(0).code(), "1");
    section.Fold(RecordOf("rx/rx", 3, Prescribed(end)));
    item = section.Get<KnownPrescriptions>("month/0001/202605").items(0);
    EXPECT_EQ(item.drugs_size(), 0);
  }
}

TEST(PrescriptionFolderTest, ACancelledOneTellsOfNoVisit) {  // EM-012
  Section<PrescriptionFolder> section;
  section.Fold(RecordOf("rx/rx", 1, Prescribed(tsunagu::prescription::v1::STATUS_REGISTERED, "1")));
  section.Fold(RecordOf("rx/rx", 2, Prescribed(tsunagu::prescription::v1::STATUS_CANCELLED)));
  EXPECT_EQ(section.Get<KnownPrescriptions>("month/0001/202605").items(0).issuer(), "");
}

TEST(PrescriptionFolderTest, PrescriptionsOfAMonthStandSideBySideById) {
  Section<PrescriptionFolder> section;
  for (const char* id : {"b", "c", "a"}) {
    PrescriptionChanged changed = Prescribed(tsunagu::prescription::v1::STATUS_REGISTERED, "1");
    changed.set_prescription_id(id);
    section.Fold(RecordOf("rx/x", 1, changed));
  }
  const auto known = section.Get<KnownPrescriptions>("month/0001/202605");
  ASSERT_EQ(known.items_size(), 3);
  EXPECT_EQ(known.items(0).prescription_id(), "a");
  EXPECT_EQ(known.items(2).prescription_id(), "c");
}

TEST(FolderTest, WhatCannotBeReadIsPutAside) {
  Section<PersonFolder> persons;
  Section<ReceiptFolder> receipts;
  Section<PrescriptionFolder> prescriptions;
  const journal::Record garbage = {0, kSubject, "\xFF\xFF"};
  EXPECT_EQ(persons.Fold(garbage), Verdict::kUndecodable);
  EXPECT_EQ(receipts.Fold(garbage), Verdict::kUndecodable);
  EXPECT_EQ(prescriptions.Fold(garbage), Verdict::kUndecodable);
  EXPECT_EQ(persons.Fold(RecordOf("person/0002", 1, NamedPerson("a"))), Verdict::kUndecodable);
  EXPECT_EQ(receipts.Fold(RecordOf("month/0001/202606", 1, MonthOf("1"))), Verdict::kUndecodable);
  PrescriptionChanged no_day = Prescribed(tsunagu::prescription::v1::STATUS_REGISTERED, "1");
  no_day.set_issued_on("202605");
  EXPECT_EQ(prescriptions.Fold(RecordOf("rx/rx", 1, no_day)), Verdict::kUndecodable);
  EXPECT_TRUE(persons.stored().empty());
  EXPECT_TRUE(receipts.stored().empty());
  EXPECT_TRUE(prescriptions.stored().empty());
}

RC_GTEST_PROP(FolderProperty, EM018RecordsThatComeAgainChangeNothing, ()) {
  const std::vector<journal::Record> life = {
      RecordOf("rx/rx", 1, Prescribed(tsunagu::prescription::v1::STATUS_REGISTERED, "1")),
      RecordOf("rx/rx", 2, Prescribed(tsunagu::prescription::v1::STATUS_IN_DISPENSING)),
      RecordOf("rx/rx", 3, Prescribed(tsunagu::prescription::v1::STATUS_DISPENSED, "2")),
  };
  Section<PrescriptionFolder> once, often;
  for (size_t i = 0; i < life.size(); ++i) {
    once.Fold(life[i]);
    often.Fold(life[i]);
    for (int n = *rc::gen::inRange(0, 3); n > 0; --n) {
      often.Fold(life[*rc::gen::inRange<size_t>(0, i + 1)]);
    }
  }
  RC_ASSERT(once.stored() == often.stored());
}

}  // namespace
}  // namespace tsunagu::emergency
