#include "services/prescription/duplication_handlers.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/protobuf/util/time_util.h"
#include "services/platform/national/insured.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/duplication/in_house_fold.h"
#include "services/prescription/duplication/projection.h"
#include "services/prescription/duplication/report.h"
#include "services/prescription/errors.h"
#include "services/prescription/fold.h"
#include "services/prescription/insured.h"
#include "services/prescription/requests.h"
#include "services/prescription/service_submitter.h"
#include "tsunagu/journal/v1/journal.pb.h"

namespace tsunagu::prescription {
namespace {

constexpr char kPrescriptionsTopic[] = "prescription.journal";
constexpr char kTakingItem[] = "taking";  // of the audit record

// A check does not wait for a view of receipts that is being rebuilt (RX-416).
constexpr absl::Duration kPatience = absl::Seconds(1);

// When the answer is complete as of `moment` for one identity more; unset: nobody knows.
void Restrict(absl::Time moment, bool first, google::protobuf::Timestamp& until) {
  const auto known = google::protobuf::util::TimeUtil::NanosecondsToTimestamp(
      moment == absl::InfinitePast() ? 0 : absl::ToUnixNanos(moment));
  if (first || known < until) until = known;
}

void ClearUnknown(v1::Freshness& freshness) {
  if (freshness.prescriptions().seconds() == 0) freshness.clear_prescriptions();
  if (freshness.without_receipts() || freshness.receipts().seconds() == 0) {
    freshness.clear_receipts();
  }
}

std::vector<const tsunagu::common::v1::Drug*> Pointers(
    const google::protobuf::RepeatedPtrField<tsunagu::common::v1::Drug>& drugs) {
  std::vector<const tsunagu::common::v1::Drug*> pointers;
  for (const auto& drug : drugs) pointers.push_back(&drug);
  return pointers;
}

// Says what was read of whom. `prescription_id`: that is checked; empty: none. Of a call that is
// refused the records say so, whatever `found` is.
void Touch(rpc::Call& call, const std::vector<std::string>& subjects, bool found,
           const std::string& prescription_id) {
  std::vector<std::string> items(1, kTakingItem);
  if (!prescription_id.empty()) items.push_back(absl::StrCat("prescription/", prescription_id));
  const auto outcome =
      found ? tsunagu::audit::v1::OUTCOME_DISCLOSED : tsunagu::audit::v1::OUTCOME_NOTHING;
  for (const std::string& subject : subjects) call.Touch(subject, outcome, items);
}

}  // namespace

DuplicationHandlers::DuplicationHandlers(rpc::Host& host,
                                         std::unique_ptr<const drug_master::DrugMaster> master,
                                         std::unique_ptr<const duplication::PairTable> pairs,
                                         const record::DrugCatalogue* catalogue)
    : host_(host),
      masked_(host.gates(), host.config().prescription_limits()),
      master_(std::move(master)),
      pairs_(std::move(pairs)),
      catalogue_(catalogue) {}

duplication::Items DuplicationHandlers::Person::items() const {
  duplication::Items items;
  for (const v1::Taking& taking : prescribed) {
    for (const auto& item : taking.items()) items.push_back(&item);
  }
  for (const v1::TakingInHouse& taking : in_house) {
    for (const auto& month : taking.months()) {
      for (const auto& item : month.items()) items.push_back(&item);
    }
  }
  return items;
}

asio::awaitable<absl::Status> DuplicationHandlers::AddSubject(std::string subject,
                                                              absl::Time deadline, Person& person) {
  const bool first = person.prescribed.empty();
  // Asked before the views are read: what the answer says of itself is not too much.
  const absl::Time prescriptions = host_.ProgressOf(kPrescriptionsTopic, subject).complete;
  const absl::Time receipts = host_.ProgressOf(duplication::kReceiptsTopic, subject).complete;
  std::vector<std::string> names(1, duplication::TakingName(subject));
  CO_ASSIGN_OR_RETURN(
      const auto prescribed,
      co_await host_.views().Read(host_.Topic(kPrescriptionsTopic), subject, names, deadline));
  person.prescribed.emplace_back().ParseFromString(prescribed[0]);
  Restrict(prescriptions, first, *person.freshness.mutable_prescriptions());
  const absl::Time limit = std::min(deadline, absl::Now() + kPatience);
  const auto in_house = co_await host_.views().Read(host_.Topic(duplication::kReceiptsTopic),
                                                    subject, std::move(names), limit);
  if (!in_house.ok()) {
    person.freshness.set_without_receipts(true);
    co_return absl::OkStatus();
  }
  person.in_house.emplace_back().ParseFromString((*in_house)[0]);
  Restrict(receipts, first, *person.freshness.mutable_receipts());
  co_return absl::OkStatus();
}

asio::awaitable<absl::StatusOr<DuplicationHandlers::Person>> DuplicationHandlers::ReadPerson(
    rpc::Call& call, std::string subject, std::string prescription_id) {
  Person person;
  person.subjects.assign(1, subject);
  absl::Status status;
  if (call.care_context() != nullptr) {
    const auto& known = call.care_context()->subjects();
    const bool is_other = !subject.empty() && std::ranges::find(known, subject) == known.end();
    if (is_other) status = PatientMismatch();
    if (!is_other) person.subjects.assign(known.begin(), known.end());
  }
  for (const std::string& pseudonym : person.subjects) {
    if (status.ok()) status = co_await AddSubject(pseudonym, call.deadline(), person);
  }
  if (!status.ok()) {
    Touch(call, person.subjects, false, prescription_id);
    co_return status;
  }
  ClearUnknown(person.freshness);
  co_return person;
}

duplication::Options DuplicationHandlers::OptionsOf(const rpc::Call& call,
                                                    const v1::CheckOptions& request) const {
  duplication::Options options;
  options.today = national::JstDay(call.now());
  if (const int days = host_.config().look_back_days(); days > 0) options.look_back_days = days;
  options.own_facility = request.own_facility();
  return options;
}

asio::awaitable<absl::Status> DuplicationHandlers::Answer(rpc::Call& call, Subject subject,
                                                          duplication::Options options,
                                                          const v1::CheckOptions& request,
                                                          v1::CheckReport& response) {
  if (call.care_context() == nullptr &&
      subject.drugs.size() > duplication::kMaxDrugsWithoutConsent) {
    co_return BadField("document", "over 30 drugs; without a care context no more are checked",
                       "RX-425");
  }
  if (call.care_context() == nullptr) {
    const absl::Status passed =
        co_await masked_.Take(call.principal().facility(), subject.pseudonym, call.now());
    if (!passed.ok()) {
      std::vector<std::string> subjects(1, subject.pseudonym);
      Touch(call, subjects, false, subject.checked_prescription);
      co_return passed;
    }
  }
  CO_ASSIGN_OR_RETURN(const Person person,
                      co_await ReadPerson(call, subject.pseudonym, subject.checked_prescription));
  const duplication::Items items = person.items();
  const duplication::Draft draft{subject.drugs, subject.accepted};
  const duplication::Result result = duplication::Check(draft, items, tables(), options);
  Touch(call, person.subjects, !result.taken.empty(), subject.checked_prescription);
  const auto seal = [this](absl::string_view alerts) {
    return host_.subjects().Pseudonym("alerts", alerts);
  };
  CO_RETURN_IF_ERROR(duplication::MakeReport(result, tables(), options, request, seal, response));
  *response.mutable_freshness() = person.freshness;
  if (call.care_context() == nullptr) duplication::Mask(response);
  co_return absl::OkStatus();
}

asio::awaitable<absl::StatusOr<State>> DuplicationHandlers::LoadHeld(rpc::Call& call,
                                                                     std::string id) {
  CO_RETURN_IF_ERROR(CheckId(id));
  std::vector<std::string> names(1, AggregateName(id));
  CO_ASSIGN_OR_RETURN(const auto values,
                      co_await host_.views().Read(host_.Topic(kPrescriptionsTopic), id,
                                                  std::move(names), call.deadline()));
  tsunagu::journal::v1::Stored stored;
  stored.ParseFromString(values[0]);
  State state;
  state.ParseFromString(stored.state());
  if (state.id().empty()) co_return PrescriptionNotFound();
  const bool held =
      state.status() == v1::STATUS_IN_DISPENSING && state.holder() == call.principal().facility();
  if (held) co_return state;
  std::vector<std::string> subjects(1, state.subject());
  Touch(call, subjects, false, id);
  co_return NotHolder();
}

absl::Status DuplicationHandlers::CheckPatient(rpc::Call& call,
                                               const duplication::DraftDocument& draft,
                                               const State& state) const {
  DocumentFindings findings;
  CompareWithPrescribed(draft.patient, state.patient(), findings.record);
  absl::Status status;
  if (findings.HasErrors()) status = DocumentRefused(findings);
  const std::string subject = host_.subjects().MakeSubject(draft.identity);
  // Who has another insurance since shows it: the context knows both.
  if (subject != state.subject()) {
    const auto* context = call.care_context();
    const bool known = context != nullptr &&
                       std::ranges::find(context->subjects(), subject) != context->subjects().end();
    if (!known) status.Update(PatientMismatch());
  }
  if (!status.ok()) {
    std::vector<std::string> subjects(1, state.subject());
    Touch(call, subjects, false, state.id());
  }
  return status;
}

asio::awaitable<absl::Status> DuplicationHandlers::CheckHeld(
    rpc::Call& call, const State& state, std::vector<const tsunagu::common::v1::Drug*> drugs,
    const v1::CheckOptions& request, v1::CheckReport& response) {
  duplication::Options options = OptionsOf(call, request);
  options.prescriber = state.issuer();
  options.own_prescription = state.id();
  Subject subject;
  subject.pseudonym = state.subject();
  subject.checked_prescription = state.id();
  subject.drugs = std::move(drugs);
  for (const auto& alert : state.accepted_alerts()) subject.accepted.push_back(&alert);
  co_return co_await Answer(call, std::move(subject), std::move(options), request, response);
}

asio::awaitable<absl::Status> DuplicationHandlers::Prepare(rpc::Call& call,
                                                           const v1::PrepareRequest& request,
                                                           v1::PrepareResponse& response) {
  call.TouchNobody();
  std::string subject;
  if (call.care_context() == nullptr) {
    CO_RETURN_IF_ERROR(CheckIdentity(request.identity(), "RX-413"));
    subject = host_.subjects().MakeSubject(IdentityOf(request.identity()));
  }
  CO_ASSIGN_OR_RETURN(const Person person, co_await ReadPerson(call, std::move(subject), ""));
  const duplication::Options options = OptionsOf(call, v1::CheckOptions());
  const duplication::Items items = person.items();
  duplication::Result result;
  duplication::FindTaken(items, tables(), options, result);
  Touch(call, person.subjects, !result.taken.empty(), "");
  response.set_drugs(static_cast<int>(result.taken.size()) + result.past_not_compared);
  response.set_look_back_from(national::FormatDay(duplication::LookBackFrom(options)));
  *response.mutable_freshness() = person.freshness;
  co_return absl::OkStatus();
}

asio::awaitable<absl::Status> DuplicationHandlers::CheckDraft(rpc::Call& call,
                                                              const v1::CheckDraftRequest& request,
                                                              v1::CheckReport& response) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(duplication::CheckPage(request.options()));
  CO_RETURN_IF_ERROR(CheckDocument(request.document()));
  if (!request.replaces().empty()) CO_RETURN_IF_ERROR(CheckId(request.replaces(), "replaces"));
  const auto draft = co_await OnCpu(
      host_.cpu(), [&] { return duplication::ReadDraft(request.document(), catalogue_); });
  CO_RETURN_IF_ERROR(draft.status());
  duplication::Options options = OptionsOf(call, request.options());
  options.prescriber = call.principal().facility();
  options.own_prescription = request.replaces();
  Subject subject;
  subject.pseudonym = host_.subjects().MakeSubject(draft->identity);
  subject.drugs = Pointers(draft->drugs);
  co_return co_await Answer(call, std::move(subject), std::move(options), request.options(),
                            response);
}

