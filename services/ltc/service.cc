#include "services/ltc/service.h"

#include <algorithm>
#include <utility>

#include "services/platform/journal/folder.h"
#include "services/platform/journal/journal.h"
#include "services/platform/national/finding_proto.h"
#include "services/platform/status/macros.h"
#include "tsunagu/journal/v1/journal.pb.h"

namespace tsunagu::ltc {
namespace {

using audit::v1::OUTCOME_CHANGED;
using audit::v1::OUTCOME_DISCLOSED;

// Packages read at once for a list.
constexpr int kReadAtOnce = 500;

// Ids of commands on a package. Those of the two offices must not meet, for each chooses its own.
constexpr char kSend[] = "send/";
constexpr char kAcknowledge[] = "acknowledge/";
constexpr char kFetch[] = "fetch";

void TouchPersons(rpc::Call& call, const google::protobuf::RepeatedPtrField<std::string>& subjects,
                  audit::v1::Outcome outcome, const std::string& package_id) {
  for (const std::string& subject : subjects) {
    call.Touch(subject, outcome, std::vector<std::string>(1, PackageName(package_id)));
  }
}

absl::StatusOr<v1::Package> ParsePackage(const std::string& stored_bytes) {
  journal::v1::Stored stored;
  v1::Package package;
  if (!stored.ParseFromString(stored_bytes) || !package.ParseFromString(stored.state())) {
    return absl::InternalError("a state is not readable");
  }
  return package;
}

struct Prepared {
  Reading reading;
  std::string digest;
};

absl::StatusOr<Prepared> Prepare(const v1::SendPackageRequest& request,
                                 const national::SubjectKey& key, absl::Time now) {
  Prepared prepared;
  ASSIGN_OR_RETURN(prepared.reading, ReadRequest(request, key, now));
  prepared.digest = journal::Digest(journal::Serialize(request));
  return prepared;
}

// `may_be_new`: whether a new package is taken. `same`: the last one with these contents.
journal::Decide DecideToSend(const Reading& reading, const absl::Status& may_be_new,
                             const v1::Contents& same) {
  return [&, may_be_new](absl::string_view state) -> absl::StatusOr<journal::Decision> {
    v1::Package known;
    if (!known.ParseFromArray(state.data(), static_cast<int>(state.size()))) {
      return absl::InternalError("a state is not readable");
    }
    ASSIGN_OR_RETURN(const v1::Event event, DecideSending(known, reading.event, may_be_new));
    v1::SendPackageResponse outcome;
    outcome.set_package_id(reading.event.sent().info().package_id());
    outcome.set_sent_before(event.has_sent_again());
    *outcome.mutable_findings() = national::ToProto(reading.findings);
    if (event.has_sent()) {
      outcome.mutable_findings()->MergeFrom(national::ToProto(CheckContents(same)));
    }
    return journal::Decision{event.SerializeAsString(), outcome.SerializeAsString()};
  };
}

}  // namespace

grpc::ServerUnaryReactor* LtcService::SendPackage(grpc::CallbackServerContext* context,
                                                  const v1::SendPackageRequest* request,
                                                  v1::SendPackageResponse* response) {
  return host_.dispatcher().Run(context, request, response, *this, &LtcService::HandleSend);
}

grpc::ServerUnaryReactor* LtcService::ListPackages(grpc::CallbackServerContext* context,
                                                   const v1::ListPackagesRequest* request,
                                                   v1::ListPackagesResponse* response) {
  return host_.dispatcher().Run(context, request, response, *this, &LtcService::HandleList);
}

grpc::ServerUnaryReactor* LtcService::FetchPackage(grpc::CallbackServerContext* context,
                                                   const v1::FetchPackageRequest* request,
                                                   v1::FetchPackageResponse* response) {
  return host_.dispatcher().Run(context, request, response, *this, &LtcService::HandleFetch);
}

grpc::ServerUnaryReactor* LtcService::AcknowledgePackage(
    grpc::CallbackServerContext* context, const v1::AcknowledgePackageRequest* request,
    v1::AcknowledgePackageResponse* response) {
  return host_.dispatcher().Run(context, request, response, *this, &LtcService::HandleAcknowledge);
}

asio::awaitable<absl::StatusOr<std::vector<std::string>>> LtcService::Read(
    std::string pseudonym, std::vector<std::string> names, absl::Time deadline) {
  return host_.views().Read(topic_, std::move(pseudonym), std::move(names), deadline);
}

asio::awaitable<absl::StatusOr<v1::Mailbox>> LtcService::ReadMailbox(std::string mailbox,
                                                                     absl::Time deadline) {
  const std::vector<std::string> names(1, MailboxName(mailbox));
  CO_ASSIGN_OR_RETURN(const std::vector<std::string> states,
                      co_await Read(mailbox, names, deadline));
  v1::Mailbox state;
  if (!state.ParseFromString(states[0])) co_return absl::InternalError("a state is not readable");
  co_return state;
}

asio::awaitable<absl::StatusOr<LtcService::Sight>> LtcService::See(const Reading& reading,
                                                                   absl::Time deadline) {
  std::vector<std::string> names(1, MailboxName(reading.mailbox));
  names.push_back(ContentsName(reading.event.sent().contents_digest()));
  CO_ASSIGN_OR_RETURN(const std::vector<std::string> states,
                      co_await Read(reading.mailbox, std::move(names), deadline));
  Sight sight;
  if (!sight.mailbox.ParseFromString(states[0]) || !sight.same.ParseFromString(states[1])) {
    co_return absl::InternalError("a state is not readable");
  }
  co_return sight;
}

asio::awaitable<absl::StatusOr<v1::Package>> LtcService::ReadPackage(rpc::Call& call,
                                                                     std::string package_id,
                                                                     audit::v1::Outcome outcome) {
  const std::vector<std::string> names(1, PackageName(package_id));
  CO_ASSIGN_OR_RETURN(const std::vector<std::string> states,
                      co_await Read(package_id, names, call.deadline()));
  CO_ASSIGN_OR_RETURN(v1::Package package, ParsePackage(states[0]));
  TouchPersons(call, package.subjects(), outcome, package_id);
  co_return package;
}

asio::awaitable<absl::StatusOr<v1::Package>> LtcService::Record(v1::PackageInfo info,
                                                                std::string command_id,
                                                                v1::Event event,
                                                                absl::Time deadline) {
  journal::Command command;
  command.subject = MailboxOf(info.destination(), host_.subjects());
  command.aggregate = PackageName(info.package_id());
  command.id = std::move(command_id);
  command.deadline = deadline;
  const journal::Decision decision = {event.SerializeAsString(), ""};
  const journal::Decide decide =
      [decision](absl::string_view) -> absl::StatusOr<journal::Decision> { return decision; };
  CO_ASSIGN_OR_RETURN(const journal::Outcome outcome,
                      co_await host_.journal().Transact(command, decide));
  v1::Package package;
  if (!package.ParseFromString(outcome.state)) {
    co_return absl::InternalError("a state is not readable");
  }
  co_return package;
}

asio::awaitable<absl::Status> LtcService::HandleSend(rpc::Call& call,
                                                     const v1::SendPackageRequest& request,
                                                     v1::SendPackageResponse& response) {
  CO_RETURN_IF_ERROR(CheckCommandId(request.command_id()));
  const std::string caller = call.principal().facility();
  const national::SubjectKey& key = host_.subjects();
  const auto work = [&request, &key,
                     now = call.now()]() -> asio::awaitable<absl::StatusOr<Prepared>> {
    co_return Prepare(request, key, now);
  };
  CO_ASSIGN_OR_RETURN(const Prepared prepared,
                      co_await asio::co_spawn(host_.cpu(), work, asio::use_awaitable));
  const v1::Event::Sent& sent = prepared.reading.event.sent();
  TouchPersons(call, sent.subjects(), OUTCOME_CHANGED, sent.info().package_id());
  CO_RETURN_IF_ERROR(CheckSender(sent.info(), caller));
  CO_ASSIGN_OR_RETURN(const Sight sight, co_await See(prepared.reading, call.deadline()));
  journal::Command command;
  command.subject = prepared.reading.mailbox;
  command.aggregate = PackageName(sent.info().package_id());
  command.id = kSend + request.command_id();
  command.digest = prepared.digest;
  command.deadline = call.deadline();
  const auto enrolment = enrolment_.current();
  absl::Status may_be_new = CheckCanFetch(enrolment->FindFacility(sent.info().destination()));
  if (may_be_new.ok()) may_be_new = CheckRoom(sight.mailbox);
  const journal::Decide decide = DecideToSend(prepared.reading, may_be_new, sight.same);
  CO_ASSIGN_OR_RETURN(const journal::Outcome outcome,
                      co_await host_.journal().Transact(command, decide));
  if (!response.ParseFromString(outcome.outcome)) {
    co_return absl::InternalError("an outcome is not readable");
  }
  if (outcome.repeated) response.set_sent_before(true);
  if (response.sent_before()) call.ChangesNothing();
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> LtcService::HandleList(rpc::Call& call,
                                                     const v1::ListPackagesRequest& request,
                                                     v1::ListPackagesResponse& response) {
  const std::string caller = call.principal().facility();
  if (request.sent()) CO_RETURN_IF_ERROR(CheckDestination(request.destination()));
  const std::string mailbox =
      MailboxOf(request.sent() ? request.destination() : caller, host_.subjects());
  CO_ASSIGN_OR_RETURN(v1::Mailbox state, co_await ReadMailbox(mailbox, call.deadline()));
  google::protobuf::RepeatedPtrField<std::string>& ids = *state.mutable_package_ids();
  if (request.include_acknowledged()) ids.MergeFrom(state.acknowledged_ids());
  std::vector<v1::PackageInfo> packages;
  for (int next = 0; next < ids.size();) {
    std::vector<std::string> names;
    const int end = std::min(ids.size(), next + kReadAtOnce);
    for (; next < end; ++next) names.push_back(PackageName(ids[next]));
    CO_ASSIGN_OR_RETURN(const std::vector<std::string> states,
                        co_await Read(mailbox, names, call.deadline()));
    for (const std::string& bytes : states) {
      CO_ASSIGN_OR_RETURN(v1::Package package, ParsePackage(bytes));
      if (request.sent() && package.info().sender() != caller) continue;
      packages.push_back(std::move(*package.mutable_info()));
    }
  }
  SortPackages(packages);
  const auto enrolment = enrolment_.current();
  for (v1::PackageInfo& info : packages) {
    NameSender(*enrolment, info);
    *response.add_packages() = std::move(info);
  }
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> LtcService::HandleFetch(rpc::Call& call,
                                                      const v1::FetchPackageRequest& request,
                                                      v1::FetchPackageResponse& response) {
  const std::string caller = call.principal().facility();
  CO_ASSIGN_OR_RETURN(v1::Package package,
                      co_await ReadPackage(call, request.package_id(), OUTCOME_DISCLOSED));
  CO_RETURN_IF_ERROR(CheckMayFetch(package, caller));
  const std::vector<std::string> names(1, FilesName(request.package_id()));
  CO_ASSIGN_OR_RETURN(const std::vector<std::string> states,
                      co_await Read(request.package_id(), names, call.deadline()));
  v1::Files files;
  if (!files.ParseFromString(states[0])) co_return absl::InternalError("a state is not readable");
  if (IsFirstFetch(package, caller)) {
    v1::Event event;
    event.mutable_fetched();
    CO_ASSIGN_OR_RETURN(package, co_await Record(package.info(), kFetch, event, call.deadline()));
  }
  *response.mutable_info() = std::move(*package.mutable_info());
  NameSender(*enrolment_.current(), *response.mutable_info());
  *response.mutable_files() = std::move(*files.mutable_files());
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> LtcService::HandleAcknowledge(
    rpc::Call& call, const v1::AcknowledgePackageRequest& request,
    v1::AcknowledgePackageResponse&) {
  CO_RETURN_IF_ERROR(CheckCommandId(request.command_id()));
  CO_ASSIGN_OR_RETURN(const v1::Package package,
                      co_await ReadPackage(call, request.package_id(), OUTCOME_CHANGED));
  CO_RETURN_IF_ERROR(CheckMayAcknowledge(package, call.principal().facility()));
  if (package.info().has_acknowledged_at()) {
    call.ChangesNothing();
    co_return absl::OkStatus();
  }
  v1::Event event;
  event.mutable_acknowledged();
  const auto recorded =
      co_await Record(package.info(), kAcknowledge + request.command_id(), event, call.deadline());
  co_return recorded.status();
}

}  // namespace tsunagu::ltc
