#include "services/emergency/service.h"

#include <algorithm>
#include <utility>

#include "services/emergency/errors.h"
#include "services/emergency/fold.h"
#include "services/emergency/links.h"
#include "services/emergency/medicines.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "tsunagu/eligibility/v1/events.pb.h"

namespace tsunagu::emergency {
namespace {

using tsunagu::eligibility::v1::Person;
using tsunagu::emergency::v1::KnownPerson;
using tsunagu::emergency::v1::KnownPrescriptions;
using tsunagu::emergency::v1::KnownReceipts;

// A crew does not wait for a section under rebuild: it gets the rest and is told.
constexpr absl::Duration kPatience = absl::Seconds(1);
constexpr char kItem[] = "emergency-summary";

std::vector<std::string> MonthNames(const std::string& subject,
                                    const std::vector<std::string>& months) {
  std::vector<std::string> names;
  for (const std::string& month : months) names.push_back(MonthName(subject, month));
  return names;
}

}  // namespace

asio::awaitable<absl::StatusOr<Person>> EmergencyHandlers::ReadPerson(std::string subject,
                                                                      absl::Time limit) {
  const std::string topic = host_.Topic(kPersonsTopic);
  std::vector<std::string> names(1, PersonName(subject));
  CO_ASSIGN_OR_RETURN(const std::vector<std::string> values,
                      co_await host_.views().Read(topic, subject, std::move(names), limit));
  KnownPerson known;
  known.ParseFromString(values[0]);
  co_return known.person();
}

asio::awaitable<absl::Status> EmergencyHandlers::FollowIdentity(Whom& whom, Known& known,
                                                                absl::Time limit) {
  CO_ASSIGN_OR_RETURN(Person person, co_await ReadPerson(whom.subjects[0], limit));
  if (person.qualification().birth_date() != whom.birth_date) {
    const bool all_heard =
        host_.ProgressOf(kPersonsTopic, whom.subjects[0]).IsCaughtUp(absl::Now());
    co_return PersonNotFound(all_heard);
  }
  PersonLinks links(whom.subjects[0], std::move(person));
  for (;;) {
    const auto next = links.Next();
    if (!next.has_value()) break;
    CO_ASSIGN_OR_RETURN(Person linked, co_await ReadPerson(*next, limit));
    links.Visit(std::move(linked));
  }
  whom.subjects = links.subjects();
  known.persons = links.persons();
  co_return absl::OkStatus();
}

asio::awaitable<void> EmergencyHandlers::ReadPersons(const Whom& whom, Known& known,
                                                     absl::Time limit) {
  for (const national::Subject& subject : whom.subjects) {
    auto person = co_await ReadPerson(subject, limit);
    if (!person.ok()) {
      known.unreadable.push_back(kEligibility);
      continue;
    }
    // The identity that was checked in is the first.
    if (subject == whom.subjects[0]) known.asked_for = person->qualification().identity();
    known.persons.push_back(*std::move(person));
  }
}

asio::awaitable<void> EmergencyHandlers::ReadReceipts(std::string subject, absl::CivilDay today,
                                                      Known& known, absl::Time limit) {
  const std::string topic = host_.Topic(kReceiptsTopic);
  const std::vector<std::string> months = ReceiptMonths(today);
  std::vector<std::string> names = MonthNames(subject, months);
  const auto values = co_await host_.views().Read(topic, subject, std::move(names), limit);
  if (!values.ok()) {
    known.unreadable.push_back(kMedication);
    co_return;
  }
  for (size_t i = 0; i < months.size(); ++i) {
    KnownReceipts state;
    state.ParseFromString((*values)[i]);
    AddReceipts(months[i], state, known);
  }
}

asio::awaitable<void> EmergencyHandlers::ReadPrescriptions(std::string subject,
                                                           absl::CivilDay today, Known& known,
                                                           absl::Time limit) {
  const std::string topic = host_.Topic(kPrescriptionsTopic);
  std::vector<std::string> names = MonthNames(subject, PrescriptionMonths(today));
  const auto values = co_await host_.views().Read(topic, subject, std::move(names), limit);
  if (!values.ok()) {
    known.unreadable.push_back(kPrescription);
    co_return;
  }
  for (const std::string& value : *values) {
    KnownPrescriptions month;
    month.ParseFromString(value);
    known.prescriptions.insert(known.prescriptions.end(), month.items().begin(),
                               month.items().end());
  }
}

void EmergencyHandlers::NoteLag(const std::string& subject, absl::Time now, Known& known) const {
  constexpr std::pair<const char*, const char*> kFeeds[] = {{kPersonsTopic, kEligibility},
                                                            {kReceiptsTopic, kMedication},
                                                            {kPrescriptionsTopic, kPrescription}};
  for (const auto& [topic, feed] : kFeeds) {
    if (!host_.ProgressOf(topic, subject).IsCaughtUp(now)) known.behind.push_back(feed);
  }
}

asio::awaitable<absl::Status> EmergencyHandlers::GetSummary(rpc::Call& call,
                                                            const v1::GetSummaryRequest& request,
                                                            v1::GetSummaryResponse& response) {
  Whom whom = IdentifyPerson(request, call.care_context(), host_.subjects());
  call.StateReason(whom.reason);
  const std::vector<national::Subject> named = whom.subjects;
  for (const national::Subject& subject : named) {
    call.Touch(subject, tsunagu::audit::v1::OUTCOME_DISCLOSED, {kItem});
  }
  CO_RETURN_IF_ERROR(whom.status);
  const absl::CivilDay today = national::JstDay(call.now());
  const absl::Time limit = std::min(call.deadline(), call.now() + kPatience);
  Known known;
  if (whom.by_identity) {
    known.asked_for = whom.asked_for;
    CO_RETURN_IF_ERROR(co_await FollowIdentity(whom, known, limit));
  } else {
    co_await ReadPersons(whom, known, limit);
  }
  for (const national::Subject& subject : whom.subjects) {
    if (std::find(named.begin(), named.end(), subject) == named.end()) {
      call.Touch(subject, tsunagu::audit::v1::OUTCOME_DISCLOSED, {kItem});
    }
    co_await ReadReceipts(subject, today, known, limit);
    co_await ReadPrescriptions(subject, today, known, limit);
    NoteLag(subject, call.now(), known);
  }
  if (IsUnknown(known)) co_return PersonNotFound(/*all_heard=*/true);
  response = Summarise(known, today);
  AddMedicines(drugs_, response);
  co_return absl::OkStatus();
}

grpc::ServerUnaryReactor* EmergencyService::GetSummary(grpc::CallbackServerContext* context,
                                                       const v1::GetSummaryRequest* request,
                                                       v1::GetSummaryResponse* response) {
  return dispatcher_.Run(context, request, response, handlers_, &EmergencyHandlers::GetSummary);
}

}  // namespace tsunagu::emergency
