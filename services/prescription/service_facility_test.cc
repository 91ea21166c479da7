// ListIssued, ListDispensed, GetResult, DispenseTogether, and what the prescriber reads of a
// result.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_service.h"

namespace tsunagu::prescription {
namespace {

using Stub = v1::FacilityPrescriptions::Stub;

class ServiceFacilityTest : public PrescriptionServiceTest {
 protected:
  // Of a record that differs from others by that change.
  std::string RegisteredWith(const std::string& from, const std::string& to) {
    const std::string text = Change(PrescriptionText(Today()), from, to);
    v1::RegisterResponse response;
    EXPECT_TRUE(Register(absl::StrCat("register-other-", ++commands_),
                         SignedPrescription(text, absl::Now()), &response)
                    .ok());
    return response.prescription_id();
  }
  std::string Held(const std::string& id) {
    v1::AcceptResponse accepted;
    EXPECT_TRUE(Accept(id, kPharmacy, &accepted).ok());
    return accepted.document();
  }
  std::string ResultFor(const std::string& prescription) {
    return SignedResult(ResultText(Today()), prescription, absl::Now());
  }
  std::string DispensedAs(std::string* id) {
    *id = Registered().prescription_id();
    v1::DispenseResponse response;
    EXPECT_TRUE(Dispense(*id, ResultFor(Held(*id)), &response).ok());
    return response.result_id();
  }

