// What facilities ask about what they issued or dispensed: ListIssued, ListDispensed, GetResult.
#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/async/gather.h"
#include "services/prescription/errors.h"
#include "services/prescription/facility_errors.h"
#include "services/prescription/facility_index.h"
#include "services/prescription/facility_listing.h"
#include "services/prescription/facility_page.h"
#include "services/prescription/fold.h"
#include "services/prescription/requests.h"
#include "services/prescription/result_notes.h"
#include "services/prescription/service_handlers.h"
#include "services/prescription/service_submitter.h"
#include "tsunagu/prescription/v1/kinds_events.pb.h"

namespace tsunagu::prescription {
namespace {

using Values = absl::StatusOr<std::vector<std::string>>;

// An id that leads to that partition: the routing hash modulo the number of partitions does.
std::string IdIn(int partition) { return national::MakeId(static_cast<uint16_t>(partition), ""); }

void TouchListed(const std::vector<State>& states, rpc::Call& call) {
  std::map<std::string, std::vector<std::string>> items;
  for (const State& state : states) {
    items[state.subject()].push_back(absl::StrCat("prescription/", state.id()));
  }
  if (items.empty()) call.TouchNobody();
  for (auto& [subject, ids] : items) {
    call.Touch(subject, tsunagu::audit::v1::OUTCOME_DISCLOSED, std::move(ids));
  }
}

}  // namespace

// One read for each partition, side by side: at 16 partitions and 31 days 16 round trips that
// bring some 500 states, most of them empty. The page's own states are read as well; of the rest
// only ids cross the wire.
asio::awaitable<absl::StatusOr<Handlers::Days>> Handlers::ReadDays(Page page, Namer name_of,
                                                                   std::string facility,
                                                                   absl::Time deadline) {
  std::vector<std::string> names;
  for (const std::string& day : page.days) names.push_back(name_of(facility, day));
  std::vector<asio::awaitable<Values>> reads;
  for (int partition = 0; partition < host_.views().partitions(); ++partition) {
    reads.push_back(Read(IdIn(partition), names, deadline));
  }
  const auto read = co_await Gather(co_await asio::this_coro::executor, std::move(reads));
  Days days;
  for (const Values& values : read) {
    CO_RETURN_IF_ERROR(values.status());
    for (size_t i = 0; i < values->size(); ++i) {
      v1::FacilityDay day;
      day.ParseFromString((*values)[i]);
      days.left_off += day.left_off();
      for (const auto& id : day.prescription_ids()) days.listed.push_back({page.days[i], id});
    }
  }
  std::erase_if(days.listed, [&page](const Listed& one) { return one <= page.after; });
  std::ranges::sort(days.listed);
  co_return days;
}

asio::awaitable<absl::StatusOr<std::vector<State>>> Handlers::ReadAnywhere(
    std::vector<std::string> ids, absl::Time deadline) {
  std::map<int, std::vector<std::string>> by_partition;
  for (const std::string& id : ids) {
    by_partition[view::PartitionOf(id, host_.views().partitions())].push_back(id);
  }
  std::vector<asio::awaitable<absl::StatusOr<std::vector<State>>>> reads;
  for (const auto& [partition, some] : by_partition) {
    reads.push_back(ReadStates(IdIn(partition), some, deadline));
  }
  auto read = co_await Gather(co_await asio::this_coro::executor, std::move(reads));
  std::map<std::string, State> states;
  for (auto& some : read) {
    CO_RETURN_IF_ERROR(some.status());
    for (State& state : *some) states[state.id()] = std::move(state);
  }
  std::vector<State> in_order;
  for (const std::string& id : ids) in_order.push_back(std::move(states[id]));
  co_return in_order;
}

template <typename Response>
asio::awaitable<absl::Status> Handlers::AnswerPage(rpc::Call& call, Page page, const List& list,
                                                   Response& response) {
  const std::string& facility = call.principal().facility();
  CO_ASSIGN_OR_RETURN(const Days days,
                      co_await ReadDays(page, list.name_of, facility, call.deadline()));
  response.set_left_off(days.left_off);
  std::vector<State> listed;
  std::vector<std::string> on;  // the day under which each stands
  size_t next = 0;
  while (next < days.listed.size() && std::ssize(listed) < page.size) {
    const size_t count = std::min(days.listed.size() - next, page.size - listed.size());
    std::vector<std::string> ids;
    for (size_t i = 0; i < count; ++i) ids.push_back(days.listed[next + i].id);
    CO_ASSIGN_OR_RETURN(auto states, co_await ReadAnywhere(std::move(ids), call.deadline()));
    for (size_t i = 0; i < count; ++i) {  // what has another day now stands there too
      const std::string& day = days.listed[next + i].day;
      if (!list.belongs(states[i], facility, day)) continue;
      listed.push_back(std::move(states[i]));
      on.push_back(day);
    }
    next += count;
  }
  if (next < days.listed.size()) response.set_next_page_token(PageToken(days.listed[next - 1]));
  for (size_t i = 0; i < listed.size(); ++i) {
    auto& one = *response.add_prescriptions();
    one = Describe(listed[i], StatusOn(listed[i], national::JstDay(call.now())));
    if (list.own_results) {
      AddResultsOf(listed[i], facility, on[i], one);
    } else {
      AddResults(listed[i], one);
    }
  }
  TouchListed(listed, call);
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> Handlers::ListIssued(rpc::Call& call,
                                                   const v1::ListIssuedRequest& request,
                                                   v1::ListIssuedResponse& response) {
  call.TouchNobody();
  CO_ASSIGN_OR_RETURN(Page page, ReadPage(request.from_day(), request.to_day(), request.page_size(),
                                          request.page_token(), national::JstDay(call.now())));
  static constexpr List kList = {IssuedName, IsIssued, /*own_results=*/false};
  co_return co_await AnswerPage(call, std::move(page), kList, response);
}

asio::awaitable<absl::Status> Handlers::ListDispensed(rpc::Call& call,
                                                      const v1::ListDispensedRequest& request,
                                                      v1::ListDispensedResponse& response) {
  call.TouchNobody();
  CO_ASSIGN_OR_RETURN(Page page, ReadPage(request.from_day(), request.to_day(), request.page_size(),
                                          request.page_token(), national::JstDay(call.now())));
  static constexpr List kList = {DispensedName, IsDispensed, /*own_results=*/true};
  co_return co_await AnswerPage(call, std::move(page), kList, response);
}

asio::awaitable<absl::Status> Handlers::GetResult(rpc::Call& call,
                                                  const v1::GetResultRequest& request,
                                                  v1::GetResultResponse& response) {
  call.TouchNobody();
  if (!CheckId(request.result_id()).ok()) {
    co_return BadField("result_id", "must be a UUID in lower case", "RX-049");
  }
  std::vector<std::string> names(1, ResultPlaceName(request.result_id()));
  CO_ASSIGN_OR_RETURN(const auto places,
                      co_await Read(request.result_id(), std::move(names), call.deadline()));
  v1::ResultPlace place;
  place.ParseFromString(places[0]);
  if (place.prescription_id().empty()) co_return ResultNotFound();
  CO_ASSIGN_OR_RETURN(const State state, co_await Load(call, place.prescription_id(),
                                                       tsunagu::audit::v1::OUTCOME_DISCLOSED));
  const auto found = std::ranges::find_if(state.results(), [&request](const auto& result) {
    return result.id() == request.result_id();
  });
  const std::string& facility = call.principal().facility();
  const bool stands = found != state.results().end();
  if (!stands || (facility != state.issuer() && facility != found->pharmacy())) {
    co_return ResultNotFound();
  }
  const int use = static_cast<int>(found - state.results().begin()) + 1;
  names.assign(1, ResultName(state.id(), use));
  names.push_back(DocumentName(state.id()));
  CO_ASSIGN_OR_RETURN(const auto values,
                      co_await Read(state.id(), std::move(names), call.deadline()));
  v1::Document result, prescription;
  result.ParseFromString(values[0]);
  prescription.ParseFromString(values[1]);
  if (result.has_erased()) co_return DocumentErased(result.erased().on());
  auto notes = co_await OnCpu(host_.cpu(), [&result] { return ReadNotes(result.xml()); });
  if (HasNotes(notes)) {
    notes.set_use(use);
    *response.mutable_notes() = std::move(notes);
  }
  response.set_prescription_id(state.id());
  response.set_pharmacy(found->pharmacy());
  response.set_dispensed_on(found->dispensed_on());
  response.set_document(std::move(*result.mutable_xml()));
  response.set_prescription(std::move(*prescription.mutable_xml()));
  response.set_status(StatusOn(state, national::JstDay(call.now())));
  co_return absl::OkStatus();
}

}  // namespace tsunagu::prescription
