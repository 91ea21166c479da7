// Changes and what takes them back, collections, refills, parts, corrected results: over gRPC, with
// documents that are really signed.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_service.h"

namespace tsunagu::prescription {
namespace {

using Stub = v1::Prescriptions::Stub;

// A refill of `uses`.
std::string RefillText(int uses) {
  return Change(PrescriptionText(Today()), "\n101,1,1,,14",
                absl::StrCat("\n64,", uses, "\n101,1,1,,14"));
}

// The result of a use; it goes on unless `next` is none.
std::string UseText(int use, std::optional<absl::CivilDay> next) {
  return absl::StrCat(ResultText(Today()), "521,", use, ",", next.has_value() ? "2," : "1,",
                      next.has_value() ? national::FormatDay(*next) : "", "\n");
}

class CourseTest : public PrescriptionServiceTest {
 protected:
  // A command that names its prescription and nothing else.
  template <typename Request, typename Response>
  std::string Do(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                 const std::string& id, const tsunagu::access::v1::Principal& principal,
                 v1::Status* status = nullptr) {
    Request request;
    request.set_prescription_id(id);
    request.set_command_id(absl::StrCat("course-command-", ++commands_));
    Response response;
    const absl::Status done = Call(method, principal, request, &response);
    if (status != nullptr) *status = response.status();
    return done.ok() ? "OK" : ReasonOf(done);
  }

  v1::RegisterResponse RegisteredAs(const std::string& text) {
    v1::RegisterResponse response;
    const absl::Status status = Register(absl::StrCat("course-register-", ++commands_),
                                         SignedPrescription(text, absl::Now()), &response);
    EXPECT_TRUE(status.ok()) << status << FindingsOf(status).DebugString();
    return response;
  }

  absl::Status ChangeTo(const std::string& id, const std::string& document,
                        v1::ChangeResponse* response, const std::string& command_id = "") {
    v1::ChangeRequest request;
    request.set_command_id(command_id.empty() ? absl::StrCat("course-change-", ++commands_)
                                              : command_id);
    request.set_prescription_id(id);
    request.set_issue_type(v1::ISSUE_TYPE_ELECTRONIC);
    request.set_document(document);
    return Call(&Stub::Change, Doctor(), request, response);
  }

