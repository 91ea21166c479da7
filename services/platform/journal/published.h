// What a service reads from the public topic of another. Pure.
#ifndef SERVICES_PLATFORM_JOURNAL_PUBLISHED_H_
#define SERVICES_PLATFORM_JOURNAL_PUBLISHED_H_

#include <optional>

#include "services/platform/journal/record.h"
#include "tsunagu/journal/v1/journal.pb.h"

namespace tsunagu::journal {

template <typename Event>
struct PublicChange {
  tsunagu::journal::v1::Published published;
  Event event;
};

// Nothing when the record does not read as such an event about somebody.
template <typename Event>
std::optional<PublicChange<Event>> ReadPublished(const Record& record) {
  PublicChange<Event> change;
  if (!change.published.ParseFromString(record.value) || change.published.subject().empty() ||
      !change.event.ParseFromString(change.published.event())) {
    return std::nullopt;
  }
  return change;
}

}  // namespace tsunagu::journal

#endif  // SERVICES_PLATFORM_JOURNAL_PUBLISHED_H_
