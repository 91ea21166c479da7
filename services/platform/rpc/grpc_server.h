// What a process of ours sets before its first gRPC server.
#ifndef SERVICES_PLATFORM_RPC_GRPC_SERVER_H_
#define SERVICES_PLATFORM_RPC_GRPC_SERVER_H_

#include <grpcpp/health_check_service_interface.h>

#include "absl/synchronization/mutex.h"

namespace tsunagu::rpc {

inline void PrepareGrpcServer() {
  // Debian's Abseil is built with its search for deadlocks, which gRPC's own locks then pay for.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  grpc::EnableDefaultHealthCheckService(true);
}

}  // namespace tsunagu::rpc

#endif  // SERVICES_PLATFORM_RPC_GRPC_SERVER_H_
