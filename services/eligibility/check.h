// The check itself: what a facility asks, and what it is told. Pure.
//
// The birth date is what proves that the asker holds the card: where it does not match, the answer
// is the same as for an identity that nobody has (EL-012).
#ifndef SERVICES_ELIGIBILITY_CHECK_H_
#define SERVICES_ELIGIBILITY_CHECK_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/platform/national/finding.h"
#include "services/platform/national/insured.h"
#include "tsunagu/eligibility/v1/eligibility.pb.h"
#include "tsunagu/eligibility/v1/events.pb.h"

namespace tsunagu::eligibility {

// A text of an identity may have this many bytes.
inline constexpr size_t kMaxIdentityBytes = 64;

// A CheckRequest in normal form. Days are YYYYMMDD, so that their order is that of their text.
struct Question {
  national::InsuredIdentity identity;  // canonical; empty branch: not known, or there is none
  std::string birth_date;
  std::string day;
  std::string today;
};

// `now` gives the day when the request names none (EL-011). `path` of the request in its message,
// e.g. "check.", stands before the fields that an error names. INVALID_ARGUMENT names all that is
// wrong (EL-010).
absl::StatusOr<Question> ReadQuestion(const tsunagu::eligibility::v1::CheckRequest& request,
                                      absl::Time now, absl::string_view path = "");

// The question about the long-term-care card that the person of `check` presents too (EL-027): it
// is hers only with her birth date.
absl::StatusOr<Question> ReadLongTermCareCard(const tsunagu::common::v1::InsuredIdentity& card,
                                              const Question& check);

// The warning when what that question was answered with is nobody (EL-027).
national::Findings CheckLongTermCareCard(const tsunagu::eligibility::v1::CheckResponse& card);

// Whether the question names one identity, or a household whose members may be meant.
bool NamesOnePerson(const Question& question);

// The members of a household that the question may mean: those with that birth date.
std::vector<national::Subject> Candidates(const tsunagu::eligibility::v1::Household& household,
                                          const Question& question);

// Somebody who may be meant. An empty person is one that nobody knows.
struct Candidate {
  national::Subject subject;
  tsunagu::eligibility::v1::Person person;
};

struct Verdict {
  tsunagu::eligibility::v1::CheckResponse response;
  std::vector<const Candidate*> matching;  // those whose data the response is about; may be empty
};

// The five classes of the national answer (EL-013 to EL-018). Total. `candidates` must outlive the
// verdict.
Verdict Decide(const Question& question, std::span<const Candidate> candidates);

}  // namespace tsunagu::eligibility

#endif  // SERVICES_ELIGIBILITY_CHECK_H_