asio::awaitable<absl::Status> DuplicationHandlers::CheckAcceptance(
    rpc::Call& call, const v1::CheckAcceptanceRequest& request, v1::CheckReport& response) {
  call.TouchNobody();
  CO_ASSIGN_OR_RETURN(const State state, co_await LoadHeld(call, request.prescription_id()));
  co_return co_await CheckHeld(call, state, Pointers(state.drugs()), request.options(), response);
}

asio::awaitable<absl::Status> DuplicationHandlers::CheckDraftResult(
    rpc::Call& call, const v1::CheckDraftResultRequest& request, v1::CheckReport& response) {
  call.TouchNobody();
  CO_RETURN_IF_ERROR(duplication::CheckPage(request.options()));
  CO_RETURN_IF_ERROR(CheckDocument(request.document()));
  const auto draft = co_await OnCpu(
      host_.cpu(), [&] { return duplication::ReadDraftResult(request.document(), catalogue_); });
  CO_RETURN_IF_ERROR(draft.status());
  CO_ASSIGN_OR_RETURN(const State state, co_await LoadHeld(call, request.prescription_id()));
  CO_RETURN_IF_ERROR(CheckPatient(call, *draft, state));
  co_return co_await CheckHeld(call, state, Pointers(draft->drugs), request.options(), response);
}

}  // namespace tsunagu::prescription
