#include "services/prescription/given_service_handlers.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/journal/folder.h"
#include "services/platform/journal/journal.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"
#include "services/prescription/facility_errors.h"
#include "services/prescription/fold.h"
#include "services/prescription/given_fold.h"
#include "services/prescription/given_requests.h"
#include "services/prescription/requests.h"
#include "services/prescription/service_insured_view.h"
#include "services/prescription/service_submitter.h"
#include "services/prescription/warnings.h"
#include "tsunagu/journal/v1/journal.pb.h"

namespace tsunagu::prescription {
namespace {

v1::Given ParseState(absl::string_view bytes) {
  v1::Given state;
  state.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  return state;
}

std::string ItemOf(absl::string_view id) { return absl::StrCat("given/", id); }

v1::GivenKind CallersKind(const rpc::Call& call) {
  return KindOf(call.principal().facility_kind());
}

// A repeat is warned of what the first one was (RX-054).
void AddWarnings(const v1::Given& state, bool repeated, DocumentFindings& findings,
                 google::protobuf::RepeatedPtrField<tsunagu::common::v1::Finding>* list) {
  if (repeated) {
    v1::Prescription kept;
    *kept.mutable_warnings() = state.warnings();
    RecallWarnings(kept, findings);
  }
  findings.AppendWarnings(list);
}

// Without what stays as it was registered.
v1::GivenEvent::Content ChangeOf(v1::GivenEvent::Content content) {
  content.set_record_id(content.given_id());
  content.clear_given_id();
  content.clear_kind();
  content.clear_facility();
  content.clear_issuer();
  content.clear_issued_on();
  return content;
}

bool IsIn(const GivenDays& days, const std::string& day) {
  const auto given_on = national::ParseDay(day);
  return given_on.has_value() && *given_on >= days.from && *given_on <= days.to;
}

}  // namespace

GivenHandlers::GivenHandlers(rpc::Host& host, const record::DrugCatalogue* catalogue)
    : host_(host), catalogue_(catalogue), topic_(host.Topic("prescription.journal")) {}

asio::awaitable<absl::StatusOr<std::vector<std::string>>> GivenHandlers::Read(
    std::string id, std::vector<std::string> names, absl::Time deadline) {
  co_return co_await host_.views().Read(topic_, std::move(id), std::move(names), deadline);
}

asio::awaitable<absl::StatusOr<std::vector<v1::Given>>> GivenHandlers::ReadStates(
    std::string id, std::vector<std::string> ids, absl::Time deadline) {
  std::vector<v1::Given> states;
  if (ids.empty()) co_return states;
  std::vector<std::string> names;
  for (const std::string& one : ids) names.push_back(GivenName(one));
  CO_ASSIGN_OR_RETURN(const auto values, co_await Read(std::move(id), std::move(names), deadline));
  for (const std::string& value : values) {
    tsunagu::journal::v1::Stored stored;
    stored.ParseFromString(value);
    states.push_back(ParseState(stored.state()));
  }
  co_return states;
}

asio::awaitable<absl::StatusOr<v1::Given>> GivenHandlers::Load(
    rpc::Call& call, std::string id, tsunagu::audit::v1::Outcome outcome) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckGivenId(id));
  std::vector<std::string> ids(1, id);
  CO_ASSIGN_OR_RETURN(const auto states, co_await ReadStates(id, std::move(ids), call.deadline()));
  const v1::Given& state = states[0];
  if (state.id().empty()) co_return GivenNotFound();
  std::vector<std::string> items(1, ItemOf(id));
  call.Touch(state.subject(), outcome, std::move(items));
  if (state.facility() != call.principal().facility()) co_return GivenNotFound();
  co_return state;
}

asio::awaitable<absl::StatusOr<GivenHandlers::Settled>> GivenHandlers::Apply(rpc::Call& call,
                                                                             Pending pending) {
  const std::string& facility = call.principal().facility();
  journal::Command command{
      pending.subject, GivenName(pending.id), absl::StrCat(facility, "/", pending.command_id),
      journal::Digest(absl::StrCat(pending.request.GetDescriptor()->full_name(), "\n",
                                   journal::Serialize(pending.request))),
      call.deadline()};
  auto decide = [&](absl::string_view bytes) -> absl::StatusOr<journal::Decision> {
    ASSIGN_OR_RETURN(const v1::GivenEvent event,
                     DecideGiven(ParseState(bytes), pending.what, facility));
    RETURN_IF_ERROR(pending.refusal);
    return journal::Decision{journal::Serialize(event), ""};
  };
  CO_ASSIGN_OR_RETURN(const journal::Outcome outcome,
                      co_await host_.journal().Transact(std::move(command), decide));
  if (outcome.repeated) call.ChangesNothing();
  co_return Settled{ParseState(outcome.state), outcome.repeated};
}

