// Retention on a real log: the clock of what days bring is the test's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "services/platform/journal/journal.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_service.h"
#include "tsunagu/prescription/v1/erasure.grpc.pb.h"

namespace tsunagu::prescription {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(30);

using v1::ErasedDocument;

class ErasureTest : public PrescriptionServiceTest {
 protected:
  void Adjust(tsunagu::service::v1::Service& config) override {
    config.mutable_prescription_limits()->set_clock_interval_ms(50);
    for (const auto& [from, years] : rules_) {
      auto& rule = *config.add_retention();
      rule.set_completed_from(from);
      rule.set_years(years);
    }
  }
  absl::Time Now() override { return absl::Now() + absl::Seconds(ahead_.load()); }

  // Some hours into that day in Japan.
  static int64_t SecondsUntil(absl::CivilDay day) {
    return absl::ToInt64Seconds(national::JstMidnight(day) + absl::Hours(3) - absl::Now());
  }
  static absl::CivilDay InYears(int years) {
    const absl::CivilDay today = Today();
    return absl::CivilDay(today.year() + years, today.month(), today.day());
  }

  absl::StatusOr<v1::GetErasureResponse> Erasure(
      const std::string& id, const tsunagu::access::v1::Principal& principal = Doctor()) {
    v1::GetErasureRequest request;
    request.set_prescription_id(id);
    v1::GetErasureResponse response;
    const auto stub = v1::PrescriptionErasure::NewStub(channel_);
    const absl::Status status =
        CallOther(*stub, &v1::PrescriptionErasure::Stub::GetErasure, principal, request, &response);
    if (!status.ok()) return status;
    return response;
  }

  bool IsErased(const std::string& id, absl::Duration patience) {
    for (const absl::Time limit = absl::Now() + patience; absl::Now() < limit;) {
      if (Erasure(id)->has_erased()) return true;
      absl::SleepFor(absl::Milliseconds(100));
    }
    return false;
  }

  // Registers, accepts and dispenses.
  std::string Dispensed() {
    const std::string id = Registered().prescription_id();
    EXPECT_TRUE(Accept(id, kPharmacy, &accepted_).ok());
    const absl::Status status = Dispense(
        id, SignedResult(ResultText(Today()), accepted_.document(), absl::Now()), &dispensed_);
    EXPECT_TRUE(status.ok()) << status;
    return id;
  }

  absl::Status GetResult() {
    v1::GetResultRequest request;
    request.set_result_id(dispensed_.result_id());
    v1::GetResultResponse response;
    return CallOther(*facility_, &v1::FacilityPrescriptions::Stub::GetResult, Pharmacist(), request,
                     &response);
  }

