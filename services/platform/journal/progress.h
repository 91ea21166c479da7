// How far a view is behind the log, by what was seen of both. Pure.
#ifndef SERVICES_PLATFORM_JOURNAL_PROGRESS_H_
#define SERVICES_PLATFORM_JOURNAL_PROGRESS_H_

#include <cstdint>
#include <optional>

#include "absl/time/time.h"
#include "services/platform/view/section.h"

namespace tsunagu::journal {

// Where a partition of the log ended, at `asked` or later.
struct LogEnd {
  int64_t offset = 0;
  absl::Time asked = absl::InfinitePast();  // InfinitePast: nobody has answered yet
};

// A view is caught up while it is known to be complete as of this long ago.
inline constexpr absl::Duration kMaxViewAge = absl::Seconds(5);

// How far the view of one partition is, whichever replica folds it.
struct Progress {
  int64_t applied = -1;  // records folded; -1: not looked at yet
  int64_t behind = 0;    // records that the log held beyond these when it was last asked
  // When it was last seen to grow; InfinitePast: not since this process started.
  absl::Time advanced = absl::InfinitePast();
  // The view holds all that the log held at this moment, and perhaps more. InfinitePast: it is lost
  // or being rebuilt, or nobody knows yet.
  absl::Time complete = absl::InfinitePast();
  bool operator==(const Progress&) const = default;

  bool IsCaughtUp(absl::Time now) const { return complete > now - kMaxViewAge; }
};

// After a look at the section, whose position was read after the log had been asked for its end.
// `position` is empty when the section is lost.
void Advance(Progress& progress, const std::optional<view::Position>& position, const LogEnd& end,
             absl::Time now);

}  // namespace tsunagu::journal

#endif  // SERVICES_PLATFORM_JOURNAL_PROGRESS_H_
