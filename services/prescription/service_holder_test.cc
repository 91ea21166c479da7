// Accept, Release, Cancel: who holds a prescription.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_service.h"
#include "tsunagu/audit/v1/audit.pb.h"

namespace tsunagu::prescription {
namespace {

// RX-006, RX-007, RX-011
TEST_F(PrescriptionServiceTest, OfEightPharmaciesOneGetsIt) {
  const std::string id = Registered().prescription_id();
  constexpr int kPharmacies = 8;
  absl::Status statuses[kPharmacies];
  v1::AcceptResponse responses[kPharmacies];
  std::vector<std::thread> threads;
  for (int i = 0; i < kPharmacies; ++i) {
    threads.emplace_back([&, i] {
      // The same command_id everywhere: one pharmacy's id says nothing about another's.
      statuses[i] = Accept(id, absl::StrCat("134000000", i), &responses[i], "accept-race");
    });
  }
  for (std::thread& thread : threads) thread.join();
  int winners = 0;
  for (int i = 0; i < kPharmacies; ++i) {
    if (statuses[i].ok()) {
      ++winners;
      EXPECT_FALSE(responses[i].document().empty());
    } else {
      EXPECT_EQ(ReasonOf(statuses[i]), "TAKEN") << statuses[i];
      EXPECT_EQ(responses[i].ByteSizeLong(), 0u);
    }
  }
  EXPECT_EQ(winners, 1);
}

// RX-007
TEST_F(PrescriptionServiceTest, TheHolderMayAcceptAgainWithAnyCommand) {
  const std::string id = Registered().prescription_id();
  v1::AcceptResponse first, repeat, again;
  ASSERT_TRUE(Accept(id, kPharmacy, &first, "accept-once").ok());
  ASSERT_TRUE(Accept(id, kPharmacy, &repeat, "accept-once").ok());
  ASSERT_TRUE(Accept(id, kPharmacy, &again, "accept-twice").ok());
  EXPECT_FALSE(first.repeated());
  EXPECT_EQ(first.status(), v1::STATUS_IN_DISPENSING);
  first.set_repeated(true);  // RX-054: nothing else differs
  EXPECT_EQ(repeat.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
}

// RX-008
TEST_F(PrescriptionServiceTest, AfterAReleaseAnotherPharmacyTakesIt) {
  const std::string id = Registered().prescription_id();
  v1::AcceptResponse response;
  ASSERT_TRUE(Accept(id, kPharmacy, &response, "accept-once").ok());
  EXPECT_EQ(ReasonOf(Release(id, kOtherPharmacy)), "NOT_HOLDER");
  ASSERT_TRUE(Release(id, kPharmacy).ok());
  EXPECT_EQ(ReasonOf(Accept(id, kPharmacy, &response, "accept-once")), "ACCEPTANCE_ENDED");
  ASSERT_TRUE(Accept(id, kOtherPharmacy, &response).ok());
  v1::AcceptResponse late;
  EXPECT_EQ(ReasonOf(Accept(id, kPharmacy, &late, "accept-once")), "TAKEN");
  EXPECT_EQ(late.ByteSizeLong(), 0u);
}

// RX-054
TEST_F(PrescriptionServiceTest, AReleaseThatIsRepeatedSaysWhatThePrescriptionIsNow) {
  const std::string id = Registered().prescription_id();
  v1::AcceptResponse accepted;
  ASSERT_TRUE(Accept(id, kPharmacy, &accepted).ok());
  v1::ReleaseRequest request;
  request.set_command_id("release-once");
  request.set_prescription_id(id);
  v1::ReleaseResponse released;
  const auto release = [&] {
    return Call(&v1::Prescriptions::Stub::Release, Pharmacist(), request, &released);
  };
  ASSERT_TRUE(release().ok());
  EXPECT_FALSE(released.repeated());
  EXPECT_EQ(released.status(), v1::STATUS_REGISTERED);
  ASSERT_TRUE(Accept(id, kPharmacy, &accepted).ok());
  ASSERT_TRUE(release().ok());
  EXPECT_TRUE(released.repeated());
  EXPECT_EQ(released.status(), v1::STATUS_IN_DISPENSING);
}

// RX-002, RX-003
TEST_F(PrescriptionServiceTest, OnlyTheIssuerCancelsAndOnlyWhatNobodyHolds) {
  const v1::RegisterResponse registered = Registered();
  const std::string id = registered.prescription_id();
  EXPECT_EQ(ReasonOf(Cancel(id, kOtherClinic)), "PRESCRIPTION_NOT_FOUND");
  v1::AcceptResponse response;
  ASSERT_TRUE(Accept(id, kPharmacy, &response).ok());
  EXPECT_EQ(ReasonOf(Cancel(id)), "ALREADY_ACCEPTED");
  ASSERT_TRUE(Release(id, kPharmacy).ok());
  ASSERT_TRUE(Cancel(id).ok());
  EXPECT_EQ(ReasonOf(Cancel(id)), "CANCELLED");
  EXPECT_EQ(ReasonOf(Accept(id, kPharmacy, &response)), "CANCELLED");
  EXPECT_EQ(ReasonOf(AcceptByCode(registered.access_code(), Insured(), &response)), "CANCELLED");
  EXPECT_EQ(Status(id, Doctor())->status(), v1::STATUS_CANCELLED);
}

// RX-044, RX-006, RX-050
TEST_F(PrescriptionServiceTest, WhoKnowsTheCodeLearnsThatAnotherHasItAndNothingElse) {
  const v1::RegisterResponse registered = Registered();
  v1::AcceptResponse response, none;
  ASSERT_TRUE(Accept(registered.prescription_id(), kPharmacy, &response).ok());
  const absl::Status taken =
      AcceptByCode(registered.access_code(), Insured(), &none, kOtherPharmacy);
  EXPECT_EQ(ReasonOf(taken), "TAKEN");
  EXPECT_TRUE(MetadataOf(taken).empty());
  EXPECT_EQ(taken.ToString().find(kPharmacy), std::string::npos);
  EXPECT_EQ(none.ByteSizeLong(), 0u);
  const char* wrong = registered.access_code() == "000000" ? "000001" : "000000";
  EXPECT_EQ(ReasonOf(AcceptByCode(wrong, Insured(), &none, kOtherPharmacy)),
            "PRESCRIPTION_NOT_FOUND");
}

// RX-054
TEST_F(PrescriptionServiceTest, ACancellationThatIsRepeatedSaysSo) {
  v1::CancelRequest request;
  request.set_command_id("cancel-once");
  request.set_prescription_id(Registered().prescription_id());
  for (const bool repeated : {false, true}) {
    v1::CancelResponse response;
    ASSERT_TRUE(Call(&v1::Prescriptions::Stub::Cancel, Doctor(), request, &response).ok());
    EXPECT_EQ(response.repeated(), repeated);
    EXPECT_EQ(response.status(), v1::STATUS_CANCELLED);
    EXPECT_EQ(
        LastRecord(request.prescription_id()).outcome(),  // AU-017
        repeated ? tsunagu::audit::v1::OUTCOME_REPEATED : tsunagu::audit::v1::OUTCOME_CHANGED);
  }
}

// RX-017
TEST_F(PrescriptionServiceTest, AnAccessCodeWorksForItsPersonOnly) {
  const v1::RegisterResponse registered = Registered();
  national::InsuredIdentity other = Insured();
  other.branch = "01";
  v1::AcceptResponse response;
  EXPECT_EQ(ReasonOf(AcceptByCode(registered.access_code(), other, &response)),
            "PRESCRIPTION_NOT_FOUND");
  v1::AcceptRequest request;
  request.set_command_id("accept-mismatch");
  request.set_prescription_id(registered.prescription_id());
  request.mutable_identity()->set_insurer(other.insurer);
  request.mutable_identity()->set_symbol(other.symbol);
  request.mutable_identity()->set_number(other.number);
  request.mutable_identity()->set_branch(other.branch);
  EXPECT_EQ(ReasonOf(Call(&v1::Prescriptions::Stub::Accept, Pharmacist(), request, &response)),
            "PATIENT_MISMATCH");
}

}  // namespace
}  // namespace tsunagu::prescription
