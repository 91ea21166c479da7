// From registration to the dispensed prescription.
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_service.h"

namespace tsunagu::prescription {
namespace {

// RX-001, RX-004, RX-009, RX-016
TEST_F(PrescriptionServiceTest, FromRegistrationToTheDispensedPrescription) {
  const v1::RegisterResponse registered = Registered();
  EXPECT_EQ(registered.prescription_id().size(), 36u);
  EXPECT_EQ(registered.access_code().size(), 6u);
  EXPECT_EQ(registered.use_by(), national::FormatDay(Today() + 3));

  v1::AcceptResponse accepted;
  absl::Status status =
      AcceptByCode(registered.access_code(), Insured(), &accepted, kPharmacy, "accept-first");
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(accepted.prescription_id(), registered.prescription_id());
  EXPECT_EQ(accepted.issue_type(), v1::ISSUE_TYPE_ELECTRONIC);
  EXPECT_NE(accepted.document().find("SignatureTimeStamp"), std::string::npos);
  EXPECT_EQ(accepted.prescriber().stated_name(), "試験　太郎");  // RX-055
  EXPECT_EQ(accepted.prescriber().certificate_name(), "試験　太郎");

  const std::string result = SignedResult(ResultText(Today()), accepted.document(), absl::Now());
  v1::DispenseResponse dispensed;
  status = Dispense(registered.prescription_id(), result, &dispensed, "dispense-first");
  ASSERT_TRUE(status.ok()) << status << FindingsOf(status).DebugString();
  EXPECT_EQ(dispensed.result_id().size(), 36u);
  EXPECT_GT(dispensed.stamped_document().size(), result.size());
  EXPECT_FALSE(dispensed.repeated());

  const auto seen = Status(registered.prescription_id(), Doctor());
  ASSERT_TRUE(seen.ok()) << seen.status();
  EXPECT_EQ(seen->status(), v1::STATUS_DISPENSED);
  EXPECT_EQ(seen->holder(), kPharmacy);
  EXPECT_EQ(seen->prescriber().SerializeAsString(), accepted.prescriber().SerializeAsString());
  EXPECT_EQ(seen->dispensing_document(), dispensed.stamped_document());

  v1::DispenseResponse repeated;
  status = Dispense(registered.prescription_id(), result, &repeated, "dispense-first");
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(repeated.result_id(), dispensed.result_id());
  EXPECT_EQ(repeated.stamped_document(), dispensed.stamped_document());
  EXPECT_TRUE(repeated.repeated());  // RX-054
  EXPECT_EQ(repeated.status(), v1::STATUS_DISPENSED);

  EXPECT_EQ(ReasonOf(Dispense(registered.prescription_id(), result, &repeated)), "RESULT_EXISTS");
  EXPECT_EQ(ReasonOf(Release(registered.prescription_id(), kPharmacy)), "EVER_DISPENSED");
  EXPECT_EQ(ReasonOf(Cancel(registered.prescription_id())), "ALREADY_ACCEPTED");

  // RX-044: its code still leads to it. RX-006: nobody else learns more than that it is dispensed.
  v1::AcceptResponse late;
  status = AcceptByCode(registered.access_code(), Insured(), &late, kPharmacy, "accept-first");
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(late.document(), accepted.document());
  EXPECT_TRUE(late.repeated());
  EXPECT_EQ(late.status(), v1::STATUS_DISPENSED);
  status = AcceptByCode(registered.access_code(), Insured(), &late);
  EXPECT_EQ(ReasonOf(status), "RESULT_EXISTS");
  EXPECT_EQ(MetadataOf(status)["prescription_id"], registered.prescription_id());
  status = AcceptByCode(registered.access_code(), Insured(), &late, kOtherPharmacy);
  EXPECT_EQ(ReasonOf(status), "ALREADY_DISPENSED");
  EXPECT_EQ(status.ToString().find(kPharmacy), std::string::npos);
  EXPECT_TRUE(MetadataOf(status).empty());
  EXPECT_EQ(ReasonOf(Accept(registered.prescription_id(), kOtherPharmacy, &late)),
            "ALREADY_DISPENSED");
}

// RX-031, RX-032
TEST_F(PrescriptionServiceTest, AResultMustEmbedWhatWasRegistered) {
  const std::string id = Registered().prescription_id();
  v1::AcceptResponse accepted;
  ASSERT_TRUE(Accept(id, kPharmacy, &accepted).ok());
  const std::string another = SignedPrescription(
      Change(PrescriptionText(Today()), "101,1,1,,14", "101,1,1,,28"), absl::Now());
  v1::DispenseResponse response;
  const absl::Status status =
      Dispense(id, SignedResult(ResultText(Today()), another, absl::Now()), &response);
  EXPECT_EQ(RulesIn(FindingsOf(status).signature()), "RX-031 ");
  const std::string fitting = SignedResult(ResultText(Today()), accepted.document(), absl::Now());
  EXPECT_EQ(ReasonOf(Dispense(id, fitting, &response, "", kOtherPharmacy)), "NOT_HOLDER");
  EXPECT_EQ(Status(id, Doctor())->status(), v1::STATUS_IN_DISPENSING);
  EXPECT_TRUE(Dispense(id, fitting, &response).ok());
}

// RX-030
TEST_F(PrescriptionServiceTest, APaperPrescriptionNeedsNoSignatures) {
  v1::RegisterResponse registered;
  absl::Status status = Register("register-paper", UnsignedPrescription(PrescriptionText(Today())),
                                 &registered, Doctor(), v1::ISSUE_TYPE_PAPER);
  ASSERT_TRUE(status.ok()) << status << FindingsOf(status).DebugString();
  v1::AcceptResponse accepted;
  ASSERT_TRUE(Accept(registered.prescription_id(), kPharmacy, &accepted).ok());
  EXPECT_EQ(accepted.issue_type(), v1::ISSUE_TYPE_PAPER);
  v1::DispenseResponse dispensed;
  status =
      Dispense(registered.prescription_id(), UnsignedResult(ResultText(Today()), ""), &dispensed);
  EXPECT_TRUE(status.ok()) << status << FindingsOf(status).DebugString();
}

}  // namespace
}  // namespace tsunagu::prescription
