// Register: which documents, of which patients, are taken.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_service.h"

namespace tsunagu::prescription {
namespace {

// RX-028
TEST_F(PrescriptionServiceTest, EveryFindingIsListedAtOnce) {
  std::string text = Change(PrescriptionText(Today() - 10), "12,2\n", "12,7\n");
  text = Change(text, "101,2,1,,7\n", "101,2,77,,7\n");
  const std::string document = SignedPrescription(text, absl::Now(), kPharmacist);
  v1::RegisterResponse response;
  const absl::Status status =
      Register("register-bad", Change(document, "EPS1.0", "EPS1.1"), &response);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "DOCUMENT_REFUSED");
  const auto findings = FindingsOf(status);
  EXPECT_EQ(RulesIn(findings.record()), "RX-128 RX-125 RX-014 ");
  EXPECT_EQ(RulesIn(findings.signature()), "RX-026 ");
}

// RX-045, RX-048
TEST_F(PrescriptionServiceTest, ThePatientIsTheInsuredPerson) {
  const auto document = [this] {
    const std::string other = absl::StrCat("101,1,1,,", ++commands_);
    return SignedPrescription(Change(PrescriptionText(Today()), "101,1,1,,14", other), absl::Now());
  };
  v1::RegisterResponse response;
  const std::string first_document = document();
  ASSERT_TRUE(Register("register-unknown", first_document, &response).ok());
  ASSERT_EQ(response.findings_size(), 1);
  EXPECT_EQ(response.findings(0).rule(), "RX-048");
  const v1::RegisterResponse first = response;

  // RX-056
  v1::AcceptResponse accepted;
  ASSERT_TRUE(Accept(response.prescription_id(), kPharmacy, &accepted).ok());
  ASSERT_EQ(accepted.findings_size(), 1);
  EXPECT_EQ(accepted.findings(0).DebugString(), response.findings(0).DebugString());
  for (const auto& involved : {Doctor(), Pharmacist()}) {
    const auto seen = Status(response.prescription_id(), involved);
    ASSERT_EQ(seen->findings_size(), 1);
    EXPECT_EQ(seen->findings(0).DebugString(), response.findings(0).DebugString());
  }
  EXPECT_EQ(Status(response.prescription_id(), Pharmacist(kOtherPharmacy))->findings_size(), 0);

  PublishInsured(1, "19600607");
  const absl::Time limit = absl::Now() + absl::Seconds(20);
  absl::Status status;
  do {  // until the view has followed
    status = Register(absl::StrCat("register-other-", ++commands_), document(), &response);
  } while (status.ok() && absl::Now() < limit);
  EXPECT_EQ(RulesIn(FindingsOf(status).record()), "RX-045 ");

  // What was refused left nothing behind: the same command is judged anew.
  const std::string refused = document();
  EXPECT_EQ(ReasonOf(Register("register-again", refused, &response)), "DOCUMENT_REFUSED");
  PublishInsured(2, "19600606");
  do {
    status = Register("register-again", refused, &response);
  } while (!status.ok() && absl::Now() < limit);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(response.findings_size(), 0);

  // RX-052
  PublishInsured(3, "19600606", national::FormatDay(Today() - 1));
  do {
    status = Register(absl::StrCat("register-ended-", ++commands_), document(), &response);
  } while (status.ok() && response.findings_size() == 0 && absl::Now() < limit);
  ASSERT_EQ(response.findings_size(), 1) << status;
  EXPECT_EQ(response.findings(0).rule(), "RX-052");

  // RX-054: the repeat of the first is not judged by what the insurer registered since.
  ASSERT_TRUE(Register("register-unknown", first_document, &response).ok());
  EXPECT_TRUE(response.repeated());
  ASSERT_EQ(response.findings_size(), 1);
  EXPECT_EQ(response.findings(0).DebugString(), first.findings(0).DebugString());
}

// RX-053
TEST_F(PrescriptionServiceTest, ANumberThatNobodyHasNeedsTheIssuersWord) {
  national::InsuredIdentity sister = Insured();  // of the same household, so of the same partition
  sister.branch = "01";
  tsunagu::eligibility::v1::Qualification qualification;
  qualification.set_birth_date("19620202");
  Publish(1, sister, qualification);
  v1::RegisterRequest request;
  request.set_issue_type(v1::ISSUE_TYPE_ELECTRONIC);
  v1::RegisterResponse response;
  const auto call = [&] {
    request.set_command_id(absl::StrCat("register-nobody-", ++commands_));
    request.set_document(
        SignedPrescription(PrescriptionText(Today()), absl::Now() + absl::Seconds(commands_)));
    return Call(&v1::Prescriptions::Stub::Register, Doctor(), request, &response);
  };
  const absl::Time limit = absl::Now() + absl::Seconds(20);
  absl::Status status;
  do {  // until the view has followed
    status = call();
  } while (status.ok() && absl::Now() < limit);
  EXPECT_EQ(RulesIn(FindingsOf(status).record()), "RX-053 ");

  request.set_insured_confirmed(true);
  status = call();
  ASSERT_TRUE(status.ok()) << status;
  ASSERT_EQ(response.findings_size(), 1);
  EXPECT_EQ(response.findings(0).rule(), "RX-048");
  const auto record = LastRecord(response.prescription_id());
  ASSERT_EQ(record.items_size(), 2);
  EXPECT_EQ(record.items(1), "insured_confirmed");
}

// RX-025
TEST_F(PrescriptionServiceTest, ARevokedSignerIsRefused) {
  v1::RegisterResponse response;
  const absl::Status status =
      Register("register-revoked",
               SignedPrescription(PrescriptionText(Today()), absl::Now(), "doctor-revoked-signer"),
               &response);
  const auto findings = FindingsOf(status);
  ASSERT_GE(findings.signature_size(), 1) << status;
  EXPECT_EQ(findings.signature(0).rule(), "RX-025");
  EXPECT_NE(findings.signature(0).text_en().find("CERTIFICATE_REVOKED"), std::string::npos);
}

// RX-014, RX-020
TEST_F(PrescriptionServiceTest, AnExpiredPrescriptionOfAnotherClinicIsRefused) {
  v1::RegisterResponse response;
  const absl::Status status =
      Register("register-expired", SignedPrescription(PrescriptionText(Today() - 4), absl::Now()),
               &response, Doctor(kOtherClinic));
  EXPECT_EQ(RulesIn(FindingsOf(status).record()), "RX-014 RX-020 ");
}

// RX-029, RX-040, RX-042
TEST_F(PrescriptionServiceTest, RubbishIsRefusedAndTheServiceGoesOn) {
  v1::RegisterResponse response;
  for (const std::string& rubbish :
       {std::string("rubbish"), std::string(1000, '\xFF'), std::string("<Document/>"),
        std::string("<!DOCTYPE a [<!ENTITY b \"c\">]><Document>&b;</Document>")}) {
    const absl::Status status = Register("register-rubbish", rubbish, &response);
    EXPECT_EQ(ReasonOf(status), "DOCUMENT_REFUSED") << status;
    EXPECT_GT(FindingsOf(status).envelope_size(), 0);
  }
  const std::string large((1 << 20) + 1, 'x');
  EXPECT_EQ(RuleOf(Register("register-large", large, &response)), "RX-029");
  EXPECT_EQ(RuleOf(Register("register-empty", "", &response)), "RX-029");
  EXPECT_EQ(RuleOf(Register("short", "x", &response)), "RX-040");
  EXPECT_EQ(RuleOf(Register("register-type", "x", &response, Doctor(), v1::ISSUE_TYPE_UNSPECIFIED)),
            "RX-042");
  Registered();
}

}  // namespace
}  // namespace tsunagu::prescription
