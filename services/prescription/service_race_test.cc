// Fifty pharmacies want one prescription at the same moment.
#include <gtest/gtest.h>

#include <array>
#include <latch>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_service.h"

namespace tsunagu::prescription {
namespace {

constexpr int kPharmacies = 50;

std::string PharmacyOf(int i) { return absl::StrCat("13400001", i / 10, i % 10); }

// Everything that an error says on the wire, as bytes.
std::string Wire(const absl::Status& status) { return ToRpcStatus(status).SerializeAsString(); }

class RaceTest : public PrescriptionServiceTest {
 protected:
  // All at once, every second one by the code. The number of the one that got it.
  int Race(const v1::RegisterResponse& registered) {
    std::latch start(kPharmacies);
    std::vector<std::jthread> threads;
    for (int i = 0; i < kPharmacies; ++i) {
      threads.emplace_back([&, i] {
        const std::string pharmacy = PharmacyOf(i), command = absl::StrCat("race-", pharmacy);
        answers_[i].Clear();
        start.arrive_and_wait();
        statuses_[i] = i % 2 == 0
                           ? Accept(registered.prescription_id(), pharmacy, &answers_[i], command)
                           : AcceptByCode(registered.access_code(), Insured(), &answers_[i],
                                          pharmacy, command);
      });
    }
    threads.clear();
    int winner = -1, winners = 0;
    for (int i = 0; i < kPharmacies; ++i) {
      if (!statuses_[i].ok()) continue;
      winner = i;
      ++winners;
    }
    EXPECT_EQ(winners, 1);
    return winner;
  }

  std::array<absl::Status, kPharmacies> statuses_;
  std::array<v1::AcceptResponse, kPharmacies> answers_;
};

// RX-006, RX-011, RX-454
TEST_F(RaceTest, OfFiftyPharmaciesOneWinsAndTheOthersLearnThatItIsTakenAndNothingElse) {
  const v1::RegisterResponse registered = Registered();
  const int winner = Race(registered);
  ASSERT_GE(winner, 0);
  EXPECT_FALSE(answers_[winner].document().empty());
  const std::string told = Wire(statuses_[(winner + 1) % kPharmacies]);
  for (const std::string& secret :
       {PharmacyOf(winner), registered.prescription_id(), registered.access_code(),
        std::string(kClinic), Insured().number, Insured().symbol}) {
    EXPECT_EQ(told.find(secret), std::string::npos) << secret;
  }
  for (int i = 0; i < kPharmacies; ++i) {
    if (i == winner) continue;
    EXPECT_EQ(ReasonOf(statuses_[i]), "TAKEN") << statuses_[i];
    EXPECT_EQ(Wire(statuses_[i]), told);  // not a byte more, by id or by code
    EXPECT_EQ(answers_[i].ByteSizeLong(), 0u);
  }
  EXPECT_EQ(Status(registered.prescription_id(), Doctor())->holder(), PharmacyOf(winner));
}

// RX-008: the patient stands in another pharmacy.
TEST_F(RaceTest, WhatTheWinnerGivesBackIsFreeAtOnce) {
  const v1::RegisterResponse registered = Registered();
  const int winner = Race(registered);
  ASSERT_GE(winner, 0);
  const int loser = (winner + 1) % kPharmacies;
  ASSERT_TRUE(Release(registered.prescription_id(), PharmacyOf(winner)).ok());
  v1::AcceptResponse response;
  EXPECT_TRUE(AcceptByCode(registered.access_code(), Insured(), &response, PharmacyOf(loser)).ok());
  EXPECT_EQ(Status(registered.prescription_id(), Doctor())->holder(), PharmacyOf(loser));
  EXPECT_EQ(ReasonOf(Accept(registered.prescription_id(), PharmacyOf(winner), &response)), "TAKEN");
}

}  // namespace
}  // namespace tsunagu::prescription
