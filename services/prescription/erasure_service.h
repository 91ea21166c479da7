// The gRPC service tsunagu.prescription.v1.PrescriptionErasure: a thin adapter over Handlers.
#ifndef SERVICES_PRESCRIPTION_ERASURE_SERVICE_H_
#define SERVICES_PRESCRIPTION_ERASURE_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include "services/platform/rpc/host.h"
#include "services/prescription/service_handlers.h"
#include "tsunagu/prescription/v1/erasure.grpc.pb.h"

namespace tsunagu::prescription {

class ErasureService : public v1::PrescriptionErasure::CallbackService {
 public:
  // `host` and `handlers` must outlive the service.
  ErasureService(rpc::Host& host, Handlers& handlers)
      : dispatcher_(host.dispatcher()), handlers_(handlers) {}

  grpc::ServerUnaryReactor* GetErasure(grpc::CallbackServerContext* context,
                                       const v1::GetErasureRequest* request,
                                       v1::GetErasureResponse* response) override {
    return dispatcher_.Run(context, request, response, handlers_, &Handlers::GetErasure);
  }

 private:
  rpc::Dispatcher& dispatcher_;
  Handlers& handlers_;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_ERASURE_SERVICE_H_
