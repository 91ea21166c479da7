// ListOpen, AcceptListed, and what an acceptance by id has to show.
#include <gtest/gtest.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_service.h"

namespace tsunagu::prescription {
namespace {

using tsunagu::access::v1::CareContext;

class ServiceListTest : public PrescriptionServiceTest {
 protected:
  CareContext Context(const std::vector<std::string>& subjects,
                      const std::string& pharmacy = kPharmacy) {
    return rpc::ContextFor(pharmacy, subjects, {tsunagu::access::v1::SCOPE_PRESCRIPTION});
  }
  std::string Subject() { return host_->subjects().MakeSubject(Insured()); }

  absl::Status ListOpen(const CareContext& context, v1::ListOpenResponse* response,
                        const std::string& pharmacy = kPharmacy) {
    return CallOther(*facility_, &v1::FacilityPrescriptions::Stub::ListOpen, Pharmacist(pharmacy),
                     v1::ListOpenRequest(), response, &context);
  }
  absl::Status AcceptListed(const CareContext& context, const std::string& id,
                            v1::AcceptResponse* response) {
    v1::AcceptListedRequest request;
    request.set_command_id("accept-listed");
    request.set_prescription_id(id);
    return CallOther(*facility_, &v1::FacilityPrescriptions::Stub::AcceptListed, Pharmacist(),
                     request, response, &context);
  }
};

// RX-481, RX-483
TEST_F(ServiceListTest, WhoShowedTheCardNeedsNoNumber) {
  const std::string id = Registered().prescription_id();
  // An older identity of the same person comes with the context; it has nothing here.
  const CareContext context =
      Context({host_->subjects().MakeSubject({"01130012", "9", "9", "00"}), Subject()});
  v1::ListOpenResponse listed;
  ASSERT_TRUE(ListOpen(context, &listed).ok());
  ASSERT_EQ(listed.prescriptions_size(), 1);
  const auto& open = listed.prescriptions(0);
  EXPECT_EQ(open.prescription_id(), id);
  EXPECT_EQ(open.issuer(), kClinic);
  EXPECT_EQ(open.issuer_name(), "つなぐ診療所");
  EXPECT_EQ(open.issued_on(), national::FormatDay(Today()));
  EXPECT_EQ(open.status(), v1::STATUS_REGISTERED);
  EXPECT_FALSE(open.held());
  const auto record = LastRecord(id);
  EXPECT_EQ(record.action(), "prescription.open.list");
  EXPECT_EQ(record.items(0), absl::StrCat("prescription/", id));

  v1::AcceptResponse accepted, repeated;
  ASSERT_TRUE(AcceptListed(context, id, &accepted).ok());
  EXPECT_FALSE(accepted.document().empty());
  EXPECT_FALSE(accepted.repeated());
  ASSERT_TRUE(AcceptListed(context, id, &repeated).ok());
  EXPECT_TRUE(repeated.repeated());
  ASSERT_TRUE(ListOpen(context, &listed).ok());
  EXPECT_TRUE(listed.prescriptions(0).held());
  v1::ListOpenResponse elsewhere;
  ASSERT_TRUE(ListOpen(Context({Subject()}, kOtherPharmacy), &elsewhere, kOtherPharmacy).ok());
  EXPECT_EQ(elsewhere.prescriptions(0).status(), v1::STATUS_IN_DISPENSING);
  EXPECT_FALSE(elsewhere.prescriptions(0).held());
}

// RX-481
TEST_F(ServiceListTest, WhatIsCancelledIsNotListed) {
  ASSERT_TRUE(Cancel(Registered().prescription_id()).ok());
  v1::ListOpenResponse listed;
  ASSERT_TRUE(ListOpen(Context({Subject()}), &listed).ok());
  EXPECT_EQ(listed.prescriptions_size(), 0);
}

// RX-481, RX-066
TEST_F(ServiceListTest, ARefillWhoseDaysAreOverIsNotListed) {
  const absl::CivilDay issued = Today() - 30;
  const std::string text =
      Change(PrescriptionText(issued), "\n101,1,1,,14",
             absl::StrCat("\n52,", national::FormatDay(Today()), "\n64,3\n101,1,1,,14"));
  v1::RegisterResponse registered;
  const absl::Status status =
      Register("register-old", SignedPrescription(text, absl::Now()), &registered);
  ASSERT_TRUE(status.ok()) << status << FindingsOf(status).DebugString();
  const std::string& id = registered.prescription_id();
  const std::string still = Registered().prescription_id();
  v1::AcceptResponse accepted;
  ASSERT_TRUE(Accept(id, kPharmacy, &accepted).ok());
  const std::string use =
      absl::StrCat(ResultText(issued + 1), "521,1,2,", national::FormatDay(Today() - 8), "\n");
  v1::DispenseResponse dispensed;
  const absl::Status done =
      Dispense(id, SignedResult(use, accepted.document(), absl::Now()), &dispensed);
  ASSERT_TRUE(done.ok()) << done << FindingsOf(done).DebugString();
  EXPECT_EQ(dispensed.status(), v1::STATUS_EXPIRED);
  v1::ListOpenResponse listed;
  ASSERT_TRUE(ListOpen(Context({Subject()}), &listed).ok());
  ASSERT_EQ(listed.prescriptions_size(), 1);
  EXPECT_EQ(listed.prescriptions(0).prescription_id(), still);
}

// RX-482
TEST_F(ServiceListTest, ConsentByWordOfMouthGivesNoList) {
  const std::string id = Registered().prescription_id();
  CareContext context = Context({Subject()});
  context.set_source(tsunagu::access::v1::CONTEXT_SOURCE_ORAL);
  v1::ListOpenResponse listed;
  v1::AcceptResponse accepted;
  EXPECT_EQ(ReasonOf(ListOpen(context, &listed)), "CARD_READER_NEEDED");
  EXPECT_EQ(ReasonOf(AcceptListed(context, id, &accepted)), "CARD_READER_NEEDED");
  EXPECT_EQ(LastRecord(id).outcome(), tsunagu::audit::v1::OUTCOME_REFUSED);
}

// RX-483
TEST_F(ServiceListTest, AContextOfSomebodyElseAcceptsNothing) {
  const std::string id = Registered().prescription_id();
  const CareContext other = Context({host_->subjects().MakeSubject({"01130012", "9", "9", "00"})});
  v1::AcceptResponse accepted;
  EXPECT_EQ(ReasonOf(AcceptListed(other, id, &accepted)), "PATIENT_MISMATCH");
  EXPECT_EQ(accepted.ByteSizeLong(), 0u);
}

// RX-480
TEST_F(ServiceListTest, AnIdAloneIsForTheHolderOnly) {
  const std::string id = Registered().prescription_id();
  v1::AcceptRequest request;
  request.set_command_id("accept-id-alone");
  request.set_prescription_id(id);
  v1::AcceptResponse response;
  const auto accept = [&](const std::string& pharmacy) {
    return Call(&v1::Prescriptions::Stub::Accept, Pharmacist(pharmacy), request, &response);
  };
  const absl::Status alone = accept(kPharmacy);
  EXPECT_EQ(ReasonOf(alone), "BAD_FIELD");
  EXPECT_EQ(RuleOf(alone), "RX-480");
  ASSERT_TRUE(Accept(id, kPharmacy, &response).ok());
  EXPECT_TRUE(accept(kPharmacy).ok());
  EXPECT_EQ(RuleOf(accept(kOtherPharmacy)), "RX-480");
}

}  // namespace
}  // namespace tsunagu::prescription
