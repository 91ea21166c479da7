#include "tools/cli/test_gateway.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "services/platform/rpc/grpc_status.h"
#include "tests/support/bytes.h"
#include "tools/cli/files.h"

namespace tsunagu::cli {
namespace {

using google::protobuf::Message;
using google::protobuf::TextFormat;

// The default value of a message of that name.
std::unique_ptr<Message> New(const std::string& name) {
  const auto* type =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(name);
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

const google::protobuf::MethodDescriptor& MethodOf(const std::string& path) {
  std::string name = path.substr(1);
  name[name.find('/')] = '.';
  return *google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
}

}  // namespace

class TestGateway::Reactor : public grpc::ServerGenericBidiReactor {
 public:
  Reactor(TestGateway* gateway, const grpc::GenericCallbackServerContext& context)
      : gateway_(gateway), method_(MethodOf(context.method())) {
    for (const auto& [key, value] : context.client_metadata()) {
      if (key.starts_with("tsunagu-")) {
        absl::StrAppend(&metadata_, " ", std::string(key.data(), key.size()), "=",
                        std::string(value.data(), value.size()));
      }
    }
    StartRead(&message_);
  }

  void OnReadDone(bool ok) override {
    auto answer = New(method_.output_type()->full_name());
    auto request = New(method_.input_type()->full_name());
    request->ParseFromString(tests::BytesOf(message_));
    const grpc::Status status = gateway_->Take(
        absl::StrCat(method_.name(), " ", request->ShortDebugString(), metadata_), answer.get());
    if (!status.ok()) return Finish(status);
    message_ = tests::BufferOf(answer->SerializeAsString());
    StartWriteAndFinish(&message_, grpc::WriteOptions(), grpc::Status::OK);
  }

  void OnDone() override { delete this; }

 private:
  TestGateway* gateway_;
  const google::protobuf::MethodDescriptor& method_;
  std::string metadata_;
  grpc::ByteBuffer message_;
};

TestGateway::TestGateway(const std::string& pki) {
  grpc::SslServerCredentialsOptions options(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_BUT_DONT_VERIFY);
  const auto read = [&pki](const char* file) { return ReadFile(pki + file).value(); };
  options.pem_key_cert_pairs.push_back(
      {read("/internal/gateway/key.pem"), read("/internal/gateway/cert.pem")});
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(options), &port_);
  builder.RegisterCallbackGenericService(this);
  server_ = builder.BuildAndStart();
}

grpc::ServerGenericBidiReactor* TestGateway::CreateReactor(
    grpc::GenericCallbackServerContext* context) {
  return new Reactor(this, *context);
}

grpc::Status TestGateway::Take(const std::string& call, Message* answer) {
  absl::MutexLock lock(&mutex_);
  calls_.push_back(call);
  if (text_.empty() || refused_call_ == static_cast<int>(calls_.size())) {
    return ToGrpcStatus(refusal_);
  }
  EXPECT_TRUE(TextFormat::ParseFromString(text_, answer)) << text_;
  return grpc::Status::OK;
}

}  // namespace tsunagu::cli
