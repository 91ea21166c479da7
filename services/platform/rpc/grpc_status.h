// absl::Status as gRPC carries it.
#ifndef SERVICES_PLATFORM_RPC_GRPC_STATUS_H_
#define SERVICES_PLATFORM_RPC_GRPC_STATUS_H_

#include <grpcpp/support/status.h>

#include <string>

#include "absl/status/status.h"
#include "services/platform/status/error.h"

namespace tsunagu {

// Code, message and google.rpc details.
inline grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), std::string(status.message()),
                      ToRpcStatus(status).SerializeAsString());
}

}  // namespace tsunagu

#endif  // SERVICES_PLATFORM_RPC_GRPC_STATUS_H_
