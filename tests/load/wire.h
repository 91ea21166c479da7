// Mutual TLS and calls of any method by bytes, as facilities' software makes them.
#ifndef TESTS_LOAD_WIRE_H_
#define TESTS_LOAD_WIRE_H_

#include <google/protobuf/message_lite.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tsunagu::load {

// The text of a file; ends the program when it cannot be read.
std::string ReadFile(const std::string& path);

// A folder with cert.pem, key.pem and, for identities, chain.pem (tools/pki); `ca` is the PEM file
// to believe.
std::shared_ptr<grpc::ChannelCredentials> ClientTls(const std::string& folder,
                                                    const std::string& ca);
std::shared_ptr<grpc::ServerCredentials> ServerTls(const std::string& folder,
                                                   const std::string& ca);

// Stubs over that many connections to one address. Thread safe.
class Connections {
 public:
  Connections(const std::string& address, std::shared_ptr<grpc::ChannelCredentials> credentials,
              int count);
  grpc::GenericStub& Next() { return *stubs_[turn_++ % stubs_.size()]; }
  // Whether all are connected before the time is over.
  bool WaitUntilConnected(absl::Duration limit);

 private:
  std::vector<std::shared_ptr<grpc::Channel>> channels_;
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
  std::atomic<size_t> turn_ = 0;
};

using Metadata = std::vector<std::pair<std::string, std::string>>;
using OnAnswer = std::function<void(const grpc::Status& status, const std::string& answer)>;

// Somebody who calls. Thread safe; must outlive its calls.
class Caller {
 public:
  Caller(const std::string& address, std::shared_ptr<grpc::ChannelCredentials> credentials,
         int connections, Metadata metadata = {});

  // `path` as "/tsunagu.eligibility.v1.Eligibility/Check". The first error of a caller is printed.
  // `more`: metadata of this call alone.
  void Call(const std::string& path, const std::string& request, OnAnswer on_answer,
            const Metadata& more = {});
  void Call(const std::string& path, const google::protobuf::MessageLite& request,
            OnAnswer on_answer, const Metadata& more = {}) {
    Call(path, request.SerializeAsString(), std::move(on_answer), more);
  }

  // The same, and waits. Ends the program on an error: used to prepare a measurement.
  std::string CallAndWait(const std::string& path, const google::protobuf::MessageLite& request);

 private:
  Connections connections_;
  const Metadata metadata_;
  std::atomic<bool> complained_ = false;
};

}  // namespace tsunagu::load

#endif  // TESTS_LOAD_WIRE_H_
