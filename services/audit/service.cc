#include "services/audit/service.h"

#include <algorithm>
#include <utility>

#include "services/audit/errors.h"
#include "services/platform/access/authorise.h"
#include "services/platform/national/insured.h"
#include "services/platform/status/macros.h"

namespace tsunagu::audit {
namespace {

using tsunagu::audit::v1::Head;
using tsunagu::audit::v1::History;
using tsunagu::audit::v1::Record;

constexpr int kDefaultPageSize = 100;
constexpr int kMaxPageSize = 1000;
constexpr char kItem[] = "access-history";

bool AnyOf(const std::vector<Record>& records, const std::string& subject) {
  return std::any_of(records.begin(), records.end(),
                     [&](const Record& record) { return record.subject() == subject; });
}

// AU-006: who of the facility's staff it was is between the person and the facility.
template <typename Page, typename Response>
void Answer(Page page, Response& response) {
  for (Record& record : page.records) {
    record.clear_actor();
    record.clear_local_user();
    *response.add_records() = std::move(record);
  }
  response.set_next_page_token(std::move(page.next_page_token));
}

}  // namespace

asio::awaitable<absl::StatusOr<Unshown>> AuditHandlers::ReadHistory(std::string subject, int limit,
                                                                    int64_t& left,
                                                                    absl::Time deadline) {
  const std::string topic = host_.Topic(kRecordsTopic);
  std::vector<std::string> names = {HeadName(subject)};
  CO_ASSIGN_OR_RETURN(const std::vector<std::string> heads,
                      co_await host_.views().Read(topic, subject, names, deadline));
  Head head;
  head.ParseFromString(heads[0]);
  left = left < 0 ? Count(head) : std::min(left, Count(head));
  const int64_t from = std::max<int64_t>(0, left - limit);
  const auto [first_page, end_page] = PagesOf(head, from, left);
  names.clear();
  for (int64_t page = first_page; page < end_page; ++page) {
    names.push_back(PageName(subject, page));
  }
  Unshown records;
  int64_t index = first_page * kPageRecords;
  const auto add = [&](const auto& more) {
    for (const Record& record : more) {
      if (index >= from && index < left) records.push_back(record);
      ++index;
    }
  };
  if (!names.empty()) {
    CO_ASSIGN_OR_RETURN(const std::vector<std::string> pages,
                        co_await host_.views().Read(topic, subject, names, deadline));
    for (const std::string& page : pages) {
      History history;
      history.ParseFromString(page);
      add(history.records());
    }
  }
  index = head.pages() * kPageRecords;
  add(head.records());
  co_return records;
}

asio::awaitable<absl::StatusOr<AuditHandlers::Page>> AuditHandlers::ReadPage(
    std::vector<std::string> subjects, Asked asked, absl::Time deadline) {
  if (asked.page_size < 0 || asked.page_size > kMaxPageSize) co_return PageSizeOutOfRange();
  const int limit = asked.page_size == 0 ? kDefaultPageSize : asked.page_size;
  std::vector<int64_t> left(subjects.size(), -1);
  if (!asked.page_token.empty()) {
    auto told = ReadPageToken(subjects, asked.page_token);
    if (!told.has_value()) co_return PageTokenUnknown();
    left = *std::move(told);
  }
  std::vector<Unshown> histories(subjects.size());
  for (size_t i = 0; i < subjects.size(); ++i) {
    CO_ASSIGN_OR_RETURN(histories[i], co_await ReadHistory(subjects[i], limit, left[i], deadline));
  }
  std::vector<size_t> before;
  for (const Unshown& history : histories) before.push_back(history.size());
  Page page;
  page.records = TakeNewest(histories, limit);
  for (size_t i = 0; i < subjects.size(); ++i) {
    left[i] -= static_cast<int64_t>(before[i] - histories[i].size());
  }
  page.next_page_token = MakePageToken(subjects, left);
  co_return page;
}

asio::awaitable<absl::StatusOr<AuditHandlers::Page>> AuditHandlers::Show(
    rpc::Call& call, std::vector<std::string> subjects, Asked asked) {
  auto page = co_await ReadPage(subjects, std::move(asked), call.deadline());
  for (const std::string& subject : subjects) {
    const bool shown = page.ok() && AnyOf(page->records, subject);
    call.Touch(subject, shown ? v1::OUTCOME_DISCLOSED : v1::OUTCOME_NOTHING, {kItem});
  }
  co_return page;
}

asio::awaitable<absl::Status> AuditHandlers::GetAccessHistory(
    rpc::Call& call, const v1::GetAccessHistoryRequest& request,
    v1::GetAccessHistoryResponse& response) {
  const auto& listed = call.care_context()->subjects();
  std::vector<std::string> subjects(listed.begin(), listed.end());
  Asked asked = {request.page_size(), request.page_token()};
  CO_ASSIGN_OR_RETURN(Page page, co_await Show(call, std::move(subjects), std::move(asked)));
  Answer(std::move(page), response);
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> AuditHandlers::DiscloseAccessHistory(
    rpc::Call& call, const v1::DiscloseAccessHistoryRequest& request,
    v1::DiscloseAccessHistoryResponse& response) {
  CO_RETURN_IF_ERROR(CheckComplete(request.identity()));
  const auto& asked_for = request.identity();
  const national::InsuredIdentity identity = national::Normalise(
      {asked_for.insurer(), asked_for.symbol(), asked_for.number(), asked_for.branch()});
  std::vector<std::string> subjects(1, host_.subjects().MakeSubject(identity));
  if (!access::SpeaksFor(call.principal(), identity.insurer)) {
    call.Touch(subjects[0], v1::OUTCOME_REFUSED, {kItem});  // whoever tried stands in the history
    co_return InsurerNotOwn();
  }
  Asked asked = {request.page_size(), request.page_token()};
  CO_ASSIGN_OR_RETURN(Page page, co_await Show(call, std::move(subjects), std::move(asked)));
  Answer(std::move(page), response);
  co_return absl::OkStatus();
}

grpc::ServerUnaryReactor* AuditService::GetAccessHistory(grpc::CallbackServerContext* context,
                                                         const v1::GetAccessHistoryRequest* request,
                                                         v1::GetAccessHistoryResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &AuditHandlers::GetAccessHistory);
}

grpc::ServerUnaryReactor* AuditService::DiscloseAccessHistory(
    grpc::CallbackServerContext* context, const v1::DiscloseAccessHistoryRequest* request,
    v1::DiscloseAccessHistoryResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_,
                         &AuditHandlers::DiscloseAccessHistory);
}

}  // namespace tsunagu::audit
