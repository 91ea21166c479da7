// What both sides ask: GetStatus, GetCommand.
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"
#include "services/prescription/findings.h"
#include "services/prescription/fold.h"
#include "services/prescription/requests.h"
#include "services/prescription/service_handlers.h"
#include "services/prescription/warnings.h"
#include "services/prescription/watch.h"

namespace tsunagu::prescription {

absl::Status Handlers::CheckPace(const rpc::Call& call, absl::string_view id) {
  const absl::Duration wait =
      reads_.Take(absl::StrCat(call.principal().facility(), "/", id), call.now());
  return wait == absl::ZeroDuration() ? absl::OkStatus() : AskedTooOften(wait);
}

asio::awaitable<absl::Status> Handlers::GetStatus(rpc::Call& call,
                                                  const v1::GetStatusRequest& request,
                                                  v1::GetStatusResponse& response) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckId(request.prescription_id()));
  CO_RETURN_IF_ERROR(CheckPace(call, request.prescription_id()));
  CO_ASSIGN_OR_RETURN(const State state, co_await Load(call, request.prescription_id(),
                                                       tsunagu::audit::v1::OUTCOME_DISCLOSED));
  const std::string& facility = call.principal().facility();
  const bool involved = IsInvolved(state, facility);
  // A pharmacy to which the patient came may know whether it can be had, nobody else anything.
  const bool pharmacy =
      call.principal().facility_kind() == tsunagu::access::v1::FACILITY_KIND_PHARMACY;
  if (!involved && !pharmacy) co_return PrescriptionNotFound();
  response.set_status(StatusOn(state, national::JstDay(call.now())));
  response.set_use_by(state.use_by());
  *response.mutable_changed_at() = state.changed_at();
  if (!involved) co_return absl::OkStatus();
  response.set_holder(state.holder());
  if (state.has_signer()) *response.mutable_prescriber() = state.signer();
  AddFindings(KeptWarnings(state), response.mutable_findings());
  if (state.has_course()) *response.mutable_course() = state.course();
  response.set_uses(state.results_size());
  response.set_accept_from(state.open_from());
  response.set_accept_until(OpenUntil(state));
  if (state.results().empty()) co_return absl::OkStatus();
  CO_ASSIGN_OR_RETURN(
      std::string document,
      co_await LoadDocument(state.id(), ResultName(state.id(), state.results_size()),
                            call.deadline()));
  response.set_dispensing_document(std::move(document));
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> Handlers::GetCommand(rpc::Call& call,
                                                   const v1::GetCommandRequest& request,
                                                   v1::GetCommandResponse& response) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckCommandId(request.command_id()));
  const std::string name = absl::StrCat(call.principal().facility(), "/", request.command_id());
  std::string id = request.prescription_id();
  national::Subject named;  // whom the command was about, where the caller says so
  if (id.empty()) {
    if (!request.has_identity()) co_return BadField("identity", "missing", "RX-037");
    const auto subject = host_.subjects().MakeSubject(IdentityOf(request.identity()));
    id = national::MakeId(national::RoutingHash(subject), name);
    if (!request.identity().branch().empty()) named = subject;
  }
  CO_RETURN_IF_ERROR(CheckId(id));
  CO_RETURN_IF_ERROR(CheckPace(call, id));
  journal::Command command{id, AggregateName(id), name, "", call.deadline()};
  CO_ASSIGN_OR_RETURN(const auto found, co_await host_.journal().Find(std::move(command)));
  if (!found.has_value()) co_return absl::OkStatus();
  State state;
  state.ParseFromString(found->state);
  if (state.id().empty()) co_return absl::OkStatus();  // a register that changed nothing (RX-043)
  // The id is made of the family: without this it would lead to another of its members.
  if (!named.empty() && named != state.subject()) co_return absl::OkStatus();
  std::vector<std::string> items(1, absl::StrCat("prescription/", id));
  call.Touch(state.subject(), tsunagu::audit::v1::OUTCOME_DISCLOSED, std::move(items));
  response.set_known(true);
  response.set_prescription_id(state.id());
  response.set_status(StatusOn(state, national::JstDay(call.now())));
  if (state.issuer() == call.principal().facility()) {
    response.set_access_code(state.access_code());
  }
  co_return absl::OkStatus();
}

}  // namespace tsunagu::prescription
