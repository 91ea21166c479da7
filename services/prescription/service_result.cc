// What pharmacies call about results: Dispense, ChangeResult. CancelResult: service_together.cc.
#include <algorithm>
#include <utility>

#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"
#include "services/prescription/fold.h"
#include "services/prescription/requests.h"
#include "services/prescription/service_handlers.h"
#include "services/prescription/service_submitter.h"

namespace tsunagu::prescription {

namespace {

// Nobody else's documents are looked into.
absl::Status CheckDispenser(const State& state, const std::string& pharmacy) {
  const bool has = state.holder() == pharmacy ||
                   std::ranges::any_of(state.results(), [&pharmacy](const auto& result) {
                     return result.pharmacy() == pharmacy;
                   });
  return has ? absl::OkStatus() : NotHolder();
}

// What was dispensed, and when the next use may be.
template <typename Response>
void AddUse(int use, const State& state, Response& response) {
  if (state.has_course()) *response.mutable_course() = state.course();
  response.set_use(use);
  if (state.open_from().empty()) return;
  response.set_accept_from(state.open_from());
  response.set_accept_until(OpenUntil(state));
}

}  // namespace

asio::awaitable<absl::Status> Handlers::AddFingerprint(rpc::Call& call, State& state) {
  if (!state.fingerprint().empty() || state.issue_type() != v1::ISSUE_TYPE_ELECTRONIC) {
    co_return absl::OkStatus();
  }
  CO_ASSIGN_OR_RETURN(const std::string document,
                      co_await LoadDocument(state.id(), DocumentName(state.id()), call.deadline()));
  state.set_fingerprint(
      co_await OnCpu(host_.cpu(), [&state, &document] { return FingerprintOf(state, document); }));
  co_return absl::OkStatus();
}

template <typename Command, typename Request, typename Response>
asio::awaitable<absl::Status> Handlers::SubmitResult(rpc::Call& call, const Request& request,
                                                     State state, int use, Response& response) {
  CO_RETURN_IF_ERROR(CheckDispenser(state, call.principal().facility()));
  CO_RETURN_IF_ERROR(co_await AddFingerprint(call, state));
  const Submitter submitter = SubmitterOf(call, request.command_id());
  ResultVerdict verdict = co_await OnCpu(host_.cpu(), [this, &request, &state, use, &submitter] {
    return JudgeResult(request.document(), state, use, submitter, judges());
  });
  Pending pending = MakePending(call, state.subject(), state.id(), request.command_id(), request,
                                Command{verdict.event});
  const bool corrects = use <= state.results_size();
  pending.outcome.set_result_id(corrects ? state.results(use - 1).id() : verdict.event.result_id());
  pending.outcome.set_use(use);
  pending.refusal = verdict.status();
  CO_ASSIGN_OR_RETURN(const Settled settled, co_await Apply(call, std::move(pending)));
  response.set_result_id(settled.outcome.result_id());
  Answer(call, settled, response);
  AddUse(settled.outcome.use(), settled.state, response);
  // A repeat is answered with what the first one stamped.
  const std::string name = ResultName(state.id(), settled.outcome.use());
  CO_ASSIGN_OR_RETURN(std::string stamped,
                      co_await LoadDocument(state.id(), name, call.deadline()));
  response.set_stamped_document(std::move(stamped));
  verdict.findings.AppendWarnings(response.mutable_findings());
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> Handlers::Dispense(rpc::Call& call,
                                                 const v1::DispenseRequest& request,
                                                 v1::DispenseResponse& response) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckDispense(request));
  CO_ASSIGN_OR_RETURN(State state, co_await Load(call, request.prescription_id(),
                                                 tsunagu::audit::v1::OUTCOME_CHANGED));
  const int use = NextUse(state);
  co_return co_await SubmitResult<prescription::Dispense>(call, request, std::move(state), use,
                                                          response);
}

asio::awaitable<absl::Status> Handlers::ChangeResult(rpc::Call& call,
                                                     const v1::ChangeResultRequest& request,
                                                     v1::ChangeResultResponse& response) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckChangeResult(request));
  CO_ASSIGN_OR_RETURN(State state, co_await Load(call, request.prescription_id(),
                                                 tsunagu::audit::v1::OUTCOME_CHANGED));
  const int use = std::max(1, state.results_size());  // without a result the state refuses
  co_return co_await SubmitResult<prescription::ChangeResult>(call, request, std::move(state), use,
                                                              response);
}

}  // namespace tsunagu::prescription
