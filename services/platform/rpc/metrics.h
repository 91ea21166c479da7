// What a process counts, for Prometheus. Labels are methods, codes, reasons, topics and partitions:
// never anything of a person.
#ifndef SERVICES_PLATFORM_RPC_METRICS_H_
#define SERVICES_PLATFORM_RPC_METRICS_H_

#include <map>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "prometheus/registry.h"

namespace tsunagu::rpc {

// Thread safe.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  std::shared_ptr<prometheus::Registry> registry() const;

  // One finished call. `reason` is empty on success.
  void CountCall(absl::string_view method, absl::string_view code, absl::string_view reason,
                 absl::Duration took);

  // Sets a figure of the process, e.g. "tsunagu_ready".
  void Set(const std::string& name, double value,
           const std::map<std::string, std::string>& labels = {});

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tsunagu::rpc

#endif  // SERVICES_PLATFORM_RPC_METRICS_H_
