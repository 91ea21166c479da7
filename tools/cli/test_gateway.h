// For tests: a gateway that answers from a table, over real gRPC and mutual TLS.
#ifndef TOOLS_CLI_TEST_GATEWAY_H_
#define TOOLS_CLI_TEST_GATEWAY_H_

#include <google/protobuf/message.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "services/platform/status/error.h"

namespace tsunagu::cli {

// Answers every call with the text proto that is set, or refuses it. Thread safe.
class TestGateway : public grpc::CallbackGenericService {
 public:
  // `pki`: folder of the certificates. Listens on loopback.
  explicit TestGateway(const std::string& pki);

  std::string address() const { return absl::StrCat("127.0.0.1:", port_); }

  // The error of refused calls; until then FAILED_PRECONDITION TAKEN RX-006.
  void RefuseWith(const absl::Status& refusal) {
    absl::MutexLock lock(&mutex_);
    refusal_ = refusal;
  }

  // An empty answer refuses. `refused_call`: only that one is refused, counted from 1.
  void Answer(const std::string& text, int refused_call = 0) {
    absl::MutexLock lock(&mutex_);
    text_ = text;
    refused_call_ = refused_call;
    calls_.clear();
  }

  // "Method request metadata" of every call.
  std::vector<std::string> calls() const {
    absl::MutexLock lock(&mutex_);
    return calls_;
  }

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;

 private:
  class Reactor;

  grpc::Status Take(const std::string& call, google::protobuf::Message* answer);

  mutable absl::Mutex mutex_;
  std::string text_ ABSL_GUARDED_BY(mutex_);
  int refused_call_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status refusal_ ABSL_GUARDED_BY(mutex_) =
      ErrorBuilder(absl::StatusCode::kFailedPrecondition, "TAKEN", "another has it").Rule("RX-006");
  std::vector<std::string> calls_ ABSL_GUARDED_BY(mutex_);
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_TEST_GATEWAY_H_
