// What changes, cancellations, refills and corrected results leave in the states.
#include <gtest/gtest.h>

#include "services/platform/status/error.h"
#include "services/prescription/fold.h"
#include "services/prescription/test_log.h"

namespace tsunagu::prescription {
namespace {

v1::Event Changed(const std::string& fingerprint) {
  v1::Event event;
  auto& content = *event.mutable_changed()->mutable_content();
  content.set_issued_on("20260602");
  content.set_use_by("20260610");
  content.set_fingerprint(fingerprint);
  content.set_document("<changed/>");
  content.add_drugs()->set_code("changed");
  return event;
}

v1::Event Undone() {
  v1::Event event;
  event.mutable_undone();
  return event;
}

v1::Event Collected() {
  v1::Event event;
  event.mutable_collected();
  return event;
}

v1::Event Refill(const std::string& id) {
  v1::Event event = Registered(id);
  event.mutable_registered()->mutable_course()->set_kind(v1::Course::KIND_REFILL);
  event.mutable_registered()->mutable_course()->set_total(2);
  return event;
}

v1::Event Use(int use, bool more) {
  v1::Event event = Dispensed();
  event.mutable_dispensed()->set_use(use);
  event.mutable_dispensed()->set_more(more);
  event.mutable_dispensed()->set_next_on(more ? "20260701" : "");
  event.mutable_dispensed()->set_document(use == 1 ? "<first/>" : "<second/>");
  return event;
}

std::string Document(Log& log, const std::string& name) {
  return log.Get<v1::Document>(name).xml();
}

v1::OpenPrescriptions Person(Log& log) {
  return log.Get<v1::OpenPrescriptions>(PersonName(kSubject));
}

// RX-060, RX-062
TEST(FoldCourseTest, AChangeReplacesTheDocumentAndItsUndoBringsItBack) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  log.Append("a", Changed("f"), kDay);
  EXPECT_EQ(Document(log, DocumentName("a")), "<changed/>");
  EXPECT_EQ(Person(log).items(0).use_by(), "20260610");
  EXPECT_EQ(log.Public().drugs(0).code(), "changed");
  EXPECT_EQ(log.Public().issued_on(), "20260602");
  log.Append("a", Undone(), kDay);
  EXPECT_EQ(Document(log, DocumentName("a")), "<prescription/>");
  EXPECT_EQ(Person(log).items(0).use_by(), "20260604");
  EXPECT_EQ(log.Public().drugs(0).code(), "612170709");
}

// RX-043
TEST(FoldCourseTest, AChangeToADocumentOfAnotherPrescriptionIsNone) {
  Log log;
  v1::Event other = Registered("b");
  other.mutable_registered()->set_fingerprint("f");
  log.Append("a", Registered("a"), kDay);
  log.Append("b", other, kDay);
  log.Append("a", Changed("f"), kDay);
  EXPECT_EQ(log.publications(), 0u);
  EXPECT_EQ(Document(log, DocumentName("a")), "<prescription/>");
  // Back and forth between one's own is one's own business.
  log.Append("a", Changed("g"), kDay);
  log.Append("a", Changed("h"), kDay);
  log.Append("a", Changed("g"), kDay);
  EXPECT_EQ(log.publications(), 1u);
}

// RX-061, RX-018
TEST(FoldCourseTest, AnUndoneCancellationIsOpenAgainUnderAFreeCode) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  log.Append("a", Cancelled(), kDay);
  log.Append("a", Undone(), kDay);
  EXPECT_EQ(log.Open(), "a ");
  EXPECT_EQ(log.Prescription("a").access_code(), "123456");
  EXPECT_EQ(Person(log).cancelled_size(), 0);
  log.Append("a", Cancelled(), kDay);
  log.Append("b", Registered("b"), kDay);  // has the code of the cancelled one
  log.Append("a", Undone(), kDay);
  EXPECT_EQ(log.Prescription("b").access_code(), "123456");
  EXPECT_EQ(log.Prescription("a").access_code(), "123457");
  EXPECT_EQ(*FindByCode(Person(log), "123457"), "a");
}

