// What pharmacies call about who showed the card: ListOpen, AcceptListed.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/prescription/errors.h"
#include "services/prescription/facility_errors.h"
#include "services/prescription/fold.h"
#include "services/prescription/requests.h"
#include "services/prescription/service_handlers.h"
#include "tsunagu/journal/v1/journal.pb.h"

namespace tsunagu::prescription {
namespace {

using tsunagu::access::v1::CareContext;

absl::Status CheckCardReader(const CareContext& context) {
  const bool card = context.source() == tsunagu::access::v1::CONTEXT_SOURCE_CARD_READER;
  return card ? absl::OkStatus() : CardReaderNeeded();
}

bool IsOpen(v1::Status status) {
  return status == v1::STATUS_REGISTERED || status == v1::STATUS_IN_DISPENSING;
}

v1::OpenPrescription Describe(const State& state, v1::Status status, const std::string& pharmacy) {
  v1::OpenPrescription open;
  open.set_prescription_id(state.id());
  open.set_issuer(state.issuer());
  open.set_issuer_name(state.issuer_name());
  open.set_issued_on(state.issued_on());
  open.set_use_by(state.use_by());
  if (state.has_course()) *open.mutable_course() = state.course();
  open.set_use(NextUse(state));
  open.set_accept_from(state.open_from());
  open.set_accept_until(OpenUntil(state));
  open.set_status(status);
  open.set_held(state.holder() == pharmacy);
  return open;
}

void TouchListed(const std::string& subject, const std::vector<std::string>& ids, rpc::Call& call) {
  std::vector<std::string> items;
  for (const std::string& id : ids) items.push_back(absl::StrCat("prescription/", id));
  const auto outcome =
      ids.empty() ? tsunagu::audit::v1::OUTCOME_NOTHING : tsunagu::audit::v1::OUTCOME_DISCLOSED;
  call.Touch(subject, outcome, std::move(items));
}

void TouchRefused(rpc::Call& call) {
  for (const std::string& subject : call.care_context()->subjects()) {
    call.Touch(subject, tsunagu::audit::v1::OUTCOME_REFUSED, {});
  }
}

}  // namespace

asio::awaitable<absl::StatusOr<std::vector<State>>> Handlers::ReadStates(
    std::string id, std::vector<std::string> ids, absl::Time deadline) {
  std::vector<State> states;
  if (ids.empty()) co_return states;
  std::vector<std::string> names;
  for (const std::string& one : ids) names.push_back(AggregateName(one));
  CO_ASSIGN_OR_RETURN(const auto values, co_await Read(std::move(id), std::move(names), deadline));
  for (const std::string& value : values) {
    tsunagu::journal::v1::Stored stored;
    stored.ParseFromString(value);
    states.emplace_back().ParseFromString(stored.state());
  }
  co_return states;
}

asio::awaitable<absl::Status> Handlers::ListOpenOf(rpc::Call& call, std::string subject,
                                                   v1::ListOpenResponse& response) {
  std::vector<std::string> names(1, PersonName(subject));
  CO_ASSIGN_OR_RETURN(const auto values, co_await Read(subject, std::move(names), call.deadline()));
  v1::OpenPrescriptions person;
  person.ParseFromString(values[0]);
  std::vector<std::string> ids;
  for (const auto& item : person.items()) ids.push_back(item.prescription_id());
  CO_ASSIGN_OR_RETURN(const auto states,
                      co_await ReadStates(subject, std::move(ids), call.deadline()));
  std::vector<std::string> listed;
  for (const State& state : states) {
    const v1::Status status = StatusOn(state, national::JstDay(call.now()));
    if (!IsOpen(status) || state.subject() != subject) continue;
    *response.add_prescriptions() = Describe(state, status, call.principal().facility());
    listed.push_back(state.id());
  }
  TouchListed(subject, listed, call);
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> Handlers::ListOpen(rpc::Call& call, const v1::ListOpenRequest&,
                                                 v1::ListOpenResponse& response) {
  if (const absl::Status status = CheckCardReader(*call.care_context()); !status.ok()) {
    TouchRefused(call);
    co_return status;
  }
  for (const std::string& subject : call.care_context()->subjects()) {
    CO_RETURN_IF_ERROR(co_await ListOpenOf(call, subject, response));
  }
  std::ranges::sort(*response.mutable_prescriptions(), [](const auto& a, const auto& b) {
    return std::tie(a.issued_on(), a.prescription_id()) <
           std::tie(b.issued_on(), b.prescription_id());
  });
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> Handlers::AcceptListed(rpc::Call& call,
                                                     const v1::AcceptListedRequest& request,
                                                     v1::AcceptResponse& response) {
  const CareContext& context = *call.care_context();
  if (const absl::Status status = CheckCardReader(context); !status.ok()) {
    TouchRefused(call);
    co_return status;
  }
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckCommandId(request.command_id()));
  CO_ASSIGN_OR_RETURN(const State state, co_await Load(call, request.prescription_id(),
                                                       tsunagu::audit::v1::OUTCOME_DISCLOSED));
  if (std::ranges::find(context.subjects(), state.subject()) == context.subjects().end()) {
    co_return PatientMismatch();
  }
  co_return co_await AcceptFor(call, request, state, response);
}

}  // namespace tsunagu::prescription
