// `tsunagu prescription given ...`: drugs given without a prescription that is registered here.
#ifndef TOOLS_CLI_PRESCRIPTION_GIVEN_H_
#define TOOLS_CLI_PRESCRIPTION_GIVEN_H_

#include "tools/cli/program.h"

namespace tsunagu::cli {

// Adds the group "given" to the group "prescription".
void AddPrescriptionGiven(CLI::App* group, Program* program);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_PRESCRIPTION_GIVEN_H_
