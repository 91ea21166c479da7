#include "services/gateway/config.h"

#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace tsunagu::gateway {
namespace {

constexpr char kLeast[] = R"(
  certificate: "c" private_key: "k" trust_anchor: "t" intermediates: "i" crls: "l" enrolment: "e"
  principal_key { key_id: "gateway" file: "p" }
  routes { service: "tsunagu.audit.v1.Audit" address: "127.0.0.1:1" }
  backend_ca: "a" backend_certificate: "b" backend_private_key: "d"
)";

std::string Faults(const std::string& text) {
  return std::string(ParseConfig(text).status().message());
}

TEST(ConfigTest, DefaultsAreThoseOfTheProto) {
  const auto config = ParseConfig(kLeast);
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->listen(), "127.0.0.1:8443");
  EXPECT_EQ(config->crl_check_seconds(), 5);
  EXPECT_EQ(config->channels_per_backend(), 2);
  EXPECT_EQ(config->calls_per_second(), 200);
  EXPECT_EQ(config->burst(), 400);
  EXPECT_EQ(config->max_message_bytes(), 4'194'304);
  EXPECT_EQ(config->max_concurrent_streams(), 1000);
  EXPECT_EQ(config->default_deadline_ms(), 10'000);
  EXPECT_EQ(config->max_deadline_ms(), 60'000);
  EXPECT_EQ(config->stop_grace_ms(), 5'000);
}

TEST(ConfigTest, WhatIsSetStays) {
  const auto config = ParseConfig(absl::StrCat(kLeast, "listen: \"[::1]:1\" burst: 7"));
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->listen(), "[::1]:1");
  EXPECT_EQ(config->burst(), 7);
}

TEST(ConfigTest, EverythingThatIsMissingIsNamedAtOnce) {
  const std::string faults = Faults("");
  for (const char* field : {"certificate", "private_key", "trust_anchor", "intermediates", "crls",
                            "enrolment", "principal_key.key_id", "principal_key.file", "routes",
                            "backend_ca", "backend_certificate", "backend_private_key"}) {
    EXPECT_TRUE(absl::StrContains(faults, absl::StrCat(field, ": not set"))) << field;
  }
}

TEST(ConfigTest, RoutesNameKnownServicesOnce) {
  EXPECT_EQ(Faults(absl::StrCat(kLeast, "routes { service: \"tsunagu.audit.v1.Audit\" }")),
            "routes[1].service: comes twice; routes[1].address: not set");
  EXPECT_EQ(Faults(absl::StrCat(kLeast, "routes { service: \"x.Y\" address: \"a\" }")),
            "routes[1].service: no such service");
}

TEST(ConfigTest, ContextKeysSayWhatTheyMayIssue) {
  EXPECT_EQ(Faults(absl::StrCat(kLeast, "care_context_keys { key_id: \"k\" file: \"f\" }")),
            "care_context_keys[0].sources: not set");
}

struct LimitCase {
  const char* text;
  const char* fault;
};

TEST(ConfigTest, LimitsAreLimited) {
  for (const LimitCase& limit : std::initializer_list<LimitCase>{
           {"crl_check_seconds: -1", "crl_check_seconds: not in 1..3600"},
           {"channels_per_backend: 17", "channels_per_backend: not in 1..16"},
           {"calls_per_second: -1", "calls_per_second: not above 0 and up to 1000000"},
           {"burst: 1000001", "burst: not in 1..1000000"},
           {"max_message_bytes: 67108865", "max_message_bytes: not in 1..67108864"},
           {"max_concurrent_streams: -1", "max_concurrent_streams: not in 1..100000"},
           {"default_deadline_ms: -1", "default_deadline_ms: not in 1..600000"},
           {"max_deadline_ms: 600001", "max_deadline_ms: not in 1..600000"},
           {"max_deadline_ms: 9999", "max_deadline_ms: less than default_deadline_ms"},
           {"stop_grace_ms: 600001", "stop_grace_ms: not in 1..600000"}}) {
    EXPECT_EQ(Faults(absl::StrCat(kLeast, limit.text)), limit.fault);
  }
}

TEST(ConfigTest, SyntaxErrorsHaveAPosition) { EXPECT_EQ(Faults("liste: 1").substr(0, 2), "1:"); }

}  // namespace
}  // namespace tsunagu::gateway
