// GetErasure: what of a prescription was erased, or until when it is kept.
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"
#include "services/prescription/retention.h"
#include "services/prescription/service_handlers.h"
#include "services/prescription/watch.h"

namespace tsunagu::prescription {

asio::awaitable<absl::Status> Handlers::GetErasure(rpc::Call& call,
                                                   const v1::GetErasureRequest& request,
                                                   v1::GetErasureResponse& response) {
  CO_ASSIGN_OR_RETURN(const State state, co_await Load(call, request.prescription_id(),
                                                       tsunagu::audit::v1::OUTCOME_DISCLOSED));
  if (!IsInvolved(state, call.principal().facility())) co_return PrescriptionNotFound();
  response.set_prescription_id(state.id());
  if (state.has_erased()) {
    *response.mutable_erased() = state.erased();
    co_return absl::OkStatus();
  }
  const auto completed_on = CompletedOn(state, national::JstDay(call.now()));
  if (!completed_on.has_value()) co_return absl::OkStatus();
  const Period period = PeriodOf(*completed_on, host_.config().retention());
  response.set_erase_from(national::FormatDay(period.erase_on));
  co_return absl::OkStatus();
}

}  // namespace tsunagu::prescription
