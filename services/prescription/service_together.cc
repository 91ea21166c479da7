// DispenseTogether: one result for several prescriptions, registered one after the other
// (docs/decisions/0011).
#include <utility>

#include "services/prescription/errors.h"
#include "services/prescription/facility_errors.h"
#include "services/prescription/fold.h"
#include "services/prescription/service_handlers.h"
#include "services/prescription/service_submitter.h"
#include "services/prescription/together.h"

namespace tsunagu::prescription {

asio::awaitable<absl::StatusOr<std::vector<State>>> Handlers::LoadTogether(
    rpc::Call& call, const v1::DispenseTogetherRequest& request) {
  std::vector<State> states;
  for (const std::string& id : request.prescription_ids()) {
    CO_ASSIGN_OR_RETURN(State state, co_await ReadState(id, call.deadline()));
    if (state.id().empty()) co_return PrescriptionNotFound();
    std::vector<std::string> items(1, absl::StrCat("prescription/", id));
    call.Touch(state.subject(), tsunagu::audit::v1::OUTCOME_CHANGED, std::move(items));
    states.push_back(std::move(state));
  }
  co_return states;
}

asio::awaitable<absl::Status> Handlers::DispenseTogether(rpc::Call& call,
                                                         const v1::DispenseTogetherRequest& request,
                                                         v1::DispenseTogetherResponse& response) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckDispenseTogether(request));
  CO_ASSIGN_OR_RETURN(std::vector<State> states, co_await LoadTogether(call, request));
  const std::string& pharmacy = call.principal().facility();
  CO_RETURN_IF_ERROR(CheckTogether(states, pharmacy, request.command_id()));
  State& first = states[0];
  CO_RETURN_IF_ERROR(co_await AddFingerprint(call, first));
  const Submitter submitter = SubmitterOf(call, request.command_id());
  ResultVerdict verdict = co_await OnCpu(host_.cpu(), [this, &request, &first, &submitter] {
    return JudgeResult(request.document(), first, /*use=*/1, submitter, judges());
  });
  // What an earlier call stamped is what the rest gets.
  const bool resumed = HasResult(first, ResultIdOf(first, pharmacy, request.command_id()));
  if (resumed) {
    CO_ASSIGN_OR_RETURN(
        std::string stamped,
        co_await LoadDocument(first.id(), ResultName(first.id(), 1), call.deadline()));
    verdict.event.set_document(std::move(stamped));
  }
  bool repeated = true;
  for (size_t i = 0; i < states.size(); ++i) {
    Pending pending =
        MakePending(call, states[i].subject(), states[i].id(), request.command_id(), request,
                    prescription::Dispense{ShareResult(verdict.event, first, states[i], pharmacy,
                                                       request.command_id())});
    const std::string result_id = ResultIdOf(states[i], pharmacy, request.command_id());
    pending.outcome.set_result_id(result_id);
    pending.outcome.set_use(1);
    pending.refusal = verdict.status();
    const auto settled = co_await Apply(call, std::move(pending));
    if (!settled.ok()) {
      co_return i == 0 ? settled.status() : TogetherIncomplete(i, states.size());
    }
    repeated = repeated && settled->repeated;
    response.add_result_ids(result_id);
  }
  if (repeated) call.ChangesNothing();
  response.set_repeated(repeated);
  CO_ASSIGN_OR_RETURN(
      std::string stamped,
      co_await LoadDocument(first.id(), ResultName(first.id(), 1), call.deadline()));
  response.set_stamped_document(std::move(stamped));
  verdict.findings.AppendWarnings(response.mutable_findings());
  co_return absl::OkStatus();
}

}  // namespace tsunagu::prescription
