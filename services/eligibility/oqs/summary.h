// What `tsunagu check` prints about eligibility messages. No personal data.
#ifndef SERVICES_ELIGIBILITY_OQS_SUMMARY_H_
#define SERVICES_ELIGIBILITY_OQS_SUMMARY_H_

#include <string>

#include "services/eligibility/oqs/message.h"
#include "services/eligibility/oqs/request.h"

namespace tsunagu::eligibility::oqs {

// Lines of Japanese with English, each ending in '\n'.
std::string Summarise(const Request& request);
std::string Summarise(const Answer& answer);

}  // namespace tsunagu::eligibility::oqs

#endif  // SERVICES_ELIGIBILITY_OQS_SUMMARY_H_
