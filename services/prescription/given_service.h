// The gRPC service tsunagu.prescription.v1.GivenDrugs: a thin adapter over GivenHandlers.
#ifndef SERVICES_PRESCRIPTION_GIVEN_SERVICE_H_
#define SERVICES_PRESCRIPTION_GIVEN_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include "services/platform/rpc/host.h"
#include "services/prescription/given_service_handlers.h"
#include "tsunagu/prescription/v1/given.grpc.pb.h"

namespace tsunagu::prescription {

class GivenService : public v1::GivenDrugs::CallbackService {
 public:
  // `catalogue` may be null. Both must outlive the service.
  GivenService(rpc::Host& host, const record::DrugCatalogue* catalogue)
      : dispatcher_(host.dispatcher()), handlers_(host, catalogue) {}

  grpc::ServerUnaryReactor* RegisterGiven(grpc::CallbackServerContext* context,
                                          const v1::RegisterGivenRequest* request,
                                          v1::RegisterGivenResponse* response) override;
  grpc::ServerUnaryReactor* ChangeGiven(grpc::CallbackServerContext* context,
                                        const v1::ChangeGivenRequest* request,
                                        v1::ChangeGivenResponse* response) override;
  grpc::ServerUnaryReactor* CancelGiven(grpc::CallbackServerContext* context,
                                        const v1::CancelGivenRequest* request,
                                        v1::CancelGivenResponse* response) override;
  grpc::ServerUnaryReactor* SearchGiven(grpc::CallbackServerContext* context,
                                        const v1::SearchGivenRequest* request,
                                        v1::SearchGivenResponse* response) override;
  grpc::ServerUnaryReactor* GetGiven(grpc::CallbackServerContext* context,
                                     const v1::GetGivenRequest* request,
                                     v1::GetGivenResponse* response) override;

 private:
  rpc::Dispatcher& dispatcher_;
  GivenHandlers handlers_;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_GIVEN_SERVICE_H_
