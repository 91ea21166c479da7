// prescription open, issued, dispensed, result, dispense-together: what goes beyond one
// prescription.
#ifndef TOOLS_CLI_PRESCRIPTION_LIST_H_
#define TOOLS_CLI_PRESCRIPTION_LIST_H_

#include "tools/cli/program.h"

namespace tsunagu::cli {

// Adds the subcommands to the group "prescription".
void AddPrescriptionLists(CLI::App* group, Program* program);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_PRESCRIPTION_LIST_H_