  v1::AcceptResponse Accepted(const std::string& id, const std::string& pharmacy = kPharmacy) {
    v1::AcceptResponse response;
    const absl::Status status = Accept(id, pharmacy, &response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }

  absl::Status DispenseText(const std::string& id, const std::string& text,
                            const std::string& document) {
    v1::DispenseResponse response;
    return Dispense(id, SignedResult(text, document, absl::Now()), &response);
  }
};

// RX-060, RX-062
TEST_F(CourseTest, AChangeIsWhatThePharmacyGetsUntilItIsUndone) {
  const v1::RegisterResponse registered = RegisteredAs(PrescriptionText(Today()));
  const std::string& id = registered.prescription_id();
  const std::string changed = SignedPrescription(
      Change(PrescriptionText(Today()), "101,1,1,,14", "101,1,1,,28"), absl::Now());
  v1::ChangeResponse response;
  ASSERT_TRUE(ChangeTo(id, changed, &response, "change-once").ok());
  EXPECT_EQ(response.status(), v1::STATUS_REGISTERED);
  EXPECT_FALSE(response.repeated());
  ASSERT_TRUE(ChangeTo(id, changed, &response, "change-once").ok());
  EXPECT_TRUE(response.repeated());
  v1::AcceptResponse accepted;
  ASSERT_TRUE(AcceptByCode(registered.access_code(), Insured(), &accepted).ok());
  EXPECT_EQ(accepted.prescription_id(), id);
  // RX-031: a result is of what is registered now.
  EXPECT_EQ(DispenseText(id, ResultText(Today()), accepted.document()).ToString(), "OK");
  EXPECT_EQ(Do(&Stub::UndoChange, id, Doctor()), "NOT_UNDOABLE");
}

// RX-062
TEST_F(CourseTest, AnUndoneChangeBringsTheFirstDocumentBack) {
  const std::string id = RegisteredAs(PrescriptionText(Today())).prescription_id();
  const v1::AcceptResponse first = Accepted(id);
  ASSERT_TRUE(Release(id, kPharmacy).ok());
  v1::ChangeResponse response;
  ASSERT_TRUE(ChangeTo(id, SignedPrescription(RefillText(2), absl::Now()), &response).ok());
  EXPECT_EQ(Status(id, Doctor())->course().total(), 2);
  EXPECT_EQ(Do(&Stub::UndoChange, id, Doctor(kOtherClinic)), "PRESCRIPTION_NOT_FOUND");
  EXPECT_EQ(Do(&Stub::UndoChange, id, Doctor()), "OK");
  EXPECT_EQ(Accepted(id).document(), first.document());
}

// RX-060
TEST_F(CourseTest, AChangeIsOfTheSamePersonAndOfADocumentThatIsNobodyElses) {
  const std::string id = RegisteredAs(PrescriptionText(Today())).prescription_id();
  const std::string document = SignedPrescription(RefillText(3), absl::Now());
  v1::RegisterResponse other;
  ASSERT_TRUE(Register("register-other", document, &other).ok());
  v1::ChangeResponse response;
  EXPECT_EQ(ReasonOf(ChangeTo(id, document, &response)), "PRESCRIPTION_EXISTS");  // RX-043
  const std::string somebody = SignedPrescription(
      Change(PrescriptionText(Today()), "23,１,２３４,1,00", "23,１,２３４,1,01"), absl::Now());
  EXPECT_EQ(ReasonOf(ChangeTo(id, somebody, &response)), "PATIENT_MISMATCH");
  EXPECT_EQ(ReasonOf(ChangeTo(id, "<rubbish", &response)), "DOCUMENT_REFUSED");
  EXPECT_EQ(Status(id, Doctor())->status(), v1::STATUS_REGISTERED);
}

// RX-061
TEST_F(CourseTest, AnUndoneCancellationCanBeAccepted) {
  const std::string id = RegisteredAs(PrescriptionText(Today())).prescription_id();
  ASSERT_TRUE(Cancel(id).ok());
  v1::Status status;
  EXPECT_EQ(Do(&Stub::UndoCancel, id, Doctor(), &status), "OK");
  EXPECT_EQ(status, v1::STATUS_REGISTERED);
  Accepted(id);
}

// RX-063, RX-064
TEST_F(CourseTest, ACollectionClosesThePrescriptionUntilItIsUndone) {
  const v1::RegisterResponse registered = RegisteredAs(PrescriptionText(Today()));
  const std::string& id = registered.prescription_id();
  const std::string document = Accepted(id).document();
  EXPECT_EQ(Do(&Stub::Collect, id, Pharmacist(kOtherPharmacy)), "NOT_HOLDER");
  v1::Status status;
  EXPECT_EQ(Do(&Stub::Collect, id, Pharmacist(), &status), "OK");
  EXPECT_EQ(status, v1::STATUS_COLLECTED);
  v1::AcceptResponse none;
  EXPECT_EQ(ReasonOf(AcceptByCode(registered.access_code(), Insured(), &none, kOtherPharmacy)),
            "COLLECTED");
  EXPECT_EQ(Do(&Stub::UndoCollect, id, Pharmacist()), "OK");
  EXPECT_TRUE(DispenseText(id, ResultText(Today()), document).ok());
}

// RX-065, RX-066
TEST_F(CourseTest, ARefillIsDispensedTwiceByTwoPharmacies) {
  const v1::RegisterResponse registered = RegisteredAs(RefillText(2));
  const std::string& id = registered.prescription_id();
  const std::string document = Accepted(id).document();
  EXPECT_EQ(RulesIn(FindingsOf(DispenseText(id, ResultText(Today()), document)).record()),
            "RX-065 ");
  EXPECT_EQ(RulesIn(FindingsOf(DispenseText(id, UseText(2, std::nullopt), document)).record()),
            "RX-065 ");
  const std::string first = SignedResult(UseText(1, Today() + 5), document, absl::Now());
  v1::DispenseResponse dispensed, repeated;
  ASSERT_TRUE(Dispense(id, first, &dispensed, "dispense-use-1").ok());
  EXPECT_EQ(dispensed.status(), v1::STATUS_REGISTERED);
  // CL-046
  EXPECT_EQ(dispensed.use(), 1);
  EXPECT_EQ(dispensed.course().total(), 2);
  EXPECT_EQ(dispensed.accept_from(), national::FormatDay(Today() - 2));
  EXPECT_EQ(dispensed.accept_until(), national::FormatDay(Today() + 12));
  ASSERT_TRUE(Dispense(id, first, &repeated, "dispense-use-1").ok());
  EXPECT_TRUE(repeated.repeated());
  EXPECT_EQ(repeated.stamped_document(), dispensed.stamped_document());
  const auto seen = Status(id, Doctor());
  EXPECT_EQ(seen->uses(), 1);
  EXPECT_EQ(seen->accept_from(), national::FormatDay(Today() - 2));
  EXPECT_EQ(seen->accept_until(), national::FormatDay(Today() + 12));

  v1::AcceptResponse second;
  ASSERT_TRUE(AcceptByCode(registered.access_code(), Insured(), &second, kOtherPharmacy).ok());
  EXPECT_EQ(second.use(), 2);
  EXPECT_EQ(second.course().total(), 2);
  EXPECT_EQ(second.previous_result(), dispensed.stamped_document());
  const std::string text = Change(UseText(2, std::nullopt), "1,4,7654321,13", "1,4,7654322,13");
  v1::DispenseResponse last;
  const absl::Status status =
      Dispense(id, SignedResult(text, second.document(), absl::Now()), &last, "", kOtherPharmacy);
  ASSERT_TRUE(status.ok()) << status << FindingsOf(status).DebugString();
  EXPECT_EQ(last.status(), v1::STATUS_DISPENSED);
  EXPECT_EQ(last.use(), 2);
  EXPECT_EQ(last.accept_from(), "");
  EXPECT_EQ(last.accept_until(), "");
  EXPECT_EQ(Status(id, Doctor())->dispensing_document(), last.stamped_document());
}

// RX-066
TEST_F(CourseTest, ARefillIsNotHadBeforeItsDays) {
  const std::string id = RegisteredAs(RefillText(3)).prescription_id();
  const std::string document = Accepted(id).document();
  ASSERT_TRUE(DispenseText(id, UseText(1, Today() + 28), document).ok());
  v1::AcceptResponse response;
  const absl::Status early = Accept(id, kOtherPharmacy, &response);
  EXPECT_EQ(ReasonOf(early), "TOO_EARLY");
  EXPECT_EQ(MetadataOf(early)["first_day"], national::FormatDay(Today() + 21));
  EXPECT_EQ(ReasonOf(Cancel(id)), "ALREADY_ACCEPTED");
}

// RX-068, RX-069, RX-012
TEST_F(CourseTest, AResultIsCorrectedAndCancelledByItsPharmacy) {
  const std::string id = RegisteredAs(PrescriptionText(Today())).prescription_id();
  const std::string document = Accepted(id).document();
  v1::DispenseResponse dispensed;
  ASSERT_TRUE(
      Dispense(id, SignedResult(ResultText(Today()), document, absl::Now()), &dispensed).ok());
  v1::ChangeResultRequest request;
  request.set_command_id("change-result");
  request.set_prescription_id(id);
  request.set_document(SignedResult(Change(ResultText(Today()), "101,1,1,,14", "101,1,1,,7"),
                                    document, absl::Now()));
  v1::ChangeResultResponse changed;
  EXPECT_EQ(ReasonOf(Call(&Stub::ChangeResult, Pharmacist(kOtherPharmacy), request, &changed)),
            "NOT_HOLDER");
  const absl::Status status = Call(&Stub::ChangeResult, Pharmacist(), request, &changed);
  ASSERT_TRUE(status.ok()) << status << FindingsOf(status).DebugString();
  EXPECT_EQ(changed.result_id(), dispensed.result_id());
  EXPECT_NE(changed.stamped_document(), dispensed.stamped_document());
  EXPECT_EQ(Status(id, Doctor())->dispensing_document(), changed.stamped_document());

  v1::Status now;
  EXPECT_EQ(Do(&Stub::CancelResult, id, Pharmacist(), &now), "OK");
  EXPECT_EQ(now, v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(Status(id, Doctor())->dispensing_document(), "");
  EXPECT_EQ(ReasonOf(Release(id, kPharmacy)), "EVER_DISPENSED");
  EXPECT_TRUE(DispenseText(id, ResultText(Today()), document).ok());
}

// RX-071
TEST_F(CourseTest, ACancellationThatOvertakesItsRegistrationWins) {
  v1::CancelRequest request;
  request.set_command_id("cancel-early");
  request.set_register_command_id("register-late");
  v1::CancelResponse cancelled;
  EXPECT_EQ(ReasonOf(Call(&Stub::Cancel, Doctor(), request, &cancelled)), "BAD_FIELD");
  request.mutable_identity()->set_insurer(Insured().insurer);
  request.mutable_identity()->set_symbol(Insured().symbol);
  request.mutable_identity()->set_number(Insured().number);
  request.mutable_identity()->set_branch(Insured().branch);
  ASSERT_TRUE(Call(&Stub::Cancel, Doctor(), request, &cancelled).ok());
  EXPECT_EQ(cancelled.status(), v1::STATUS_UNSPECIFIED);
  const std::string document = SignedPrescription(PrescriptionText(Today()), absl::Now());
  v1::RegisterResponse registered;
  ASSERT_TRUE(Register("register-late", document, &registered).ok());
  EXPECT_EQ(registered.status(), v1::STATUS_CANCELLED);
  v1::AcceptResponse none;
  EXPECT_EQ(ReasonOf(AcceptByCode(registered.access_code(), Insured(), &none)), "CANCELLED");
}

// RX-065, RX-069
TEST_F(CourseTest, TheSecondOfThreeUsesIsTakenBackAndDispensedAnew) {
  const std::string id = RegisteredAs(RefillText(3)).prescription_id();
  ASSERT_TRUE(DispenseText(id, UseText(1, Today() + 5), Accepted(id).document()).ok());
  const v1::AcceptResponse second = Accepted(id);
  EXPECT_EQ(second.use(), 2);
  ASSERT_TRUE(DispenseText(id, UseText(2, Today() + 6), second.document()).ok());
  EXPECT_EQ(Status(id, Doctor())->uses(), 2);
  EXPECT_EQ(Do(&Stub::CancelResult, id, Pharmacist()), "OK");
  EXPECT_EQ(Status(id, Doctor())->uses(), 1);
  EXPECT_EQ(ReasonOf(DispenseText(id, UseText(3, std::nullopt), second.document())),
            "DOCUMENT_REFUSED");
  EXPECT_TRUE(DispenseText(id, UseText(2, std::nullopt), second.document()).ok());
  EXPECT_EQ(Status(id, Doctor())->status(), v1::STATUS_DISPENSED);
}

// RX-541, RX-542, RX-543
TEST_F(CourseTest, TimesThatCannotBeAreRefused) {
  const std::string text = PrescriptionText(Today());
  const absl::Time ahead = absl::Now() + absl::Minutes(10);
  v1::RegisterResponse registered;
  const auto signature = [](const absl::Status& status) {
    return RulesIn(FindingsOf(status).signature());
  };
  EXPECT_EQ(signature(Register("register-ahead", SignedPrescription(text, ahead), &registered)),
            "RX-541 ");
  const std::string id = RegisteredAs(RefillText(2)).prescription_id();
  v1::ChangeResponse changed;
  EXPECT_EQ(signature(ChangeTo(id, SignedPrescription(text, ahead), &changed)), "RX-541 ");
  const std::string document = Accepted(id).document();
  v1::DispenseResponse dispensed;
  EXPECT_EQ(
      signature(Dispense(id, SignedResult(UseText(1, Today() + 5), document, ahead), &dispensed)),
      "RX-541 ");
  const auto record = [&](absl::CivilDay next) {
    return RulesIn(FindingsOf(DispenseText(id, UseText(1, next), document)).record());
  };
  EXPECT_EQ(record(Today()), "RX-542 ");
  EXPECT_EQ(record(Today() + 367), "RX-543 ");
  EXPECT_EQ(record(Today() + 366), "");
}

// RX-067, RX-544
TEST_F(CourseTest, ALaterPartMayBeHadForAYear) {
  std::string text = Change(PrescriptionText(Today()), "\n101,1,1,,14", "\n63,2,1\n101,1,1,,14");
  text = Change(text, "\n111,1,3", "\n102,1,7,14\n111,1,3");
  text = Change(text, "\n111,2,3", "\n102,2,4,7\n111,2,3");
  const std::string id = RegisteredAs(text).prescription_id();
  EXPECT_EQ(Status(id, Doctor())->accept_until(), national::FormatDay(Today() + 3));
  const std::string document = Accepted(id).document();
  const std::string part =
      Change(Change(ResultText(Today()), "\n101,1,1,,14", "\n63,2,1\n101,1,1,,14"), "\n111,1,3",
             "\n102,1,7,14\n111,1,3");
  const absl::Status done = DispenseText(id, part, document);
  ASSERT_TRUE(done.ok()) << done << FindingsOf(done).DebugString();
  const auto seen = Status(id, Doctor());
  EXPECT_EQ(seen->status(), v1::STATUS_REGISTERED);
  EXPECT_EQ(seen->accept_until(), national::FormatDay(Today() + 365));
  EXPECT_EQ(seen->accept_from(), "");
}

// RX-551
TEST_F(CourseTest, ThePartsHaveNoMoreThanWasPrescribed) {
  std::string text = Change(PrescriptionText(Today()), "\n101,1,1,,14", "\n63,3,1\n101,1,1,,14");
  text = Change(text, "\n111,1,3", "\n102,1,7,14\n111,1,3");
  text = Change(text, "\n111,2,3", "\n102,2,4,7\n111,2,3");
  const std::string id = RegisteredAs(text).prescription_id();
  const std::string document = Accepted(id).document();
  const auto part = [](int number, int days) {
    return Change(Change(ResultText(Today()), "\n101,1,1,,14",
                         absl::StrCat("\n63,3,", number, "\n101,1,1,,14")),
                  "\n111,1,3", absl::StrCat("\n102,1,", days, ",14\n111,1,3"));
  };
  ASSERT_TRUE(DispenseText(id, part(1, 10), document).ok());
  ASSERT_EQ(Accepted(id).use(), 2);
  EXPECT_EQ(RulesIn(FindingsOf(DispenseText(id, part(2, 5), document)).record()), "RX-551 ");
  EXPECT_TRUE(DispenseText(id, part(2, 4), document).ok());
}

}  // namespace
}  // namespace tsunagu::prescription
