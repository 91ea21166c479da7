// Writes and reads the answer to a check (OQS-IF-002, OQSsiquc01res).
#ifndef SERVICES_ELIGIBILITY_OQS_ANSWER_H_
#define SERVICES_ELIGIBILITY_OQS_ANSWER_H_

#include <cstddef>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/eligibility/oqs/message.h"
#include "services/platform/national/finding.h"

namespace tsunagu::eligibility::oqs {

inline constexpr size_t kMaxResults = 100;

// The XML in answer.encoding. Empty fields are left out; insurer numbers are padded to 8 with
// spaces. INVALID_ARGUMENT when a text holds a character that XML or the encoding cannot carry, or
// when there are more than kMaxResults results.
absl::StatusOr<std::string> WriteAnswer(const Answer& answer);

struct AnswerResult {
  std::optional<Answer> answer;  // set when no finding is an error
  national::Findings findings;
};

// Elements are found by name, in any order; unknown ones are ignored. Thread safe.
AnswerResult ReadAnswer(absl::string_view xml);

}  // namespace tsunagu::eligibility::oqs

#endif  // SERVICES_ELIGIBILITY_OQS_ANSWER_H_
