// The access history of a subject: how it grows page by page, and how several are read as one.
// Pure.
#ifndef SERVICES_AUDIT_HISTORY_H_
#define SERVICES_AUDIT_HISTORY_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "tsunagu/audit/v1/audit.pb.h"

namespace tsunagu::audit {

// Records of a full page.
inline constexpr int kPageRecords = 25;
// The head gives its older half away as a page when it has this many.
inline constexpr int kHeadRecords = 2 * kPageRecords;

// Names of states.
std::string HeadName(absl::string_view subject);
std::string PageName(absl::string_view subject, int64_t page);

// Appends a record to the head; one whose id the head holds already changes nothing and answers
// false. `full` receives the page number `head.pages() - 1` when the head has just given it away.
bool Append(tsunagu::audit::v1::Record record, tsunagu::audit::v1::Head& head,
            std::optional<tsunagu::audit::v1::History>& full);

// Records in the whole history.
int64_t Count(const tsunagu::audit::v1::Head& head);

// The numbers of the full pages [first, second) that hold the records [from, to) of the history,
// counted from the oldest.
std::pair<int64_t, int64_t> PagesOf(const tsunagu::audit::v1::Head& head, int64_t from, int64_t to);

// One subject's records that are still to be shown, oldest first. Not all of them: at least as many
// of the newest as one answer may hold.
using Unshown = std::vector<tsunagu::audit::v1::Record>;

// Takes at most `limit` records, newest first, off the ends of the histories. Within one history
// their order stays as the log has it, whatever their times say.
std::vector<tsunagu::audit::v1::Record> TakeNewest(std::span<Unshown> histories, int limit);

// A token for the next page: `left` says for each subject how many records are still to be shown.
// Empty when none are.
std::string MakePageToken(std::span<const std::string> subjects, std::span<const int64_t> left);

// What MakePageToken was given. Nothing when the token is not one of these subjects, or no token.
std::optional<std::vector<int64_t>> ReadPageToken(std::span<const std::string> subjects,
                                                  absl::string_view token);

}  // namespace tsunagu::audit

#endif  // SERVICES_AUDIT_HISTORY_H_
