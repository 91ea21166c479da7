#include "services/prescription/fold.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"

namespace tsunagu::prescription {
namespace {

using tsunagu::journal::v1::Entry;
using tsunagu::journal::v1::Published;
using tsunagu::journal::v1::Stored;

constexpr char kSubject[] = "12ab00000000000000000000000000aa";

// Folds entries as the platform does and keeps all states.
class Log {
 public:
  journal::Verdict Append(const std::string& id, const v1::Event& event, absl::CivilDay day) {
    Entry entry;
    entry.set_subject(kSubject);
    entry.set_aggregate(AggregateName(id));
    entry.mutable_decided_at()->set_seconds(
        absl::ToUnixSeconds(absl::FromCivil(day, national::Jst())));
    entry.set_event(event.SerializeAsString());
    journal::Record record{offset_++, kSubject, entry.SerializeAsString()};
    journal::States states;
    for (const std::string& name : folder_.Touches(record)) states.Load(name, states_[name]);
    published_.clear();
    const auto verdict = folder_.Apply(record, states, published_);
    for (const auto& [name, value] : states.Changes()) states_[name] = value;
    return verdict;
  }

  v1::Prescription Prescription(const std::string& id) {
    Stored stored;
    stored.ParseFromString(states_[AggregateName(id)]);
    v1::Prescription state;
    state.ParseFromString(stored.state());
    return state;
  }

  template <typename Message>
  Message Get(const std::string& name) {
    Message message;
    message.ParseFromString(states_[name]);
    return message;
  }

  // The ids of the person's open prescriptions.
  std::string Open() {
    std::string ids;
    const auto person = Get<v1::OpenPrescriptions>(PersonName(kSubject));
    for (const auto& item : person.items()) {
      absl::StrAppend(&ids, item.prescription_id(), " ");
    }
    return ids;
  }

  // What the last entry published; the default message when nothing.
  v1::PrescriptionChanged Public() {
    v1::PrescriptionChanged changed;
    if (!published_.empty()) changed.ParseFromString(published_[0].event());
    return changed;
  }
  size_t publications() const { return published_.size(); }
  const std::map<std::string, std::string>& states() const { return states_; }

 private:
  PrescriptionDomain domain_;
  journal::JournalFolder folder_{domain_};
  std::map<std::string, std::string> states_;
  journal::Publications published_;
  int64_t offset_ = 0;
};

const absl::CivilDay kDay(2026, 6, 1);

v1::Event Registered(const std::string& id, const std::string& use_by = "20260604") {
  v1::Event event;
  auto& registered = *event.mutable_registered();
  registered.set_prescription_id(id);
  registered.set_access_code("123456");
  registered.set_issuer("1311111111");
  registered.set_issued_on("20260601");
  registered.set_use_by(use_by);
  registered.set_document("<prescription/>");
  registered.add_drugs()->set_code("612170709");
  return event;
}

v1::Event Accepted() {
  v1::Event event;
  event.mutable_accepted()->set_pharmacy("1349999996");
  return event;
}

v1::Event Dispensed() {
  v1::Event event;
  event.mutable_dispensed()->set_result_id("r");
  event.mutable_dispensed()->set_document("<result/>");
  event.mutable_dispensed()->set_dispensed_on("20260602");
  event.mutable_dispensed()->add_drugs()->set_code("610421321");
  return event;
}

v1::Event Cancelled() {
  v1::Event event;
  event.mutable_cancelled();
  return event;
}

// RX-031: what a result is compared with. Old events tell nothing of it.
TEST(FoldTest, TheFingerprintOfTheDocumentIsKept) {
  Log log;
  v1::Event event = Registered("a");
  log.Append("a", event, kDay);
  EXPECT_EQ(log.Prescription("a").fingerprint(), "");
  EXPECT_FALSE(log.Prescription("a").has_signer());
  event = Registered("b");
  event.mutable_registered()->set_fingerprint("f");
  event.mutable_registered()->mutable_signer()->set_certificate_name("n");
  log.Append("b", event, kDay);
  EXPECT_EQ(log.Prescription("b").fingerprint(), "f");
  EXPECT_EQ(log.Prescription("b").signer().certificate_name(), "n");
}

TEST(FoldTest, ARegistrationMakesItsStatesAndIsPublishedWithItsDrugs) {
  Log log;
  EXPECT_EQ(log.Append("a", Registered("a"), kDay), journal::Verdict::kAccepted);
  EXPECT_EQ(log.Prescription("a").status(), v1::STATUS_REGISTERED);
  EXPECT_EQ(log.Prescription("a").subject(), kSubject);
  EXPECT_EQ(log.Get<v1::Document>(DocumentName("a")).xml(), "<prescription/>");
  EXPECT_EQ(log.Open(), "a ");
  EXPECT_EQ(log.Public().status(), v1::STATUS_REGISTERED);
  EXPECT_EQ(log.Public().issuer(), "1311111111");
  EXPECT_EQ(log.Public().use_by(), "20260604");
  ASSERT_EQ(log.Public().drugs_size(), 1);
  EXPECT_EQ(log.Public().drugs(0).code(), "612170709");
}

TEST(FoldTest, AnAcceptanceIsPublishedWithoutDrugsAndStaysOpen) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  log.Append("a", Accepted(), kDay);
  EXPECT_EQ(log.Public().status(), v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(log.Public().holder(), "1349999996");
  EXPECT_EQ(log.Public().drugs_size(), 0);
  EXPECT_EQ(log.Open(), "a ");
}

// RX-007
TEST(FoldTest, AcceptingAgainPublishesNothing) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  log.Append("a", Accepted(), kDay);
  log.Append("a", Accepted(), kDay + 1);
  EXPECT_EQ(log.publications(), 0u);
}

TEST(FoldTest, AResultIsKeptPublishedAndClosesThePrescription) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  log.Append("b", Registered("b"), kDay);
  log.Append("a", Accepted(), kDay);
  log.Append("a", Dispensed(), kDay);
  EXPECT_EQ(log.Get<v1::Document>(ResultName("a")).xml(), "<result/>");
  EXPECT_EQ(log.Get<v1::Document>(DocumentName("a")).xml(), "<prescription/>");
  EXPECT_EQ(log.Open(), "b ");
  EXPECT_EQ(log.Public().status(), v1::STATUS_DISPENSED);
  EXPECT_EQ(log.Public().dispensed_on(), "20260602");
  ASSERT_EQ(log.Public().drugs_size(), 1);
  EXPECT_EQ(log.Public().drugs(0).code(), "610421321");
}

