// An eligibility check as national messages: the request that a facility's system writes
// (OQSsiquc01req) and the answer it reads (OQSsiquc01res).
#ifndef TOOLS_CLI_ELIGIBILITY_XML_H_
#define TOOLS_CLI_ELIGIBILITY_XML_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/eligibility/oqs/message.h"
#include "services/eligibility/oqs/request.h"
#include "tsunagu/eligibility/v1/eligibility.pb.h"

namespace tsunagu::cli {

// The request as a call. Its day of confirmation becomes the day of the check.
eligibility::v1::CheckRequest ToCheck(const eligibility::oqs::Request& request);

// The answer to `request`, still without its time of processing.
eligibility::oqs::Answer ToAnswer(const eligibility::oqs::Request& request,
                                  const eligibility::v1::CheckResponse& response);

// The same as XML in UTF-8. `now` is the time of processing.
absl::StatusOr<std::string> AnswerXml(const eligibility::oqs::Request& request,
                                      const eligibility::v1::CheckResponse& response,
                                      absl::Time now);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_ELIGIBILITY_XML_H_
