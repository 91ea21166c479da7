// What the gateway counts. No label holds anything of a caller or a person.
#ifndef SERVICES_GATEWAY_METRICS_H_
#define SERVICES_GATEWAY_METRICS_H_

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <array>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tsunagu::gateway {

// Thread safe.
class Metrics {
 public:
  // `registry` must outlive it.
  explicit Metrics(prometheus::Registry& registry);

  // A call was refused here, for this reason of an error.
  void Refused(absl::string_view reason);

  // A service answered with this gRPC status code (0 to 16), after `elapsed` since the call came.
  void Forwarded(int code, absl::Duration elapsed);

  // Whether the gateway can admit anybody.
  void Ready(bool ready);

  // Issuing CAs whose certificates are all refused for want of a good list. Alarm when not 0.
  void ClosedAuthorities(int count);

  // Whether something is wrong while the gateway goes on: "crls" or "enrolment" (what lies there
  // cannot be taken, what was read before stays in force), "authorities" (some are closed), or the
  // name of a service that cannot be reached. Alarm on any.
  void Fault(const std::string& what, bool present);

  // When the first revocation list expires. Alarm when it is less than 48 hours away.
  void CrlsExpireAt(absl::Time time);

 private:
  static constexpr int kCodes = 17;

  prometheus::Family<prometheus::Counter>& refused_;
  prometheus::Family<prometheus::Gauge>& faults_;
  std::array<prometheus::Counter*, kCodes> forwarded_;
  prometheus::Histogram& seconds_;
  prometheus::Gauge& crls_expire_;
  prometheus::Gauge& ready_;
  prometheus::Gauge& closed_authorities_;
};

}  // namespace tsunagu::gateway

#endif  // SERVICES_GATEWAY_METRICS_H_