TEST(FoldTest, ACancellationClosesThePrescription) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  log.Append("a", Cancelled(), kDay);
  EXPECT_EQ(log.Open(), "");
  EXPECT_EQ(log.Public().status(), v1::STATUS_CANCELLED);
}

TEST(FoldTest, AnEventThatDoesNotFitTouchesNothingBesideTheVersion) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  const auto before = log.Prescription("a").SerializeAsString();
  log.Append("a", Dispensed(), kDay);
  EXPECT_EQ(log.Prescription("a").SerializeAsString(), before);
  EXPECT_EQ(log.Get<v1::Document>(ResultName("a")).xml(), "");
  EXPECT_EQ(log.Open(), "a ");
  EXPECT_EQ(log.publications(), 0u);
}

TEST(FoldTest, ExpiredPrescriptionsLeaveWhenTheNextOneComes) {
  Log log;
  log.Append("a", Registered("a", "20260604"), kDay);
  log.Append("b", Registered("b", "20260630"), kDay);
  log.Append("c", Registered("c", "20260607"), absl::CivilDay(2026, 6, 4));
  EXPECT_EQ(log.Open(), "a b c ");
  log.Append("d", Registered("d", "20260608"), absl::CivilDay(2026, 6, 5));
  EXPECT_EQ(log.Open(), "b c d ");
}

// RX-019
TEST(FoldTest, TheOldestLeaveAPersonWithTooMany) {
  Log log;
  for (int i = 0; i <= kMaxOpen; ++i) {
    log.Append(absl::StrCat("p", i), Registered(absl::StrCat("p", i)), kDay);
  }
  const auto person = log.Get<v1::OpenPrescriptions>(PersonName(kSubject));
  EXPECT_EQ(person.items_size(), kMaxOpen);
  EXPECT_EQ(person.items(0).prescription_id(), "p1");
  EXPECT_EQ(CountOpen(person, kDay), kMaxOpen);
  EXPECT_EQ(CountOpen(person, absl::CivilDay(2026, 6, 5)), 0);
}

TEST(FoldTest, TheSameLogGivesTheSameBytes) {
  Log one, two;
  for (Log* log : {&one, &two}) {
    log->Append("a", Registered("a"), kDay);
    log->Append("a", Accepted(), kDay);
    log->Append("b", Registered("b"), kDay + 1);
    log->Append("a", Dispensed(), kDay + 1);
  }
  EXPECT_EQ(one.states(), two.states());
}

TEST(FoldTest, AnUnreadableEventLeavesTheStateAsItIs) {
  PrescriptionDomain domain;
  Entry entry;
  entry.set_aggregate(AggregateName("a"));
  entry.set_event("\xFF rubbish");
  journal::States states;
  std::optional<std::string> event;
  EXPECT_TRUE(domain.Projections(entry).empty());
  EXPECT_EQ(domain.Evolve(entry, "", states, event), "");
  EXPECT_FALSE(event.has_value());
}

v1::Event RegisteredAs(const std::string& id, const std::string& fingerprint) {
  v1::Event event = Registered(id);
  event.mutable_registered()->set_fingerprint(fingerprint);
  return event;
}

