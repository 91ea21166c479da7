#include "services/gateway/backends.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>
#include <prometheus/registry.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/gateway/metrics.h"
#include "tsunagu/config/v1/gateway.pb.h"

namespace tsunagu::gateway {
namespace {

using testing::HasSubstr;

constexpr char kService[] = "tsunagu.audit.v1.Audit";
constexpr absl::Duration kLimit = absl::Seconds(20);

// A server whose service says nothing: connections are all that is looked at.
class Server {
 public:
  // On a port that is free, if it is 0.
  explicit Server(int port) {
    grpc::ServerBuilder builder;
    builder.RegisterCallbackGenericService(&service_);
    builder.AddListeningPort(absl::StrCat("127.0.0.1:", port), grpc::InsecureServerCredentials(),
                             &port_);
    server_ = builder.BuildAndStart();
  }

  int port() const { return port_; }

 private:
  grpc::CallbackGenericService service_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;  // ends before its service
};

class BackendsTest : public testing::Test {
 protected:
  double Fault() {
    for (const auto& family : registry_.Collect()) {
      if (family.name == "tsunagu_fault" && !family.metric.empty()) {
        return family.metric[0].gauge.value;
      }
    }
    return -1;
  }

  // What the log says until the fault is `expected`.
  std::string LookUntil(Backends& backends, double expected) {
    testing::internal::CaptureStderr();
    const absl::Time limit = absl::Now() + kLimit;
    do {
      backends.Look(metrics_);
      absl::SleepFor(absl::Milliseconds(10));
    } while (Fault() != expected && absl::Now() < limit);
    for (int i = 0; i < 5; ++i) backends.Look(metrics_);
    EXPECT_EQ(Fault(), expected);
    return testing::internal::GetCapturedStderr();
  }

  prometheus::Registry registry_;
  Metrics metrics_{registry_};
};

TEST_F(BackendsTest, AServiceThatIsLostOrBackIsToldOnce) {
  auto server = std::make_unique<Server>(0);
  const int port = server->port();
  ASSERT_NE(port, 0);
  config::v1::GatewayConfig config;
  config.set_channels_per_backend(2);
  auto& route = *config.add_routes();
  route.set_service(kService);
  route.set_address(absl::StrCat("127.0.0.1:", port));
  Backends backends(config, grpc::InsecureChannelCredentials());
  EXPECT_EQ(LookUntil(backends, 0), "") << "nothing was ever wrong";

  server.reset();
  const std::string lost = LookUntil(backends, 1);
  EXPECT_THAT(lost, HasSubstr("backend.lost"));
  EXPECT_THAT(lost, HasSubstr(kService));
  EXPECT_EQ(lost.find("backend.lost"), lost.rfind("backend.lost")) << lost;

  server = std::make_unique<Server>(port);
  ASSERT_EQ(server->port(), port);
  const std::string back = LookUntil(backends, 0);
  EXPECT_THAT(back, HasSubstr("backend.back"));
  EXPECT_EQ(back.find("backend.back"), back.rfind("backend.back")) << back;
}

}  // namespace
}  // namespace tsunagu::gateway
