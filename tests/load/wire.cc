#include "tests/load/wire.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include "absl/synchronization/notification.h"
#include "tests/support/bytes.h"

namespace tsunagu::load {
namespace {

constexpr std::chrono::seconds kCallLimit(20);
constexpr absl::Duration kConnectLimit = absl::Seconds(10);

[[noreturn]] void Die(const std::string& why) {
  std::cerr << "load: " << why << "\n";
  std::exit(EXIT_FAILURE);
}

std::string ChainOf(const std::string& folder) {
  std::string chain = ReadFile(folder + "/cert.pem");
  if (std::ifstream(folder + "/chain.pem")) chain += ReadFile(folder + "/chain.pem");
  return chain;
}

// One call, from its start to its answer. Deletes itself.
struct Flight {
  grpc::ClientContext context;
  grpc::ByteBuffer request, answer;
  OnAnswer on_answer;
};

}  // namespace

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) Die(path + " cannot be read");
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::shared_ptr<grpc::ChannelCredentials> ClientTls(const std::string& folder,
                                                    const std::string& ca) {
  return grpc::SslCredentials({ReadFile(ca), ReadFile(folder + "/key.pem"), ChainOf(folder)});
}

std::shared_ptr<grpc::ServerCredentials> ServerTls(const std::string& folder,
                                                   const std::string& ca) {
  grpc::SslServerCredentialsOptions options(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_root_certs = ReadFile(ca);
  options.pem_key_cert_pairs.push_back({ReadFile(folder + "/key.pem"), ChainOf(folder)});
  return grpc::SslServerCredentials(options);
}

Connections::Connections(const std::string& address,
                         std::shared_ptr<grpc::ChannelCredentials> credentials, int count) {
  for (int i = 0; i < count; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // else they share one connection
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    arguments.SetMaxReceiveMessageSize(-1);
    channels_.push_back(grpc::CreateCustomChannel(address, credentials, arguments));
    stubs_.push_back(std::make_unique<grpc::GenericStub>(channels_.back()));
  }
}

bool Connections::WaitUntilConnected(absl::Duration limit) {
  const auto deadline = std::chrono::system_clock::now() + absl::ToChronoMilliseconds(limit);
  for (const auto& channel : channels_) {
    if (!channel->WaitForConnected(deadline)) return false;
  }
  return true;
}

Caller::Caller(const std::string& address, std::shared_ptr<grpc::ChannelCredentials> credentials,
               int connections, Metadata metadata)
    : connections_(address, std::move(credentials), connections), metadata_(std::move(metadata)) {
  if (!connections_.WaitUntilConnected(kConnectLimit)) Die(address + " cannot be reached");
}

void Caller::Call(const std::string& path, const std::string& request, OnAnswer on_answer,
                  const Metadata& more) {
  auto* flight = new Flight;
  flight->request = tests::BufferOf(request);
  flight->on_answer = std::move(on_answer);
  flight->context.set_deadline(std::chrono::system_clock::now() + kCallLimit);
  for (const Metadata* metadata : {&metadata_, &more}) {
    for (const auto& [key, value] : *metadata) flight->context.AddMetadata(key, value);
  }
  connections_.Next().UnaryCall(&flight->context, path, grpc::StubOptions(), &flight->request,
                                &flight->answer, [this, path, flight](grpc::Status status) {
                                  const std::unique_ptr<Flight> owned(flight);
                                  if (!status.ok() && !complained_.exchange(true)) {
                                    std::cerr << "load: " << path << ": " << status.error_code()
                                              << " " << status.error_message() << "\n";
                                  }
                                  flight->on_answer(
                                      status, status.ok() ? tests::BytesOf(flight->answer) : "");
                                });
}

std::string Caller::CallAndWait(const std::string& path,
                                const google::protobuf::MessageLite& request) {
  absl::Notification answered;
  std::string result;
  bool good = false;
  Call(path, request, [&](const grpc::Status& status, const std::string& answer) {
    good = status.ok();
    result = answer;
    answered.Notify();
  });
  answered.WaitForNotification();
  if (!good) Die(path + " failed while the measurement was prepared");
  return result;
}

}  // namespace tsunagu::load
