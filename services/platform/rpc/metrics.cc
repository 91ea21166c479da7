#include "services/platform/rpc/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>

#include <exception>

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
  std::unique_ptr<prometheus::Exposer> exposer;
};

Metrics::Metrics() : parts_(std::make_unique<Parts>()) {}
Metrics::~Metrics() = default;

bool Metrics::Serve(const std::string& address) {
  try {
    parts_->exposer = std::make_unique<prometheus::Exposer>(address, 1);
  } catch (const std::exception&) {  // civetweb's way to say that the address is taken
    return false;
  }
  parts_->exposer->RegisterCollectable(parts_->registry);
  return true;
}

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

void Metrics::Set(const std::string& name, double value) {
  prometheus::BuildGauge().Name(name).Help("").Register(*parts_->registry).Add({}).Set(value);
}

}  // namespace tsunagu::rpc
