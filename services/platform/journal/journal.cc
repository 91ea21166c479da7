#include "services/platform/journal/journal.h"

#include <google/protobuf/util/time_util.h>
#include <openssl/sha.h>

#include <algorithm>
#include <random>
#include <utility>

#include "absl/time/clock.h"
#include "services/platform/async/gather.h"
#include "services/platform/async/one_shot.h"
#include "services/platform/journal/folder.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"

namespace tsunagu::journal {
namespace {

using tsunagu::journal::v1::Entry;
using tsunagu::journal::v1::Stored;

constexpr int kAttempts = 5;
constexpr int kJitterMilliseconds = 8;
// How often a state is read again when the broker did not say where it stored an entry.
constexpr absl::Duration kBlindPoll = absl::Milliseconds(10);
// Facts appended side by side: most loads in one go, for each round waits for the broker and the
// fold; few enough to leave room in the producer's queue for other calls.
constexpr std::ptrdiff_t kFactsAtOnce = 5000;
// Of all lists together, half of what the producer's queue holds; one list alone may be longer.
constexpr size_t kMaxFactsUnderWay = 100'000;

absl::Status Overloaded() {
  return ErrorBuilder(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                      "too many commands are under way; nothing was done")
      .Rule("JR-004")
      .RetryAfter(absl::Milliseconds(200));
}

absl::Status CommandIdReused() {
  return ErrorBuilder(absl::StatusCode::kAlreadyExists, "COMMAND_ID_REUSED",
                      "this command_id was used for another command")
      .Rule("JR-002")
      .Field("command_id", "used before with another body");
}

absl::Status OutcomeUnknown() {
  return ErrorBuilder(absl::StatusCode::kDeadlineExceeded, "OUTCOME_UNKNOWN",
                      "not known yet whether it happened; ask or repeat with the same command_id")
      .Rule("JR-011");
}

absl::Status Contended() {
  return ErrorBuilder(absl::StatusCode::kAborted, "CONTENDED",
                      "others changed it at the same moment; it did not happen")
      .Rule("JR-012")
      .RetryAfter(absl::Milliseconds(100));
}

absl::Status LogUnavailable() {
  return ErrorBuilder(absl::StatusCode::kUnavailable, "LOG_UNAVAILABLE",
                      "the log cannot be reached; it did not happen")
      .Rule("JR-013")
      .RetryAfter(absl::Seconds(1));
}

// The error of an append, as the caller should see it.
absl::Status AppendError(const absl::Status& status) {
  if (absl::IsUnavailable(status)) return LogUnavailable();
  if (absl::IsResourceExhausted(status)) return Overloaded();
  return OutcomeUnknown();
}

absl::StatusOr<std::optional<Outcome>> FindAbsorbed(const Stored& stored, const Command& command) {
  for (const auto& absorbed : stored.absorbed()) {
    if (absorbed.command_id() != command.id) continue;
    if (absorbed.command_digest() != command.digest) return CommandIdReused();
    return Outcome{absorbed.outcome(), stored.state(), true};
  }
  return std::nullopt;
}

void Stamp(Entry& entry) {
  *entry.mutable_decided_at() =
      google::protobuf::util::TimeUtil::NanosecondsToTimestamp(absl::ToUnixNanos(absl::Now()));
}

absl::Duration Jitter(int attempt) {
  static thread_local std::minstd_rand random(std::random_device{}());
  return absl::Milliseconds(std::uniform_int_distribution<int>(1, kJitterMilliseconds)(random) *
                            (attempt + 1));
}

// Counts what is under way.
template <typename Count>
class InFlight {
 public:
  explicit InFlight(Count& count, Count of = 1) : count_(count), of_(of) { count_ += of_; }
  ~InFlight() { count_ -= of_; }
  InFlight(const InFlight&) = delete;

 private:
  Count& count_;
  const Count of_;
};

}  // namespace

std::string Digest(absl::string_view body) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(body.data()), body.size(), digest);
  return std::string(reinterpret_cast<const char*>(digest), sizeof digest);
}

Journal::Journal(asio::io_context& loop, view::Reader& reader, Producer& producer, Options options)
    : loop_(loop), reader_(reader), producer_(producer), options_(std::move(options)) {}

asio::awaitable<absl::StatusOr<Stored>> Journal::ReadStored(const Command& command) {
  CO_ASSIGN_OR_RETURN(
      const std::vector<std::string> values,
      co_await reader_.Read(options_.topic, command.subject,
                            std::vector<std::string>(1, command.aggregate), command.deadline));
  Stored stored;
  if (!stored.ParseFromString(values[0])) co_return absl::InternalError("a state is not readable");
  co_return stored;
}

asio::awaitable<absl::StatusOr<int64_t>> Journal::AppendEntry(const Entry& entry,
                                                              absl::Time deadline) {
  const int partition = view::PartitionOf(entry.subject(), reader_.partitions());
  auto offset = co_await producer_.Append(options_.topic, partition, entry.subject(),
                                          entry.SerializeAsString(), deadline);
  if (!offset.ok()) co_return AppendError(offset.status());
  co_return offset;
}