asio::awaitable<GivenVerdict> GivenHandlers::Judge(rpc::Call& call, const std::string& document,
                                                   bool confirmed, GivenSubmitter submitter) {
  submitter.facility = call.principal().facility();
  submitter.now = call.now();
  GivenVerdict verdict = co_await OnCpu(host_.cpu(), [this, &document, &submitter] {
    return JudgeGiven(document, submitter, host_.subjects(), catalogue_);
  });
  if (verdict.subject.empty()) co_return verdict;
  verdict.content.set_insured_confirmed(confirmed);
  Claim claim{verdict.patient, verdict.content.given_on(), confirmed};
  co_await CompareWithView(host_, verdict.subject, verdict.insurer, std::move(claim),
                           call.deadline(), verdict.findings.record);
  v1::Event::Registered kept;
  KeepWarnings(verdict.findings, kept);
  *verdict.content.mutable_warnings() = kept.warnings();
  co_return verdict;
}

asio::awaitable<absl::Status> GivenHandlers::CheckIsNew(rpc::Call& call, std::string record_id,
                                                        std::string given_id) {
  std::vector<std::string> names(1, GivenAsName(record_id));
  CO_ASSIGN_OR_RETURN(const auto values, co_await Read(record_id, names, call.deadline()));
  v1::GivenAs as;
  as.ParseFromString(values[0]);
  std::vector<std::string> ids;
  for (const std::string* id : {&std::as_const(record_id), &as.given_id()}) {
    if (!id->empty() && *id != given_id) ids.push_back(*id);
  }
  CO_ASSIGN_OR_RETURN(const auto states, co_await ReadStates(record_id, ids, call.deadline()));
  for (const v1::Given& state : states) {
    if (StandsAs(record_id, as, state)) co_return GivenExists(state.id());
  }
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> GivenHandlers::RegisterGiven(rpc::Call& call,
                                                           const v1::RegisterGivenRequest& request,
                                                           v1::RegisterGivenResponse& response) {
  call.TouchNobody();
  GivenSubmitter submitter;
  submitter.kind = CallersKind(call);
  CO_RETURN_IF_ERROR(CheckRegisterGiven(request, submitter.kind));
  submitter.issuer = request.issuer();
  submitter.issued_on = request.issued_on();
  GivenVerdict verdict =
      co_await Judge(call, request.document(), request.insured_confirmed(), std::move(submitter));
  if (verdict.subject.empty()) co_return verdict.status();
  const std::string id = verdict.content.given_id();
  std::vector<std::string> items(1, ItemOf(id));
  if (request.insured_confirmed()) items.push_back("insured_confirmed");
  call.Touch(verdict.subject, tsunagu::audit::v1::OUTCOME_CHANGED, std::move(items));
  absl::Status refusal = verdict.status();
  if (refusal.ok()) refusal = co_await CheckIsNew(call, id, id);
  Pending pending{verdict.subject,
                  id,
                  request.command_id(),
                  request,
                  prescription::RegisterGiven{verdict.content},
                  std::move(refusal)};
  CO_ASSIGN_OR_RETURN(const Settled settled, co_await Apply(call, std::move(pending)));
  response.set_given_id(id);
  response.set_kind(settled.state.kind());
  response.set_repeated(settled.repeated);
  response.set_status(settled.state.status());
  AddWarnings(settled.state, settled.repeated, verdict.findings, response.mutable_findings());
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> GivenHandlers::ChangeGiven(rpc::Call& call,
                                                         const v1::ChangeGivenRequest& request,
                                                         v1::ChangeGivenResponse& response) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckChangeGiven(request));
  CO_ASSIGN_OR_RETURN(const v1::Given before,
                      co_await Load(call, request.given_id(), tsunagu::audit::v1::OUTCOME_CHANGED));
  GivenSubmitter submitter;
  submitter.kind = before.kind();
  if (before.kind() == v1::GIVEN_KIND_PAPER) {
    submitter.issuer = before.issuer();
    submitter.issued_on = before.issued_on();
  }
  GivenVerdict verdict =
      co_await Judge(call, request.document(), request.insured_confirmed(), std::move(submitter));
  absl::Status refusal = verdict.status();
  if (refusal.ok() && verdict.subject != before.subject()) refusal = GivenDiffers();
  if (refusal.ok()) refusal = co_await CheckIsNew(call, verdict.content.given_id(), before.id());
  Pending pending{before.subject(),
                  before.id(),
                  request.command_id(),
                  request,
                  prescription::ChangeGiven{ChangeOf(verdict.content)},
                  std::move(refusal)};
  CO_ASSIGN_OR_RETURN(const Settled settled, co_await Apply(call, std::move(pending)));
  response.set_repeated(settled.repeated);
  response.set_status(settled.state.status());
  AddWarnings(settled.state, settled.repeated, verdict.findings, response.mutable_findings());
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> GivenHandlers::CancelGiven(rpc::Call& call,
                                                         const v1::CancelGivenRequest& request,
                                                         v1::CancelGivenResponse& response) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckCommandId(request.command_id()));
  CO_ASSIGN_OR_RETURN(const v1::Given before,
                      co_await Load(call, request.given_id(), tsunagu::audit::v1::OUTCOME_CHANGED));
  Pending pending{
      before.subject(), before.id(), request.command_id(), request, prescription::CancelGiven{},
      absl::OkStatus()};
  CO_ASSIGN_OR_RETURN(const Settled settled, co_await Apply(call, std::move(pending)));
  response.set_repeated(settled.repeated);
  response.set_status(settled.state.status());
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> GivenHandlers::SearchGiven(rpc::Call& call,
                                                         const v1::SearchGivenRequest& request,
                                                         v1::SearchGivenResponse& response) {
  call.TouchNobody();
  CO_ASSIGN_OR_RETURN(const GivenDays days,
                      CheckSearchGiven(request, national::JstDay(call.now())));
  const std::string subject = host_.subjects().MakeSubject(IdentityOf(request.identity()));
  std::vector<std::string> names(1, GivenOfPersonName(subject));
  CO_ASSIGN_OR_RETURN(const auto values, co_await Read(subject, std::move(names), call.deadline()));
  v1::GivenOfPerson person;
  person.ParseFromString(values[0]);
  std::vector<std::string> ids, items;
  for (const auto& item : person.items()) {
    if (item.facility() == call.principal().facility() && IsIn(days, item.given_on())) {
      ids.push_back(item.given_id());
      items.push_back(ItemOf(item.given_id()));
    }
  }
  call.Touch(
      subject,
      ids.empty() ? tsunagu::audit::v1::OUTCOME_NOTHING : tsunagu::audit::v1::OUTCOME_DISCLOSED,
      std::move(items));
  CO_ASSIGN_OR_RETURN(auto states, co_await ReadStates(subject, std::move(ids), call.deadline()));
  std::ranges::stable_sort(
      states, [](const auto& a, const auto& b) { return a.given_on() > b.given_on(); });
  for (v1::Given& state : states) {
    state.clear_subject();
    *response.add_given() = std::move(state);
  }
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> GivenHandlers::GetGiven(rpc::Call& call,
                                                      const v1::GetGivenRequest& request,
                                                      v1::GetGivenResponse& response) {
  CO_ASSIGN_OR_RETURN(v1::Given state, co_await Load(call, request.given_id(),
                                                     tsunagu::audit::v1::OUTCOME_DISCLOSED));
  std::vector<std::string> names(1, DocumentName(state.id()));
  CO_ASSIGN_OR_RETURN(const auto values,
                      co_await Read(state.id(), std::move(names), call.deadline()));
  v1::Document document;
  document.ParseFromString(values[0]);
  if (document.has_erased()) co_return DocumentErased(document.erased().on());
  state.clear_subject();
  *response.mutable_given() = std::move(state);
  response.set_document(std::move(*document.mutable_xml()));
  co_return absl::OkStatus();
}

}  // namespace tsunagu::prescription
