// Rules that tie the records of a file to its name and to each other.
#ifndef SERVICES_LTC_CAREPLAN_CONSISTENCY_H_
#define SERVICES_LTC_CAREPLAN_CONSISTENCY_H_

#include <vector>

#include "services/ltc/careplan/file_name.h"
#include "services/platform/national/csv.h"
#include "services/platform/national/finding.h"

namespace tsunagu::ltc::careplan {

// Looks only at rows that have all columns and at cells that are filled in; the others have
// findings of their own.
void CheckConsistency(const FileName& name, const std::vector<national::CsvRow>& rows,
                      national::Findings& findings);

}  // namespace tsunagu::ltc::careplan

#endif  // SERVICES_LTC_CAREPLAN_CONSISTENCY_H_
