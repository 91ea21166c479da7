// Prescriptions through their life: registered, accepted, dispensed, with real signatures, between
// runs of the bare round trip through the log.
#ifndef TESTS_LOAD_COMMANDS_H_
#define TESTS_LOAD_COMMANDS_H_

#include "tests/load/plan.h"

namespace tsunagu::load {

// Prints the table; answers the exit status: failure when a call failed. Each kind of command runs
// plan.seconds at `per_second`, then as many again as fast as plan.in_flight allows, then all three
// kinds at once. Documents are signed before each measurement, not in it.
int MeasureCommands(const Plan& plan, double per_second);

}  // namespace tsunagu::load

#endif  // TESTS_LOAD_COMMANDS_H_
