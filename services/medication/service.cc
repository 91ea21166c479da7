#include "services/medication/service.h"

#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/medication/errors.h"
#include "services/medication/fold.h"
#include "services/platform/national/finding_proto.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "tsunagu/journal/v1/journal.pb.h"

namespace tsunagu::medication {
namespace {

using tsunagu::medication::v1::Dispensing;
using tsunagu::medication::v1::Month;

constexpr size_t kMaxFileBytes = 3 * 1024 * 1024;
// Of the findings in an answer: all that one file can have fit.
constexpr size_t kMaxAnswerFindingsBytes = 1024 * 1024;
// E-prescriptions stand under their month of issue. What was dispensed in a month may have been
// issued that much earlier (refills run over three months).
constexpr int kMonthsFromIssueToDispensing = 3;

// Says whose months change, each person once.
void TouchLinked(const std::vector<ReceiptFact>& linked, rpc::Call& call) {
  std::map<std::string, std::set<std::string>> months;
  for (const ReceiptFact& fact : linked) {
    months[fact.subject].insert(absl::StrCat("medication/", fact.month));
  }
  if (months.empty()) call.TouchNobody();
  for (const auto& [subject, items] : months) {
    call.Touch(subject, tsunagu::audit::v1::OUTCOME_CHANGED, {items.begin(), items.end()});
  }
}

std::vector<journal::Fact> FactsOf(Submission submission) {
  std::vector<journal::Fact> facts;
  for (auto* receipts : {&submission.linked, &submission.held}) {
    for (ReceiptFact& fact : *receipts) {
      facts.push_back({std::move(fact.subject), std::move(fact.aggregate), std::move(fact.event)});
    }
  }
  return facts;
}

std::vector<std::string> MonthNames(const std::string& subject, const MonthRange& range) {
  std::vector<std::string> names;
  for (absl::CivilMonth month = range.from; month <= range.to; ++month) {
    names.push_back(MonthName(subject, national::FormatMonth(month)));
  }
  return names;
}

void Collect(const Month& month, const MonthRange& range, std::vector<Dispensing>& into) {
  for (const Month::Item& item : month.items()) {
    for (const Dispensing& dispensing : item.dispensings()) {
      if (IsIn(range, dispensing)) into.push_back(dispensing);
    }
  }
}

// The item of the audit record: what was asked for.
std::string ItemOf(const MonthRange& range) {
  return absl::StrCat("medication/", national::FormatMonth(range.from), "-",
                      national::FormatMonth(range.to));
}

}  // namespace

asio::awaitable<absl::Status> MedicationHandlers::SubmitReceipts(
    rpc::Call& call, const v1::SubmitReceiptsRequest& request,
    v1::SubmitReceiptsResponse& response) {
  if (request.file().size() > kMaxFileBytes) co_return FileTooLarge();
  Submission submission = co_await asio::co_spawn(
      host_.cpu(),
      [&]() -> asio::awaitable<Submission> {
        co_return ReadSubmission(request.file(), host_.subjects(), drugs_);
      },
      asio::use_awaitable);
  if (national::HasErrors(submission.findings)) co_return FileHasErrors(submission.findings);
  TouchLinked(submission.linked, call);
  response.set_receipts(submission.receipts());
  response.set_linked(static_cast<int>(submission.linked.size()));
  response.set_held(static_cast<int>(submission.held.size()));
  national::AddFindings(submission.findings, kMaxAnswerFindingsBytes, response.mutable_findings());
  std::vector<journal::Fact> facts = FactsOf(std::move(submission));
  co_return co_await host_.journal().Append(std::move(facts), call.deadline());
}

asio::awaitable<absl::StatusOr<MedicationHandlers::Dispensings>> MedicationHandlers::ReadSubject(
    std::string subject, MonthRange range, absl::Time deadline) {
  const std::string receipts_topic = host_.Topic(kJournalTopic);
  const std::string prescriptions_topic = host_.Topic(kPrescriptionsTopic);
  MonthRange issued = range;
  issued.from -= kMonthsFromIssueToDispensing;
  std::vector<std::string> names = MonthNames(subject, range);
  CO_ASSIGN_OR_RETURN(
      const std::vector<std::string> receipts,
      co_await host_.views().Read(receipts_topic, subject, std::move(names), deadline));
  names = MonthNames(subject, issued);
  CO_ASSIGN_OR_RETURN(
      const std::vector<std::string> prescriptions,
      co_await host_.views().Read(prescriptions_topic, subject, std::move(names), deadline));
  Dispensings found;
  for (const std::string& value : receipts) {
    tsunagu::journal::v1::Stored stored;
    stored.ParseFromString(value);
    Month month;
    month.ParseFromString(stored.state());
    Collect(month, range, found);
  }
  for (const std::string& value : prescriptions) {
    Month month;
    month.ParseFromString(value);
    Collect(month, range, found);
  }
  co_return found;
}

asio::awaitable<absl::Status> MedicationHandlers::GetHistory(rpc::Call& call,
                                                             const v1::GetHistoryRequest& request,
                                                             v1::GetHistoryResponse& response) {
  const auto& subjects = call.care_context()->subjects();
  const auto range = RangeOf(request, national::JstDay(call.now()));
  if (!range.ok()) {
    for (const std::string& subject : subjects) {
      call.Touch(subject, tsunagu::audit::v1::OUTCOME_REFUSED, {});
    }
    co_return range.status();
  }
  Dispensings all;
  absl::Status status;
  for (const std::string& subject : subjects) {
    auto found = co_await ReadSubject(subject, *range, call.deadline());
    status.Update(found.status());
    const bool any = found.ok() && !found->empty();
    call.Touch(subject,
               any ? tsunagu::audit::v1::OUTCOME_DISCLOSED : tsunagu::audit::v1::OUTCOME_NOTHING,
               {ItemOf(*range)});
    if (any) std::move(found->begin(), found->end(), std::back_inserter(all));
  }
  CO_RETURN_IF_ERROR(status);
  response.set_from_month(national::FormatMonth(range->from));
  response.set_to_month(national::FormatMonth(range->to));
  // Before repeats are removed: one and the same may have come without a name and with it.
  if (drugs_ != nullptr) {
    for (Dispensing& dispensing : all) AddNames(*drugs_, dispensing);
  }
  for (Dispensing& dispensing : Merge(std::move(all))) {
    *response.add_dispensings() = std::move(dispensing);
  }
  co_return absl::OkStatus();
}

grpc::ServerUnaryReactor* MedicationService::SubmitReceipts(
    grpc::CallbackServerContext* context, const v1::SubmitReceiptsRequest* request,
    v1::SubmitReceiptsResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_,
                         &MedicationHandlers::SubmitReceipts);
}

grpc::ServerUnaryReactor* MedicationService::GetHistory(grpc::CallbackServerContext* context,
                                                        const v1::GetHistoryRequest* request,
                                                        v1::GetHistoryResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &MedicationHandlers::GetHistory);
}

}  // namespace tsunagu::medication
