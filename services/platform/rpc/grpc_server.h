// What a process of ours sets before its first gRPC server.
#ifndef SERVICES_PLATFORM_RPC_GRPC_SERVER_H_
#define SERVICES_PLATFORM_RPC_GRPC_SERVER_H_

namespace tsunagu::rpc {

// Health checks, locks that are not searched for deadlocks, and the log: what gRPC and Protobuf say
// goes there as "grpc.said" and "protobuf.said".
void PrepareGrpcServer();

}  // namespace tsunagu::rpc

#endif  // SERVICES_PLATFORM_RPC_GRPC_SERVER_H_
