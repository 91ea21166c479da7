// `tsunagu prescription sign`, `dispense-file` and `show`: documents made, signed and read on this
// machine.
#ifndef TOOLS_CLI_PRESCRIPTION_FILES_H_
#define TOOLS_CLI_PRESCRIPTION_FILES_H_

#include "tools/cli/program.h"

namespace tsunagu::cli {

// Adds them to the group of prescription commands.
void AddPrescriptionFiles(CLI::App* group, Program* program);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_PRESCRIPTION_FILES_H_
