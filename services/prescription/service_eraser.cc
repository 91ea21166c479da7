#include "services/prescription/service_eraser.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "services/platform/journal/folder.h"
#include "services/platform/journal/journal.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/fold.h"
#include "services/prescription/given_fold.h"
#include "services/prescription/service_submitter.h"
#include "tsunagu/journal/v1/journal.pb.h"
#include "tsunagu/prescription/v1/erasure.pb.h"
#include "tsunagu/prescription/v1/events.pb.h"
#include "tsunagu/prescription/v1/kinds_events.pb.h"

namespace tsunagu::prescription {
namespace {

// Whose documents are read at once: some 500 KB, up to 80 MB.
constexpr size_t kErasedAtOnce = 16;
// States of drugs given without a prescription.
constexpr size_t kReadAtOnce = 256;
constexpr int kMostUses = 3;
constexpr absl::Duration kStepLimit = absl::Seconds(30);

using v1::ErasedDocument;

// The documents that there may be.
std::vector<ErasedDocument> DocumentsOf(const Eraser::Candidate& candidate) {
  std::vector<ErasedDocument> documents(1);
  documents[0].set_kind(ErasedDocument::KIND_PRESCRIPTION);
  if (candidate.given) return documents;
  documents.emplace_back().set_kind(ErasedDocument::KIND_BEFORE_LAST_CHANGE);
  for (int use = 1; use <= kMostUses; ++use) {
    documents.emplace_back().set_kind(ErasedDocument::KIND_RESULT);
    documents.back().set_use(use);
  }
  return documents;
}

// Of those that are there; `stored` goes with DocumentsOf and begins at `at`.
void Describe(const Eraser::Candidate& candidate, const std::vector<std::string>& stored,
              size_t& at, v1::Erased& erased) {
  for (ErasedDocument& document : DocumentsOf(candidate)) {
    v1::Document there;
    there.ParseFromString(stored[at++]);
    if (there.xml().empty()) continue;
    document.set_sha256(journal::Digest(there.xml()));
    document.set_bytes(static_cast<int64_t>(there.xml().size()));
    *erased.add_documents() = std::move(document);
  }
}

v1::Erased ErasedOf(const Eraser::Candidate& candidate, absl::CivilDay today) {
  v1::Erased erased;
  erased.set_on(national::FormatDay(today));
  erased.set_completed_on(national::FormatDay(candidate.period.completed_on));
  erased.set_years(candidate.period.years);
  erased.set_rule_from(candidate.period.rule_from);
  erased.set_version(candidate.version);
  *erased.mutable_changed_at() = candidate.changed_at;
  return erased;
}

template <typename AnyEvent>
std::string EventOf(const Eraser::Candidate& candidate, v1::Erased erased) {
  AnyEvent event;
  if (candidate.look == Look::kErase) {
    *event.mutable_erased() = std::move(erased);
  } else {
    event.mutable_kept_longer()->set_until(national::FormatDay(candidate.period.erase_on));
  }
  return journal::Serialize(event);
}

journal::Fact FactOf(const Eraser::Candidate& candidate, v1::Erased erased) {
  if (candidate.given) {
    return {candidate.subject, GivenName(candidate.id),
            EventOf<v1::GivenEvent>(candidate, std::move(erased))};
  }
  return {candidate.subject, AggregateName(candidate.id),
          EventOf<v1::Event>(candidate, std::move(erased))};
}

template <typename AnyState>
std::optional<Eraser::Candidate> CandidateOf(const AnyState& state,
                                             std::optional<absl::CivilDay> completed_on,
                                             const RetentionRules& rules, absl::CivilDay today) {
  if (state.id().empty() || state.has_erased() || !completed_on.has_value()) return std::nullopt;
  Eraser::Candidate candidate;
  candidate.period = PeriodOf(*completed_on, rules);
  candidate.look = LookAt(candidate.period, today);
  if (candidate.look == Look::kNothing) return std::nullopt;
  candidate.id = state.id();
  candidate.subject = state.subject();
  candidate.changed_at = state.changed_at();
  return candidate;
}

}  // namespace

Eraser::Eraser(rpc::Host& host) : host_(host), topic_(host.Topic("prescription.journal")) {}

std::optional<Eraser::Candidate> Eraser::Consider(const State& state, uint64_t version,
                                                  absl::CivilDay today) const {
  auto candidate = CandidateOf(state, CompletedOn(state, today), host_.config().retention(), today);
  if (candidate.has_value()) candidate->version = version;
  return candidate;
}

std::optional<Eraser::Candidate> Eraser::Consider(const v1::Given& state, uint64_t version,
                                                  absl::CivilDay today) const {
  auto candidate = CandidateOf(state, CompletedOn(state), host_.config().retention(), today);
  if (!candidate.has_value()) return std::nullopt;
  candidate->version = version;
  candidate->given = true;
  return candidate;
}

asio::awaitable<absl::StatusOr<int>> Eraser::Settle(std::string key,
                                                    std::vector<Candidate> candidates,
                                                    absl::CivilDay today) {
  int erased = 0;
  for (size_t at = 0; at < candidates.size(); at += kErasedAtOnce) {
    const auto first = candidates.begin() + static_cast<std::ptrdiff_t>(at);
    const auto last =
        first + static_cast<std::ptrdiff_t>(std::min(kErasedAtOnce, candidates.size() - at));
    std::vector<Candidate> some(first, last);
    CO_ASSIGN_OR_RETURN(const int now, co_await SettleSome(key, std::move(some), today));
    erased += now;
  }
  co_return erased;
}

asio::awaitable<absl::StatusOr<int>> Eraser::SettleSome(std::string key,
                                                        std::vector<Candidate> some,
                                                        absl::CivilDay today) {
  std::vector<std::string> names, stored;
  int erased = 0;
  for (const Candidate& candidate : some) {
    if (candidate.look != Look::kErase) continue;
    ++erased;
    for (const ErasedDocument& document : DocumentsOf(candidate)) {
      names.push_back(NameOf(candidate.id, document));
    }
  }
  if (!names.empty()) {
    CO_ASSIGN_OR_RETURN(stored,
                        co_await host_.views().Read(topic_, std::move(key), std::move(names),
                                                    absl::Now() + kStepLimit));
  }
  std::vector<journal::Fact> facts = co_await OnCpu(host_.cpu(), [&some, &stored, today] {
    std::vector<journal::Fact> made;
    size_t at = 0;
    for (const Candidate& candidate : some) {
      v1::Erased event = ErasedOf(candidate, today);
      if (candidate.look == Look::kErase) Describe(candidate, stored, at, event);
      made.push_back(FactOf(candidate, std::move(event)));
    }
    return made;
  });
  CO_RETURN_IF_ERROR(co_await host_.journal().Append(std::move(facts), absl::Now() + kStepLimit));
  co_return erased;
}

asio::awaitable<absl::StatusOr<int>> Eraser::LookAtGiven(std::string key,
                                                         std::vector<std::string> ids,
                                                         absl::CivilDay today) {
  int erased = 0;
  for (size_t at = 0; at < ids.size(); at += kReadAtOnce) {
    std::vector<std::string> names;
    for (size_t i = at; i < std::min(ids.size(), at + kReadAtOnce); ++i) {
      names.push_back(GivenName(ids[i]));
    }
    CO_ASSIGN_OR_RETURN(
        const auto states,
        co_await host_.views().Read(topic_, key, std::move(names), absl::Now() + kStepLimit));
    std::vector<Candidate> candidates;
    for (const std::string& bytes : states) {
      tsunagu::journal::v1::Stored stored;
      v1::Given state;
      if (!stored.ParseFromString(bytes) || !state.ParseFromString(stored.state())) continue;
      auto candidate = Consider(state, stored.version(), today);
      if (candidate.has_value()) candidates.push_back(*std::move(candidate));
    }
    CO_ASSIGN_OR_RETURN(const int now, co_await Settle(key, std::move(candidates), today));
    erased += now;
  }
  co_return erased;
}

}  // namespace tsunagu::prescription
