// What a finding is called beside its rule, for people and programs that know the national lists of
// findings: a code and the number of a record.
#ifndef SERVICES_PLATFORM_NATIONAL_FINDING_TEXT_H_
#define SERVICES_PLATFORM_NATIONAL_FINDING_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tsunagu::national {

// One word of rule and severity: "RX182E" an error, "RX104W" a warning, in the shape of the only
// national result code that was seen, EPSB1032W (CL-041).
std::string FindingCode(absl::string_view rule, bool is_error);

// The number of the record that a field of a record file names: 201 of "201.dose" and "201"; 0 for
// any other.
int RecordNumberOf(absl::string_view field);

}  // namespace tsunagu::national

#endif  // SERVICES_PLATFORM_NATIONAL_FINDING_TEXT_H_