// RX-063, RX-064
TEST(FoldCourseTest, ACollectedPrescriptionIsClosedUntilThatIsUndone) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  log.Append("a", Accepted(), kDay);
  log.Append("a", Collected(), kDay);
  EXPECT_EQ(log.Open(), "");
  EXPECT_EQ(log.Public().status(), v1::STATUS_COLLECTED);
  log.Append("a", Undone(), kDay);
  EXPECT_EQ(log.Open(), "a ");
  EXPECT_EQ(log.Public().status(), v1::STATUS_IN_DISPENSING);
}

// RX-065, RX-066
TEST(FoldCourseTest, ARefillStaysOpenAndKeepsTheResultOfEachUse) {
  Log log;
  log.Append("a", Refill("a"), kDay);
  log.Append("a", Accepted(), kDay);
  log.Append("a", Use(1, true), kDay);
  EXPECT_EQ(log.Open(), "a ");
  EXPECT_EQ(Person(log).items(0).use_by(), "20260708");
  EXPECT_EQ(log.Public().status(), v1::STATUS_REGISTERED);
  EXPECT_EQ(log.Public().dispensings_size(), 1);
  log.Append("a", Accepted(), absl::CivilDay(2026, 7, 1));
  log.Append("a", Use(2, false), absl::CivilDay(2026, 7, 1));
  EXPECT_EQ(log.Open(), "");
  EXPECT_EQ(Document(log, ResultName("a", 1)), "<first/>");
  EXPECT_EQ(Document(log, ResultName("a", 2)), "<second/>");
  EXPECT_EQ(log.Public().dispensings_size(), 2);
  EXPECT_EQ(Person(log).dispensed(0).holder(), "1349999996");
}

// RX-068, RX-069
TEST(FoldCourseTest, AResultIsReplacedAndCancelled) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  log.Append("a", Accepted(), kDay);
  log.Append("a", Dispensed(), kDay);
  v1::Event change;
  *change.mutable_result_changed()->mutable_result() = Dispensed().dispensed();
  change.mutable_result_changed()->mutable_result()->set_document("<corrected/>");
  change.mutable_result_changed()->mutable_result()->mutable_drugs(0)->set_code("corrected");
  log.Append("a", change, kDay);
  EXPECT_EQ(Document(log, ResultName("a", 1)), "<corrected/>");
  EXPECT_EQ(log.Public().dispensings(0).drugs(0).code(), "corrected");
  v1::Event cancel;
  cancel.mutable_result_cancelled();
  log.Append("a", cancel, kDay);
  EXPECT_EQ(log.Public().status(), v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(log.Public().dispensings_size(), 0);
  EXPECT_EQ(log.Open(), "a ");
  EXPECT_EQ(Person(log).dispensed_size(), 0);
}

// RX-071
TEST(FoldCourseTest, ACancellationThatWaitsIsNotPublishedAndItsRegistrationIsCancelled) {
  Log log;
  v1::Event waits;
  waits.mutable_cancel_awaited()->set_issuer("1311111111");
  log.Append("a", waits, kDay);
  EXPECT_EQ(log.publications(), 0u);
  v1::Event registered = Registered("a");
  registered.mutable_registered()->set_cancelled(true);
  log.Append("a", registered, kDay);
  EXPECT_EQ(log.Public().status(), v1::STATUS_CANCELLED);
  EXPECT_EQ(log.Open(), "");
  EXPECT_EQ(*FindByCode(Person(log), "123456"), "a");
  v1::Event undone;
  undone.mutable_undone();
  log.Append("a", undone, kDay);  // like any other cancellation
  EXPECT_EQ(log.Public().status(), v1::STATUS_REGISTERED);
  EXPECT_EQ(log.Open(), "a ");
}

}  // namespace
}  // namespace tsunagu::prescription
