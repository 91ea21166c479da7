// Changing things: decide on the state, append the event, wait until the fold has passed it,
// answer.
//
//   handler --Transact--> read state+version --decide--> append {expected_version, command_id,
//   event}
//                              ^                                    |
//                              |          the fold (any replica) accepts it, or it is void
//                              +---- void: decide again ------------+---- accepted: outcome
#ifndef SERVICES_PLATFORM_JOURNAL_JOURNAL_H_
#define SERVICES_PLATFORM_JOURNAL_JOURNAL_H_

#include <asio.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/journal/producer.h"
#include "services/platform/view/reader.h"
#include "tsunagu/journal/v1/journal.pb.h"

namespace tsunagu::journal {

// What a client wants changed.
struct Command {
  std::string subject;    // pseudonym that chooses the partition
  std::string aggregate;  // name of the state
  std::string id;         // the client's id of its intent
  std::string digest;     // of the request's body (Digest below)
  absl::Time deadline;
};

// What was decided.
struct Decision {
  std::string event;    // the domain's event, serialized
  std::string outcome;  // what this and every repeat of the command is answered with
};

// Pure: from the aggregate's state (empty: none yet) to an event or an error. It may run several
// times.
using Decide = std::function<absl::StatusOr<Decision>(absl::string_view state)>;

struct Outcome {
  std::string outcome;
  std::string state;      // the aggregate after the event, or now for a repeat
  bool repeated = false;  // the command had been absorbed before
};

// A fact appended without a condition; idempotent by its aggregate's name.
struct Fact {
  std::string subject;
  std::string aggregate;
  std::string event;
};

// Of a request's bytes; SHA-256.
std::string Digest(absl::string_view body);

// Not thread safe: the loop's thread only.
class Journal {
 public:
  struct Options {
    std::string topic;
    // Commands, and lists of facts; more are refused before anything is appended.
    int max_in_flight = 2000;
  };
  // Both must outlive the journal and its coroutines.
  Journal(asio::io_context& loop, view::Reader& reader, Producer& producer, Options options);

  // Errors of `decide` come through. Own errors: OVERLOADED (RESOURCE_EXHAUSTED, nothing was
  // appended), COMMAND_ID_REUSED (ALREADY_EXISTS), OUTCOME_UNKNOWN (DEADLINE_EXCEEDED: it may have
  // happened; ask with the command_id), CONTENDED (ABORTED, it did not happen), LOG_UNAVAILABLE
  // (UNAVAILABLE, it did not happen), VIEW_REBUILDING, VIEW_UNREACHABLE.
  asio::awaitable<absl::StatusOr<Outcome>> Transact(Command command, Decide decide);

  // What became of a command: its outcome, or nothing when it is not absorbed.
  asio::awaitable<absl::StatusOr<std::optional<Outcome>>> Find(Command command);

  // Appends facts, many side by side, and waits until all are folded. All or an error;
  // on OUTCOME_UNKNOWN some may be in the log, and appending them all again is safe.
  asio::awaitable<absl::Status> Append(std::vector<Fact> facts, absl::Time deadline);

  const std::string& topic() const { return options_.topic; }
  int in_flight() const { return in_flight_; }

 private:
  asio::awaitable<absl::StatusOr<tsunagu::journal::v1::Stored>> ReadStored(const Command& command);
  asio::awaitable<absl::StatusOr<int64_t>> AppendEntry(const tsunagu::journal::v1::Entry& entry,
                                                       absl::Time deadline);
  asio::awaitable<absl::Status> AppendFact(Fact fact, absl::Time deadline);
  // Appends what was decided and waits. Nothing: it was void.
  asio::awaitable<absl::StatusOr<std::optional<Outcome>>> Settle(const Command& command,
                                                                 uint64_t version,
                                                                 Decision decision);
  asio::awaitable<absl::Status> WaitFolded(std::string subject, int64_t offset,
                                           absl::Time deadline);

  asio::io_context& loop_;
  view::Reader& reader_;
  Producer& producer_;
  const Options options_;
  int in_flight_ = 0;
  size_t facts_ = 0;  // under way
};

}  // namespace tsunagu::journal

#endif  // SERVICES_PLATFORM_JOURNAL_JOURNAL_H_
