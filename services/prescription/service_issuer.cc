// What issuers call: Register, Change, Cancel, and the undoing of both.
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"
#include "services/prescription/fold.h"
#include "services/prescription/requests.h"
#include "services/prescription/service_handlers.h"
#include "services/prescription/service_insured_view.h"
#include "services/prescription/service_submitter.h"
#include "services/prescription/submission_rules.h"
#include "services/prescription/warnings.h"

namespace tsunagu::prescription {
namespace {

// What the audit record names.
std::vector<std::string> ItemsOf(const std::string& id, bool insured_confirmed) {
  std::vector<std::string> items(1, absl::StrCat("prescription/", id));
  if (insured_confirmed) items.push_back("insured_confirmed");
  return items;
}

// Without what stays as it was registered.
Event::Registered ContentOf(Event::Registered event) {
  event.clear_prescription_id();
  event.clear_access_code();
  event.clear_issuer();
  return event;
}

// From the operating system's generator: an access code must not be guessable.
uint32_t DrawCode() {
  static thread_local std::random_device device;
  return std::uniform_int_distribution<uint32_t>(0, kAccessCodes - 1)(device);
}

}  // namespace

asio::awaitable<absl::Status> Handlers::CheckIsNew(rpc::Call& call, std::string fingerprint,
                                                   std::string id) {
  std::vector<std::string> names(1, FingerprintName(fingerprint));
  CO_ASSIGN_OR_RETURN(const auto values,
                      co_await Read(std::move(fingerprint), std::move(names), call.deadline()));
  v1::RegisteredDocument document;
  document.ParseFromString(values[0]);
  const std::string& known = document.prescription_id();
  if (known.empty() || known == id) co_return absl::OkStatus();
  CO_ASSIGN_OR_RETURN(const State state, co_await ReadState(known, call.deadline()));
  const v1::Status status = StatusOn(state, national::JstDay(call.now()));
  co_return PrescriptionExists(known, v1::Status_Name(status));
}

asio::awaitable<absl::Status> Handlers::GiveAccessCode(rpc::Call& call,
                                                       RegistrationVerdict& verdict) {
  CO_RETURN_IF_ERROR(co_await CheckIsNew(call, verdict.event.fingerprint(), ""));
  std::vector<std::string> names(1, PersonName(verdict.subject));
  CO_ASSIGN_OR_RETURN(const auto values,
                      co_await Read(verdict.subject, std::move(names), call.deadline()));
  v1::OpenPrescriptions person;
  person.ParseFromString(values[0]);
  if (!HasRoom(person, national::JstDay(call.now()))) co_return TooManyOpen();
  if (HasContent(person, verdict.event.content_id(), verdict.event.prescription_id())) {
    Report(kRuleSameContent, "", verdict.findings.record);
  }
  verdict.event.set_access_code(AccessCode(DrawCode()));
  co_return absl::OkStatus();
}

template <typename Request>
asio::awaitable<RegistrationVerdict> Handlers::Judge(rpc::Call& call, const Request& request,
                                                     const State& changed) {
  Submitter submitter = SubmitterOf(call, request.command_id());
  submitter.prescription_id = changed.id();
  submitter.access_code = changed.access_code();
  RegistrationVerdict verdict = co_await OnCpu(host_.cpu(), [this, &request, &submitter] {
    return JudgePrescription(request.document(), request.issue_type(), submitter, judges());
  });
  if (verdict.subject.empty()) co_return verdict;
  verdict.event.set_insured_confirmed(request.insured_confirmed());
  *verdict.event.mutable_accepted_alerts() = request.accepted_alerts();
  Claim claim{verdict.patient, verdict.event.issued_on(), request.insured_confirmed()};
  co_await CompareWithView(host_, verdict.subject, verdict.insurer, std::move(claim),
                           call.deadline(), verdict.findings.record);
  KeepWarnings(verdict.findings, verdict.event);
  co_return verdict;
}

asio::awaitable<absl::Status> Handlers::Register(rpc::Call& call,
                                                 const v1::RegisterRequest& request,
                                                 v1::RegisterResponse& response) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckRegister(request));
  RegistrationVerdict verdict = co_await Judge(call, request, State());
  if (verdict.subject.empty()) co_return verdict.status();
  const std::string id = verdict.event.prescription_id();
  call.Touch(verdict.subject, tsunagu::audit::v1::OUTCOME_CHANGED,
             ItemsOf(id, request.insured_confirmed()));
  // A repeat gets its first outcome whatever the document is worth today: so ask the journal even
  // with a verdict that refuses.
  absl::Status refusal = verdict.status();
  if (refusal.ok()) refusal = co_await GiveAccessCode(call, verdict);
  Pending pending = MakePending(call, verdict.subject, id, request.command_id(), request,
                                prescription::Register{verdict.event});
  pending.refusal = std::move(refusal);
  CO_ASSIGN_OR_RETURN(const Settled settled, co_await Apply(call, std::move(pending)));
  const State& state = settled.state;
  if (state.id().empty()) {  // the same document came first, by another command
    co_return co_await CheckIsNew(call, verdict.event.fingerprint(), "");
  }
  response.set_prescription_id(state.id());
  response.set_access_code(state.access_code());
  response.set_use_by(state.use_by());
  Answer(call, settled, response);
  if (settled.repeated) RecallWarnings(state, verdict.findings);
  verdict.findings.AppendWarnings(response.mutable_findings());
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> Handlers::Change(rpc::Call& call, const v1::ChangeRequest& request,
                                               v1::ChangeResponse& response) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckChange(request));
  CO_ASSIGN_OR_RETURN(const State before, co_await Load(call, request.prescription_id(),
                                                        tsunagu::audit::v1::OUTCOME_CHANGED));
  if (before.issuer() != call.principal().facility()) co_return PrescriptionNotFound();
  RegistrationVerdict verdict = co_await Judge(call, request, before);
  absl::Status refusal = verdict.status();
  if (refusal.ok() && verdict.subject != before.subject()) refusal = PatientMismatch();
  if (refusal.ok()) {
    refusal = co_await CheckIsNew(call, verdict.event.fingerprint(), before.id());
  }
  Pending pending = MakePending(call, before.subject(), before.id(), request.command_id(), request,
                                prescription::Change{ContentOf(verdict.event)});
  pending.refusal = std::move(refusal);
  CO_ASSIGN_OR_RETURN(const Settled settled, co_await Apply(call, std::move(pending)));
  const bool taken = settled.state.fingerprint() != verdict.event.fingerprint();
  if (taken && !settled.repeated) {  // another registration of the document came first
    co_return co_await CheckIsNew(call, verdict.event.fingerprint(), before.id());
  }
  response.set_use_by(settled.state.use_by());
  Answer(call, settled, response);
  if (settled.repeated) RecallWarnings(settled.state, verdict.findings);
  verdict.findings.AppendWarnings(response.mutable_findings());
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> Handlers::CancelUnregistered(rpc::Call& call,
                                                           const v1::CancelRequest& request,
                                                           v1::CancelResponse& response) {
  CO_RETURN_IF_ERROR(CheckCommandId(request.register_command_id()));
  if (!request.has_identity()) co_return BadField("identity", "missing", "RX-071");
  const national::InsuredIdentity identity = IdentityOf(request.identity());
  const national::Subject subject = host_.subjects().MakeSubject(identity);
  const std::string id = IdOf(host_.subjects().Household(identity), call.principal().facility(),
                              request.register_command_id());
  CO_ASSIGN_OR_RETURN(const State state, co_await ReadState(id, call.deadline()));
  // The id is made of the family: without this it would lead to another of its members.
  if (!state.id().empty() && state.subject() != subject) co_return PrescriptionNotFound();
  call.Touch(subject, tsunagu::audit::v1::OUTCOME_CHANGED, ItemsOf(id, false));
  CO_ASSIGN_OR_RETURN(
      const Settled settled,
      co_await Apply(call, MakePending(call, subject, id, request.command_id(), request,
                                       prescription::CancelUnregistered{})));
  Answer(call, settled, response);
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> Handlers::Cancel(rpc::Call& call, const v1::CancelRequest& request,
                                               v1::CancelResponse& response) {
  if (request.register_command_id().empty()) {
    co_return co_await Simple(call, request, response, prescription::Cancel{});
  }
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckCommandId(request.command_id()));
  if (!request.prescription_id().empty()) {
    co_return BadField("prescription_id", "not with register_command_id", "RX-071");
  }
  co_return co_await CancelUnregistered(call, request, response);
}

asio::awaitable<absl::Status> Handlers::UndoCancel(rpc::Call& call,
                                                   const v1::UndoCancelRequest& request,
                                                   v1::UndoCancelResponse& response) {
  co_return co_await Simple(call, request, response, prescription::UndoCancel{});
}

asio::awaitable<absl::Status> Handlers::UndoChange(rpc::Call& call,
                                                   const v1::UndoChangeRequest& request,
                                                   v1::UndoChangeResponse& response) {
  co_return co_await Simple(call, request, response, prescription::UndoChange{});
}

}  // namespace tsunagu::prescription
