// From gRPC's callback API to handlers that are coroutines, and back.
//
//   grpc::ServerUnaryReactor* Check(grpc::CallbackServerContext* context, const CheckRequest*
//   request,
//                                   CheckResponse* response) override {
//     return dispatcher_.Run(context, request, response, handlers_, &Handlers::Check);
//   }
//
// Each call: is it the gateway; who calls (signed principal); may they (rule of the method's proto,
// care context); are the texts of the request texts; run the handler on the loop; make its audit
// records durable; answer. A handler can neither forget the checks nor the record.
#ifndef SERVICES_PLATFORM_RPC_DISPATCHER_H_
#define SERVICES_PLATFORM_RPC_DISPATCHER_H_

#include <grpcpp/grpcpp.h>

#include <asio.hpp>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "services/platform/access/rule.h"
#include "services/platform/access/token.h"
#include "services/platform/audit/trail.h"
#include "services/platform/rpc/call.h"
#include "services/platform/rpc/metrics.h"
#include "services/platform/rpc/stream.h"

namespace tsunagu::rpc {

// The RPC whose request is this message; each of our RPCs has a request of its own. Null when there
// is none.
const access::Method* MethodOfRequest(const google::protobuf::Descriptor* request);

class Dispatcher {
 public:
  struct Options {
    std::string gateway_name;         // common name of the only client that is believed
    absl::Duration default_deadline;  // for calls that bring none
  };
  // All must outlive the dispatcher and its calls.
  Dispatcher(asio::io_context& loop, access::TokenVerifier& tokens, audit::Trail& trail,
             Metrics& metrics, Options options)
      : loop_(loop),
        tokens_(tokens),
        trail_(trail),
        metrics_(metrics),
        options_(std::move(options)) {}

  // Thread safe. `handlers` must outlive the call.
  template <typename Handlers, typename Request, typename Response>
  grpc::ServerUnaryReactor* Run(grpc::CallbackServerContext* context, const Request* request,
                                Response* response, Handlers& handlers,
                                asio::awaitable<absl::Status> (Handlers::*handler)(Call&,
                                                                                   const Request&,
                                                                                   Response&)) {
    static const access::Method* const method = MethodOfRequest(Request::descriptor());
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    const absl::Time start = absl::Now();
    asio::co_spawn(loop_,
                   Serve(context, method, start, *request,
                         [request, response, &handlers, handler](Call& call) {
                           return (handlers.*handler)(call, *request, *response);
                         }),
                   [this, reactor, start](std::exception_ptr exception, absl::Status status) {
                     if (exception) status = absl::InternalError("a handler failed");
                     reactor->Finish(Conclude(*method, start, std::move(status)));
                   });
    return reactor;
  }

  // The same for a method that answers with a stream of messages.
  template <typename Handlers, typename Request, typename Response>
  grpc::ServerWriteReactor<Response>* RunStream(grpc::CallbackServerContext* context,
                                                const Request* request, Handlers& handlers,
                                                asio::awaitable<absl::Status> (Handlers::*handler)(
                                                    Call&, const Request&, Stream<Response>&)) {
    static const access::Method* const method = MethodOfRequest(Request::descriptor());
    auto* reactor = new StreamReactor<Response>(loop_, trail_);
    const absl::Time start = absl::Now();
    asio::co_spawn(loop_,
                   Serve(context, method, start, *request,
                         [request, reactor, &handlers, handler](Call& call) {
                           return (handlers.*handler)(call, *request, *reactor);
                         }),
                   [this, reactor, start](std::exception_ptr exception, absl::Status status) {
                     if (exception) status = absl::InternalError("a handler failed");
                     reactor->Finish(Conclude(*method, start, std::move(status)));
                   });
    return reactor;
  }

 private:
  using Handler = std::function<asio::awaitable<absl::Status>(Call&)>;

  asio::awaitable<absl::Status> Serve(grpc::CallbackServerContext* context,
                                      const access::Method* method, absl::Time start,
                                      const google::protobuf::Message& request, Handler handler);
  absl::StatusOr<Call> Admit(grpc::CallbackServerContext& context, const access::Method* method,
                             absl::Time now, absl::Status& refusal);
  // Counts and logs the call; what the client reads.
  grpc::Status Conclude(const access::Method& method, absl::Time start, absl::Status status);

  asio::io_context& loop_;
  access::TokenVerifier& tokens_;
  audit::Trail& trail_;
  Metrics& metrics_;
  const Options options_;
};

}  // namespace tsunagu::rpc

#endif  // SERVICES_PLATFORM_RPC_DISPATCHER_H_
