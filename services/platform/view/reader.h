// Reading a service's views, on any replica: waits for an offset to be folded, reads states, never
// reads a view that is being rebuilt.
#ifndef SERVICES_PLATFORM_VIEW_READER_H_
#define SERVICES_PLATFORM_VIEW_READER_H_

#include <asio.hpp>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/async/one_shot.h"
#include "services/platform/view/section.h"

namespace tsunagu::view {

// The partition of a pseudonym or of an id that we issued: its routing hash modulo `partitions`.
int PartitionOf(absl::string_view pseudonym, int partitions);

// Not thread safe: the loop's thread only. Must outlive the coroutines that wait on it.
class Reader {
 public:
  // `commands` and `subscriber` are connections to one Redis, the second for this only; both must
  // outlive this.
  Reader(asio::io_context& loop, Redis& commands, Redis& subscriber, std::string service,
         int partitions);

  int partitions() const { return partitions_; }
  Sections& sections() { return sections_; }
  SectionId Section(absl::string_view topic, int partition) const;

  // The states with these names of the pseudonym's partition, folded from `topic`; empty where
  // there is none. While the section is being rebuilt it waits; so it does while Redis
  // does not answer. UNAVAILABLE with reason VIEW_REBUILDING or VIEW_UNREACHABLE when the deadline
  // comes first.
  asio::awaitable<absl::StatusOr<std::vector<std::string>>> Read(std::string topic,
                                                                 std::string pseudonym,
                                                                 std::vector<std::string> names,
                                                                 absl::Time deadline);

  // The same, with the position at which they were read.
  asio::awaitable<absl::StatusOr<Snapshot>> ReadSnapshot(std::string topic, std::string pseudonym,
                                                         std::vector<std::string> names,
                                                         absl::Time deadline);

  // A partition of a view, by a pseudonym in it, and how far it was.
  struct Point {
    std::string topic;
    std::string pseudonym;
    int64_t applied = 0;
  };
  // Waits until one of them has advanced. False: the deadline came first.
  asio::awaitable<bool> WaitForAny(std::vector<Point> points, absl::Time deadline);

  // Waits until the record at `offset` is folded. DEADLINE_EXCEEDED when the deadline comes first.
  asio::awaitable<absl::Status> WaitFor(SectionId section, int64_t offset, absl::Time deadline);

 private:
  struct Progress {
    SectionId section;
    int64_t applied = 0;
    std::multimap<int64_t, std::shared_ptr<OneShot<bool>>> waiting;  // by the offset waited for
  };

  void Advance(Progress& progress, int64_t applied);
  void CatchUp();  // asks Redis for what published messages may have missed
  asio::awaitable<void> Refresh(std::string channel);
  asio::awaitable<void> RefreshRegularly();

  asio::io_context& loop_;
  Sections sections_;
  const std::string service_;
  const int partitions_;
  std::map<std::string, Progress> progress_;  // by channel
};

}  // namespace tsunagu::view

#endif  // SERVICES_PLATFORM_VIEW_READER_H_
