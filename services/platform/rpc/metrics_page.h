// The page that Prometheus reads.
#ifndef SERVICES_PLATFORM_RPC_METRICS_PAGE_H_
#define SERVICES_PLATFORM_RPC_METRICS_PAGE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "prometheus/registry.h"

namespace prometheus {
class Exposer;
}

namespace tsunagu::rpc {

// Serves a registry at http://<address>/metrics until destruction, from a thread of its own.
class MetricsPage {
 public:
  // `address` is "host:port"; empty: no page is served. UNAVAILABLE when it cannot be used.
  static absl::StatusOr<std::unique_ptr<MetricsPage>> Serve(
      const std::string& address, std::shared_ptr<prometheus::Registry> registry);
  ~MetricsPage();

 private:
  MetricsPage(std::unique_ptr<prometheus::Exposer> exposer,
              std::shared_ptr<prometheus::Registry> registry);
  std::unique_ptr<prometheus::Exposer> exposer_;  // null: no page
  const std::shared_ptr<prometheus::Registry> registry_;
};

}  // namespace tsunagu::rpc

#endif  // SERVICES_PLATFORM_RPC_METRICS_PAGE_H_
