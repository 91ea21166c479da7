#include "services/prescription/given_service.h"

namespace tsunagu::prescription {

grpc::ServerUnaryReactor* GivenService::RegisterGiven(grpc::CallbackServerContext* context,
                                                      const v1::RegisterGivenRequest* request,
                                                      v1::RegisterGivenResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &GivenHandlers::RegisterGiven);
}

grpc::ServerUnaryReactor* GivenService::ChangeGiven(grpc::CallbackServerContext* context,
                                                    const v1::ChangeGivenRequest* request,
                                                    v1::ChangeGivenResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &GivenHandlers::ChangeGiven);
}

grpc::ServerUnaryReactor* GivenService::CancelGiven(grpc::CallbackServerContext* context,
                                                    const v1::CancelGivenRequest* request,
                                                    v1::CancelGivenResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &GivenHandlers::CancelGiven);
}

grpc::ServerUnaryReactor* GivenService::SearchGiven(grpc::CallbackServerContext* context,
                                                    const v1::SearchGivenRequest* request,
                                                    v1::SearchGivenResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &GivenHandlers::SearchGiven);
}

grpc::ServerUnaryReactor* GivenService::GetGiven(grpc::CallbackServerContext* context,
                                                 const v1::GetGivenRequest* request,
                                                 v1::GetGivenResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &GivenHandlers::GetGiven);
}

}  // namespace tsunagu::prescription
