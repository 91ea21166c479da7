// `tsunagu prescription ...`: 電子処方箋.
#ifndef TOOLS_CLI_PRESCRIPTION_H_
#define TOOLS_CLI_PRESCRIPTION_H_

#include "tools/cli/program.h"

namespace tsunagu::cli {

void AddPrescription(CLI::App* app, Program* program);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_PRESCRIPTION_H_
