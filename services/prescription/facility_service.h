// The gRPC service tsunagu.prescription.v1.FacilityPrescriptions: a thin adapter over Handlers.
#ifndef SERVICES_PRESCRIPTION_FACILITY_SERVICE_H_
#define SERVICES_PRESCRIPTION_FACILITY_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include "services/platform/rpc/host.h"
#include "services/prescription/service_handlers.h"
#include "tsunagu/prescription/v1/facility.grpc.pb.h"

namespace tsunagu::prescription {

class FacilityService : public v1::FacilityPrescriptions::CallbackService {
 public:
  // Both must outlive the service.
  FacilityService(rpc::Host& host, Handlers& handlers)
      : dispatcher_(host.dispatcher()), handlers_(handlers) {}

  grpc::ServerUnaryReactor* ListOpen(grpc::CallbackServerContext* context,
                                     const v1::ListOpenRequest* request,
                                     v1::ListOpenResponse* response) override;
  grpc::ServerUnaryReactor* AcceptListed(grpc::CallbackServerContext* context,
                                         const v1::AcceptListedRequest* request,
                                         v1::AcceptResponse* response) override;
  grpc::ServerUnaryReactor* ListIssued(grpc::CallbackServerContext* context,
                                       const v1::ListIssuedRequest* request,
                                       v1::ListIssuedResponse* response) override;
  grpc::ServerUnaryReactor* ListDispensed(grpc::CallbackServerContext* context,
                                          const v1::ListDispensedRequest* request,
                                          v1::ListDispensedResponse* response) override;
  grpc::ServerUnaryReactor* GetResult(grpc::CallbackServerContext* context,
                                      const v1::GetResultRequest* request,
                                      v1::GetResultResponse* response) override;
  grpc::ServerUnaryReactor* DispenseTogether(grpc::CallbackServerContext* context,
                                             const v1::DispenseTogetherRequest* request,
                                             v1::DispenseTogetherResponse* response) override;

 private:
  rpc::Dispatcher& dispatcher_;
  Handlers& handlers_;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_FACILITY_SERVICE_H_
