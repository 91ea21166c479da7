#include "tests/load/yardstick.h"

#include <grpcpp/generic/async_generic_service.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>

namespace tsunagu::load {
namespace {

constexpr char kLoopback[] = "127.0.0.1:0";
constexpr size_t kEchoBytes = 100;
// As many as the gateway has to each service unless told otherwise.
constexpr int kProxyConnections = 2;

class Echo : public grpc::ServerGenericBidiReactor {
 public:
  Echo() { StartRead(&message_); }
  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status(grpc::StatusCode::INTERNAL, "no message"));
    StartWriteAndFinish(&message_, grpc::WriteOptions(), grpc::Status::OK);
  }
  void OnDone() override { delete this; }

 private:
  grpc::ByteBuffer message_;
};

class Forward : public grpc::ServerGenericBidiReactor {
 public:
  Forward(grpc::GenericStub& stub, std::string method) : stub_(stub), method_(std::move(method)) {
    StartRead(&request_);
  }
  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status(grpc::StatusCode::INTERNAL, "no message"));
    stub_.UnaryCall(&upstream_, method_, grpc::StubOptions(), &request_, &answer_,
                    [this](grpc::Status status) {
                      if (!status.ok()) return Finish(status);
                      StartWriteAndFinish(&answer_, grpc::WriteOptions(), grpc::Status::OK);
                    });
  }
  void OnDone() override { delete this; }

 private:
  grpc::GenericStub& stub_;
  const std::string method_;
  grpc::ClientContext upstream_;
  grpc::ByteBuffer request_, answer_;
};

class EchoService : public grpc::CallbackGenericService {
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext*) override {
    return new Echo;
  }
};

class ForwardService : public grpc::CallbackGenericService {
 public:
  explicit ForwardService(Connections& connections) : connections_(connections) {}
  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    return new Forward(connections_.Next(), context->method());
  }

 private:
  Connections& connections_;
};

int Serve(grpc::CallbackGenericService& service, const std::string& folder, const std::string& ca) {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(kLoopback, ServerTls(folder, ca), &port);
  builder.RegisterCallbackGenericService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return EXIT_FAILURE;
  std::cout << "127.0.0.1:" << port << std::endl;
  server->Wait();
  return EXIT_SUCCESS;
}

std::string CaOf(const std::string& pki) { return pki + "/internal/ca.pem"; }

}  // namespace

int RunEchoServer(const std::string& pki) {
  EchoService service;
  return Serve(service, pki + "/internal/audit", CaOf(pki));
}

int RunEchoProxy(const std::string& pki, const std::string& backend) {
  Connections connections(backend, ClientTls(pki + "/internal/gateway-client", CaOf(pki)),
                          kProxyConnections);
  ForwardService service(connections);
  return Serve(service, pki + "/internal/gateway", CaOf(pki));
}

Yardstick::Yardstick(const std::string& pki, int connections)
    : echo_(Start({"echo", "--pki", pki})),
      proxy_(Start({"proxy", "--pki", pki, "--backend", echo_.address})),
      caller_(std::make_unique<Caller>(
          proxy_.address, ClientTls(pki + "/internal/gateway-client", CaOf(pki)), connections)) {}

Yardstick::~Yardstick() {
  caller_.reset();
  Stop(proxy_);
  Stop(echo_);
}

Issue Yardstick::Calls() {
  return [this, bytes = std::string(kEchoBytes, 'x')](size_t, Done done) {
    caller_->Call("/tsunagu.load.Echo/Echo", bytes,
                  [done = std::move(done)](const grpc::Status& status, const std::string&) {
                    done(status.ok());
                  });
  };
}

Yardstick::Child Yardstick::Start(const std::vector<std::string>& arguments) {
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  std::vector<char*> words = {const_cast<char*>("/proc/self/exe")};
  for (const std::string& argument : arguments)
    words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  const int pid = fork();
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    execv(words[0], words.data());
    _exit(EXIT_FAILURE);
  }
  close(ends[1]);
  Child child = {pid, ""};
  for (char c = 0; read(ends[0], &c, 1) == 1 && c != '\n';) child.address += c;
  close(ends[0]);
  return child;
}

void Yardstick::Stop(const Child& child) {
  kill(child.pid, SIGKILL);
  waitpid(child.pid, nullptr, 0);
}

}  // namespace tsunagu::load
