// Calls any method of an endpoint with any bytes, as no well-behaved client would.
//
//   raw_call --as IDENTITY --ca FILE --gateway HOST:PORT [--name NAME] [--user U]
//       [--context FILE] METHOD < request
//
// METHOD is a path, e.g. /tsunagu.ltc.v1.LongTermCare/SendPackage. Prints {"bytes": N, "hex":
// "..."} of the answer (hex: of a short one), or {"error": {code, message, reason, rule, fields,
// findings}}, where findings are {rule, line} and fields are paths. Exit status 0 when there was an
// answer of any kind. With --many the input is any number of requests, each after its length in
// decimal and a line end; they go out one after another on one connection, and each answer is a
// line.
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <future>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/rpc/details.pb.h"
#include "services/platform/access/metadata.h"
#include "services/platform/rpc/grpc_status.h"
#include "services/platform/rpc/text_proto.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"
#include "tests/support/bytes.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::tests {
namespace {

constexpr size_t kShortAnswer = 4096;

struct Options {
  std::string identity;
  std::string ca_file;
  std::string gateway;
  std::string name = "gateway";  // in its certificate
  std::string user = "operator-1";
  std::string context;
  std::string method;
  double deadline_s = 20;
  bool many = false;
};

absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect(const Options& options) {
  grpc::SslCredentialsOptions tls;
  ASSIGN_OR_RETURN(tls.pem_root_certs, ReadFile(options.ca_file));
  ASSIGN_OR_RETURN(tls.pem_private_key, ReadFile(options.identity + "/key.pem"));
  ASSIGN_OR_RETURN(const std::string leaf, ReadFile(options.identity + "/cert.pem"));
  ASSIGN_OR_RETURN(const std::string chain, ReadFile(options.identity + "/chain.pem"));
  tls.pem_cert_chain = absl::StrCat(leaf, chain);
  grpc::ChannelArguments arguments;
  arguments.SetSslTargetNameOverride(options.name);
  arguments.SetMaxSendMessageSize(-1);
  return grpc::CreateCustomChannel(options.gateway, grpc::SslCredentials(tls), arguments);
}

// A detail of that type; empty when the error has none.
template <typename Message>
Message Detail(const absl::Status& status) {
  Message message;
  const auto bytes =
      status.GetPayload(absl::StrCat("type.googleapis.com/", Message::descriptor()->full_name()));
  if (bytes.has_value()) message.ParseFromString(std::string(*bytes));
  return message;
}

nlohmann::ordered_json ErrorJson(const absl::Status& status) {
  nlohmann::ordered_json error = {{"code", absl::StatusCodeToString(status.code())},
                                  {"message", std::string(status.message())},
                                  {"reason", ReasonOf(status)},
                                  {"rule", RuleOf(status)},
                                  {"fields", nlohmann::json::array()},
                                  {"findings", nlohmann::json::array()}};
  const auto fields = Detail<google::rpc::BadRequest>(status);
  for (const auto& violation : fields.field_violations()) {
    error["fields"].push_back(violation.field());
  }
  const auto findings = Detail<common::v1::Findings>(status);
  for (const auto* part : {&findings.envelope(), &findings.record(), &findings.signature()}) {
    for (const auto& finding : *part) {
      error["findings"].push_back({{"rule", finding.rule()}, {"line", finding.record()}});
    }
  }
  return error;
}

absl::Status Call(const Options& options, const std::shared_ptr<grpc::Channel>& channel,
                  const std::string& request, std::string* answer) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(options.deadline_s)));
  context.AddMetadata(access::kLocalUserKey, options.user);
  if (!options.context.empty()) {
    ASSIGN_OR_RETURN(const std::string token, ReadFile(options.context));
    context.AddMetadata(access::kCareContextKey, token);
  }
  const grpc::ByteBuffer sent = BufferOf(request);
  grpc::ByteBuffer received;
  std::promise<grpc::Status> done;
  grpc::GenericStub stub(channel);
  stub.UnaryCall(&context, options.method, {}, &sent, &received,
                 [&done](grpc::Status status) { done.set_value(std::move(status)); });
  const grpc::Status status = done.get_future().get();
  if (!status.ok()) return FromGrpcStatus(status);
  *answer = BytesOf(received);
  return absl::OkStatus();
}

void CallAndPrint(const Options& options,
                  const absl::StatusOr<std::shared_ptr<grpc::Channel>>& channel,
                  const std::string& request) {
  std::string bytes;
  const absl::Status status =
      channel.ok() ? Call(options, *channel, request, &bytes) : channel.status();
  nlohmann::ordered_json answer = {{"bytes", bytes.size()}};
  if (bytes.size() <= kShortAnswer) answer["hex"] = absl::BytesToHexString(bytes);
  if (!status.ok()) answer = {{"error", ErrorJson(status)}};
  std::cout << answer.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

}  // namespace

int Main(int argc, char** argv) {
  CLI::App app("calls any method with any bytes", "raw_call");
  Options options;
  app.add_option("--as", options.identity)->required();
  app.add_option("--ca", options.ca_file)->required();
  app.add_option("--gateway", options.gateway)->required();
  app.add_option("--name", options.name);
  app.add_option("--user", options.user);
  app.add_option("--context", options.context);
  app.add_option("--deadline", options.deadline_s);
  app.add_flag("--many", options.many);
  app.add_option("method", options.method)->required();
  CLI11_PARSE(app, argc, argv);
  std::ios::sync_with_stdio(false);  // or every byte of a huge request is read by a call of its own
  const auto channel = Connect(options);
  if (!options.many) {
    std::ostringstream request;
    request << std::cin.rdbuf();
    CallAndPrint(options, channel, request.str());
    return 0;
  }
  for (size_t length = 0; std::cin >> length && std::cin.ignore();) {
    std::string request(length, '\0');
    if (!std::cin.read(request.data(), static_cast<std::streamsize>(length))) return 1;
    CallAndPrint(options, channel, request);
  }
  return 0;
}

}  // namespace tsunagu::tests

int main(int argc, char** argv) { return tsunagu::tests::Main(argc, argv); }