  v1::ListIssuedResponse Issued(const v1::ListIssuedRequest& request,
                                const std::string& clinic = kClinic) {
    v1::ListIssuedResponse response;
    const auto status =
        CallOther(*facility_, &Stub::ListIssued, Doctor(clinic), request, &response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }
  v1::ListDispensedResponse Dispensings(const std::string& pharmacy) {
    v1::ListDispensedResponse response;
    const auto status = CallOther(*facility_, &Stub::ListDispensed, Pharmacist(pharmacy),
                                  v1::ListDispensedRequest(), &response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }
  absl::Status GetResult(const std::string& id, const tsunagu::access::v1::Principal& who,
                         v1::GetResultResponse* response) {
    v1::GetResultRequest request;
    request.set_result_id(id);
    return CallOther(*facility_, &Stub::GetResult, who, request, response);
  }
  absl::Status Together(const std::vector<std::string>& ids, const std::string& document,
                        v1::DispenseTogetherResponse* response,
                        const char* command_id = "together-1") {
    v1::DispenseTogetherRequest request;
    request.set_command_id(command_id);
    for (const std::string& id : ids) request.add_prescription_ids(id);
    request.set_document(document);
    return CallOther(*facility_, &Stub::DispenseTogether, Pharmacist(), request, response);
  }
  absl::StatusOr<v1::CancelResultResponse> CancelResult(const std::string& id,
                                                        const char* command_id) {
    v1::CancelResultRequest request;
    request.set_command_id(command_id);
    request.set_prescription_id(id);
    v1::CancelResultResponse response;
    const absl::Status status =
        Call(&v1::Prescriptions::Stub::CancelResult, Pharmacist(), request, &response);
    if (!status.ok()) return status;
    return response;
  }
  v1::Status StatusNow(const std::string& id) { return Status(id, Doctor())->status(); }
  // Makes a command id of the pharmacy a used one for that prescription: a step of a series that
  // fails.
  void UseUp(const std::string& id, const char* command_id) {
    v1::AcceptResponse accepted;
    ASSERT_TRUE(Accept(id, kPharmacy, &accepted, command_id).ok());
  }
};

// RX-491, RX-494
TEST_F(ServiceFacilityTest, AnIssuerListsItsPrescriptionsPageByPage) {
  std::set<std::string> registered;
  for (int i = 1; i <= 5; ++i) registered.insert(RegisteredWith("２３４", absl::StrCat(10 + i)));
  v1::ListIssuedRequest request;
  request.set_page_size(2);
  std::set<std::string> listed;
  for (int page = 0; page < 3; ++page) {
    const auto response = Issued(request);
    for (const auto& one : response.prescriptions()) {
      EXPECT_TRUE(listed.insert(one.prescription_id()).second);
      EXPECT_EQ(one.status(), v1::STATUS_REGISTERED);
    }
    request.set_page_token(response.next_page_token());
  }
  EXPECT_EQ(request.page_token(), "");
  EXPECT_EQ(listed, registered);
  EXPECT_EQ(Issued({}, kOtherClinic).prescriptions_size(), 0);
  request.set_from_day(national::FormatDay(Today() - 31));
  v1::ListIssuedResponse refused;
  EXPECT_EQ(RuleOf(CallOther(*facility_, &Stub::ListIssued, Doctor(), request, &refused)),
            "RX-494");
}

// RX-491
TEST_F(ServiceFacilityTest, APharmacyListsWhatItDispensedAndTheIssuerSeesItToo) {
  std::string id;
  const std::string result = DispensedAs(&id);
  const auto dispensed = Dispensings(kPharmacy);
  ASSERT_EQ(dispensed.prescriptions_size(), 1);
  EXPECT_EQ(dispensed.prescriptions(0).results(0).result_id(), result);
  EXPECT_EQ(dispensed.prescriptions(0).issuer(), kClinic);
  EXPECT_EQ(Dispensings(kOtherPharmacy).prescriptions_size(), 0);
  const auto issued = Issued({});
  ASSERT_EQ(issued.prescriptions_size(), 1);
  EXPECT_EQ(issued.prescriptions(0).status(), v1::STATUS_DISPENSED);
  EXPECT_EQ(issued.prescriptions(0).results(0).pharmacy(), kPharmacy);
}

// RX-493
TEST_F(ServiceFacilityTest, AResultIsFoundByItsIdWithItsPrescription) {
  std::string id;
  const std::string result = DispensedAs(&id);
  v1::GetResultResponse issuer, pharmacy, other;
  ASSERT_TRUE(GetResult(result, Doctor(), &issuer).ok());
  EXPECT_EQ(issuer.prescription_id(), id);
  EXPECT_FALSE(issuer.document().empty());
  EXPECT_FALSE(issuer.prescription().empty());
  EXPECT_EQ(issuer.notes().inquiries(0), "用量を確認");
  ASSERT_TRUE(GetResult(result, Pharmacist(), &pharmacy).ok());
  EXPECT_EQ(pharmacy.SerializeAsString(), issuer.SerializeAsString());
  EXPECT_EQ(ReasonOf(GetResult(result, Pharmacist(kOtherPharmacy), &other)), "RESULT_NOT_FOUND");
  EXPECT_EQ(ReasonOf(GetResult(id, Doctor(), &other)), "RESULT_NOT_FOUND");
  EXPECT_EQ(RuleOf(GetResult("x", Doctor(), &other)), "RX-049");
}

// RX-510, RX-511
TEST_F(ServiceFacilityTest, ThePrescriberReadsInquiriesAndMessagesInTheStatus) {
  std::string id;
  const std::string result = DispensedAs(&id);
  const auto status = Status(id, Doctor());
  ASSERT_TRUE(status.ok());
  EXPECT_TRUE(status->has_message());
  ASSERT_EQ(status->notes_size(), 1);
  EXPECT_EQ(status->notes(0).use(), 1);
  EXPECT_EQ(status->notes(0).result_id(), result);
  EXPECT_EQ(status->notes(0).pharmacy(), kPharmacy);
  EXPECT_EQ(status->notes(0).inquiries(0), "用量を確認");
  EXPECT_EQ(status->notes(0).messages(0).text(), "残薬なし");
  EXPECT_EQ(Status(id, Pharmacist(kOtherPharmacy))->notes_size(), 0);
}

// RX-500, RX-501, RX-502, RX-503
TEST_F(ServiceFacilityTest, OneResultForTwoPrescriptions) {
  const std::string first = Registered().prescription_id();
  const std::string second = RegisteredWith("101,2,1,,7", "101,2,1,,9");
  const std::string document = ResultFor(Held(first));
  v1::DispenseTogetherResponse response, again;
  EXPECT_EQ(ReasonOf(Together({first, second}, document, &response)), "NOT_HOLDER");
  EXPECT_EQ(Status(first, Doctor())->status(), v1::STATUS_IN_DISPENSING);  // none of them
  Held(second);
  const absl::Status done = Together({first, second}, document, &response);
  ASSERT_TRUE(done.ok()) << done;
  ASSERT_EQ(response.result_ids_size(), 2);
  ASSERT_EQ(response.statuses_size(), 2);
  for (const int status : response.statuses()) EXPECT_EQ(status, v1::STATUS_DISPENSED);
  EXPECT_EQ(Status(first, Doctor())->status(), v1::STATUS_DISPENSED);
  EXPECT_EQ(Status(second, Doctor())->status(), v1::STATUS_DISPENSED);
  EXPECT_EQ(Status(second, Doctor())->dispensing_document(), response.stamped_document());
  ASSERT_TRUE(Together({first, second}, document, &again).ok());
  EXPECT_TRUE(again.repeated());
  EXPECT_EQ(again.stamped_document(), response.stamped_document());
  v1::ChangeResultRequest change;
  change.set_command_id("change-shared");
  change.set_prescription_id(first);
  change.set_document(document);
  v1::ChangeResultResponse changed;
  EXPECT_EQ(ReasonOf(Call(&v1::Prescriptions::Stub::ChangeResult, Pharmacist(), change, &changed)),
            "RESULT_SHARED");
}

// RX-540
TEST_F(ServiceFacilityTest, AResultForTwoIsCancelledOfBothWhicheverIsNamed) {
  const std::string first = Registered().prescription_id();
  const std::string second = RegisteredWith("101,2,1,,7", "101,2,1,,9");
  const std::string document = ResultFor(Held(first));
  Held(second);
  v1::DispenseTogetherResponse response;
  ASSERT_TRUE(Together({first, second}, document, &response).ok());
  const auto cancelled = CancelResult(second, "cancel-both");
  ASSERT_TRUE(cancelled.ok()) << cancelled.status();
  EXPECT_EQ(cancelled->status(), v1::STATUS_IN_DISPENSING);
  EXPECT_FALSE(cancelled->repeated());
  ASSERT_EQ(cancelled->prescription_ids_size(), 2);
  EXPECT_EQ(cancelled->prescription_ids(0), first);
  EXPECT_EQ(StatusNow(first), v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(StatusNow(second), v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(ReasonOf(CancelResult(first, "cancel-first").status()), "NOT_HOLDER");
  // What is registered anew stays, whatever is repeated.
  ASSERT_TRUE(Together({second, first}, ResultFor(Held(second)), &response, "together-2").ok());
  const auto repeated = CancelResult(second, "cancel-both");
  ASSERT_TRUE(repeated.ok()) << repeated.status();
  EXPECT_TRUE(repeated->repeated());
  EXPECT_EQ(repeated->prescription_ids_size(), 2);
  EXPECT_EQ(StatusNow(first), v1::STATUS_DISPENSED);
  EXPECT_EQ(StatusNow(second), v1::STATUS_DISPENSED);
}

// RX-501, RX-540
TEST_F(ServiceFacilityTest, WhatStopsHalfwayIsToldAndCanBeTakenBack) {
  const std::string first = Registered().prescription_id();
  const std::string second = RegisteredWith("101,2,1,,7", "101,2,1,,9");
  const std::string document = ResultFor(Held(first));
  UseUp(second, "together-1");
  v1::DispenseTogetherResponse response;
  const absl::Status stopped = Together({first, second}, document, &response);
  EXPECT_EQ(ReasonOf(stopped), "TOGETHER_INCOMPLETE");
  EXPECT_EQ(MetadataOf(stopped)["done"], "1");
  EXPECT_EQ(MetadataOf(stopped)["all"], "2");
  EXPECT_EQ(MetadataOf(stopped)["cause"], "COMMAND_ID_REUSED");
  EXPECT_EQ(StatusNow(first), v1::STATUS_DISPENSED);
  EXPECT_EQ(StatusNow(second), v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(ReasonOf(CancelResult(second, "cancel-second").status()), "NOT_HOLDER");
  ASSERT_TRUE(CancelResult(first, "cancel-first").ok());
  EXPECT_EQ(StatusNow(first), v1::STATUS_IN_DISPENSING);
  ASSERT_TRUE(Together({first, second}, document, &response, "together-2").ok());
}

// RX-540
TEST_F(ServiceFacilityTest, ACancellationThatStoppedHalfwayGoesOn) {
  const std::string first = Registered().prescription_id();
  const std::string second = RegisteredWith("101,2,1,,7", "101,2,1,,9");
  const std::string document = ResultFor(Held(first));
  UseUp(second, "cancel-both");
  v1::DispenseTogetherResponse response;
  ASSERT_TRUE(Together({first, second}, document, &response).ok());
  for (int i = 0; i < 2; ++i) {
    const absl::Status stopped = CancelResult(first, "cancel-both").status();
    EXPECT_EQ(ReasonOf(stopped), "TOGETHER_INCOMPLETE");
    EXPECT_EQ(MetadataOf(stopped)["done"], "1");
    EXPECT_EQ(StatusNow(first), v1::STATUS_IN_DISPENSING);
    EXPECT_EQ(StatusNow(second), v1::STATUS_DISPENSED);
  }
  const auto rest = CancelResult(second, "cancel-rest");
  ASSERT_TRUE(rest.ok()) << rest.status();
  EXPECT_FALSE(rest->repeated());
  EXPECT_EQ(StatusNow(first), v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(StatusNow(second), v1::STATUS_IN_DISPENSING);
}

// RX-500
TEST_F(ServiceFacilityTest, ARefillInTheMiddleOfItsSeriesIsDispensedAlone) {
  const std::string once = Registered().prescription_id();
  const std::string refill = RegisteredWith("\n101,1,1,,14", "\n64,3\n101,1,1,,14");
  const std::string document = Held(refill);
  const std::string use =
      absl::StrCat(ResultText(Today()), "521,1,2,", national::FormatDay(Today() + 5), "\n");
  v1::DispenseResponse dispensed;
  ASSERT_TRUE(Dispense(refill, SignedResult(use, document, absl::Now()), &dispensed).ok());
  Held(refill);
  const std::string result = ResultFor(Held(once));
  v1::DispenseTogetherResponse response;
  EXPECT_EQ(ReasonOf(Together({once, refill}, result, &response)), "NOT_TOGETHER");
  EXPECT_EQ(StatusNow(once), v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(StatusNow(refill), v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(Status(refill, Doctor())->uses(), 1);
}

}  // namespace
}  // namespace tsunagu::prescription
