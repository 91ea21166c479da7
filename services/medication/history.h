// The medication history as it is read: the months asked for, and one list out of several sources.
// Pure.
#ifndef SERVICES_MEDICATION_HISTORY_H_
#define SERVICES_MEDICATION_HISTORY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "services/platform/drug_master/master.h"
#include "tsunagu/medication/v1/medication.pb.h"

namespace tsunagu::medication {

// Months that a history covers unless asked otherwise, and at most (MH-110).
inline constexpr int kDefaultMonths = 36;
inline constexpr int kMaxMonths = 60;

// Months, both ends included.
struct MonthRange {
  absl::CivilMonth from, to;
  bool operator==(const MonthRange&) const = default;
};

// The months of a request made on that day in Japan; it ends with that day's month at the latest
// (MH-115). MONTHS_OUT_OF_RANGE with every field at fault, MONTHS_TO_COME.
absl::StatusOr<MonthRange> RangeOf(const tsunagu::medication::v1::GetHistoryRequest& request,
                                   absl::CivilDay today);

// The day that places it in the history, YYYYMMDD: of dispensing, or of the prescription when it is
// not dispensed.
const std::string& DayOf(const tsunagu::medication::v1::Dispensing& dispensing);

// Whether that day lies in the range; false when there is no readable day.
bool IsIn(const MonthRange& range, const tsunagu::medication::v1::Dispensing& dispensing);

// One history of dispensings from all sources, newest first (MH-111 to MH-114). The result does not
// depend on the order of the input, and merging it again changes nothing.
//
// A receipt stands for the dispensing of an e-prescription that it was made for, as
// GetHistoryResponse says. Nothing else is left out but exact repeats, and two prescriptions are
// never the same: their ids differ.
std::vector<tsunagu::medication::v1::Dispensing> Merge(
    std::vector<tsunagu::medication::v1::Dispensing> dispensings);

// Gives drugs that had no name when they were submitted the name, and those without a unit the
// unit, that the master has for their day (MH-116; null: there is no master), and every usage that
// is stated as a code its words (MH-118).
void AddWords(const drug_master::DrugMaster* drugs,
              tsunagu::medication::v1::Dispensing& dispensing);

}  // namespace tsunagu::medication

#endif  // SERVICES_MEDICATION_HISTORY_H_
