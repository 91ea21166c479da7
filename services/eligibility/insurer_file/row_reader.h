// Reads one row of an insurer's file.
#ifndef SERVICES_ELIGIBILITY_INSURER_FILE_ROW_READER_H_
#define SERVICES_ELIGIBILITY_INSURER_FILE_ROW_READER_H_

#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/eligibility/insurer_file/columns.h"
#include "services/eligibility/insurer_file/insured_person.h"
#include "services/platform/national/csv.h"
#include "services/platform/national/finding.h"

namespace tsunagu::eligibility::insurer_file {

// Whether whoever loads the file speaks for that insurer, a number in its normal form.
using SpeaksFor = absl::FunctionRef<bool(absl::string_view insurer)>;

// Nothing when the row has an error. The row has as many cells as the header.
std::optional<InsuredPerson> ReadPerson(const ColumnMap& columns, const national::CsvRow& row,
                                        absl::CivilDay today, SpeaksFor speaks_for,
                                        national::Findings& findings);

}  // namespace tsunagu::eligibility::insurer_file

#endif  // SERVICES_ELIGIBILITY_INSURER_FILE_ROW_READER_H_
