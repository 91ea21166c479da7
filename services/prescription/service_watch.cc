#include "services/prescription/service_watch.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/async/one_shot.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/platform/view/reader.h"
#include "services/prescription/errors.h"
#include "services/prescription/fold.h"
#include "services/prescription/watch.h"
#include "tsunagu/journal/v1/journal.pb.h"

namespace tsunagu::prescription {
namespace {

using tsunagu::journal::v1::Stored;

// Changes that come close together are told at once: a busy partition advances at every moment.
constexpr absl::Duration kSettle = absl::Milliseconds(250);
// How soon a stream notices that it has to end.
constexpr absl::Duration kGlance = absl::Milliseconds(500);
constexpr absl::Duration kReadLimit = absl::Seconds(10);
// After a stream has ended in its time, and of a process that stops.
constexpr absl::Duration kAgainAfter = absl::Seconds(1);

State StateOf(const Stored& stored) {
  State state;
  state.ParseFromString(stored.state());
  return state;
}

void Set(absl::Duration value, google::protobuf::Duration& duration) {
  duration.set_seconds(absl::ToInt64Seconds(value));
  duration.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(value % absl::Seconds(1))));
}

// One more stream of the facility, as long as this lives.
class OpenStream {
 public:
  explicit OpenStream(int& open) : open_(open) { ++open_; }
  ~OpenStream() { --open_; }
  OpenStream(const OpenStream&) = delete;

 private:
  int& open_;
};

}  // namespace

WatchService::WatchService(rpc::Host& host)
    : host_(host), topic_(host.Topic("prescription.journal")) {}

grpc::ServerWriteReactor<v1::WatchResponse>* WatchService::Watch(
    grpc::CallbackServerContext* context, const v1::WatchRequest* request) {
  return host_.dispatcher().RunStream(context, request, *this, &WatchService::Follow);
}

std::vector<WatchService::Part> WatchService::Parts(const v1::WatchRequest& request) const {
  std::map<int, Part> parts;
  for (const auto& watched : request.prescriptions()) {
    const std::string& id = watched.prescription_id();
    Part& part = parts[view::PartitionOf(id, host_.config().partitions())];
    part.key = id;
    part.seen[id].set_version(watched.seen());
  }
  std::vector<Part> all;
  for (auto& [number, part] : parts) all.push_back(std::move(part));
  return all;
}

v1::WatchResponse WatchService::Heartbeat() const {
  v1::WatchResponse response;
  Set(absl::Milliseconds(2 * host_.config().prescription_limits().watch_heartbeat_ms()),
      *response.mutable_next_within());
  return response;
}

asio::awaitable<absl::Status> WatchService::Follow(rpc::Call& call, const v1::WatchRequest& request,
                                                   Stream& stream) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(CheckWatch(request));
  const auto& limits = host_.config().prescription_limits();
  int& open = streams_[call.principal().facility()];
  if (open >= limits.watches_by_facility()) co_return TooManyWatches();
  const OpenStream counted(open);
  const absl::Time end = call.now() + absl::Seconds(limits.watch_s());
  std::vector<Part> parts = Parts(request);
  CO_RETURN_IF_ERROR(co_await Begin(call, request, parts, stream));
  for (Part& part : parts) CO_RETURN_IF_ERROR(co_await Tell(call, part, stream));
  CO_RETURN_IF_ERROR(co_await stream.Write(call, Heartbeat()));
  while (!stream.cancelled() && !host_.stopping() && absl::Now() < end) {
    const absl::Time beat = absl::Now() + absl::Milliseconds(limits.watch_heartbeat_ms());
    co_await Wait(parts, stream, std::min(beat, end));
    for (Part& part : parts) CO_RETURN_IF_ERROR(co_await Tell(call, part, stream));
    if (absl::Now() >= beat) CO_RETURN_IF_ERROR(co_await stream.Write(call, Heartbeat()));
    co_await tsunagu::Sleep(kSettle);
  }
  v1::WatchResponse last;
  Set(kAgainAfter, *last.mutable_again_after());
  co_return co_await stream.Write(call, std::move(last));
}

