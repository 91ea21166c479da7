// The pages of a facility's lists (RX-494). Pure; thread safe.
#ifndef SERVICES_PRESCRIPTION_FACILITY_PAGE_H_
#define SERVICES_PRESCRIPTION_FACILITY_PAGE_H_

#include <compare>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace tsunagu::prescription {

inline constexpr int kMaxListedDays = 31;
inline constexpr int kMaxPageSize = 100;
inline constexpr int kDefaultPageSize = 50;

// A line of an index. Lists are in this order.
struct Listed {
  std::string day;  // YYYYMMDD
  std::string id;
  auto operator<=>(const Listed&) const = default;
};

struct Page {
  std::vector<std::string> days;  // YYYYMMDD, in order
  int size = kDefaultPageSize;
  Listed after;  // the last line of the page before; empty: the first page
};

// BAD_FIELD that names what breaks it. Unset days are the other one, or today.
absl::StatusOr<Page> ReadPage(absl::string_view from_day, absl::string_view to_day, int page_size,
                              absl::string_view page_token, absl::CivilDay today);

// Names that line to the next call.
std::string PageToken(const Listed& last);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_FACILITY_PAGE_H_
