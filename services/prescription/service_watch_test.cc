// Watch: changes come by themselves, to those who may know.
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/platform/rpc/testing/test_host.h"
#include "services/platform/status/error.h"
#include "services/prescription/test_service.h"
#include "tsunagu/audit/v1/audit.pb.h"
#include "tsunagu/prescription/v1/watch.grpc.pb.h"

namespace tsunagu::prescription {
namespace {

class WatchServiceTest : public PrescriptionServiceTest {
 protected:
  // One stream, as its client sees it.
  struct Watching {
    grpc::ClientContext context;
    std::unique_ptr<v1::PrescriptionWatch::Stub> stub;
    std::unique_ptr<grpc::ClientReader<v1::WatchResponse>> reader;

    // The next message about a prescription, or the last; the default message when it ended.
    v1::WatchResponse Next() {
      v1::WatchResponse response;
      while (reader->Read(&response)) {
        if (!response.prescription_id().empty() || response.has_again_after()) return response;
      }
      return v1::WatchResponse();
    }
    absl::Status End() { return rpc::StatusOf(reader->Finish()); }
  };

  void Adjust(tsunagu::service::v1::Service& config) override {
    auto& limits = *config.mutable_prescription_limits();
    limits.set_watches_by_facility(2);
    limits.set_watch_heartbeat_ms(300);
    limits.set_watch_s(watch_s_);
  }

  std::unique_ptr<Watching> Watch(
      const tsunagu::access::v1::Principal& principal,
      const std::vector<std::pair<std::string, uint64_t>>& prescriptions) {
    v1::WatchRequest request;
    for (const auto& [id, seen] : prescriptions) {
      auto& watched = *request.add_prescriptions();
      watched.set_prescription_id(id);
      watched.set_seen(seen);
    }
    auto watching = std::make_unique<Watching>();
    As(watching->context, principal);
    watching->stub = v1::PrescriptionWatch::NewStub(channel_);
    watching->reader = watching->stub->Watch(&watching->context, request);
    return watching;
  }

