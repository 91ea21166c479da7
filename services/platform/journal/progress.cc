#include "services/platform/journal/progress.h"

#include <algorithm>

namespace tsunagu::journal {

void Advance(Progress& progress, const std::optional<view::Position>& position, const LogEnd& end,
             absl::Time now) {
  const int64_t applied = position.has_value() ? position->applied : 0;
  if (progress.applied >= 0 && applied > progress.applied) progress.advanced = now;
  progress.applied = applied;
  progress.behind = std::max<int64_t>(0, end.offset - applied);
  if (!position.has_value() || !position->Readable()) {
    progress.complete = absl::InfinitePast();
  } else if (progress.behind == 0) {
    progress.complete = end.asked;
  }
}

}  // namespace tsunagu::journal
