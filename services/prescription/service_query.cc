// What both sides ask: GetStatus, GetCommand.
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"
#include "services/prescription/findings.h"
#include "services/prescription/fold.h"
#include "services/prescription/requests.h"
#include "services/prescription/result_notes.h"
#include "services/prescription/service_handlers.h"
#include "services/prescription/service_submitter.h"
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
  if (SeesOthers(state, facility)) response.set_holder(state.holder());
  if (state.has_signer()) *response.mutable_prescriber() = state.signer();
  AddFindings(KeptWarnings(state), response.mutable_findings());
  if (state.has_course()) *response.mutable_course() = state.course();
  response.set_uses(state.results_size());
  response.set_accept_from(state.open_from());
  response.set_accept_until(OpenUntil(state));
  response.set_erased_on(state.erased().on());
  if (state.results().empty() || state.has_erased()) co_return absl::OkStatus();
  co_return co_await AnswerResults(call, state, response);
}

asio::awaitable<absl::Status> Handlers::AnswerResults(rpc::Call& call, const State& state,
                                                      v1::GetStatusResponse& response) {
  const std::string& facility = call.principal().facility();
  std::vector<std::string> names;
  std::vector<int> told;  // places of the results that the caller is told of
  for (int i = 0; i < state.results_size(); ++i) {
    if (!SeesOthers(state, facility) && state.results(i).pharmacy() != facility) continue;
    names.push_back(ResultName(state.id(), i + 1));
    told.push_back(i);
  }
  CO_ASSIGN_OR_RETURN(const auto values,
                      co_await Read(state.id(), std::move(names), call.deadline()));
  std::vector<v1::Document> documents(values.size());
  for (size_t i = 0; i < values.size(); ++i) documents[i].ParseFromString(values[i]);
  auto notes = co_await OnCpu(host_.cpu(), [&documents] {
    std::vector<v1::ResultNotes> read;
    for (const v1::Document& document : documents) read.push_back(ReadNotes(document.xml()));
    return read;
  });
  for (size_t i = 0; i < told.size(); ++i) {
    if (!HasNotes(notes[i])) continue;
    const auto& result = state.results(told[i]);
    notes[i].set_use(told[i] + 1);
    notes[i].set_result_id(result.id());
    notes[i].set_dispensed_on(result.dispensed_on());
    notes[i].set_pharmacy(result.pharmacy());
    if (!notes[i].messages().empty()) response.set_has_message(true);
    *response.add_notes() = std::move(notes[i]);
  }
  response.set_dispensing_document(std::move(*documents.back().mutable_xml()));
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
    const national::InsuredIdentity identity = IdentityOf(request.identity());
    id = IdOf(host_.subjects().Household(identity), call.principal().facility(),
              request.command_id());
    if (!identity.branch.empty()) named = host_.subjects().MakeSubject(identity);
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
