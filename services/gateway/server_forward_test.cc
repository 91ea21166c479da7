// How a call passes: bytes, limits, deadlines, services that fail.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "absl/time/clock.h"
#include "google/protobuf/descriptor.h"
#include "services/gateway/server_test_support.h"
#include "services/platform/access/metadata.h"
#include "services/platform/access/rule.h"

namespace tsunagu::gateway {
namespace {

TEST_F(GatewayTest, GW012AMessageHasItsLimit) {
  Start("max_message_bytes: 1000");
  Client doctor = Connect("clinic-1-doctor");
  EXPECT_TRUE(doctor.Call(kRegister, {}, std::string(1000, 'x')).status.ok());
  ExpectRefused(doctor.Call(kRegister, {}, std::string(1001, 'x')),
                grpc::StatusCode::RESOURCE_EXHAUSTED, "MESSAGE_TOO_LARGE", "GW-012");
  ExpectRefused(doctor.Call(kRegister, {}, std::string(5'000'000, 'x')),
                grpc::StatusCode::RESOURCE_EXHAUSTED, "MESSAGE_TOO_LARGE", "GW-012");
  ExpectOk(doctor.Call(kRegister));
}

TEST_F(GatewayTest, GW012AServiceMayTakeLessThanTheGateway) {
  Start("max_message_bytes: 8000000");
  // More than gRPC's default limit, which the test's service has.
  ExpectRefused(Connect("clinic-1-doctor").Call(kRegister, {}, std::string(5'000'000, 'x')),
                grpc::StatusCode::RESOURCE_EXHAUSTED, "MESSAGE_TOO_LARGE", "GW-012");
}

// GW-020
TEST_F(GatewayTest, GW020ACompressedMessageIsNotUnfolded) {
  const Answer answer = Connect("clinic-1-doctor")
                            .Call(kRegister, {}, std::string(100'000, 'x'),
                                  absl::InfiniteDuration(), GRPC_COMPRESS_GZIP);
  EXPECT_EQ(answer.status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(GatewayTest, GW018AnErrorThatSaysNothingGetsAReason) {
  ExpectRefused(Connect("clinic-1-doctor").Call(kRegister, {}, kBareRequest),
                grpc::StatusCode::INTERNAL, "SERVICE_FAILED", "GW-018");
  ExpectRefused(Connect("clinic-1-doctor").Call(kRegister, {}, kUnreadRequest),
                grpc::StatusCode::INVALID_ARGUMENT, "REQUEST_UNREADABLE", "GW-018");
}

TEST_F(GatewayTest, GW018AServiceThatLacksTheMethodIsNotTheCallersFault) {
  ExpectRefused(Connect("clinic-1-doctor").Call(kRegister, {}, kLackingRequest),
                grpc::StatusCode::UNIMPLEMENTED, "METHOD_UNKNOWN", "GW-001");
}

TEST_F(GatewayTest, GW001UnknownMethodsAreUnimplemented) {
  Client doctor = Connect("clinic-1-doctor");
  for (const char* path : {"/tsunagu.prescription.v1.Prescriptions/Nothing", "/no.Such/Method"}) {
    ExpectRefused(doctor.Call(path), grpc::StatusCode::UNIMPLEMENTED, "METHOD_UNKNOWN", "GW-001");
  }
}

TEST_F(GatewayTest, GW013AServiceThatIsDownIsUnavailableForNow) {
  const Metadata user = {{access::kLocalUserKey, "desk"}};
  const Answer down =
      Connect("careplan-1-office").Call("/tsunagu.ltc.v1.LongTermCare/ListPackages", user);
  ExpectRefused(down, grpc::StatusCode::UNAVAILABLE, "SERVICE_UNAVAILABLE", "GW-013");
  const auto retry = down.details().GetPayload("type.googleapis.com/google.rpc.RetryInfo");
  EXPECT_TRUE(retry.has_value());
}

TEST_F(GatewayTest, AServiceThatIsDownIsAFaultThoughNobodyCalls) {
  const absl::Time limit = absl::Now() + absl::Seconds(20);
  while (!HasFault("tsunagu.ltc.v1.LongTermCare") && absl::Now() < limit) {
    absl::SleepFor(absl::Milliseconds(50));
  }
  EXPECT_TRUE(HasFault("tsunagu.ltc.v1.LongTermCare"));
  EXPECT_FALSE(HasFault("tsunagu.prescription.v1.Prescriptions"));
}

TEST_F(GatewayTest, GW013AServiceWithoutRouteIsUnavailable) {
  auto context = Context(kClinic);
  context.add_scopes(access::v1::SCOPE_ACCESS_HISTORY);
  ExpectRefused(Connect("clinic-1-doctor")
                    .Call("/tsunagu.audit.v1.Audit/GetAccessHistory", Presenting(context)),
                grpc::StatusCode::UNAVAILABLE, "SERVICE_UNAVAILABLE", "GW-013");
}

TEST_F(GatewayTest, TheDeadlineGoesOnToTheService) {
  Client doctor = Connect("clinic-1-doctor");
  ExpectOk(doctor.Call(kRegister, {}, "hello", absl::Seconds(3)));
  ExpectOk(doctor.Call(kRegister));
  ExpectOk(doctor.Call(kRegister, {}, "hello", absl::Hours(1)));
  const auto seen = backend_->TakeSeen();
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_LE(seen[0].time_left, absl::Seconds(3.1));  // gRPC rounds up on the wire
  EXPECT_GT(seen[0].time_left, absl::Seconds(1));
  EXPECT_LE(seen[1].time_left, absl::Seconds(10.5));  // default_deadline_ms
  EXPECT_LE(seen[2].time_left, absl::Seconds(61));    // max_deadline_ms
}

TEST_F(GatewayTest, GW014AnAnswerThatIsLateIsUnknown) {
  Start("default_deadline_ms: 200");
  ExpectRefused(Connect("clinic-1-doctor").Call(kRegister, {}, kSlowRequest),
                grpc::StatusCode::DEADLINE_EXCEEDED, "OUTCOME_UNKNOWN", "GW-014");
}

TEST_F(GatewayTest, TheServicesErrorComesBackWithItsDetails) {
  ExpectRefused(Connect("clinic-1-doctor").Call(kRegister, {}, kFailRequest),
                grpc::StatusCode::FAILED_PRECONDITION, "SERVICE_REFUSED", "AC-001");
}

TEST_F(GatewayTest, GW016ACallWithoutMessageIsRefused) {
  ExpectRefused(Connect("clinic-1-doctor").CallWithoutMessage(kRegister),
                grpc::StatusCode::INVALID_ARGUMENT, "MESSAGE_MISSING", "GW-016");
}

TEST_F(GatewayTest, BytesPassUnchanged) {
  std::string bytes(300'000, '\0');
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31);
  EXPECT_EQ(Connect("clinic-1-doctor").Call(kRegister, {}, bytes).bytes, bytes);
  EXPECT_EQ(Connect("clinic-1-doctor").Call(kRegister, {}, "").bytes, "");
}

TEST_F(GatewayTest, HealthIsAnsweredByTheGatewayItself) {
  EXPECT_EQ(Connect("clinic-1-doctor").Call(kHealth, {}, "").bytes, kServing);
}

TEST_F(GatewayTest, StoppingLetsCallsInFlightFinish) {
  Client doctor = Connect("clinic-1-doctor");
  ExpectOk(doctor.Call(kRegister));
  Answer answer;
  std::thread caller([&] { answer = doctor.Call(kRegister, {}, kSlowRequest); });
  absl::SleepFor(kSlow / 4);
  server_->Stop();
  caller.join();
  EXPECT_EQ(answer.bytes, kSlowRequest);
}

TEST_F(GatewayTest, ManyCallsAtOnceAllComeBack) {
  Start("calls_per_second: 100000 burst: 100000");
  std::vector<std::thread> callers;
  std::atomic<int> good = 0;
  for (int t = 0; t < 8; ++t) {
    callers.emplace_back([&] {
      Client doctor = Connect("clinic-1-doctor");
      for (int i = 0; i < 100; ++i) good += doctor.Call(kRegister).bytes == "hello" ? 1 : 0;
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(good, 800);
}

// The proxy takes one request of each call.
TEST(GatewayContractTest, NoClientStreams) {
  for (const access::Method& method : access::AllMethods()) {
    std::string name = method.path.substr(1);
    name[name.find('/')] = '.';
    const auto* descriptor =
        google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
    ASSERT_NE(descriptor, nullptr) << name;
    EXPECT_FALSE(descriptor->client_streaming()) << name;
    EXPECT_EQ(descriptor->server_streaming(), method.streams) << name;
  }
}

}  // namespace
}  // namespace tsunagu::gateway