  std::vector<std::pair<std::string, int>> rules_;
  // Seconds. Where nothing was ever told the clock begins a month back: so it need not walk through
  // the years.
  std::atomic<int64_t> ahead_ = SecondsUntil(InYears(3));
  v1::AcceptResponse accepted_;
  v1::DispenseResponse dispensed_;
};

class LongerErasureTest : public ErasureTest {
 protected:
  LongerErasureTest() { rules_ = {{"20200101", 5}}; }
};

// RX-531, RX-533, RX-535, RX-536
TEST_F(ErasureTest, WhenTheYearsAreOverTheDocumentsAreGoneAndWhatTheyWereIsOnRecord) {
  const std::string id = Dispensed();
  EXPECT_EQ(Erasure(id)->erase_from(), national::FormatDay(InYears(3) + 1));
  EXPECT_FALSE(IsErased(id, absl::Seconds(2)));
  EXPECT_TRUE(GetResult().ok());

  ahead_ = SecondsUntil(InYears(3) + 1);
  ASSERT_TRUE(IsErased(id, kPatience));
  const v1::Erased erased = Erasure(id, Pharmacist())->erased();
  EXPECT_EQ(erased.on(), national::FormatDay(InYears(3) + 1));
  EXPECT_EQ(erased.completed_on(), national::FormatDay(Today()));
  EXPECT_EQ(erased.years(), 3);
  EXPECT_EQ(erased.rule_from(), "");
  EXPECT_EQ(erased.version(), 3u);
  ASSERT_EQ(erased.documents_size(), 2);
  EXPECT_EQ(erased.documents(0).kind(), ErasedDocument::KIND_PRESCRIPTION);
  EXPECT_EQ(erased.documents(0).sha256(), journal::Digest(accepted_.document()));
  EXPECT_EQ(erased.documents(0).bytes(), static_cast<int64_t>(accepted_.document().size()));
  EXPECT_EQ(erased.documents(1).kind(), ErasedDocument::KIND_RESULT);
  EXPECT_EQ(erased.documents(1).use(), 1);
  EXPECT_EQ(erased.documents(1).sha256(), journal::Digest(dispensed_.stamped_document()));
  EXPECT_EQ(LastRecord(id).action(), "prescription.erasure.read");

  const absl::Status refused = GetResult();
  EXPECT_EQ(ReasonOf(refused), "DOCUMENT_ERASED");
  EXPECT_EQ(RuleOf(refused), "RX-533");
  EXPECT_EQ(MetadataOf(refused)["on"], erased.on());
  const auto status = *Status(id, Doctor());
  EXPECT_EQ(status.status(), v1::STATUS_DISPENSED);
  EXPECT_EQ(status.erased_on(), erased.on());
  EXPECT_EQ(status.dispensing_document(), "");
  // RX-534
  v1::CancelResultRequest request;
  request.set_command_id("cancel-after-erasure");
  request.set_prescription_id(id);
  v1::CancelResultResponse response;
  EXPECT_EQ(
      ReasonOf(Call(&v1::Prescriptions::Stub::CancelResult, Pharmacist(), request, &response)),
      "DOCUMENT_ERASED");
}

// RX-538
TEST_F(ErasureTest, WhatWasGivenIsErasedTooAndFoundByWhoGaveIt) {
  using Stub = v1::GivenDrugs::Stub;
  v1::RegisterGivenRequest request;
  request.set_command_id("in-house-1");
  request.set_document(UnsignedPrescription(PrescriptionText(Today())));
  v1::RegisterGivenResponse registered;
  ASSERT_TRUE(CallOther(*given_, &Stub::RegisterGiven, Doctor(), request, &registered).ok());
  v1::GetGivenRequest get;
  get.set_given_id(registered.given_id());
  v1::GetGivenResponse got;
  const auto read = [&] { return CallOther(*given_, &Stub::GetGiven, Doctor(), get, &got); };
  ASSERT_TRUE(read().ok());

  ahead_ = SecondsUntil(InYears(3) + 1);
  for (const absl::Time limit = absl::Now() + kPatience; read().ok() && absl::Now() < limit;) {
    absl::SleepFor(absl::Milliseconds(100));
  }
  EXPECT_EQ(ReasonOf(read()), "DOCUMENT_ERASED");
  v1::SearchGivenRequest search;
  search.mutable_identity()->set_insurer(Insured().insurer);
  search.mutable_identity()->set_symbol(Insured().symbol);
  search.mutable_identity()->set_number(Insured().number);
  search.mutable_identity()->set_branch(Insured().branch);
  v1::SearchGivenResponse found;
  ASSERT_TRUE(CallOther(*given_, &Stub::SearchGiven, Doctor(), search, &found).ok());
  ASSERT_EQ(found.given_size(), 1);
  ASSERT_EQ(found.given(0).erased().documents_size(), 1);
  EXPECT_EQ(found.given(0).erased().documents(0).sha256(), journal::Digest(request.document()));
  EXPECT_GT(found.given(0).drugs_size(), 0);  // the history stays
}

// RX-536
TEST_F(ErasureTest, ToOthersThePrescriptionDoesNotExist) {
  const std::string id = Registered().prescription_id();
  EXPECT_EQ(ReasonOf(Erasure(id, Pharmacist()).status()), "PRESCRIPTION_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Erasure(id, Doctor(kOtherClinic)).status()), "PRESCRIPTION_NOT_FOUND");
  EXPECT_EQ(RuleOf(Erasure("xx").status()), "RX-049");
  const auto open = Erasure(id);
  ASSERT_TRUE(open.ok()) << open.status();
  EXPECT_EQ(open->erase_from(), "");
}

// RX-532
TEST_F(LongerErasureTest, ALongerPeriodIsKept) {
  const std::string id = Dispensed();
  EXPECT_EQ(Erasure(id)->erase_from(), national::FormatDay(InYears(5) + 1));
  ahead_ = SecondsUntil(InYears(3) + 2);
  EXPECT_FALSE(IsErased(id, absl::Seconds(3)));
  EXPECT_TRUE(GetResult().ok());
}

}  // namespace
}  // namespace tsunagu::prescription
