// The national answer (OQSsiquc01res) to a check of ours, for programs that speak it.
#ifndef SERVICES_ELIGIBILITY_NATIONAL_ANSWER_H_
#define SERVICES_ELIGIBILITY_NATIONAL_ANSWER_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/eligibility/oqs/message.h"
#include "tsunagu/eligibility/v1/eligibility.pb.h"

namespace tsunagu::eligibility {

// The answer to `request`, to be written with oqs::WriteAnswer; change its encoding before, or add
// the file identifier of a request file. `institution`: 10 digits. `now` is the time of execution
// and the day of a request that names none. Qualifications come with validity 1, 2 and 3. What our
// records lack (card classification, the insured's name of a dependant, limit certificates) stays
// unset.
oqs::Answer MakeNationalAnswer(const tsunagu::eligibility::v1::CheckRequest& request,
                               const tsunagu::eligibility::v1::CheckResponse& response,
                               absl::string_view institution, absl::Time now);

}  // namespace tsunagu::eligibility

#endif  // SERVICES_ELIGIBILITY_NATIONAL_ANSWER_H_
