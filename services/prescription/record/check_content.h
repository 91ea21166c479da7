// The rules on what records say together (RX-140 to RX-190, RX-570 to RX-582). They skip what a
// rule on fields has already reported. Internal to this folder.
#ifndef SERVICES_PRESCRIPTION_RECORD_CHECK_CONTENT_H_
#define SERVICES_PRESCRIPTION_RECORD_CHECK_CONTENT_H_

#include <optional>

#include "absl/time/civil_time.h"
#include "services/prescription/record/catalogue.h"
#include "services/prescription/record/records.h"
#include "services/prescription/record/rules.h"

namespace tsunagu::prescription::record {

// Facility, patient, insurance, dates, split and refill.
void CheckHeader(const RecordFile& file, const Structure& structure, Report& report);

// Amounts, usage and drugs of each RP. `catalogue` may be null.
void CheckRps(const RecordFile& file, const Structure& structure, const DrugCatalogue* catalogue,
              Report& report);

// The day of record 51, or nothing.
std::optional<absl::CivilDay> FileDay(const Structure& structure);

}  // namespace tsunagu::prescription::record

#endif  // SERVICES_PRESCRIPTION_RECORD_CHECK_CONTENT_H_
