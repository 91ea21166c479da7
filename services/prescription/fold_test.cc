#include "services/prescription/fold.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_log.h"

namespace tsunagu::prescription {
namespace {

using tsunagu::journal::v1::Entry;
using tsunagu::journal::v1::Published;
using tsunagu::journal::v1::Stored;

constexpr char kSubject[] = "12ab00000000000000000000000000aa";

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

TEST(FoldTest, AnAcceptanceIsPublishedAndStaysOpen) {
  Log log;
  log.Append("a", Registered("a"), kDay);
  log.Append("a", Accepted(), kDay);
  EXPECT_EQ(log.Public().status(), v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(log.Public().holder(), "1349999996");
  EXPECT_EQ(log.Public().drugs(0).code(), "612170709");
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
  EXPECT_EQ(log.Get<v1::Document>(ResultName("a", 1)).xml(), "<result/>");
  EXPECT_EQ(log.Get<v1::Document>(DocumentName("a")).xml(), "<prescription/>");
  EXPECT_EQ(log.Open(), "b ");
  EXPECT_EQ(log.Public().status(), v1::STATUS_DISPENSED);
  EXPECT_EQ(log.Public().drugs(0).code(), "612170709");
  ASSERT_EQ(log.Public().dispensings_size(), 1);
  EXPECT_EQ(log.Public().dispensings(0).pharmacy(), "1349999996");
  EXPECT_EQ(log.Public().dispensings(0).dispensed_on(), "20260602");
  EXPECT_EQ(log.Public().dispensings(0).drugs(0).code(), "610421321");
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
  EXPECT_EQ(log.Get<v1::Document>(ResultName("a", 1)).xml(), "");
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

// RX-019, RX-545
TEST(FoldTest, WhoHasTooManyGetsNoOtherAndLosesNone) {
  Log log;
  const auto has_room = [&log](absl::CivilDay day) {
    return HasRoom(log.Get<v1::OpenPrescriptions>(PersonName(kSubject)), day);
  };
  for (int i = 0; i < kMaxOpen; ++i) {
    EXPECT_TRUE(has_room(kDay));
    log.Append(absl::StrCat("p", i), Registered(absl::StrCat("p", i)), kDay);
  }
  EXPECT_FALSE(has_room(kDay));
  EXPECT_TRUE(has_room(absl::CivilDay(2026, 6, 5)));
  log.Append("beside", Registered("beside"), kDay);  // decided before it was full
  const auto person = log.Get<v1::OpenPrescriptions>(PersonName(kSubject));
  EXPECT_EQ(person.items_size(), kMaxOpen + 1);
  EXPECT_EQ(person.items(0).prescription_id(), "p0");
}

// RX-044, RX-545
TEST(FoldTest, TheCodesOfAllThatWereCancelledLeadToThemUntilTheirDayIsOver) {
  Log log;
  const auto person = [&log] { return log.Get<v1::OpenPrescriptions>(PersonName(kSubject)); };
  for (int i = 0; i < kMaxOfPerson; ++i) {
    EXPECT_TRUE(HasRoom(person(), kDay)) << i;
    const std::string id = absl::StrCat("p", i);
    v1::Event registered = Registered(id);
    registered.mutable_registered()->set_access_code(AccessCode(static_cast<uint32_t>(i)));
    log.Append(id, registered, kDay);
    log.Append(id, Cancelled(), kDay);
  }
  EXPECT_FALSE(HasRoom(person(), kDay));
  EXPECT_EQ(*FindByCode(person(), AccessCode(0)), "p0");
  EXPECT_TRUE(HasRoom(person(), absl::CivilDay(2026, 6, 5)));
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
  EXPECT_EQ(person.items_size(), 1);
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
  EXPECT_EQ(person.items_size(), 0);
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
