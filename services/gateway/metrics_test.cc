#include "services/gateway/metrics.h"

#include <gtest/gtest.h>

namespace tsunagu::gateway {
namespace {

// The value of a counter or gauge, or the count of a histogram; -1 when there is none.
double ValueOf(prometheus::Registry& registry, const std::string& name, const std::string& label) {
  for (const auto& family : registry.Collect()) {
    if (family.name != name) continue;
    for (const auto& metric : family.metric) {
      if (!label.empty() && metric.label[0].value != label) continue;
      if (family.type == prometheus::MetricType::Gauge) return metric.gauge.value;
      if (family.type == prometheus::MetricType::Counter) return metric.counter.value;
      return static_cast<double>(metric.histogram.sample_count);
    }
  }
  return -1;
}

TEST(MetricsTest, RefusalsCountByReason) {
  prometheus::Registry registry;
  Metrics metrics(registry);
  metrics.Refused("RATE_LIMITED");
  metrics.Refused("RATE_LIMITED");
  metrics.Refused("NO_LICENCE");
  EXPECT_EQ(ValueOf(registry, "tsunagu_gateway_refused_total", "RATE_LIMITED"), 2);
  EXPECT_EQ(ValueOf(registry, "tsunagu_gateway_refused_total", "NO_LICENCE"), 1);
}

TEST(MetricsTest, AnswersCountByCodeAndTime) {
  prometheus::Registry registry;
  Metrics metrics(registry);
  metrics.Forwarded(0, absl::Milliseconds(3));
  metrics.Forwarded(14, absl::Milliseconds(3));
  metrics.Forwarded(99, absl::Milliseconds(3));  // no gRPC code
  EXPECT_EQ(ValueOf(registry, "tsunagu_gateway_forwarded_total", "OK"), 1);
  EXPECT_EQ(ValueOf(registry, "tsunagu_gateway_forwarded_total", "UNAVAILABLE"), 1);
  EXPECT_EQ(ValueOf(registry, "tsunagu_gateway_call_seconds", ""), 2);
}

TEST(MetricsTest, ReadinessIsOneOrZero) {
  prometheus::Registry registry;
  Metrics metrics(registry);
  EXPECT_EQ(ValueOf(registry, "tsunagu_ready", ""), 0);
  metrics.Ready(true);
  EXPECT_EQ(ValueOf(registry, "tsunagu_ready", ""), 1);
}

TEST(MetricsTest, AFaultIsShownUntilItIsOver) {
  prometheus::Registry registry;
  Metrics metrics(registry);
  metrics.Fault("crls", true);
  metrics.Fault("enrolment", true);
  metrics.Fault("crls", false);
  EXPECT_EQ(ValueOf(registry, "tsunagu_fault", "crls"), 0);
  EXPECT_EQ(ValueOf(registry, "tsunagu_fault", "enrolment"), 1);
}

TEST(MetricsTest, TheListsExpiryIsShown) {
  prometheus::Registry registry;
  Metrics metrics(registry);
  metrics.CrlsExpireAt(absl::FromUnixSeconds(1'790'000'000));
  EXPECT_EQ(ValueOf(registry, "tsunagu_gateway_crls_expire_seconds", ""), 1'790'000'000);
}

}  // namespace
}  // namespace tsunagu::gateway
