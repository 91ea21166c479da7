// prescription erasure.
#ifndef TOOLS_CLI_PRESCRIPTION_ERASURE_H_
#define TOOLS_CLI_PRESCRIPTION_ERASURE_H_

#include "tools/cli/program.h"

namespace tsunagu::cli {

// Adds the subcommand to the group "prescription".
void AddPrescriptionErasure(CLI::App* group, Program* program);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_PRESCRIPTION_ERASURE_H_
