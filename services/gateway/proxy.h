// The one handler of all methods of all services: admits a call, then passes its bytes on.
#ifndef SERVICES_GATEWAY_PROXY_H_
#define SERVICES_GATEWAY_PROXY_H_

#include <grpcpp/generic/async_generic_service.h>

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/gateway/admission.h"
#include "services/gateway/backends.h"
#include "services/gateway/metrics.h"

namespace tsunagu::gateway {

using Clock = std::function<absl::Time()>;

// What a call needs while it passes. Everything outlives the server.
struct ProxyParts {
  Admission* admission;
  Backends* backends;
  Metrics* metrics;
  Clock clock;  // judges certificates and tokens; deadlines run on the system's own clock
  size_t max_message_bytes;
  absl::Duration default_deadline;
  absl::Duration max_deadline;
};

// Passes unary calls and server streams. Request and answer are not parsed; of the client's
// metadata only the care context goes on, beside the principal that the gateway signs; of the
// service's answer the bytes, the status and its details go back. Each message of a stream passes
// only if the caller might make the call now. Never blocks; thread safe.
class Proxy : public grpc::CallbackGenericService {
 public:
  explicit Proxy(ProxyParts parts) : parts_(std::move(parts)) {}

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;

 private:
  const ProxyParts parts_;
};

}  // namespace tsunagu::gateway

#endif  // SERVICES_GATEWAY_PROXY_H_
