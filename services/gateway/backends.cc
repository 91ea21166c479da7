#include "services/gateway/backends.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/support/channel_arguments.h>

#include <map>
#include <utility>

#include "absl/strings/string_view.h"
#include "services/platform/rpc/log.h"

namespace tsunagu::gateway {
namespace {

// A service that was killed is back in seconds: look again soon, never later than this.
constexpr int kMinReconnectMs = 100;
// gRPC's "minimum reconnect backoff" is also how long one attempt to connect may take: a TLS
// handshake on a busy host takes longer than a service needs to come back.
constexpr int kConnectLimitMs = 2000;
constexpr int kMaxReconnectMs = 1000;
// Notices a peer that vanished without a word.
constexpr int kKeepaliveMs = 10'000;
constexpr int kKeepaliveTimeoutMs = 3'000;

grpc::ChannelArguments ArgumentsOf(const config::v1::Route& route) {
  grpc::ChannelArguments arguments;
  // Else channels to one address would share one connection.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kMinReconnectMs);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnectLimitMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kMaxReconnectMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  // A command is repeated by its client with its command_id, never by the transport.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetMaxReceiveMessageSize(-1);  // the services are ours
  if (!route.tls_name().empty()) arguments.SetSslTargetNameOverride(route.tls_name());
  return arguments;
}

absl::string_view PackageOf(absl::string_view service) {
  return service.substr(0, service.rfind('.'));
}

// No connection stands, and one at least was tried in vain; while they are only being made, as
// before.
bool IsLost(const std::vector<std::shared_ptr<grpc::Channel>>& channels, bool before) {
  bool failed = false, stands = false;
  for (const auto& channel : channels) {
    const grpc_connectivity_state state = channel->GetState(/*try_to_connect=*/true);
    failed |= state == GRPC_CHANNEL_TRANSIENT_FAILURE;
    stands |= state == GRPC_CHANNEL_READY;
  }
  return !stands && (failed || before);
}

}  // namespace

Backends::Backends(const config::v1::GatewayConfig& config,
                   const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  for (const config::v1::Route& route : config.routes()) {
    auto backend = std::make_unique<Backend>();
    for (int i = 0; i < config.channels_per_backend(); ++i) {
      backend->channels.push_back(
          grpc::CreateCustomChannel(route.address(), credentials, ArgumentsOf(route)));
      backend->stubs.push_back(std::make_unique<grpc::GenericStub>(backend->channels.back()));
    }
    by_service_[route.service()] = std::move(backend);
  }
  // A process serves what its package declares: a service without a route goes with another.
  std::map<absl::string_view, Backend*> by_package;
  for (const auto& [service, backend] : by_service_) by_package[PackageOf(service)] = backend.get();
  for (const access::Method& method : access::AllMethods()) {
    const auto named = by_service_.find(method.service);
    const auto beside = by_package.find(PackageOf(method.service));
    if (named != by_service_.end()) {
      by_method_[&method] = named->second.get();
    } else if (beside != by_package.end()) {
      by_method_[&method] = beside->second;
    }
  }
}

grpc::GenericStub* Backends::Find(const access::Method& method) {
  const auto found = by_method_.find(&method);
  if (found == by_method_.end()) return nullptr;
  Backend& backend = *found->second;
  const size_t turn = backend.turn.fetch_add(1, std::memory_order_relaxed);
  return backend.stubs[turn % backend.stubs.size()].get();
}

void Backends::Look(Metrics& metrics) {
  for (const auto& [service, backend] : by_service_) {
    const bool lost = IsLost(backend->channels, backend->lost);
    metrics.Fault(service, lost);
    if (lost == std::exchange(backend->lost, lost)) continue;
    rpc::Log(lost ? rpc::Level::kError : rpc::Level::kInfo, lost ? "backend.lost" : "backend.back",
             {{"service", service}});
  }
}

}  // namespace tsunagu::gateway
