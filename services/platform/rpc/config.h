// Reading a process's configuration.
#ifndef SERVICES_PLATFORM_RPC_CONFIG_H_
#define SERVICES_PLATFORM_RPC_CONFIG_H_

#include <string>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "tsunagu/service/v1/service.pb.h"

namespace tsunagu::rpc {

// The whole file; errors name the path.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// Reads a text protocol buffer; an unknown field or a wrong type is an error with line and column.
absl::Status ReadTextProto(const std::string& path, google::protobuf::Message* message);

// Fills in the defaults of service.proto and names everything that is missing or out of range, all
// at once.
absl::StatusOr<tsunagu::service::v1::Service> CheckConfig(tsunagu::service::v1::Service config);

// ReadTextProto and CheckConfig. Paths in the file are relative to the working folder.
absl::StatusOr<tsunagu::service::v1::Service> LoadConfig(const std::string& path);

}  // namespace tsunagu::rpc

#endif  // SERVICES_PLATFORM_RPC_CONFIG_H_
