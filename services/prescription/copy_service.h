// The gRPC service tsunagu.prescription.v1.PrescriptionCopy: a thin adapter over Handlers.
#ifndef SERVICES_PRESCRIPTION_COPY_SERVICE_H_
#define SERVICES_PRESCRIPTION_COPY_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include "services/platform/rpc/host.h"
#include "services/prescription/service_handlers.h"
#include "tsunagu/prescription/v1/copy.grpc.pb.h"

namespace tsunagu::prescription {

class CopyService : public v1::PrescriptionCopy::CallbackService {
 public:
  // `host` and `handlers` must outlive the service.
  CopyService(rpc::Host& host, Handlers& handlers)
      : dispatcher_(host.dispatcher()), handlers_(handlers) {}

  grpc::ServerUnaryReactor* GetCopy(grpc::CallbackServerContext* context,
                                    const v1::GetCopyRequest* request,
                                    v1::GetCopyResponse* response) override {
    return dispatcher_.Run(context, request, response, handlers_, &Handlers::GetCopy);
  }

 private:
  rpc::Dispatcher& dispatcher_;
  Handlers& handlers_;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_COPY_SERVICE_H_
