// What pharmacies call: Accept, Release, Dispense.
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"
#include "services/prescription/findings.h"
#include "services/prescription/fold.h"
#include "services/prescription/requests.h"
#include "services/prescription/service_handlers.h"
#include "services/prescription/service_submitter.h"
#include "services/prescription/warnings.h"

namespace tsunagu::prescription {

asio::awaitable<absl::StatusOr<std::string>> Handlers::FindByCode(rpc::Call& call,
                                                                  v1::AcceptRequest request) {
  const std::string subject = host_.subjects().MakeSubject(IdentityOf(request.identity()));
  std::vector<std::string> names(1, PersonName(subject));
  CO_ASSIGN_OR_RETURN(const auto values, co_await Read(subject, std::move(names), call.deadline()));
  v1::OpenPrescriptions person;
  person.ParseFromString(values[0]);
  absl::StatusOr<std::string> id = prescription::FindByCode(person, request.access_code());
  // Somebody tried a code on this person: that is on record too.
  if (!id.ok()) {
    std::vector<std::string> items(1, "prescription");
    call.Touch(subject, tsunagu::audit::v1::OUTCOME_REFUSED, std::move(items));
  }
  co_return id;
}

// A repeat of an acceptance that has ended since must not show what is another's now.
asio::awaitable<absl::Status> Handlers::AnswerAccept(rpc::Call& call, const State& state,
                                                     v1::AcceptResponse& response) {
  if (state.holder() != call.principal().facility()) {
    co_return state.holder().empty() ? AcceptanceEnded() : HeldByAnother(state);
  }
  CO_ASSIGN_OR_RETURN(std::string document,
                      co_await LoadDocument(state.id(), DocumentName(state.id()), call.deadline()));
  response.set_prescription_id(state.id());
  response.set_issue_type(state.issue_type());
  response.set_document(std::move(document));
  response.set_use_by(state.use_by());
  response.set_status(StatusOn(state, national::JstDay(call.now())));
  if (state.has_signer()) *response.mutable_prescriber() = state.signer();
  AddFindings(KeptWarnings(state), response.mutable_findings());
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> Handlers::Accept(rpc::Call& call, const v1::AcceptRequest& request,
                                               v1::AcceptResponse& response) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckAccept(request));
  std::string id = request.prescription_id();
  if (id.empty()) {
    CO_ASSIGN_OR_RETURN(id, co_await FindByCode(call, request));
  }
  CO_ASSIGN_OR_RETURN(const State state,
                      co_await Load(call, id, tsunagu::audit::v1::OUTCOME_DISCLOSED));
  if (request.has_identity() &&
      host_.subjects().MakeSubject(IdentityOf(request.identity())) != state.subject()) {
    co_return PatientMismatch();
  }
  Change change = MakeChange(call, state.subject(), state.id(), request.command_id(), request,
                             prescription::Accept{});
  CO_ASSIGN_OR_RETURN(const journal::Outcome outcome, co_await Apply(call, std::move(change)));
  response.set_repeated(outcome.repeated || state.holder() == call.principal().facility());
  State after;
  after.ParseFromString(outcome.state);
  co_return co_await AnswerAccept(call, after, response);
}

asio::awaitable<absl::Status> Handlers::Release(rpc::Call& call, const v1::ReleaseRequest& request,
                                                v1::ReleaseResponse& response) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckCommandId(request.command_id()));
  CO_ASSIGN_OR_RETURN(const State state, co_await Load(call, request.prescription_id(),
                                                       tsunagu::audit::v1::OUTCOME_CHANGED));
  Change change = MakeChange(call, state.subject(), state.id(), request.command_id(), request,
                             prescription::Release{});
  CO_ASSIGN_OR_RETURN(const journal::Outcome outcome, co_await Apply(call, std::move(change)));
  State after;
  after.ParseFromString(outcome.state);
  response.set_repeated(outcome.repeated);
  if (outcome.repeated) call.ChangesNothing();
  response.set_status(StatusOn(after, national::JstDay(call.now())));
  co_return absl::OkStatus();
}

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

asio::awaitable<absl::Status> Handlers::Dispense(rpc::Call& call,
                                                 const v1::DispenseRequest& request,
                                                 v1::DispenseResponse& response) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckDispense(request));
  CO_ASSIGN_OR_RETURN(State state, co_await Load(call, request.prescription_id(),
                                                 tsunagu::audit::v1::OUTCOME_CHANGED));
  // Nobody else's documents are looked into.
  if (state.holder() != call.principal().facility()) co_return NotHolder();
  CO_RETURN_IF_ERROR(co_await AddFingerprint(call, state));
  const Submitter submitter = SubmitterOf(call, request.command_id());
  ResultVerdict verdict = co_await OnCpu(host_.cpu(), [this, &request, &state, &submitter] {
    return JudgeResult(request.document(), state, submitter, judges());
  });
  Change change = MakeChange(call, state.subject(), state.id(), request.command_id(), request,
                             prescription::Dispense{verdict.event});
  change.outcome.set_result_id(verdict.event.result_id());
  change.refusal = verdict.status();
  CO_ASSIGN_OR_RETURN(const journal::Outcome outcome, co_await Apply(call, std::move(change)));
  v1::CommandOutcome first;
  first.ParseFromString(outcome.outcome);
  response.set_result_id(first.result_id());
  response.set_repeated(outcome.repeated);
  if (outcome.repeated) call.ChangesNothing();
  State after;
  after.ParseFromString(outcome.state);
  response.set_status(StatusOn(after, national::JstDay(call.now())));
  // A repeat is answered with what the first one stamped.
  CO_ASSIGN_OR_RETURN(std::string stamped,
                      co_await LoadDocument(state.id(), ResultName(state.id()), call.deadline()));
  response.set_stamped_document(std::move(stamped));
  verdict.findings.AppendWarnings(response.mutable_findings());
  co_return absl::OkStatus();
}

}  // namespace tsunagu::prescription
