#include "services/prescription/facility_service.h"

namespace tsunagu::prescription {

grpc::ServerUnaryReactor* FacilityService::ListOpen(grpc::CallbackServerContext* context,
                                                    const v1::ListOpenRequest* request,
                                                    v1::ListOpenResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::ListOpen);
}

grpc::ServerUnaryReactor* FacilityService::AcceptListed(grpc::CallbackServerContext* context,
                                                        const v1::AcceptListedRequest* request,
                                                        v1::AcceptResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::AcceptListed);
}

grpc::ServerUnaryReactor* FacilityService::ListIssued(grpc::CallbackServerContext* context,
                                                      const v1::ListIssuedRequest* request,
                                                      v1::ListIssuedResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::ListIssued);
}

grpc::ServerUnaryReactor* FacilityService::ListDispensed(grpc::CallbackServerContext* context,
                                                         const v1::ListDispensedRequest* request,
                                                         v1::ListDispensedResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::ListDispensed);
}

grpc::ServerUnaryReactor* FacilityService::GetResult(grpc::CallbackServerContext* context,
                                                     const v1::GetResultRequest* request,
                                                     v1::GetResultResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::GetResult);
}

grpc::ServerUnaryReactor* FacilityService::DispenseTogether(
    grpc::CallbackServerContext* context, const v1::DispenseTogetherRequest* request,
    v1::DispenseTogetherResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::DispenseTogether);
}

}  // namespace tsunagu::prescription
