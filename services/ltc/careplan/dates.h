// Dates that lie ahead: what a file says was done, and what it plans, against the timestamp of its
// name (LTC-130 to LTC-135), and that against the present time (LTC-136).
#ifndef SERVICES_LTC_CAREPLAN_DATES_H_
#define SERVICES_LTC_CAREPLAN_DATES_H_

#include <vector>

#include "absl/time/time.h"
#include "services/ltc/careplan/file_name.h"
#include "services/platform/national/csv.h"
#include "services/platform/national/finding.h"

namespace tsunagu::ltc::careplan {

// No plan is made further ahead than this.
inline constexpr int kMaxMonthsAhead = 12;

// A file may be this much ahead of our clock: the clocks of offices differ.
inline constexpr absl::Duration kMaxClockAhead = absl::Hours(1);

// Adds what lies ahead, each date of a column once. Rows without the columns of the layout, and
// cells that are no dates, are left to others. Pure; no clock is read, so that the same file is
// always the same.
void CheckDates(const FileName& name, const std::vector<national::CsvRow>& rows,
                national::Findings& findings);

// Whether the timestamp of the name lies in the future.
bool IsAhead(const FileName& name, absl::Time now);

}  // namespace tsunagu::ltc::careplan

#endif  // SERVICES_LTC_CAREPLAN_DATES_H_
