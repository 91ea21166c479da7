// absl::Status as gRPC carries it, and back.
#ifndef SERVICES_PLATFORM_RPC_GRPC_STATUS_H_
#define SERVICES_PLATFORM_RPC_GRPC_STATUS_H_

#include <grpcpp/support/status.h>

#include <string>

#include "absl/status/status.h"
#include "google/rpc/details.pb.h"
#include "services/platform/status/error.h"

namespace tsunagu {

// Code, message and google.rpc details.
inline grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), std::string(status.message()),
                      ToRpcStatus(status).SerializeAsString());
}

// The status with the details that its sender gave it; without any when there are none, or when
// they belong to another code.
inline absl::Status FromGrpcStatus(const grpc::Status& status) {
  google::rpc::Status details;
  if (!status.error_details().empty() && details.ParseFromString(status.error_details()) &&
      details.code() == static_cast<int>(status.error_code())) {
    return FromRpcStatus(details);
  }
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

}  // namespace tsunagu

#endif  // SERVICES_PLATFORM_RPC_GRPC_STATUS_H_
