// What days bring, on a real log: the clock of the service is the test's.
#include <gtest/gtest.h>

#include <atomic>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/journal/consumer.h"
#include "services/platform/national/jst.h"
#include "services/prescription/test_service.h"
#include "tsunagu/journal/v1/journal.pb.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::prescription {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(20);

class ClockTest : public PrescriptionServiceTest {
 protected:
  void Adjust(tsunagu::service::v1::Service& config) override {
    config.mutable_prescription_limits()->set_clock_interval_ms(50);
  }
  absl::Time Now() override { return absl::Now() + absl::Seconds(ahead_.load()); }

  // The newest public event of the prescription's partition.
  tsunagu::journal::v1::Published Newest(const std::string& id) {
    const auto tail = journal::ReadTail(cluster().kafka, prefix() + "prescription.events",
                                        national::RoutingHash(id) % kPartitions);
    tsunagu::journal::v1::Published published;
    EXPECT_TRUE(tail.ok() && tail->has_value() && published.ParseFromString((*tail)->value));
    return published;
  }

  static v1::PrescriptionChanged Changed(const tsunagu::journal::v1::Published& published) {
    v1::PrescriptionChanged changed;
    changed.ParseFromString(published.event());
    return changed;
  }

  void TurnTo(absl::Time time) { ahead_ = absl::ToInt64Seconds(time - absl::Now()); }

  bool ComesToBe(v1::Status status, const std::string& id) {
    for (const absl::Time limit = absl::Now() + kPatience; absl::Now() < limit;) {
      if (Changed(Newest(id)).status() == status) return true;
      absl::SleepFor(absl::Milliseconds(100));
    }
    return false;
  }

  std::atomic<int64_t> ahead_ = 0;  // seconds
};

// RX-455, RX-457, RX-458
TEST_F(ClockTest, WhenTheLastDayIsOverOthersAreToldOnceAndNoAnswerChanges) {
  const v1::RegisterResponse registered = Registered();
  const std::string id = registered.prescription_id();
  const auto until = national::ParseDay(registered.use_by());
  const auto before = *Status(id, Doctor());
  TurnTo(national::JstMidnight(*until) + absl::Hours(23));
  absl::SleepFor(absl::Milliseconds(500));
  EXPECT_EQ(Changed(Newest(id)).status(), v1::STATUS_REGISTERED);
  TurnTo(national::JstMidnight(*until + 1) + absl::Minutes(11));
  ASSERT_TRUE(ComesToBe(v1::STATUS_EXPIRED, id));
  const auto told = Newest(id);
  EXPECT_EQ(Changed(told).prescription_id(), id);
  // Rounds go on, days too: nothing more is told.
  TurnTo(national::JstMidnight(*until + 3) + absl::Hours(1));
  absl::SleepFor(absl::Seconds(1));
  EXPECT_EQ(Newest(id).source_offset(), told.source_offset());
  // The handlers go by the date, which in truth is not over.
  const auto after = *Status(id, Doctor());
  EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
  v1::AcceptResponse response;
  EXPECT_TRUE(Accept(id, kPharmacy, &response).ok());
}

// RX-457
TEST_F(ClockTest, WhatAPharmacyHoldsDoesNotExpire) {
  const v1::RegisterResponse held = Registered(), open = Registered();
  v1::AcceptResponse response;
  ASSERT_TRUE(Accept(held.prescription_id(), kPharmacy, &response).ok());
  TurnTo(absl::Now() + absl::Hours(24 * 20));
  ASSERT_TRUE(ComesToBe(v1::STATUS_EXPIRED, open.prescription_id()));
  EXPECT_EQ(Changed(Newest(open.prescription_id())).prescription_id(), open.prescription_id());
  EXPECT_EQ(Status(held.prescription_id(), Pharmacist())->status(), v1::STATUS_IN_DISPENSING);
}

}  // namespace
}  // namespace tsunagu::prescription
