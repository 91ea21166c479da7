// GetStatus, GetCommand: who learns what.
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_service.h"

namespace tsunagu::prescription {
namespace {

// RX-036
TEST_F(PrescriptionServiceTest, WhoSeesWhatOfTheStatus) {
  const std::string id = Registered().prescription_id();
  v1::AcceptResponse response;
  ASSERT_TRUE(Accept(id, kPharmacy, &response).ok());
  EXPECT_EQ(Status(id, Doctor())->holder(), kPharmacy);
  EXPECT_EQ(Status(id, Pharmacist())->holder(), kPharmacy);
  const auto other = Status(id, Pharmacist(kOtherPharmacy));
  ASSERT_TRUE(other.ok());
  EXPECT_EQ(other->status(), v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(other->holder(), "");
  EXPECT_EQ(ReasonOf(Status(id, Doctor(kOtherClinic)).status()), "PRESCRIPTION_NOT_FOUND");
  const absl::Status unknown = Status("00000000-0000-8000-8000-000000000000", Doctor()).status();
  EXPECT_EQ(ReasonOf(unknown), "PRESCRIPTION_NOT_FOUND");
  EXPECT_EQ(RuleOf(unknown), "RX-050");
}

// RX-049
TEST_F(PrescriptionServiceTest, AnIdThatIsNoneIsABadField) {
  v1::AcceptResponse accepted;
  v1::DispenseResponse dispensed;
  v1::GetCommandRequest command;
  command.set_prescription_id("xx");
  command.set_command_id("command-1");
  for (const absl::Status& status :
       {Status("xx", Doctor()).status(), Status("", Doctor()).status(),
        Accept("xx", kPharmacy, &accepted), Release("xx", kPharmacy), Cancel("xx"),
        Dispense("xx", "document", &dispensed), Command(command, Doctor()).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
    EXPECT_EQ(RuleOf(status), "RX-049");
  }
}

// RX-037
TEST_F(PrescriptionServiceTest, ALostAnswerIsFoundByItsSenderOnly) {
  v1::RegisterResponse registered;
  ASSERT_TRUE(Register("register-lost", SignedPrescription(PrescriptionText(Today()), absl::Now()),
                       &registered)
                  .ok());
  v1::GetCommandRequest request;
  request.set_command_id("register-lost");
  request.mutable_identity()->set_insurer(Insured().insurer);
  request.mutable_identity()->set_symbol(Insured().symbol);
  request.mutable_identity()->set_number(Insured().number);
  const auto found = Command(request, Doctor());
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_TRUE(found->known());
  EXPECT_EQ(found->prescription_id(), registered.prescription_id());
  EXPECT_EQ(found->access_code(), registered.access_code());
  EXPECT_EQ(found->status(), v1::STATUS_REGISTERED);  // RX-054
  EXPECT_FALSE(Command(request, Doctor(kOtherClinic))->known());
  request.mutable_identity()->set_branch("99");  // another of the family
  EXPECT_FALSE(Command(request, Doctor())->known());
  request.set_prescription_id(registered.prescription_id());
  ASSERT_TRUE(Cancel(registered.prescription_id()).ok());
  EXPECT_TRUE(Command(request, Doctor())->known());
  EXPECT_EQ(Command(request, Doctor())->status(), v1::STATUS_CANCELLED);
  EXPECT_FALSE(Command(request, Doctor(kOtherClinic))->known());
  request.set_command_id("register-never");
  EXPECT_FALSE(Command(request, Doctor())->known());
}

}  // namespace
}  // namespace tsunagu::prescription
