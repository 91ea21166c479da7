// Who guesses access codes, and who asks without end.
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "google/rpc/details.pb.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_service.h"
#include "tsunagu/audit/v1/audit.pb.h"

namespace tsunagu::prescription {
namespace {

constexpr char kThirdPharmacy[] = "1340000005";

// Zero: the error names none.
absl::Duration RetryAfterOf(const absl::Status& status) {
  const google::rpc::Status wire = ToRpcStatus(status);
  google::rpc::RetryInfo retry;
  for (const auto& detail : wire.details()) {
    if (detail.Is<google::rpc::RetryInfo>()) detail.UnpackTo(&retry);
  }
  return absl::Seconds(retry.retry_delay().seconds());
}

class GuardTest : public PrescriptionServiceTest {
 protected:
  void Adjust(tsunagu::service::v1::Service& config) override {
    auto& limits = *config.mutable_prescription_limits();
    limits.set_wrong_codes_by_pharmacy_and_person(3);
    limits.set_wrong_codes_by_pharmacy(5);
    limits.set_wrong_codes_by_person(8);
    limits.set_status_reads_at_once(4);
    limits.set_status_read_interval_ms(60'000);
  }

  // A code that is not `right`.
  std::string Wrong(const std::string& right) { return right == "000000" ? "000001" : "000000"; }

  std::string Try(const std::string& code, const std::string& pharmacy,
                  const national::InsuredIdentity& identity = Insured()) {
    v1::AcceptResponse response;
    last_ = AcceptByCode(code, identity, &response, pharmacy);
    if (!last_.ok()) EXPECT_EQ(response.ByteSizeLong(), 0u);
    return ReasonOf(last_);
  }

  absl::Status last_;
  int tries_ = 0;
};

// RX-450
TEST_F(GuardTest, AfterTooManyWrongCodesTheRightOneIsNotLookedAtEither) {
  const v1::RegisterResponse registered = Registered();
  const std::string wrong = Wrong(registered.access_code());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Try(wrong, kPharmacy), "PRESCRIPTION_NOT_FOUND");
  EXPECT_EQ(Try(wrong, kPharmacy), "TOO_MANY_WRONG_CODES");
  const std::string message(last_.message());
  EXPECT_EQ(last_.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_GT(RetryAfterOf(last_), absl::Minutes(9));
  EXPECT_EQ(Try(registered.access_code(), kPharmacy), "TOO_MANY_WRONG_CODES");
  EXPECT_EQ(last_.message(), message);
  EXPECT_TRUE(MetadataOf(last_).empty());
  // AU-001: that somebody tried is on record.
  EXPECT_EQ(LastRecord(registered.prescription_id()).outcome(),
            tsunagu::audit::v1::OUTCOME_REFUSED);
}

// RX-451
TEST_F(GuardTest, APharmacyThatGuessesLocksNobodyElseOut) {
  const v1::RegisterResponse registered = Registered();
  const std::string wrong = Wrong(registered.access_code());
  for (int i = 0; i < 20; ++i) Try(wrong, kOtherPharmacy);
  EXPECT_EQ(Try(registered.access_code(), kPharmacy), "");
  // The holder repeats, by code and by id.
  EXPECT_EQ(Try(registered.access_code(), kPharmacy), "");
  for (int i = 0; i < 4; ++i) Try(wrong, kPharmacy);
  EXPECT_EQ(Try(registered.access_code(), kPharmacy), "TOO_MANY_WRONG_CODES");
  v1::AcceptResponse response;
  EXPECT_TRUE(Accept(registered.prescription_id(), kPharmacy, &response).ok());
}

// RX-452
TEST_F(GuardTest, ACodeThatIsTriedOnManyPersonsIsLimitedByPharmacy) {
  national::InsuredIdentity person = Insured();
  std::string reason;
  for (int i = 0; i < 5; ++i) {
    person.number = absl::StrCat("90", i);
    EXPECT_EQ(Try("123456", kPharmacy, person), "PRESCRIPTION_NOT_FOUND") << i;
  }
  person.number = "905";
  EXPECT_EQ(Try("123456", kPharmacy, person), "TOO_MANY_WRONG_CODES");
  EXPECT_EQ(Try("123456", kOtherPharmacy, person), "PRESCRIPTION_NOT_FOUND");
}

// RX-453
TEST_F(GuardTest, ManyPharmaciesThatGuessAtOnePersonAreLimitedTogether) {
  const v1::RegisterResponse registered = Registered();
  const std::string wrong = Wrong(registered.access_code());
  for (int i = 0; i < 8; ++i) {
    EXPECT_EQ(Try(wrong, absl::StrCat("134000001", i / 2)), "PRESCRIPTION_NOT_FOUND") << i;
  }
  EXPECT_EQ(Try(registered.access_code(), kThirdPharmacy), "TOO_MANY_WRONG_CODES");
  v1::AcceptResponse response;  // RX-451: by id it goes on
  EXPECT_TRUE(Accept(registered.prescription_id(), kThirdPharmacy, &response).ok());
}

// RX-450
TEST_F(GuardTest, RightCodesDoNotCount) {
  const v1::RegisterResponse registered = Registered();
  for (int i = 0; i < 10; ++i) EXPECT_EQ(Try(registered.access_code(), kPharmacy), "");
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(Try(Wrong(registered.access_code()), kPharmacy), "PRESCRIPTION_NOT_FOUND");
  }
}

// RX-470
TEST_F(GuardTest, WhoAsksForOnePrescriptionWithoutEndIsToldWhenToAskAgain) {
  const std::string id = Registered().prescription_id(), other = Registered().prescription_id();
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(Status(id, Doctor()).ok());
  const absl::Status refused = Status(id, Doctor()).status();
  EXPECT_EQ(ReasonOf(refused), "ASKED_TOO_OFTEN");
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_GT(RetryAfterOf(refused), absl::Seconds(50));
  v1::GetCommandRequest command;
  command.set_prescription_id(id);
  command.set_command_id("command-1");
  EXPECT_EQ(ReasonOf(Command(command, Doctor()).status()), "ASKED_TOO_OFTEN");
  EXPECT_TRUE(Status(id, Pharmacist()).ok());
  EXPECT_TRUE(Status(other, Doctor()).ok());
}

// RX-554
TEST_F(GuardTest, InsuranceDataAreNotTriedOnAnId) {
  const std::string id = Registered().prescription_id();
  v1::AcceptRequest request;
  request.set_prescription_id(id);
  const auto attempt = [&](const std::string& number) {
    request.set_command_id(absl::StrCat("accept-number-", ++tries_));
    request.mutable_identity()->set_insurer(Insured().insurer);
    request.mutable_identity()->set_symbol(Insured().symbol);
    request.mutable_identity()->set_number(number);
    request.mutable_identity()->set_branch(Insured().branch);
    v1::AcceptResponse response;
    return ReasonOf(
        Call(&v1::Prescriptions::Stub::Accept, Pharmacist(kOtherPharmacy), request, &response));
  };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(attempt(absl::StrCat(900 + i)), "PATIENT_MISMATCH");
  EXPECT_EQ(attempt("904"), "TOO_MANY_WRONG_CODES");
  EXPECT_EQ(attempt(Insured().number), "TOO_MANY_WRONG_CODES");
}

// RX-554
TEST_F(GuardTest, AnotherPersonsCareContextAcceptsNothing) {
  const v1::RegisterResponse registered = Registered();
  v1::AcceptRequest request;
  request.set_command_id("accept-context-1");
  request.set_access_code(registered.access_code());
  request.mutable_identity()->set_insurer(Insured().insurer);
  request.mutable_identity()->set_symbol(Insured().symbol);
  request.mutable_identity()->set_number(Insured().number);
  request.mutable_identity()->set_branch(Insured().branch);
  const auto context = [&](const std::string& subject) {
    return rpc::ContextFor(kPharmacy, {subject}, {tsunagu::access::v1::SCOPE_MEDICATION});
  };
  national::InsuredIdentity somebody = Insured();
  somebody.number = "999";
  const auto others = context(host_->subjects().MakeSubject(somebody));
  v1::AcceptResponse response;
  EXPECT_EQ(ReasonOf(CallOther(*stub_, &v1::Prescriptions::Stub::Accept, Pharmacist(), request,
                               &response, &others)),
            "PATIENT_MISMATCH");
  const auto own = context(host_->subjects().MakeSubject(Insured()));
  EXPECT_TRUE(
      CallOther(*stub_, &v1::Prescriptions::Stub::Accept, Pharmacist(), request, &response, &own)
          .ok());
}

}  // namespace
}  // namespace tsunagu::prescription
