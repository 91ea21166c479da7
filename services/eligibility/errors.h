// The errors of the eligibility service, each with its reason and rule
// (docs/requirements/eligibility.md). They name rules and fields, never a value of a request.
#ifndef SERVICES_ELIGIBILITY_ERRORS_H_
#define SERVICES_ELIGIBILITY_ERRORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/platform/national/finding.h"
#include "services/platform/status/error.h"
#include "tsunagu/eligibility/v1/eligibility.pb.h"

namespace tsunagu::eligibility {

// The file of a load is larger than kMaxLoadBytes. EL-001
absl::Status LoadTooLarge();

// The file of a load has errors; its detail is a common.v1.Findings with all of them. EL-002
absl::Status FileHasErrors(const national::Findings& findings);

// A check cannot be read; names every wrong field. `wrong` must not be empty. EL-010
absl::Status CheckMalformed(const std::vector<WrongField>& wrong);

absl::Status CheckInOfAnotherDay();        // EL-020
absl::Status SourceNotAllowed();           // EL-023
absl::Status LongTermCareCardMalformed();  // EL-027

// Scopes of `consented` that do not exist, by their places there. EL-022
absl::Status ScopeUnknown(const std::vector<int>& places);

// Scopes that facilities of the caller's kind may not hold, by their places. EL-026
absl::Status ScopeNotForFacility(const tsunagu::eligibility::v1::CheckInRequest& request,
                                 const std::vector<int>& places);

}  // namespace tsunagu::eligibility

#endif  // SERVICES_ELIGIBILITY_ERRORS_H_