// RX-043
TEST(FoldTest, TheFirstOfTwoRegistrationsOfADocumentWins) {
  Log log;
  log.Append("a", RegisteredAs("a", "f"), kDay);
  log.Append("b", RegisteredAs("b", "f"), kDay);
  log.Append("c", RegisteredAs("c", "g"), kDay);
  EXPECT_EQ(log.Prescription("a").id(), "a");
  EXPECT_EQ(log.Prescription("b").id(), "");
  EXPECT_EQ(log.Prescription("c").id(), "c");
  EXPECT_EQ(log.Open(), "a c ");
  EXPECT_EQ(log.Get<v1::Document>(DocumentName("b")).xml(), "");
  EXPECT_EQ(log.Get<v1::RegisteredDocument>(FingerprintName("f")).prescription_id(), "a");
}

// RX-043
TEST(FoldTest, ADocumentDoesNotComeBackToLife) {
  Log log;
  log.Append("a", RegisteredAs("a", "f"), kDay);
  log.Append("a", Cancelled(), kDay);
  log.Append("b", RegisteredAs("b", "f"), kDay);
  EXPECT_EQ(log.publications(), 0u);
  log.Append("c", RegisteredAs("c", "g"), kDay);
  log.Append("c", Accepted(), kDay);
  log.Append("c", Dispensed(), kDay);
  log.Append("d", RegisteredAs("d", "g"), kDay);
  EXPECT_EQ(log.publications(), 0u);
  EXPECT_EQ(log.Open(), "");
}

TEST(FoldTest, OldRegistrationsWithoutAFingerprintStayWhatTheyAre) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  log.Append("b", Registered("b"), kDay);
  EXPECT_EQ(log.Open(), "a b ");
}

// RX-018
TEST(FoldTest, AnAccessCodeThatIsTakenBecomesTheNextFreeOne) {
  Log log;
  for (const char* id : {"a", "b", "c"}) log.Append(id, Registered(id), kDay);
  EXPECT_EQ(log.Prescription("a").access_code(), "123456");
  EXPECT_EQ(log.Prescription("b").access_code(), "123457");
  EXPECT_EQ(log.Prescription("c").access_code(), "123458");
  const auto person = log.Get<v1::OpenPrescriptions>(PersonName(kSubject));
  EXPECT_EQ(*FindByCode(person, "123457"), "b");
  v1::Event last = Registered("d");
  last.mutable_registered()->set_access_code("999999");
  log.Append("d", last, kDay);
  last.mutable_registered()->set_prescription_id("e");
  log.Append("e", last, kDay);
  EXPECT_EQ(log.Prescription("e").access_code(), "000000");
}

// RX-044
TEST(FoldTest, TheCodeOfADispensedPrescriptionLeadsToIt) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  log.Append("a", Accepted(), kDay);
  log.Append("a", Dispensed(), kDay);
  log.Append("b", Registered("b"), kDay);
  EXPECT_EQ(log.Prescription("b").access_code(), "123457");
  auto person = log.Get<v1::OpenPrescriptions>(PersonName(kSubject));
  EXPECT_EQ(*FindByCode(person, "123456"), "a");
  EXPECT_EQ(CountOpen(person, kDay), 1);
  log.Append("c", Registered("c", "20260630"), absl::CivilDay(2026, 6, 5));
  person = log.Get<v1::OpenPrescriptions>(PersonName(kSubject));
  EXPECT_EQ(person.dispensed_size(), 0);
}

// RX-044, RX-018: as its code may be given out again, an open prescription comes before it.
TEST(FoldTest, TheCodeOfACancelledPrescriptionLeadsToItUntilItIsGivenOutAgain) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  log.Append("a", Cancelled(), kDay);
  auto person = log.Get<v1::OpenPrescriptions>(PersonName(kSubject));
  EXPECT_EQ(*FindByCode(person, "123456"), "a");
  EXPECT_EQ(CountOpen(person, kDay), 0);
  log.Append("b", Registered("b"), kDay);
  EXPECT_EQ(log.Prescription("b").access_code(), "123456");
  person = log.Get<v1::OpenPrescriptions>(PersonName(kSubject));
  EXPECT_EQ(*FindByCode(person, "123456"), "b");
  log.Append("c", Registered("c", "20260630"), absl::CivilDay(2026, 6, 5));
  person = log.Get<v1::OpenPrescriptions>(PersonName(kSubject));
  EXPECT_EQ(person.cancelled_size(), 0);
}

// RX-016
TEST(AccessCodeTest, ItHasSixDigitsAndOpensItsPrescription) {
  EXPECT_EQ(AccessCode(0), "000000");
  EXPECT_EQ(AccessCode(kAccessCodes - 1), "999999");
  v1::OpenPrescriptions person;
  for (const auto& [id, code] : {std::pair("a", "000001"), {"b", "000002"}}) {
    auto& item = *person.add_items();
    item.set_prescription_id(id);
    item.set_access_code(code);
  }
  EXPECT_EQ(*FindByCode(person, "000001"), "a");
  EXPECT_EQ(ReasonOf(FindByCode(person, "000003").status()), "PRESCRIPTION_NOT_FOUND");
  EXPECT_EQ(ReasonOf(FindByCode({}, "").status()), "PRESCRIPTION_NOT_FOUND");
}

}  // namespace
}  // namespace tsunagu::prescription
