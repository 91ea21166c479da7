// The gateway's configuration file: read, completed with its defaults, checked.
#ifndef SERVICES_GATEWAY_CONFIG_H_
#define SERVICES_GATEWAY_CONFIG_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tsunagu/config/v1/gateway.pb.h"

namespace tsunagu::gateway {

inline constexpr int kMaxChannelsPerBackend = 16;
inline constexpr int kMaxMessageBytes = 64 * 1024 * 1024;

// A configuration in which every field with a default is set. INVALID_ARGUMENT names everything
// that is wrong at once, by field.
absl::StatusOr<config::v1::GatewayConfig> ParseConfig(absl::string_view text);

}  // namespace tsunagu::gateway

#endif  // SERVICES_GATEWAY_CONFIG_H_
