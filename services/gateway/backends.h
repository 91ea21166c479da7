// Connections to the services.
#ifndef SERVICES_GATEWAY_BACKENDS_H_
#define SERVICES_GATEWAY_BACKENDS_H_

#include <grpcpp/channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/gateway/metrics.h"
#include "services/platform/access/rule.h"
#include "tsunagu/config/v1/gateway.pb.h"

namespace tsunagu::gateway {

// Several connections to each service of the routes, used in turn. Find is thread safe.
class Backends {
 public:
  Backends(const config::v1::GatewayConfig& config,
           const std::shared_ptr<grpc::ChannelCredentials>& credentials);

  // A connection to the service of that method, or to another of its package; null when none has a
  // route. `method` is one of
  // access::AllMethods().
  grpc::GenericStub* Find(const access::Method& method);

  // Looks at the connections and makes those that are missing. What was lost or is back since the
  // last look is told in the log and in `metrics`. From one thread at a time.
  void Look(Metrics& metrics);

 private:
  struct Backend {
    std::vector<std::shared_ptr<grpc::Channel>> channels;
    std::vector<std::unique_ptr<grpc::GenericStub>> stubs;  // one for each channel
    std::atomic<size_t> turn{0};
    bool lost = false;  // as of the last look
  };

  absl::flat_hash_map<std::string, std::unique_ptr<Backend>> by_service_;
  absl::flat_hash_map<const access::Method*, Backend*> by_method_;
};

}  // namespace tsunagu::gateway

#endif  // SERVICES_GATEWAY_BACKENDS_H_
