#include "services/gateway/metrics.h"

#include "absl/status/status.h"

namespace tsunagu::gateway {
namespace {

// Seconds.
const prometheus::Histogram::BucketBoundaries kBuckets = {
    0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1, 2, 4, 8};

}  // namespace

Metrics::Metrics(prometheus::Registry& registry)
    : refused_(prometheus::BuildCounter()
                   .Name("tsunagu_gateway_refused_total")
                   .Help("Calls that the gateway refused, by reason")
                   .Register(registry)),
      faults_(prometheus::BuildGauge()
                  .Name("tsunagu_fault")
                  .Help("1 while this is wrong; tsunagu_ready says whether calls are taken")
                  .Register(registry)),
      seconds_(prometheus::BuildHistogram()
                   .Name("tsunagu_gateway_call_seconds")
                   .Help("From a call's arrival to its answer, of forwarded calls")
                   .Register(registry)
                   .Add({}, kBuckets)),
      crls_expire_(prometheus::BuildGauge()
                       .Name("tsunagu_gateway_crls_expire_seconds")
                       .Help("Unix time at which the first revocation list expires")
                       .Register(registry)
                       .Add({})),
      ready_(prometheus::BuildGauge()
                 .Name("tsunagu_ready")
                 .Help("1 while the certificates of at least one issuing CA can be checked")
                 .Register(registry)
                 .Add({})),
      closed_authorities_(
          prometheus::BuildGauge()
              .Name("tsunagu_gateway_closed_authorities")
              .Help("Issuing CAs whose certificates are all refused for want of a good list")
              .Register(registry)
              .Add({})) {
  auto& forwarded = prometheus::BuildCounter()
                        .Name("tsunagu_gateway_forwarded_total")
                        .Help("Calls that were forwarded, by the gRPC code of the answer")
                        .Register(registry);
  for (int code = 0; code < kCodes; ++code) {
    // Named as the services name it in tsunagu_calls_total.
    const std::string name = absl::StatusCodeToString(static_cast<absl::StatusCode>(code));
    forwarded_[static_cast<size_t>(code)] = &forwarded.Add({{"code", name}});
  }
}

void Metrics::Refused(absl::string_view reason) {
  refused_.Add({{"reason", std::string(reason)}}).Increment();
}

void Metrics::Forwarded(int code, absl::Duration elapsed) {
  if (code < 0 || code >= kCodes) return;
  forwarded_[static_cast<size_t>(code)]->Increment();
  seconds_.Observe(absl::ToDoubleSeconds(elapsed));
}

void Metrics::Ready(bool ready) { ready_.Set(ready ? 1 : 0); }

void Metrics::ClosedAuthorities(int count) { closed_authorities_.Set(count); }

void Metrics::Fault(const std::string& what, bool present) {
  faults_.Add({{"what", what}}).Set(present ? 1 : 0);
}

void Metrics::CrlsExpireAt(absl::Time time) {
  crls_expire_.Set(static_cast<double>(absl::ToUnixSeconds(time)));
}

}  // namespace tsunagu::gateway
