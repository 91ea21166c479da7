#include "services/prescription/service.h"

#include <utility>

#include "services/platform/drug_master/file.h"
#include "services/platform/status/macros.h"
#include "services/prescription/catalogue.h"

namespace tsunagu::prescription {

absl::StatusOr<std::unique_ptr<PrescriptionService>> PrescriptionService::Create(rpc::Host& host,
                                                                                 Clock clock) {
  const auto& config = host.config();
  ASSIGN_OR_RETURN(auto trust, Trust::Open(config.signatures(), config.time_stamping()));
  std::unique_ptr<record::DrugCatalogue> catalogue;
  ASSIGN_OR_RETURN(auto drugs, drug_master::OpenMaster(config.drug_master_file()));
  if (drugs != nullptr) catalogue = std::make_unique<MasterCatalogue>(std::move(drugs));
  return std::unique_ptr<PrescriptionService>(
      new PrescriptionService(host, std::move(trust), std::move(catalogue), std::move(clock)));
}

PrescriptionService::PrescriptionService(rpc::Host& host, std::unique_ptr<Trust> trust,
                                         std::unique_ptr<record::DrugCatalogue> catalogue,
                                         Clock clock)
    : dispatcher_(host.dispatcher()),
      handlers_(host, std::move(trust), std::move(catalogue)),
      clockwork_(host, std::move(clock)),
      watch_(host) {
  asio::co_spawn(host.loop(), clockwork_.Run(), asio::detached);
}

grpc::ServerUnaryReactor* PrescriptionService::Register(grpc::CallbackServerContext* context,
                                                        const v1::RegisterRequest* request,
                                                        v1::RegisterResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::Register);
}

grpc::ServerUnaryReactor* PrescriptionService::Cancel(grpc::CallbackServerContext* context,
                                                      const v1::CancelRequest* request,
                                                      v1::CancelResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::Cancel);
}

grpc::ServerUnaryReactor* PrescriptionService::Accept(grpc::CallbackServerContext* context,
                                                      const v1::AcceptRequest* request,
                                                      v1::AcceptResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::Accept);
}

grpc::ServerUnaryReactor* PrescriptionService::Release(grpc::CallbackServerContext* context,
                                                       const v1::ReleaseRequest* request,
                                                       v1::ReleaseResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::Release);
}

grpc::ServerUnaryReactor* PrescriptionService::Dispense(grpc::CallbackServerContext* context,
                                                        const v1::DispenseRequest* request,
                                                        v1::DispenseResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::Dispense);
}

grpc::ServerUnaryReactor* PrescriptionService::GetStatus(grpc::CallbackServerContext* context,
                                                         const v1::GetStatusRequest* request,
                                                         v1::GetStatusResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::GetStatus);
}

grpc::ServerUnaryReactor* PrescriptionService::GetCommand(grpc::CallbackServerContext* context,
                                                          const v1::GetCommandRequest* request,
                                                          v1::GetCommandResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::GetCommand);
}

grpc::ServerUnaryReactor* PrescriptionService::Change(grpc::CallbackServerContext* context,
                                                      const v1::ChangeRequest* request,
                                                      v1::ChangeResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::Change);
}

grpc::ServerUnaryReactor* PrescriptionService::UndoCancel(grpc::CallbackServerContext* context,
                                                          const v1::UndoCancelRequest* request,
                                                          v1::UndoCancelResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::UndoCancel);
}

grpc::ServerUnaryReactor* PrescriptionService::UndoChange(grpc::CallbackServerContext* context,
                                                          const v1::UndoChangeRequest* request,
                                                          v1::UndoChangeResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::UndoChange);
}

grpc::ServerUnaryReactor* PrescriptionService::Collect(grpc::CallbackServerContext* context,
                                                       const v1::CollectRequest* request,
                                                       v1::CollectResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::Collect);
}

grpc::ServerUnaryReactor* PrescriptionService::UndoCollect(grpc::CallbackServerContext* context,
                                                           const v1::UndoCollectRequest* request,
                                                           v1::UndoCollectResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::UndoCollect);
}

grpc::ServerUnaryReactor* PrescriptionService::ChangeResult(grpc::CallbackServerContext* context,
                                                            const v1::ChangeResultRequest* request,
                                                            v1::ChangeResultResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::ChangeResult);
}

grpc::ServerUnaryReactor* PrescriptionService::CancelResult(grpc::CallbackServerContext* context,
                                                            const v1::CancelResultRequest* request,
                                                            v1::CancelResultResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &Handlers::CancelResult);
}

}  // namespace tsunagu::prescription
