// The errors of the emergency service.
#ifndef SERVICES_EMERGENCY_ERRORS_H_
#define SERVICES_EMERGENCY_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/platform/status/error.h"

namespace tsunagu::emergency {

// EM-001. WHOM_MISSING: neither identity nor care context.
absl::Status WhomMissing();

// EM-002, EM-003, EM-004. REQUEST_INCOMPLETE, with every field at fault. `rule`: of the first.
absl::Status RequestIncomplete(const std::string& rule, const std::vector<WrongField>& wrong);

// Nobody is known by this identity and birth date; it does not tell which of them is wrong. With
// `all_heard`, that is so: EM-005, PERSON_NOT_FOUND. Without, not all that eligibility has said is
// folded yet, and nobody can tell: EM-022, FEED_BEHIND.
absl::Status PersonNotFound(bool all_heard);

}  // namespace tsunagu::emergency

#endif  // SERVICES_EMERGENCY_ERRORS_H_