  int watch_s_ = 60;
};

class ShortWatchTest : public WatchServiceTest {
 protected:
  ShortWatchTest() { watch_s_ = 1; }
};

// RX-471
TEST_F(WatchServiceTest, TheIssuerIsToldWhatItIsAndThenEachChange) {
  const std::string id = Registered().prescription_id(), other = Registered().prescription_id();
  auto watching = Watch(Doctor(), {{id, 0}, {other, 0}});
  for (int i = 0; i < 2; ++i) EXPECT_EQ(watching->Next().status(), v1::STATUS_REGISTERED);
  EXPECT_EQ(LastRecord(id).action(), "prescription.watch");  // AU-001: of each message
  EXPECT_EQ(LastRecord(id).outcome(), tsunagu::audit::v1::OUTCOME_DISCLOSED);
  v1::AcceptResponse accepted;
  ASSERT_TRUE(Accept(id, kPharmacy, &accepted).ok());
  const v1::WatchResponse held = watching->Next();
  EXPECT_EQ(held.prescription_id(), id);
  EXPECT_EQ(held.status(), v1::STATUS_IN_DISPENSING);
  EXPECT_EQ(held.holder(), kPharmacy);
  ASSERT_TRUE(Release(id, kPharmacy).ok());
  EXPECT_EQ(watching->Next().status(), v1::STATUS_REGISTERED);
  // Who comes again is told only what is new.
  auto again = Watch(Doctor(), {{id, held.version()}, {other, 1}});
  const v1::WatchResponse news = again->Next();
  EXPECT_EQ(news.prescription_id(), id);
  EXPECT_GT(news.version(), held.version());
  watching->context.TryCancel();
  again->context.TryCancel();
}

// RX-473
TEST_F(WatchServiceTest, ThePharmacyThatGaveItBackIsToldThatItIsGoneAndNothingMore) {
  const std::string id = Registered().prescription_id(), kept = Registered().prescription_id();
  v1::AcceptResponse accepted;
  ASSERT_TRUE(Accept(id, kPharmacy, &accepted).ok());
  ASSERT_TRUE(Accept(kept, kPharmacy, &accepted).ok());
  auto watching = Watch(Pharmacist(), {{id, 0}, {kept, 0}});
  for (int i = 0; i < 2; ++i) EXPECT_EQ(watching->Next().holder(), kPharmacy);
  ASSERT_TRUE(Release(id, kPharmacy).ok());
  const v1::WatchResponse gone = watching->Next();
  EXPECT_EQ(gone.prescription_id(), id);
  EXPECT_TRUE(gone.gone());
  EXPECT_EQ(gone.holder(), "");
  ASSERT_TRUE(Accept(id, kOtherPharmacy, &accepted).ok());
  ASSERT_TRUE(Release(kept, kPharmacy).ok());
  EXPECT_EQ(watching->Next().prescription_id(), kept);  // of the other nothing came
  watching->context.TryCancel();
}

// RX-471: the holder accepts again, which a client that lost the answer does.
TEST_F(WatchServiceTest, ACommandThatChangesNothingIsNotTold) {
  const std::string id = Registered().prescription_id();
  auto watching = Watch(Doctor(), {{id, 0}});
  EXPECT_EQ(watching->Next().status(), v1::STATUS_REGISTERED);
  v1::AcceptResponse accepted;
  ASSERT_TRUE(Accept(id, kPharmacy, &accepted).ok());
  EXPECT_EQ(watching->Next().status(), v1::STATUS_IN_DISPENSING);
  ASSERT_TRUE(Accept(id, kPharmacy, &accepted).ok());
  absl::SleepFor(absl::Seconds(1));  // so that it is not told as one with what follows
  ASSERT_TRUE(Release(id, kPharmacy).ok());
  EXPECT_EQ(watching->Next().status(), v1::STATUS_REGISTERED);
  watching->context.TryCancel();
}

// RX-473
TEST_F(WatchServiceTest, WhatIsNotTheCallersIsToldAndTheOthersAreFollowed) {
  const std::string unknown = "00000000-0000-8000-8000-000000000000";
  const std::string mine = Registered().prescription_id(), theirs = Registered().prescription_id();
  v1::AcceptResponse accepted;
  ASSERT_TRUE(Accept(mine, kPharmacy, &accepted).ok());
  auto watching = Watch(Pharmacist(), {{unknown, 0}, {mine, 0}, {theirs, 3}});
  std::set<std::string> gone;
  for (int i = 0; i < 2; ++i) {
    v1::WatchResponse told = watching->Next();
    gone.insert(told.prescription_id());
    told.clear_prescription_id();
    EXPECT_EQ(told.ByteSizeLong(), 2u) << "more than that it is gone";
    EXPECT_TRUE(told.gone());
  }
  EXPECT_EQ(gone, (std::set<std::string>{unknown, theirs}));
  EXPECT_EQ(watching->Next().prescription_id(), mine);
  ASSERT_TRUE(Accept(theirs, kOtherPharmacy, &accepted).ok());
  ASSERT_TRUE(Release(mine, kPharmacy).ok());
  EXPECT_EQ(watching->Next().prescription_id(), mine);  // of the others nothing more came
  watching->context.TryCancel();
}

// RX-036, RX-050
TEST_F(WatchServiceTest, WhoIsNotInvolvedLearnsNotEvenThatItIsThere) {
  const std::string id = Registered().prescription_id();
  absl::Status told;
  for (const std::string& one : {id, std::string("00000000-0000-8000-8000-000000000000")}) {
    auto watching = Watch(Pharmacist(kOtherPharmacy), {{one, 0}});
    EXPECT_EQ(watching->Next().ByteSizeLong(), 0u);
    const absl::Status ended = watching->End();
    EXPECT_EQ(ReasonOf(ended), "PRESCRIPTION_NOT_FOUND") << ended;
    told.Update(ended);
    EXPECT_EQ(ended, told);
  }
}

// RX-472
TEST_F(WatchServiceTest, AFacilityHasSoManyStreamsAndSaysWhenTheyLive) {
  const std::string id = Registered().prescription_id();
  std::vector<std::unique_ptr<Watching>> open;
  for (int i = 0; i < 2; ++i) {
    open.push_back(Watch(Doctor(), {{id, 0}}));
    EXPECT_EQ(open.back()->Next().prescription_id(), id);
  }
  auto third = Watch(Doctor(), {{id, 0}});
  EXPECT_EQ(third->Next().ByteSizeLong(), 0u);
  EXPECT_EQ(ReasonOf(third->End()), "TOO_MANY_WATCHES");
  v1::WatchResponse beat;
  ASSERT_TRUE(open[0]->reader->Read(&beat));
  EXPECT_TRUE(beat.has_next_within());
  EXPECT_TRUE(beat.prescription_id().empty());
  // A client that has left makes room.
  open[0]->context.TryCancel();
  absl::SleepFor(absl::Seconds(2));
  auto fourth = Watch(Doctor(), {{id, 0}});
  EXPECT_EQ(fourth->Next().prescription_id(), id);
  open[1]->context.TryCancel();
  fourth->context.TryCancel();
}

// RX-474
TEST_F(ShortWatchTest, AStreamEndsInItsTimeAndSaysWhenToComeAgain) {
  const std::string id = Registered().prescription_id();
  auto watching = Watch(Doctor(), {{id, 0}});
  EXPECT_EQ(watching->Next().prescription_id(), id);
  EXPECT_TRUE(watching->Next().has_again_after());
  EXPECT_TRUE(watching->End().ok());
}

}  // namespace
}  // namespace tsunagu::prescription
