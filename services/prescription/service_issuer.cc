// What issuers call: Register, Cancel.
#include <algorithm>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"
#include "services/prescription/fold.h"
#include "services/prescription/insured.h"
#include "services/prescription/insured_fold.h"
#include "services/prescription/requests.h"
#include "services/prescription/service_handlers.h"
#include "services/prescription/service_submitter.h"
#include "services/prescription/warnings.h"

namespace tsunagu::prescription {
namespace {

// A prescription does not wait for a view of insured persons that is being rebuilt (RX-048).
constexpr absl::Duration kPatience = absl::Seconds(1);

// From the operating system's generator: an access code must not be guessable.
uint32_t DrawCode() {
  static thread_local std::random_device device;
  return std::uniform_int_distribution<uint32_t>(0, kAccessCodes - 1)(device);
}

}  // namespace

asio::awaitable<absl::Status> Handlers::CheckIsNew(rpc::Call& call, std::string fingerprint) {
  std::vector<std::string> names(1, FingerprintName(fingerprint));
  CO_ASSIGN_OR_RETURN(const auto values,
                      co_await Read(std::move(fingerprint), std::move(names), call.deadline()));
  v1::RegisteredDocument document;
  document.ParseFromString(values[0]);
  const std::string& id = document.prescription_id();
  if (id.empty()) co_return absl::OkStatus();
  CO_ASSIGN_OR_RETURN(const State state, co_await ReadState(id, call.deadline()));
  const v1::Status status = StatusOn(state, national::JstDay(call.now()));
  co_return PrescriptionExists(id, v1::Status_Name(status));
}

asio::awaitable<absl::Status> Handlers::GiveAccessCode(rpc::Call& call,
                                                       RegistrationVerdict& verdict) {
  CO_RETURN_IF_ERROR(co_await CheckIsNew(call, verdict.event.fingerprint()));
  std::vector<std::string> names(1, PersonName(verdict.subject));
  CO_ASSIGN_OR_RETURN(const auto values,
                      co_await Read(verdict.subject, std::move(names), call.deadline()));
  v1::OpenPrescriptions person;
  person.ParseFromString(values[0]);
  if (CountOpen(person, national::JstDay(call.now())) >= kMaxOpen) co_return TooManyOpen();
  verdict.event.set_access_code(AccessCode(DrawCode()));
  co_return absl::OkStatus();
}

asio::awaitable<void> Handlers::CompareWithInsured(rpc::Call& call, bool confirmed,
                                                   RegistrationVerdict& verdict) {
  const absl::Time limit = std::min(call.deadline(), absl::Now() + kPatience);
  std::vector<std::string> names(1, InsuredName(verdict.subject));
  names.push_back(InsurerName(verdict.insurer));
  const auto values = co_await host_.views().Read(host_.Topic(kInsuredTopic), verdict.subject,
                                                  std::move(names), limit);
  v1::KnownInsured insured;
  v1::KnownInsurer insurer;
  if (values.ok()) {
    insured.ParseFromString((*values)[0]);
    insurer.ParseFromString((*values)[1]);
  }
  const Claim claim{verdict.patient, verdict.event.issued_on(), confirmed};
  prescription::CompareWithInsured(claim, insured, insurer.has_insured(), verdict.findings.record);
}

asio::awaitable<absl::Status> Handlers::Register(rpc::Call& call,
                                                 const v1::RegisterRequest& request,
                                                 v1::RegisterResponse& response) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckRegister(request));
  const Submitter submitter = SubmitterOf(call, request.command_id());
  RegistrationVerdict verdict = co_await OnCpu(host_.cpu(), [this, &request, &submitter] {
    return JudgePrescription(request.document(), request.issue_type(), submitter, judges());
  });
  if (verdict.subject.empty()) co_return verdict.status();
  const std::string id = verdict.event.prescription_id();
  std::vector<std::string> items(1, absl::StrCat("prescription/", id));
  if (request.insured_confirmed()) items.push_back("insured_confirmed");
  call.Touch(verdict.subject, tsunagu::audit::v1::OUTCOME_CHANGED, std::move(items));
  verdict.event.set_insured_confirmed(request.insured_confirmed());
  co_await CompareWithInsured(call, request.insured_confirmed(), verdict);
  KeepWarnings(verdict.findings, verdict.event);
  // A repeat gets its first outcome whatever the document is worth today: so ask the journal even
  // with a verdict that refuses.
  absl::Status refusal = verdict.status();
  if (refusal.ok()) refusal = co_await GiveAccessCode(call, verdict);
  Change change = MakeChange(call, verdict.subject, id, request.command_id(), request,
                             prescription::Register{verdict.event});
  change.refusal = std::move(refusal);
  CO_ASSIGN_OR_RETURN(const journal::Outcome outcome, co_await Apply(call, std::move(change)));
  State state;
  state.ParseFromString(outcome.state);
  if (state.id().empty()) {  // the same document came first, by another command
    co_return co_await CheckIsNew(call, verdict.event.fingerprint());
  }
  response.set_prescription_id(state.id());
  response.set_access_code(state.access_code());
  response.set_use_by(state.use_by());
  response.set_repeated(outcome.repeated);
  response.set_status(StatusOn(state, national::JstDay(call.now())));
  if (outcome.repeated) {
    call.ChangesNothing();
    RecallWarnings(state, verdict.findings);
  }
  verdict.findings.AppendWarnings(response.mutable_findings());
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> Handlers::Cancel(rpc::Call& call, const v1::CancelRequest& request,
                                               v1::CancelResponse& response) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckCommandId(request.command_id()));
  CO_ASSIGN_OR_RETURN(const State state, co_await Load(call, request.prescription_id(),
                                                       tsunagu::audit::v1::OUTCOME_CHANGED));
  Change change = MakeChange(call, state.subject(), state.id(), request.command_id(), request,
                             prescription::Cancel{});
  CO_ASSIGN_OR_RETURN(const journal::Outcome outcome, co_await Apply(call, std::move(change)));
  State after;
  after.ParseFromString(outcome.state);
  response.set_repeated(outcome.repeated);
  if (outcome.repeated) call.ChangesNothing();
  response.set_status(StatusOn(after, national::JstDay(call.now())));
  co_return absl::OkStatus();
}

}  // namespace tsunagu::prescription