asio::awaitable<absl::StatusOr<std::vector<Stored>>> WatchService::Read(Part& part) const {
  std::vector<std::string> names;
  for (const auto& [id, told] : part.seen) names.push_back(AggregateName(id));
  CO_ASSIGN_OR_RETURN(const auto snapshot,
                      co_await host_.views().ReadSnapshot(topic_, part.key, std::move(names),
                                                          absl::Now() + kReadLimit));
  part.applied = snapshot.position->applied;
  std::vector<Stored> all(snapshot.values.size());
  for (size_t i = 0; i < all.size(); ++i) all[i].ParseFromString(snapshot.values[i]);
  co_return all;
}

asio::awaitable<absl::StatusOr<std::vector<std::string>>> WatchService::DropOthers(
    rpc::Call& call, Part& part) const {
  CO_ASSIGN_OR_RETURN(const std::vector<Stored> all, co_await Read(part));
  std::vector<std::string> others;
  auto watched = part.seen.begin();
  for (const Stored& stored : all) {
    if (IsInvolved(StateOf(stored), call.principal().facility())) {
      ++watched;
      continue;
    }
    others.push_back(watched->first);
    watched = part.seen.erase(watched);
  }
  co_return others;
}

asio::awaitable<absl::Status> WatchService::Begin(rpc::Call& call, const v1::WatchRequest& request,
                                                  std::vector<Part>& parts, Stream& stream) const {
  std::vector<std::string> others;
  for (Part& part : parts) {
    CO_ASSIGN_OR_RETURN(std::vector<std::string> of_part, co_await DropOthers(call, part));
    others.insert(others.end(), of_part.begin(), of_part.end());
  }
  std::erase_if(parts, [](const Part& part) { return part.seen.empty(); });
  if (parts.empty()) co_return NothingToWatch(request);
  for (const std::string& id : others) {
    CO_RETURN_IF_ERROR(co_await stream.Write(call, NotYours(id)));
  }
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> WatchService::Tell(rpc::Call& call, Part& part, Stream& stream) {
  CO_ASSIGN_OR_RETURN(const std::vector<Stored> all, co_await Read(part));
  const std::string& facility = call.principal().facility();
  std::vector<std::pair<v1::WatchResponse, std::string>> messages;  // and whom each is about
  auto watched = part.seen.begin();
  for (const Stored& stored : all) {
    const State state = StateOf(stored);
    v1::WatchResponse& told = watched->second;
    if (stored.version() != told.version()) {
      v1::WatchResponse now =
          WatchResponseOf(state, stored.version(), facility, national::JstDay(absl::Now()));
      if (IsNews(told, now)) messages.emplace_back(now, state.subject());
      told = std::move(now);
    }
    watched = IsInvolved(state, facility) ? std::next(watched) : part.seen.erase(watched);
  }
  for (auto& [message, subject] : messages) {
    std::vector<std::string> items(1, absl::StrCat("prescription/", message.prescription_id()));
    call.Touch(subject, tsunagu::audit::v1::OUTCOME_DISCLOSED, std::move(items));
    CO_RETURN_IF_ERROR(co_await stream.Write(call, std::move(message)));
  }
  co_return absl::OkStatus();
}

asio::awaitable<void> WatchService::Wait(const std::vector<Part>& parts, const Stream& stream,
                                         absl::Time until) {
  std::vector<view::Reader::Point> points;
  for (const Part& part : parts) points.push_back({topic_, part.key, part.applied});
  while (!stream.cancelled() && !host_.stopping() && absl::Now() < until) {
    const absl::Time glance = std::min(until, absl::Now() + kGlance);
    if (co_await host_.views().WaitForAny(points, glance)) co_return;
  }
}

}  // namespace tsunagu::prescription
