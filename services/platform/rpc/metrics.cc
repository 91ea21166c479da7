#include "services/platform/rpc/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>

namespace tsunagu::rpc {

struct Metrics::Parts {
  std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();
  prometheus::Family<prometheus::Counter>& calls =
      prometheus::BuildCounter()
          .Name("tsunagu_calls_total")
          .Help("Finished calls by method, gRPC code and reason.")
          .Register(*registry);
  prometheus::Family<prometheus::Histogram>& seconds = prometheus::BuildHistogram()
                                                           .Name("tsunagu_call_seconds")
                                                           .Help("Duration of calls by method.")
                                                           .Register(*registry);
};

Metrics::Metrics() : parts_(std::make_unique<Parts>()) {}
Metrics::~Metrics() = default;

std::shared_ptr<prometheus::Registry> Metrics::registry() const { return parts_->registry; }

void Metrics::CountCall(absl::string_view method, absl::string_view code, absl::string_view reason,
                        absl::Duration took) {
  const std::string name(method);
  parts_->calls
      .Add({{"method", name}, {"code", std::string(code)}, {"reason", std::string(reason)}})
      .Increment();
  parts_->seconds
      .Add({{"method", name}},
           prometheus::Histogram::BucketBoundaries{0.0005, 0.001, 0.002, 0.004, 0.01, 0.02, 0.05,
                                                   0.1, 0.5, 1, 5})
      .Observe(absl::ToDoubleSeconds(took));
}

void Metrics::Set(const std::string& name, double value,
                  const std::map<std::string, std::string>& labels) {
  prometheus::BuildGauge().Name(name).Help("").Register(*parts_->registry).Add(labels).Set(value);
}

}  // namespace tsunagu::rpc
