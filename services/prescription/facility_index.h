// Which prescriptions a facility issued or dispensed on a day, and of which one a result is: states
// that the fold of the journal writes beside the prescription (RX-491). Pure; thread safe.
//
//   issued/<facility>/<day>      v1::FacilityDay
//   dispensed/<pharmacy>/<day>   v1::FacilityDay
//   result-id/<result id>        v1::ResultPlace
//
// A facility's prescriptions lie in all partitions, so these do too; whoever reads a day asks each.
// Nothing is taken out: what was changed to another day stands under both, and the reader compares
// with the prescription. A registration costs one more state of at most 40 KB, as a rule below 1.
#ifndef SERVICES_PRESCRIPTION_FACILITY_INDEX_H_
#define SERVICES_PRESCRIPTION_FACILITY_INDEX_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/platform/journal/folder.h"
#include "tsunagu/prescription/v1/events.pb.h"

namespace tsunagu::prescription {

// Prescriptions of one facility and day in one partition that are listed (RX-492).
inline constexpr int kMaxOfDay = 1000;

// Names of states. `day` is YYYYMMDD.
std::string IssuedName(absl::string_view facility, absl::string_view day);
std::string DispensedName(absl::string_view pharmacy, absl::string_view day);
std::string ResultPlaceName(absl::string_view result_id);

// The states that AddToIndex reads. Old events do not tell who dispensed; they are not listed.
std::vector<std::string> IndexNames(const v1::Event& event);

// Enters the prescription where the event, which has happened to it, puts it.
void AddToIndex(const v1::Event& event, const std::string& prescription_id,
                journal::States& states);

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_FACILITY_INDEX_H_
