// What `tsunagu check` prints about a package: kinds, offices, counts. No personal data.
#ifndef SERVICES_LTC_CAREPLAN_SUMMARY_H_
#define SERVICES_LTC_CAREPLAN_SUMMARY_H_

#include <string>

#include "services/ltc/careplan/package.h"

namespace tsunagu::ltc::careplan {

// Lines of Japanese with English, each ending in '\n'.
std::string Summarise(const Package& package);

}  // namespace tsunagu::ltc::careplan

#endif  // SERVICES_LTC_CAREPLAN_SUMMARY_H_
