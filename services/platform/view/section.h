// A view in Redis, by section: what one service has folded from one partition of one topic.
//
// A section is one hash: the field "@" holds the position, every other field one state. So a
// section is lost as a whole or not at all, states and position change together, and it is emptied
// by unlinking one key. Sections of a partition share a hash slot. Beside sections Redis holds
// gates (gates.h) and nothing else.
#ifndef SERVICES_PLATFORM_VIEW_SECTION_H_
#define SERVICES_PLATFORM_VIEW_SECTION_H_

#include <asio.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/platform/view/redis.h"

namespace tsunagu::view {

struct SectionId {
  std::string service;
  std::string topic;
  int partition = 0;
  bool operator==(const SectionId&) const = default;

  std::string Key() const;      // "tsunagu:<service>:{p<partition>}:<topic>"
  std::string Channel() const;  // where each new position is published
};

// The pattern of the channels of all sections of a service.
std::string ChannelPattern(absl::string_view service);

// How far a section is folded.
struct Position {
  int64_t applied = 0;  // the next offset to fold
  int64_t target = 0;  // end of the log when a rebuild began; the section is readable from there on
  bool operator==(const Position&) const = default;

  bool Readable() const { return applied >= target; }
  std::string Text() const;
  static std::optional<Position> Parse(absl::string_view text);
};

struct Snapshot {
  std::optional<Position> position;  // nothing: the section is lost or was never made
  std::vector<std::string> values;   // in the order asked for; empty: no such state
};

// Name and new value of a state; an empty value removes it.
using Change = std::pair<std::string, std::string>;

// Not thread safe (see Redis).
class Sections {
 public:
  // `redis` must outlive this.
  explicit Sections(Redis& redis) : redis_(redis) {}

  asio::awaitable<absl::StatusOr<Snapshot>> Read(SectionId section, std::vector<std::string> names);

  // Writes the changes and the position `to` in one script, only if the section still stands at
  // `from` (nothing: does not exist), and publishes `to.applied`. ABORTED when it stands elsewhere:
  // another replica folds, or the section was lost.
  asio::awaitable<absl::Status> Store(SectionId section, std::optional<Position> from, Position to,
                                      std::vector<Change> changes);

  // Removes the section.
  asio::awaitable<absl::Status> Drop(SectionId section);

  // SHA-256 over name and value of every state, added up modulo 2^256 (so in any order), as hex.
  // Equal for equal states.
  asio::awaitable<absl::StatusOr<std::string>> Digest(SectionId section);

 private:
  asio::awaitable<absl::StatusOr<Reply>> RunStoreScript(std::vector<std::string> arguments);

  Redis& redis_;
};

}  // namespace tsunagu::view

#endif  // SERVICES_PLATFORM_VIEW_SECTION_H_
