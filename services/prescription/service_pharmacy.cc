// What pharmacies call about a prescription: Accept, Release, Collect. Results: service_result.cc.
#include <algorithm>
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

asio::awaitable<absl::StatusOr<std::string>> Handlers::LookUpCode(std::string subject,
                                                                  std::string code,
                                                                  absl::Time deadline) {
  std::vector<std::string> names(1, PersonName(subject));
  CO_ASSIGN_OR_RETURN(const auto values, co_await Read(subject, std::move(names), deadline));
  v1::OpenPrescriptions person;
  person.ParseFromString(values[0]);
  co_return prescription::FindByCode(person, code);
}

asio::awaitable<absl::StatusOr<std::string>> Handlers::FindByCode(rpc::Call& call,
                                                                  v1::AcceptRequest request) {
  const std::string subject = host_.subjects().MakeSubject(IdentityOf(request.identity()));
  // Unless it is right, somebody tried a code on this person: that is on record too.
  std::vector<std::string> items(1, "prescription");
  auto attempt = co_await guard_.Begin(call.principal().facility(), subject, call.now());
  if (!attempt.ok()) {
    call.Touch(subject, tsunagu::audit::v1::OUTCOME_REFUSED, std::move(items));
    co_return attempt.status();
  }
  auto id = co_await LookUpCode(subject, request.access_code(), call.deadline());
  if (absl::IsNotFound(id.status())) {
    guard_.Wrong(*attempt);
  } else {
    co_await guard_.Right(*std::move(attempt));
  }
  if (!id.ok()) call.Touch(subject, tsunagu::audit::v1::OUTCOME_REFUSED, std::move(items));
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
  if (state.has_course()) *response.mutable_course() = state.course();
  response.set_use(NextUse(state));
  *response.mutable_accepted_alerts() = state.accepted_alerts();
  if (state.results().empty()) co_return absl::OkStatus();
  CO_ASSIGN_OR_RETURN(
      std::string result,
      co_await LoadDocument(state.id(), ResultName(state.id(), state.results_size()),
                            call.deadline()));
  response.set_previous_result(std::move(result));
  co_return absl::OkStatus();
}

template <typename Request>
asio::awaitable<absl::Status> Handlers::AcceptFor(rpc::Call& call, const Request& request,
                                                  const State& state,
                                                  v1::AcceptResponse& response) {
  CO_ASSIGN_OR_RETURN(
      const Settled settled,
      co_await Apply(call, MakePending(call, state.subject(), state.id(), request.command_id(),
                                       request, prescription::Accept{})));
  response.set_repeated(settled.repeated || state.holder() == call.principal().facility());
  co_return co_await AnswerAccept(call, settled.state, response);
}

template asio::awaitable<absl::Status> Handlers::AcceptFor(rpc::Call&,
                                                           const v1::AcceptListedRequest&,
                                                           const State&, v1::AcceptResponse&);

asio::awaitable<absl::Status> Handlers::CheckPatient(rpc::Call& call,
                                                     const v1::AcceptRequest& request,
                                                     const State& state) {
  if (call.care_context() != nullptr) {
    const auto& known = call.care_context()->subjects();
    if (std::ranges::find(known, state.subject()) == known.end()) co_return PatientMismatch();
  }
  // By code the identity has led to the prescription.
  if (request.prescription_id().empty() || !request.has_identity()) co_return absl::OkStatus();
  // Counted for the prescription: who guesses at codes locks nobody out who comes with an id.
  const std::string subject = host_.subjects().MakeSubject(IdentityOf(request.identity()));
  const bool same = subject == state.subject();
  if (same && state.holder() == call.principal().facility()) co_return absl::OkStatus();
  CO_ASSIGN_OR_RETURN(auto attempt,
                      co_await guard_.Begin(call.principal().facility(), state.id(), call.now()));
  if (!same) {
    guard_.Wrong(attempt);
    co_return PatientMismatch();
  }
  co_await guard_.Right(std::move(attempt));
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
  if (!request.has_identity() && state.holder() != call.principal().facility()) {
    co_return BadField("identity", "needed to show that the patient is there", "RX-480");
  }
  CO_RETURN_IF_ERROR(co_await CheckPatient(call, request, state));
  co_return co_await AcceptFor(call, request, state, response);
}

asio::awaitable<absl::Status> Handlers::Release(rpc::Call& call, const v1::ReleaseRequest& request,
                                                v1::ReleaseResponse& response) {
  co_return co_await Simple(call, request, response, prescription::Release{});
}

asio::awaitable<absl::Status> Handlers::Collect(rpc::Call& call, const v1::CollectRequest& request,
                                                v1::CollectResponse& response) {
  co_return co_await Simple(call, request, response, prescription::Collect{});
}

asio::awaitable<absl::Status> Handlers::UndoCollect(rpc::Call& call,
                                                    const v1::UndoCollectRequest& request,
                                                    v1::UndoCollectResponse& response) {
  co_return co_await Simple(call, request, response, prescription::UndoCollect{});
}

}  // namespace tsunagu::prescription
