// Sample messages for tests.
#ifndef SERVICES_ELIGIBILITY_OQS_SAMPLES_H_
#define SERVICES_ELIGIBILITY_OQS_SAMPLES_H_

#include <string>
#include <vector>

#include "services/eligibility/oqs/message.h"
#include "services/platform/national/finding.h"

namespace tsunagu::eligibility::oqs {

std::string RequestSample();
std::string ValidAnswerSample();
std::string InvalidAnswerSample();

// The text with the first `from` replaced; fails the test when it does not occur.
std::string With(std::string text, const std::string& from, const std::string& to);

// "RULE:line:field" of each finding.
std::vector<std::string> Texts(const national::Findings& findings);

// An answer with every field set.
Answer FullAnswer();

}  // namespace tsunagu::eligibility::oqs

#endif  // SERVICES_ELIGIBILITY_OQS_SAMPLES_H_
