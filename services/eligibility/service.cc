#include "services/eligibility/service.h"

#include <openssl/rand.h>

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "services/eligibility/consent.h"
#include "services/eligibility/errors.h"
#include "services/eligibility/insurer_file/insurer_file.h"
#include "services/eligibility/links.h"
#include "services/eligibility/load.h"
#include "services/platform/access/authorise.h"
#include "services/platform/access/timestamp.h"
#include "services/platform/journal/journal.h"
#include "services/platform/national/finding_proto.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "tsunagu/eligibility/v1/events.pb.h"
#include "tsunagu/journal/v1/journal.pb.h"

namespace tsunagu::eligibility {
namespace {

using audit::v1::OUTCOME_CHANGED;
using audit::v1::OUTCOME_DISCLOSED;

constexpr char kItem[] = "qualification";
constexpr char kContextItem[] = "care_context/";

struct Load {
  national::Findings findings;
  size_t persons = 0;
  std::vector<journal::Fact> facts;  // none when a finding is an error
};

std::vector<journal::Fact> ToJournal(const std::vector<PersonFact>& persons) {
  std::vector<journal::Fact> facts;
  facts.reserve(persons.size());
  for (const PersonFact& person : persons) {
    facts.push_back({person.subject, PersonName(person.subject), person.event.SerializeAsString()});
  }
  return facts;
}

Load ReadLoad(const std::string& file, absl::CivilDay today, const access::v1::Principal& caller,
              const national::SubjectKey& key) {
  insurer_file::InsurerFile read = insurer_file::ReadInsurerFile(
      file, today,
      [&caller](absl::string_view insurer) { return access::SpeaksFor(caller, insurer); });
  Load load = {std::move(read.findings), read.persons.size(), {}};
  if (!national::HasErrors(load.findings)) load.facts = ToJournal(MakeFacts(read.persons, key));
  return load;
}

absl::StatusOr<std::string> RandomId() {
  unsigned char bytes[16];
  if (RAND_bytes(bytes, sizeof bytes) != 1) return absl::InternalError("no randomness");
  return absl::BytesToHexString({reinterpret_cast<const char*>(bytes), sizeof bytes});
}

// Records whose data the verdict tells of.
void TouchMatching(rpc::Call& call, const Verdict& verdict) {
  for (const Candidate* candidate : verdict.matching) {
    call.Touch(candidate->subject, OUTCOME_DISCLOSED, {kItem});
  }
  if (verdict.matching.empty()) call.TouchNobody();
}

}  // namespace

grpc::ServerUnaryReactor* EligibilityService::LoadInsured(grpc::CallbackServerContext* context,
                                                          const v1::LoadInsuredRequest* request,
                                                          v1::LoadInsuredResponse* response) {
  return host_.dispatcher().Run(context, request, response, *this, &EligibilityService::HandleLoad);
}

grpc::ServerUnaryReactor* EligibilityService::Check(grpc::CallbackServerContext* context,
                                                    const v1::CheckRequest* request,
                                                    v1::CheckResponse* response) {
  return host_.dispatcher().Run(context, request, response, *this,
                                &EligibilityService::HandleCheck);
}

grpc::ServerUnaryReactor* EligibilityService::CheckIn(grpc::CallbackServerContext* context,
                                                      const v1::CheckInRequest* request,
                                                      v1::CheckInResponse* response) {
  return host_.dispatcher().Run(context, request, response, *this,
                                &EligibilityService::HandleCheckIn);
}

asio::awaitable<absl::Status> EligibilityService::HandleLoad(rpc::Call& call,
                                                             const v1::LoadInsuredRequest& request,
                                                             v1::LoadInsuredResponse& response) {
  if (request.file().size() > kMaxLoadBytes) co_return LoadTooLarge();
  const national::SubjectKey& key = host_.subjects();
  const access::v1::Principal& caller = call.principal();
  const absl::CivilDay today = national::JstDay(call.now());
  const auto work = [&request, today, &caller, &key]() -> asio::awaitable<Load> {
    co_return ReadLoad(request.file(), today, caller, key);
  };
  Load load = co_await asio::co_spawn(host_.cpu(), work, asio::use_awaitable);
  if (national::HasErrors(load.findings)) co_return FileHasErrors(load.findings);
  for (const journal::Fact& fact : load.facts) call.Touch(fact.subject, OUTCOME_CHANGED, {kItem});
  CO_RETURN_IF_ERROR(co_await host_.journal().Append(std::move(load.facts), call.deadline()));
  response.set_loaded(static_cast<int32_t>(load.persons));
  *response.mutable_findings() = national::ToProto(load.findings);
  co_return absl::OkStatus();
}

asio::awaitable<absl::StatusOr<v1::Person>> EligibilityService::ReadPerson(
    national::Subject subject, absl::Time deadline) {
  const std::vector<std::string> names(1, PersonName(subject));
  CO_ASSIGN_OR_RETURN(const std::vector<std::string> states,
                      co_await host_.views().Read(topic_, subject, names, deadline));
  journal::v1::Stored stored;
  v1::Person person;
  if (!stored.ParseFromString(states[0]) || !person.ParseFromString(stored.state())) {
    co_return absl::InternalError("a state is not readable");
  }
  co_return person;
}

asio::awaitable<absl::StatusOr<std::vector<Candidate>>> EligibilityService::Find(
    Question question, absl::Time deadline) {
  std::vector<national::Subject> subjects(1, host_.subjects().MakeSubject(question.identity));
  if (!NamesOnePerson(question)) {
    const std::string household = host_.subjects().Household(question.identity);
    const std::vector<std::string> names(1, HouseholdName(household));
    CO_ASSIGN_OR_RETURN(const std::vector<std::string> states,
                        co_await host_.views().Read(topic_, household, names, deadline));
    v1::Household members;
    if (!members.ParseFromString(states[0])) {
      co_return absl::InternalError("a state is not readable");
    }
    subjects = Candidates(members, question);
  }
  std::vector<Candidate> candidates;
  for (const national::Subject& subject : subjects) {
    CO_ASSIGN_OR_RETURN(v1::Person person, co_await ReadPerson(subject, deadline));
    candidates.push_back({subject, std::move(person)});
  }
  co_return candidates;
}

asio::awaitable<absl::Status> EligibilityService::HandleCheck(rpc::Call& call,
                                                              const v1::CheckRequest& request,
                                                              v1::CheckResponse& response) {
  CO_ASSIGN_OR_RETURN(const Question question, ReadQuestion(request, call.now()));
  CO_ASSIGN_OR_RETURN(const std::vector<Candidate> candidates,
                      co_await Find(question, call.deadline()));
  Verdict verdict = Decide(question, candidates);
  TouchMatching(call, verdict);
  response = std::move(verdict.response);
  co_return absl::OkStatus();
}

asio::awaitable<absl::StatusOr<std::vector<national::Subject>>> EligibilityService::Identities(
    Candidate candidate, absl::Time deadline) {
  IdentityWalk walk(candidate.subject, candidate.person);
  for (;;) {
    const std::optional<national::Subject> next = walk.Next();
    if (!next.has_value()) co_return walk.identities();
    CO_ASSIGN_OR_RETURN(const v1::Person person, co_await ReadPerson(*next, deadline));
    walk.Visit(person);
  }
}

asio::awaitable<absl::StatusOr<std::vector<national::Subject>>> EligibilityService::ReadCard(
    Question card, v1::CheckResponse* answer, absl::Time deadline) {
  std::vector<Candidate> candidates(1);
  candidates[0].subject = host_.subjects().MakeSubject(card.identity);
  CO_ASSIGN_OR_RETURN(candidates[0].person, co_await ReadPerson(candidates[0].subject, deadline));
  Verdict verdict = Decide(card, candidates);
  *answer = std::move(verdict.response);
  if (verdict.matching.empty()) co_return std::vector<national::Subject>();
  co_return co_await Identities(candidates[0], deadline);
}

asio::awaitable<absl::Status> EligibilityService::HandleCheckIn(rpc::Call& call,
                                                                const v1::CheckInRequest& request,
                                                                v1::CheckInResponse& response) {
  const std::string today = national::FormatDay(national::JstDay(call.now()));
  CO_RETURN_IF_ERROR(CheckConsent(request, call.principal().facility_kind(), today));
  CO_ASSIGN_OR_RETURN(const Question question, ReadQuestion(request.check(), call.now(), "check."));
  Question card;
  if (request.has_long_term_care()) {
    CO_ASSIGN_OR_RETURN(card, ReadLongTermCareCard(request.long_term_care(), question));
  }
  CO_ASSIGN_OR_RETURN(const std::vector<Candidate> candidates,
                      co_await Find(question, call.deadline()));
  Verdict verdict = Decide(question, candidates);
  *response.mutable_check() = std::move(verdict.response);
  if (response.check().validity() != v1::VALIDITY_VALID) {
    TouchMatching(call, verdict);
    co_return absl::OkStatus();
  }
  CO_ASSIGN_OR_RETURN(std::vector<national::Subject> subjects,
                      co_await Identities(*verdict.matching.front(), call.deadline()));
  const size_t medical = subjects.size();
  if (request.has_long_term_care()) {
    CO_ASSIGN_OR_RETURN(
        const std::vector<national::Subject> care,
        co_await ReadCard(card, response.mutable_long_term_care(), call.deadline()));
    subjects.insert(subjects.end(), care.begin(), care.end());
    *response.mutable_findings() =
        national::ToProto(CheckLongTermCareCard(response.long_term_care()));
  }
  CO_ASSIGN_OR_RETURN(const std::string id, RandomId());
  const access::v1::CareContext context =
      MakeCareContext(request, subjects, call.principal().facility(), id, call.now());
  for (size_t i = 0; i < subjects.size(); ++i) {
    std::vector<std::string> items(1, kContextItem + id);
    if (i == 0 || i == medical) items.push_back(kItem);  // those whose qualifications are answered
    call.Touch(subjects[i], OUTCOME_DISCLOSED, std::move(items));
  }
  response.set_care_context(contexts_.Sign(context));
  *response.mutable_expires_at() = context.expires_at();
  *response.mutable_granted() = context.scopes();
  co_return absl::OkStatus();
}

}  // namespace tsunagu::eligibility
