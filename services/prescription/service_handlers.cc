#include "services/prescription/service_handlers.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/journal/folder.h"
#include "services/platform/journal/journal.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/errors.h"
#include "services/prescription/fold.h"
#include "services/prescription/requests.h"
#include "tsunagu/journal/v1/journal.pb.h"

namespace tsunagu::prescription {
namespace {

constexpr double kMillisPerSecond = 1000;

State ParseState(absl::string_view bytes) {
  State state;
  state.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  return state;
}

}  // namespace

Handlers::Handlers(rpc::Host& host, std::unique_ptr<Trust> trust,
                   std::unique_ptr<record::DrugCatalogue> catalogue)
    : host_(host),
      guard_(host.gates(), host.config().prescription_limits()),
      reads_(kMillisPerSecond / host.config().prescription_limits().status_read_interval_ms(),
             host.config().prescription_limits().status_reads_at_once()),
      topic_(host.Topic("prescription.journal")),
      trust_(std::move(trust)),
      catalogue_(std::move(catalogue)) {}

// The facility stands in the command's name: one facility cannot take another's outcome by using
// its command_id. The request's name stands in the digest: two requests of the same fields differ.
Handlers::Pending Handlers::MakePending(const rpc::Call& call, const std::string& subject,
                                        const std::string& id, const std::string& command_id,
                                        const google::protobuf::Message& request,
                                        prescription::Command what) const {
  Pending pending;
  pending.command = {subject, AggregateName(id),
                     absl::StrCat(call.principal().facility(), "/", command_id),
                     journal::Digest(absl::StrCat(request.GetDescriptor()->full_name(), "\n",
                                                  journal::Serialize(request))),
                     call.deadline()};
  pending.what = std::move(what);
  pending.outcome.set_prescription_id(id);
  return pending;
}

asio::awaitable<absl::StatusOr<Handlers::Settled>> Handlers::Apply(rpc::Call& call,
                                                                   Pending pending) {
  const Context context{call.principal().facility(), national::JstDay(call.now())};
  auto decide = [&context, &pending](absl::string_view bytes) -> absl::StatusOr<journal::Decision> {
    const auto event = Decide(ParseState(bytes), pending.what, context);
    const bool told_better = IsAboutUse(event.status()) && !pending.refusal.ok();
    if (!event.ok() && !told_better) return event.status();
    RETURN_IF_ERROR(pending.refusal);
    return journal::Decision{journal::Serialize(*event), journal::Serialize(pending.outcome)};
  };
  CO_ASSIGN_OR_RETURN(const journal::Outcome outcome,
                      co_await host_.journal().Transact(pending.command, decide));
  Settled settled;
  settled.state = ParseState(outcome.state);
  settled.outcome.ParseFromString(outcome.outcome);
  settled.repeated = outcome.repeated;
  co_return settled;
}

asio::awaitable<absl::StatusOr<std::vector<std::string>>> Handlers::Read(
    std::string id, std::vector<std::string> names, absl::Time deadline) {
  co_return co_await host_.views().Read(topic_, std::move(id), std::move(names), deadline);
}

asio::awaitable<absl::StatusOr<State>> Handlers::ReadState(std::string id, absl::Time deadline) {
  std::vector<std::string> names(1, AggregateName(id));
  CO_ASSIGN_OR_RETURN(const auto values, co_await Read(id, std::move(names), deadline));
  tsunagu::journal::v1::Stored stored;
  stored.ParseFromString(values[0]);
  co_return ParseState(stored.state());
}

asio::awaitable<absl::StatusOr<State>> Handlers::Load(rpc::Call& call, std::string id,
                                                      tsunagu::audit::v1::Outcome outcome) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckId(id));
  CO_ASSIGN_OR_RETURN(State state, co_await ReadState(id, call.deadline()));
  if (state.id().empty()) co_return PrescriptionNotFound();
  std::vector<std::string> items(1, absl::StrCat("prescription/", id));
  call.Touch(state.subject(), outcome, std::move(items));
  co_return state;
}

asio::awaitable<absl::StatusOr<std::string>> Handlers::LoadDocument(std::string id,
                                                                    std::string name,
                                                                    absl::Time deadline) {
  std::vector<std::string> names(1, std::move(name));
  CO_ASSIGN_OR_RETURN(const auto values, co_await Read(id, std::move(names), deadline));
  v1::Document document;
  document.ParseFromString(values[0]);
  if (document.has_erased()) co_return DocumentErased(document.erased().on());
  co_return std::move(*document.mutable_xml());
}

}  // namespace tsunagu::prescription
