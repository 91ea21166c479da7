// DispenseTogether: one result for several prescriptions, registered one after the other
// (docs/decisions/0011), and how CancelResult takes it back from all of them.
#include <utility>

#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"
#include "services/prescription/facility_errors.h"
#include "services/prescription/fold.h"
#include "services/prescription/requests.h"
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
  const auto events = ShareResult(verdict.event, states, pharmacy, request.command_id());
  for (size_t i = 0; i < states.size(); ++i) {
    Pending pending = MakePending(call, states[i].subject(), states[i].id(), request.command_id(),
                                  request, prescription::Dispense{events[i]});
    const std::string& result_id = events[i].result_id();
    pending.outcome.set_result_id(result_id);
    pending.outcome.set_use(1);
    pending.refusal = verdict.status();
    const auto settled = co_await Apply(call, std::move(pending));
    if (!settled.ok()) {
      co_return i == 0 ? settled.status() : TogetherIncomplete(i, states.size(), settled.status());
    }
    repeated = repeated && settled->repeated;
    response.add_result_ids(result_id);
    response.add_statuses(StatusOn(settled->state, national::JstDay(call.now())));
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

absl::Status Handlers::CheckCancelShared(const rpc::Call& call, const State& state,
                                         const v1::SharedResult& shared) const {
  if (!IsNewest(state, shared.result_id())) return absl::OkStatus();  // cancelled before
  const Context context{call.principal().facility(), national::JstDay(call.now())};
  return Decide(state, prescription::CancelResult{shared.result_id()}, context).status();
}

asio::awaitable<absl::StatusOr<Handlers::Settled>> Handlers::CancelShared(
    rpc::Call& call, const v1::CancelResultRequest& request, const v1::SharedResult& shared) {
  CO_ASSIGN_OR_RETURN(const State state, co_await Load(call, shared.prescription_id(),
                                                       tsunagu::audit::v1::OUTCOME_CHANGED));
  if (!IsNewest(state, shared.result_id())) co_return Settled{state, {}, /*repeated=*/true};
  co_return co_await Apply(
      call, MakePending(call, state.subject(), state.id(), request.command_id(), request,
                        prescription::CancelResult{shared.result_id()}));
}

// The named one first: its outcome says which the others are, whenever the call is repeated. What
// is registered anew in between is another result, and stays.
asio::awaitable<absl::Status> Handlers::CancelResult(rpc::Call& call,
                                                     const v1::CancelResultRequest& request,
                                                     v1::CancelResultResponse& response) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckCommandId(request.command_id()));
  CO_ASSIGN_OR_RETURN(const State named, co_await Load(call, request.prescription_id(),
                                                       tsunagu::audit::v1::OUTCOME_CHANGED));
  Pending pending = MakePending(
      call, named.subject(), named.id(), request.command_id(), request,
      prescription::CancelResult{named.results().empty() ? "" : named.results().rbegin()->id()});
  for (const v1::SharedResult& shared : SharedWith(named)) {
    *pending.outcome.add_shared() = shared;
    if (shared.prescription_id() == named.id()) continue;
    CO_ASSIGN_OR_RETURN(const State state,
                        co_await ReadState(shared.prescription_id(), call.deadline()));
    pending.refusal.Update(CheckCancelShared(call, state, shared));
  }
  CO_ASSIGN_OR_RETURN(Settled settled, co_await Apply(call, std::move(pending)));
  size_t done = 1;
  for (const v1::SharedResult& shared : settled.outcome.shared()) {
    response.add_prescription_ids(shared.prescription_id());
    if (shared.prescription_id() == named.id()) continue;
    const auto other = co_await CancelShared(call, request, shared);
    if (!other.ok()) {
      co_return TogetherIncomplete(done, static_cast<size_t>(settled.outcome.shared_size()),
                                   other.status());
    }
    ++done;
    settled.repeated = settled.repeated && other->repeated;
  }
  Answer(call, settled, response);
  co_return absl::OkStatus();
}

}  // namespace tsunagu::prescription
