// The gateway as a whole: everything that its configuration names, put together and running.
#ifndef SERVICES_GATEWAY_SERVER_H_
#define SERVICES_GATEWAY_SERVER_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "prometheus/registry.h"
#include "services/gateway/proxy.h"
#include "tsunagu/config/v1/gateway.pb.h"

namespace tsunagu::gateway {

class GatewayServer {
 public:
  // Starts to serve. `config` comes from ParseConfig. `clock` judges certificates and tokens; tests
  // bring their own. Fails when a file cannot be read or the address cannot be taken.
  static absl::StatusOr<std::unique_ptr<GatewayServer>> Start(
      const config::v1::GatewayConfig& config, Clock clock = absl::Now);

  // As Stop(), without grace.
  ~GatewayServer();

  // The port it listens on, of use when the configuration says 0.
  int port() const;

  // Looks at the revocation lists and the enrolment file now; a timer does so every
  // crl_check_seconds. What cannot be read is logged once, and what was in force stays in force.
  // Health and the metrics then say whether the lists let anybody in.
  void ReloadFiles();

  // Takes no new calls, waits for those in flight for at most stop_grace_ms, then cancels them.
  // Returns when all are done. May be called once.
  void Stop();

  // The gateway's metrics. Lives as long as the server.
  std::shared_ptr<prometheus::Registry> metrics() const;

 private:
  class Parts;
  explicit GatewayServer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace tsunagu::gateway

#endif  // SERVICES_GATEWAY_SERVER_H_
