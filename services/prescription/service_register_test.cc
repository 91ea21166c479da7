// Register: once for each command and each document.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/status/error.h"
#include "services/prescription/fold.h"
#include "services/prescription/test_service.h"

namespace tsunagu::prescription {
namespace {

TEST_F(PrescriptionServiceTest, ARepeatedRegistrationGetsItsFirstAnswer) {
  const std::string document = SignedPrescription(PrescriptionText(Today()), absl::Now());
  v1::RegisterResponse first, second;
  ASSERT_TRUE(Register("register-once", document, &first).ok());
  ASSERT_TRUE(Register("register-once", document, &second).ok());
  EXPECT_FALSE(first.repeated());
  EXPECT_EQ(first.status(), v1::STATUS_REGISTERED);
  first.set_repeated(true);  // RX-054: nothing else differs
  EXPECT_EQ(second.SerializeAsString(), first.SerializeAsString());

  const std::string other = SignedPrescription(PrescriptionText(Today() - 1), absl::Now());
  const absl::Status reused = Register("register-once", other, &second);
  EXPECT_EQ(reused.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(ReasonOf(reused), "COMMAND_ID_REUSED");
}

// RX-043
TEST_F(PrescriptionServiceTest, ADocumentIsRegisteredOnceWhateverBecomesOfIt) {
  const std::string document = SignedPrescription(PrescriptionText(Today()), absl::Now());
  v1::RegisterResponse first, second;
  ASSERT_TRUE(Register("register-first", document, &first).ok());
  const auto refused = [&](const std::string& command_id, const char* state) {
    const absl::Status status = Register(command_id, document, &second);
    EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists) << status;
    EXPECT_EQ(ReasonOf(status), "PRESCRIPTION_EXISTS");
    EXPECT_EQ(RuleOf(status), "RX-043");
    EXPECT_EQ(MetadataOf(status)["prescription_id"], first.prescription_id());
    EXPECT_EQ(MetadataOf(status)["status"], state);
  };
  refused("register-open", "STATUS_REGISTERED");
  v1::AcceptResponse accepted;
  ASSERT_TRUE(Accept(first.prescription_id(), kPharmacy, &accepted).ok());
  refused("register-accepted", "STATUS_IN_DISPENSING");
  ASSERT_TRUE(Release(first.prescription_id(), kPharmacy).ok());
  ASSERT_TRUE(Cancel(first.prescription_id()).ok());
  refused("register-cancelled", "STATUS_CANCELLED");
  // RX-054: the same command is answered, and nobody takes it for a valid prescription.
  ASSERT_TRUE(Register("register-first", document, &second).ok());
  EXPECT_EQ(second.prescription_id(), first.prescription_id());
  EXPECT_TRUE(second.repeated());
  EXPECT_EQ(second.status(), v1::STATUS_CANCELLED);
}

// RX-019, RX-545
TEST_F(PrescriptionServiceTest, WhoHasTooManyIsRegisteredNoOtherAndTheFirstIsStillFound) {
  const v1::RegisterResponse first = Registered();
  for (int i = 1; i < kMaxOpen; ++i) Registered();
  v1::RegisterResponse none;
  const std::string document = SignedPrescription(PrescriptionText(Today()), absl::Now());
  const absl::Status refused = Register("register-too-many", document, &none);
  EXPECT_EQ(ReasonOf(refused), "TOO_MANY_OPEN");
  EXPECT_EQ(RuleOf(refused), "RX-019");
  v1::AcceptResponse accepted;
  ASSERT_TRUE(AcceptByCode(first.access_code(), Insured(), &accepted).ok());
  EXPECT_EQ(accepted.prescription_id(), first.prescription_id());
  // When one is over, the same command comes through.
  ASSERT_TRUE(Release(first.prescription_id(), kPharmacy).ok());
  ASSERT_TRUE(Cancel(first.prescription_id()).ok());
  EXPECT_TRUE(Register("register-too-many", document, &none).ok());
}

// RX-043
TEST_F(PrescriptionServiceTest, OfEightRegistrationsOfADocumentOneWins) {
  const std::string document = SignedPrescription(PrescriptionText(Today()), absl::Now());
  constexpr int kCommands = 8;
  absl::Status statuses[kCommands];
  v1::RegisterResponse responses[kCommands];
  std::vector<std::thread> threads;
  for (int i = 0; i < kCommands; ++i) {
    threads.emplace_back([&, i] {
      statuses[i] = Register(absl::StrCat("register-race-", i), document, &responses[i]);
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::string winner;
  for (int i = 0; i < kCommands; ++i) {
    if (!statuses[i].ok()) continue;
    EXPECT_EQ(winner, "");
    winner = responses[i].prescription_id();
  }
  ASSERT_NE(winner, "");
  for (int i = 0; i < kCommands; ++i) {
    const std::string command_id = absl::StrCat("register-race-", i);
    v1::GetCommandRequest asked;
    asked.set_command_id(command_id);
    asked.mutable_identity()->set_insurer(Insured().insurer);
    asked.mutable_identity()->set_symbol(Insured().symbol);
    asked.mutable_identity()->set_number(Insured().number);
    EXPECT_EQ(Command(asked, Doctor())->known(), statuses[i].ok());
    if (statuses[i].ok()) continue;
    EXPECT_EQ(ReasonOf(statuses[i]), "PRESCRIPTION_EXISTS") << statuses[i];
    EXPECT_EQ(MetadataOf(statuses[i])["prescription_id"], winner);
    v1::RegisterResponse again;
    const absl::Status repeated = Register(command_id, document, &again);
    EXPECT_EQ(ReasonOf(repeated), "PRESCRIPTION_EXISTS");
    EXPECT_EQ(MetadataOf(repeated), MetadataOf(statuses[i]));
  }
}

// RX-552
TEST_F(PrescriptionServiceTest, TheSameRecordSignedTwiceIsWarnedOf) {
  const std::string text = PrescriptionText(Today());
  int signed_before = 0;  // seconds: each document is another
  const auto registered = [&](const std::string& command, const std::string& record) {
    const absl::Time time = absl::Now() - absl::Seconds(++signed_before);
    v1::RegisterResponse response;
    const absl::Status status = Register(command, SignedPrescription(record, time), &response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  };
  const auto warned = [](const v1::RegisterResponse& response) {
    return std::ranges::any_of(response.findings(), [](const auto& finding) {
      return finding.rule() == "RX-552" &&
             finding.severity() == tsunagu::common::v1::SEVERITY_WARNING;
    });
  };
  const v1::RegisterResponse first = registered("register-1", text);
  EXPECT_FALSE(warned(first));
  const v1::RegisterResponse second = registered("register-2", text);
  EXPECT_TRUE(warned(second));
  EXPECT_FALSE(warned(registered("register-3", Change(text, "101,1,1,,14", "101,1,1,,13"))));
  ASSERT_TRUE(Cancel(first.prescription_id()).ok());
  ASSERT_TRUE(Cancel(second.prescription_id()).ok());
  EXPECT_FALSE(warned(registered("register-4", text)));
}

}  // namespace
}  // namespace tsunagu::prescription
