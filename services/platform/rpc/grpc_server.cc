#include "services/platform/rpc/grpc_server.h"

#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>
#include <grpcpp/health_check_service_interface.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "services/platform/rpc/log.h"

namespace tsunagu::rpc {
namespace {

void LogGrpc(gpr_log_func_args* args) {
  Log(args->severity == GPR_LOG_SEVERITY_ERROR ? Level::kError : Level::kInfo, "grpc.said",
      {{"at", absl::StrCat(args->file, ":", args->line)}, {"text", args->message}});
}

void LogProtobuf(google::protobuf::LogLevel level, const char* file, int line,
                 const std::string& text) {
  Log(level >= google::protobuf::LOGLEVEL_ERROR ? Level::kError : Level::kWarning, "protobuf.said",
      {{"at", absl::StrCat(file, ":", line)}, {"text", text}});
}

}  // namespace

void PrepareGrpcServer() {
  // Debian's Abseil is built with its search for deadlocks, which gRPC's own locks then pay for.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  gpr_set_log_function(&LogGrpc);
  google::protobuf::SetLogHandler(&LogProtobuf);
  grpc::EnableDefaultHealthCheckService(true);
}

}  // namespace tsunagu::rpc
