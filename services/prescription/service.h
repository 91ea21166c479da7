// The gRPC service tsunagu.prescription.v1.Prescriptions: a thin adapter over Handlers.
#ifndef SERVICES_PRESCRIPTION_SERVICE_H_
#define SERVICES_PRESCRIPTION_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "services/platform/rpc/host.h"
#include "services/prescription/service_clock.h"
#include "services/prescription/service_handlers.h"
#include "services/prescription/service_watch.h"
#include "tsunagu/prescription/v1/prescription.grpc.pb.h"

namespace tsunagu::prescription {

class PrescriptionService : public v1::Prescriptions::CallbackService {
 public:
  // Reads what host.config() names in signatures, time_stamping and drug_master_file; the first
  // two are needed. `host` must outlive the service, and Run() must have ended before it goes.
  // `clock` says which day it is for what days bring (Clockwork).
  static absl::StatusOr<std::unique_ptr<PrescriptionService>> Create(rpc::Host& host,
                                                                     Clock clock = absl::Now);

  // This and what stands beside it, for Host::Run.
  std::vector<grpc::Service*> services() { return {this, &watch_}; }

  grpc::ServerUnaryReactor* Register(grpc::CallbackServerContext* context,
                                     const v1::RegisterRequest* request,
                                     v1::RegisterResponse* response) override;
  grpc::ServerUnaryReactor* Cancel(grpc::CallbackServerContext* context,
                                   const v1::CancelRequest* request,
                                   v1::CancelResponse* response) override;
  grpc::ServerUnaryReactor* Accept(grpc::CallbackServerContext* context,
                                   const v1::AcceptRequest* request,
                                   v1::AcceptResponse* response) override;
  grpc::ServerUnaryReactor* Release(grpc::CallbackServerContext* context,
                                    const v1::ReleaseRequest* request,
                                    v1::ReleaseResponse* response) override;
  grpc::ServerUnaryReactor* Dispense(grpc::CallbackServerContext* context,
                                     const v1::DispenseRequest* request,
                                     v1::DispenseResponse* response) override;
  grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context,
                                      const v1::GetStatusRequest* request,
                                      v1::GetStatusResponse* response) override;
  grpc::ServerUnaryReactor* GetCommand(grpc::CallbackServerContext* context,
                                       const v1::GetCommandRequest* request,
                                       v1::GetCommandResponse* response) override;
  grpc::ServerUnaryReactor* Change(grpc::CallbackServerContext* context,
                                   const v1::ChangeRequest* request,
                                   v1::ChangeResponse* response) override;
  grpc::ServerUnaryReactor* UndoCancel(grpc::CallbackServerContext* context,
                                       const v1::UndoCancelRequest* request,
                                       v1::UndoCancelResponse* response) override;
  grpc::ServerUnaryReactor* UndoChange(grpc::CallbackServerContext* context,
                                       const v1::UndoChangeRequest* request,
                                       v1::UndoChangeResponse* response) override;
  grpc::ServerUnaryReactor* Collect(grpc::CallbackServerContext* context,
                                    const v1::CollectRequest* request,
                                    v1::CollectResponse* response) override;
  grpc::ServerUnaryReactor* UndoCollect(grpc::CallbackServerContext* context,
                                        const v1::UndoCollectRequest* request,
                                        v1::UndoCollectResponse* response) override;
  grpc::ServerUnaryReactor* ChangeResult(grpc::CallbackServerContext* context,
                                         const v1::ChangeResultRequest* request,
                                         v1::ChangeResultResponse* response) override;
  grpc::ServerUnaryReactor* CancelResult(grpc::CallbackServerContext* context,
                                         const v1::CancelResultRequest* request,
                                         v1::CancelResultResponse* response) override;

  // For the other gRPC services of this process; they live as long as this.
  Handlers& handlers() { return handlers_; }

 private:
  PrescriptionService(rpc::Host& host, std::unique_ptr<Trust> trust,
                      std::unique_ptr<record::DrugCatalogue> catalogue, Clock clock);

  rpc::Dispatcher& dispatcher_;
  Handlers handlers_;
  Clockwork clockwork_;
  WatchService watch_;
};

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_SERVICE_H_
