// Reading a process's configuration.
#ifndef SERVICES_PLATFORM_RPC_CONFIG_H_
#define SERVICES_PLATFORM_RPC_CONFIG_H_

#include <string>

#include "absl/status/statusor.h"
#include "tsunagu/service/v1/service.pb.h"

namespace tsunagu::rpc {

// Fills in the defaults of service.proto and names everything that is missing or out of range, all
// at once.
absl::StatusOr<tsunagu::service::v1::Service> CheckConfig(tsunagu::service::v1::Service config);

// ReadTextProto and CheckConfig. Paths in the file are relative to the working folder.
absl::StatusOr<tsunagu::service::v1::Service> LoadConfig(const std::string& path);

}  // namespace tsunagu::rpc

#endif  // SERVICES_PLATFORM_RPC_CONFIG_H_
