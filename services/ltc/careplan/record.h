// What one record says: its cells by name, its person.
#ifndef SERVICES_LTC_CAREPLAN_RECORD_H_
#define SERVICES_LTC_CAREPLAN_RECORD_H_

#include "absl/strings/string_view.h"
#include "services/ltc/careplan/layout.h"
#include "services/platform/national/csv.h"
#include "services/platform/national/insured.h"

namespace tsunagu::ltc::careplan {

// The text of that column (id of the layout); empty when the row is too short. Lives as long as the
// row.
absl::string_view CellOf(FileKind kind, const national::CsvRow& row, absl::string_view id);

// The person of a record in normal form: insurer of 6 digits and insured number, symbol and branch
// empty.
national::InsuredIdentity PersonOf(const national::CsvRow& row);

}  // namespace tsunagu::ltc::careplan

#endif  // SERVICES_LTC_CAREPLAN_RECORD_H_
