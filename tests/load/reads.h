// Audited reads through the gateway, between runs of the yardstick.
#ifndef TESTS_LOAD_READS_H_
#define TESTS_LOAD_READS_H_

#include "tests/load/plan.h"

namespace tsunagu::load {

// Prints the table; answers the exit status: failure when a call failed. `per_second`: of the open
// loops. `which`: "check" of eligibility, "status" of prescriptions, "draft": check for duplicates
// of persons with a hundred days of history; or "all".
int MeasureReads(const Plan& plan, double per_second, const std::string& which);

}  // namespace tsunagu::load

#endif  // TESTS_LOAD_READS_H_
