#include "services/medication/service.h"

#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/medication/errors.h"
#include "services/medication/fold.h"
#include "services/medication/person_fold.h"
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
constexpr char kPersonItem[] = "person";  // of the audit record

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
      if (!IsIn(range, dispensing)) continue;
      into.push_back(dispensing);
      // The keys of the other section name receipts.
      const bool receipt = dispensing.source() == v1::SOURCE_RECEIPT;
      if (!receipt) into.back().set_prescription_id(item.key());
    }
  }
}

// What the audit record says of one identity: the months that were asked for, and whether the
// answer tells who it is.
void TouchRead(const std::string& subject, const MonthRange& range, bool found, bool named,
               rpc::Call& call) {
  std::vector<std::string> items = {absl::StrCat("medication/", national::FormatMonth(range.from),
                                                 "-", national::FormatMonth(range.to))};
  if (named) items.push_back(kPersonItem);
  const bool disclosed = found || named;
  call.Touch(
      subject,
      disclosed ? tsunagu::audit::v1::OUTCOME_DISCLOSED : tsunagu::audit::v1::OUTCOME_NOTHING,
      std::move(items));
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

asio::awaitable<absl::StatusOr<v1::KnownPerson>> MedicationHandlers::ReadPerson(
    std::string subject, absl::Time deadline) {
  const std::string topic = host_.Topic(kPersonsTopic);
  std::vector<std::string> names(1, PersonName(subject));
  CO_ASSIGN_OR_RETURN(const std::vector<std::string> values,
                      co_await host_.views().Read(topic, subject, std::move(names), deadline));
  v1::KnownPerson known;
  known.ParseFromString(values[0]);
  co_return known;
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
  if (subjects.empty()) co_return absl::OkStatus();  // the dispatcher lets no such answer go
  // The identity that was checked in is the first.
  const auto person = co_await ReadPerson(subjects[0], call.deadline());
  const bool named = person.ok() && person->has_person();
  Dispensings all;
  absl::Status status = person.status();
  for (const std::string& subject : subjects) {
    auto found = co_await ReadSubject(subject, *range, call.deadline());
    status.Update(found.status());
    const bool any = found.ok() && !found->empty();
    TouchRead(subject, *range, any, named && subject == subjects[0], call);
    if (any) std::move(found->begin(), found->end(), std::back_inserter(all));
  }
  CO_RETURN_IF_ERROR(status);
  if (named) *response.mutable_person() = person->person();
  response.set_from_month(national::FormatMonth(range->from));
  response.set_to_month(national::FormatMonth(range->to));
  // Before repeats are removed: one and the same may have come without a name and with it.
  for (Dispensing& dispensing : all) AddWords(drugs_, dispensing);
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