asio::awaitable<absl::Status> Journal::WaitFolded(std::string subject, int64_t offset,
                                                  absl::Time deadline) {
  const int partition = view::PartitionOf(subject, reader_.partitions());
  const absl::Status status =
      co_await reader_.WaitFor(reader_.Section(options_.topic, partition), offset, deadline);
  co_return status.ok() ? status : OutcomeUnknown();
}

asio::awaitable<absl::StatusOr<std::optional<Outcome>>> Journal::Settle(const Command& command,
                                                                        uint64_t version,
                                                                        Decision decision) {
  Entry entry;
  entry.set_subject(command.subject);
  entry.set_aggregate(command.aggregate);
  entry.set_expected_version(version);
  entry.set_command_id(command.id);
  entry.set_command_digest(command.digest);
  entry.set_event(std::move(decision.event));
  entry.set_outcome(std::move(decision.outcome));
  Stamp(entry);
  CO_ASSIGN_OR_RETURN(const int64_t offset, co_await AppendEntry(entry, command.deadline));
  const bool blind = offset < 0;
  if (!blind) CO_RETURN_IF_ERROR(co_await WaitFolded(command.subject, offset, command.deadline));
  for (;;) {
    CO_ASSIGN_OR_RETURN(const Stored stored, co_await ReadStored(command));
    CO_ASSIGN_OR_RETURN(auto found, FindAbsorbed(stored, command));
    if (found.has_value()) {
      found->repeated = false;
      co_return found;
    }
    if (!blind) co_return std::nullopt;
    if (absl::Now() + kBlindPoll >= command.deadline) co_return OutcomeUnknown();
    co_await Sleep(kBlindPoll);
  }
}

asio::awaitable<absl::StatusOr<Outcome>> Journal::Transact(Command command, Decide decide) {
  if (in_flight_ >= options_.max_in_flight) co_return Overloaded();
  const InFlight counted(in_flight_);
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    CO_ASSIGN_OR_RETURN(const Stored stored, co_await ReadStored(command));
    CO_ASSIGN_OR_RETURN(auto absorbed, FindAbsorbed(stored, command));
    if (absorbed.has_value()) co_return *std::move(absorbed);
    CO_ASSIGN_OR_RETURN(Decision decision, decide(stored.state()));
    CO_ASSIGN_OR_RETURN(auto outcome,
                        co_await Settle(command, stored.version(), std::move(decision)));
    if (outcome.has_value()) co_return *std::move(outcome);
    if (absl::Now() + Jitter(attempt) >= command.deadline) break;
    co_await Sleep(Jitter(attempt));
  }
  co_return Contended();
}

asio::awaitable<absl::StatusOr<std::optional<Outcome>>> Journal::Find(Command command) {
  CO_ASSIGN_OR_RETURN(const Stored stored, co_await ReadStored(command));
  for (const auto& absorbed : stored.absorbed()) {
    if (absorbed.command_id() == command.id) {
      co_return Outcome{absorbed.outcome(), stored.state(), true};
    }
  }
  co_return std::nullopt;
}

asio::awaitable<absl::Status> Journal::AppendFact(Fact fact, absl::Time deadline) {
  Entry entry;
  entry.set_subject(fact.subject);
  entry.set_aggregate(std::move(fact.aggregate));
  entry.set_event(std::move(fact.event));
  Stamp(entry);
  // Where the broker does not say where it stored the entry, it is appended again: a fact may come
  // twice, and only the offset tells when it is folded.
  int64_t offset = -1;
  while (offset < 0) {
    CO_ASSIGN_OR_RETURN(offset, co_await AppendEntry(entry, deadline));
  }
  co_return co_await WaitFolded(std::move(fact.subject), offset, deadline);
}

asio::awaitable<absl::Status> Journal::Append(std::vector<Fact> facts, absl::Time deadline) {
  const bool many = facts_ > 0 && facts_ + facts.size() > kMaxFactsUnderWay;
  if (in_flight_ >= options_.max_in_flight || many) co_return Overloaded();
  const InFlight counted(in_flight_);
  const InFlight counted_facts(facts_, facts.size());
  absl::Status status;
  bool untouched = true;  // nothing of the list is or may be in the log
  for (auto next = facts.begin(); next != facts.end() && status.ok();) {
    const auto end = next + std::min(kFactsAtOnce, facts.end() - next);
    std::vector<asio::awaitable<absl::Status>> appends;
    for (; next != end; ++next) appends.push_back(AppendFact(std::move(*next), deadline));
    for (const absl::Status& one : co_await Gather(loop_, std::move(appends))) {
      status.Update(one);
      untouched = untouched && (absl::IsUnavailable(one) || absl::IsResourceExhausted(one));
    }
  }
  co_return status.ok() || untouched ? status : OutcomeUnknown();
}

}  // namespace tsunagu::journal
