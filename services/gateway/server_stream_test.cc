// How a stream passes, and how it ends.
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "services/gateway/server_test_support.h"
#include "tests/support/bytes.h"

namespace tsunagu::gateway {
namespace {

constexpr char kWatch[] = "/tsunagu.prescription.v1.PrescriptionWatch/Watch";
constexpr absl::Duration kLimit = absl::Seconds(20);

// A client's stream; counts what comes.
class Following : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  Following(grpc::GenericStub& stub, const std::string& request)
      : request_(tests::BufferOf(request)) {
    stub.PrepareBidiStreamingCall(&context_, kWatch, grpc::StubOptions(), this);
    StartWriteLast(&request_, grpc::WriteOptions());
    StartRead(&message_);
    StartCall();
  }

  void OnReadDone(bool ok) override {
    if (!ok) return;
    {
      absl::MutexLock lock(&mutex_);
      absl::StrAppend(&got_, tests::BytesOf(message_), " ");
      ++messages_;
    }
    StartRead(&message_);
  }
  void OnDone(const grpc::Status& status) override {
    absl::MutexLock lock(&mutex_);
    answer_.status = status;
    ended_ = true;
  }

  bool WaitFor(int messages) {
    const auto enough = [this, messages]()
                            ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return messages_ >= messages; };
    absl::MutexLock lock(&mutex_);
    return mutex_.AwaitWithTimeout(absl::Condition(&enough), kLimit);
  }
  Answer End() {
    absl::MutexLock lock(&mutex_);
    EXPECT_TRUE(mutex_.AwaitWithTimeout(absl::Condition(&ended_), kLimit));
    answer_.bytes = got_;
    return answer_;
  }
  void Cancel() { context_.TryCancel(); }

 private:
  grpc::ClientContext context_;
  grpc::ByteBuffer request_, message_;
  absl::Mutex mutex_;
  std::string got_ ABSL_GUARDED_BY(mutex_);
  int messages_ ABSL_GUARDED_BY(mutex_) = 0;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  Answer answer_ ABSL_GUARDED_BY(mutex_);
};

class StreamTest : public GatewayTest {
 protected:
  static bool AllStreamsEnd() {
    for (const absl::Time limit = absl::Now() + kLimit; absl::Now() < limit;) {
      if (backend_->open_streams() == 0) return true;
      absl::SleepFor(absl::Milliseconds(20));
    }
    return false;
  }
};

// The route of Prescriptions serves its whole package.
TEST_F(StreamTest, MessagesPassAsTheyComeAndTheEndWithItsDetails) {
  Client doctor = Connect("clinic-1-doctor");
  Following following(doctor.stub(), kThriceRequest);
  const Answer answer = following.End();
  EXPECT_EQ(answer.bytes, "thrice thrice thrice ");
  ExpectRefused(answer, grpc::StatusCode::FAILED_PRECONDITION, "SERVICE_REFUSED", "AC-001");
  EXPECT_EQ(SeenPrincipal().facility(), kClinic);
  EXPECT_TRUE(AllStreamsEnd());
}

TEST_F(StreamTest, AClientThatLeavesEndsTheStreamAtTheService) {
  Client doctor = Connect("clinic-1-doctor");
  Following following(doctor.stub(), kEndlessRequest);
  EXPECT_TRUE(following.WaitFor(2));
  EXPECT_EQ(backend_->open_streams(), 1);
  following.Cancel();
  following.End();
  EXPECT_TRUE(AllStreamsEnd());
}

// RX-475
TEST_F(StreamTest, ACertificateThatIsRevokedEndsItsStream) {
  Client doctor = Connect("clinic-1-doctor"), other = Connect("pharmacy-1-pharmacist");
  Following revoked(doctor.stub(), kEndlessRequest), good(other.stub(), kEndlessRequest);
  EXPECT_TRUE(revoked.WaitFor(2));
  EXPECT_TRUE(good.WaitFor(2));
  Revoke("clinic-1-doctor");
  ExpectRefused(revoked.End(), grpc::StatusCode::UNAUTHENTICATED, "CERTIFICATE_REVOKED", "GW-003");
  EXPECT_TRUE(good.WaitFor(20));
  good.Cancel();
  good.End();
  EXPECT_TRUE(AllStreamsEnd());
}

// RX-475: messages are no calls.
TEST_F(StreamTest, AStreamCostsOneCallOfTheRate) {
  Start("calls_per_second: 1 burst: 2");
  Client doctor = Connect("clinic-1-doctor");
  Following following(doctor.stub(), kEndlessRequest);
  EXPECT_TRUE(following.WaitFor(10));
  following.Cancel();
  following.End();
}

// AC-001: admitted like any call.
TEST_F(StreamTest, WhoMayNotCallIsNotFollowed) {
  Client office = Connect("careplan-1-office");
  Following following(office.stub(), kEndlessRequest);
  EXPECT_EQ(following.End().status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_TRUE(backend_->TakeSeen().empty());
}

}  // namespace
}  // namespace tsunagu::gateway
