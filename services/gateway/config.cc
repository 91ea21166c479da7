#include "services/gateway/config.h"

#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/descriptor.h"
#include "services/platform/access/rule.h"
#include "services/platform/rpc/text_proto.h"
#include "services/platform/status/macros.h"

namespace tsunagu::gateway {
namespace {

using config::v1::GatewayConfig;

constexpr char kDefaultListen[] = "127.0.0.1:8443";
constexpr int kMaxCalls = 1'000'000;
constexpr int kMaxMilliseconds = 600'000;

void SetDefaults(GatewayConfig& config) {
  if (config.listen().empty()) config.set_listen(kDefaultListen);
  if (config.crl_check_seconds() == 0) config.set_crl_check_seconds(5);
  if (config.channels_per_backend() == 0) config.set_channels_per_backend(2);
  if (config.calls_per_second() == 0) config.set_calls_per_second(200);
  if (config.burst() == 0) config.set_burst(400);
  if (config.max_message_bytes() == 0) config.set_max_message_bytes(4 * 1024 * 1024);
  if (config.max_concurrent_streams() == 0) config.set_max_concurrent_streams(1000);
  if (config.default_deadline_ms() == 0) config.set_default_deadline_ms(10'000);
  if (config.max_deadline_ms() == 0) config.set_max_deadline_ms(60'000);
  if (config.stop_grace_ms() == 0) config.set_stop_grace_ms(5'000);
}

class Checker {
 public:
  explicit Checker(const GatewayConfig& config) : config_(config) {}

  absl::Status Check() {
    for (const char* field :
         {"certificate", "private_key", "trust_anchor", "intermediates", "crls", "enrolment",
          "backend_ca", "backend_certificate", "backend_private_key"}) {
      CheckSet(field);
    }
    CheckKeys();
    CheckRoutes();
    CheckLimits();
    if (faults_.empty()) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrJoin(faults_, "; "));
  }

 private:
  void Require(bool holds, absl::string_view field, absl::string_view what) {
    if (!holds) faults_.push_back(absl::StrCat(field, ": ", what));
  }

  void RequireWithin(int number, int most, absl::string_view field) {
    Require(number >= 1 && number <= most, field, absl::StrCat("not in 1..", most));
  }

  void CheckSet(const char* field) {
    const auto* descriptor = GatewayConfig::descriptor()->FindFieldByName(field);
    Require(!config_.GetReflection()->GetString(config_, descriptor).empty(), field, "not set");
  }

  void CheckKeys() {
    Require(!config_.principal_key().key_id().empty(), "principal_key.key_id", "not set");
    Require(!config_.principal_key().file().empty(), "principal_key.file", "not set");
    for (int i = 0; i < config_.care_context_keys_size(); ++i) {
      const auto& key = config_.care_context_keys(i);
      const std::string place = absl::StrCat("care_context_keys[", i, "]");
      Require(!key.key_id().empty(), place + ".key_id", "not set");
      Require(!key.file().empty(), place + ".file", "not set");
      Require(!key.sources().empty(), place + ".sources", "not set");
    }
  }

  void CheckRoutes() {
    absl::flat_hash_set<std::string> known;
    for (const access::Method& method : access::AllMethods()) known.insert(method.service);
    absl::flat_hash_set<std::string> routed;
    for (int i = 0; i < config_.routes_size(); ++i) {
      const auto& route = config_.routes(i);
      const std::string place = absl::StrCat("routes[", i, "]");
      Require(known.contains(route.service()), place + ".service", "no such service");
      Require(routed.insert(route.service()).second, place + ".service", "comes twice");
      Require(!route.address().empty(), place + ".address", "not set");
    }
    Require(!routed.empty(), "routes", "not set");
  }

  void CheckLimits() {
    RequireWithin(config_.crl_check_seconds(), 3600, "crl_check_seconds");
    RequireWithin(config_.channels_per_backend(), kMaxChannelsPerBackend, "channels_per_backend");
    Require(config_.calls_per_second() > 0 && config_.calls_per_second() <= kMaxCalls,
            "calls_per_second", absl::StrCat("not above 0 and up to ", kMaxCalls));
    RequireWithin(config_.burst(), kMaxCalls, "burst");
    RequireWithin(config_.max_message_bytes(), kMaxMessageBytes, "max_message_bytes");
    RequireWithin(config_.max_concurrent_streams(), 100'000, "max_concurrent_streams");
    RequireWithin(config_.default_deadline_ms(), kMaxMilliseconds, "default_deadline_ms");
    RequireWithin(config_.max_deadline_ms(), kMaxMilliseconds, "max_deadline_ms");
    Require(config_.max_deadline_ms() >= config_.default_deadline_ms(), "max_deadline_ms",
            "less than default_deadline_ms");
    RequireWithin(config_.stop_grace_ms(), kMaxMilliseconds, "stop_grace_ms");
  }

  const GatewayConfig& config_;
  std::vector<std::string> faults_;
};

}  // namespace

absl::StatusOr<GatewayConfig> ParseConfig(absl::string_view text) {
  GatewayConfig config;
  RETURN_IF_ERROR(ParseTextProto(text, &config));
  SetDefaults(config);
  RETURN_IF_ERROR(Checker(config).Check());
  return config;
}

}  // namespace tsunagu::gateway
