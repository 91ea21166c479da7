// Reads the check request of one person (OQS-IF-001, OQSsiquc01req).
#ifndef SERVICES_ELIGIBILITY_OQS_REQUEST_H_
#define SERVICES_ELIGIBILITY_OQS_REQUEST_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/eligibility/oqs/message.h"
#include "services/platform/national/finding.h"
#include "services/platform/national/insured.h"

namespace tsunagu::eligibility::oqs {

struct Request {
  std::string institution_code;        // 10 digits
  absl::CivilDay confirmation_date;    // the day on which the qualification is asked for
  std::string file_identifier;         // may be empty
  national::InsuredIdentity identity;  // normal form; the branch may be empty
  absl::CivilDay birth_date;
  Search search;  // as written, for the echo
};

struct RequestResult {
  std::optional<Request> request;  // set when no finding is an error
  national::Findings findings;
};

// Elements are found by name, in any order; unknown ones are ignored. Thread safe.
RequestResult ReadRequest(absl::string_view xml);

}  // namespace tsunagu::eligibility::oqs

#endif  // SERVICES_ELIGIBILITY_OQS_REQUEST_H_
