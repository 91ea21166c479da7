// The subcommand that makes SJ1 records of the QR symbols on paper, and texts for symbols of
// records.
#ifndef TOOLS_CLI_PRESCRIPTION_CONVERT_H_
#define TOOLS_CLI_PRESCRIPTION_CONVERT_H_

#include "tools/cli/program.h"

namespace tsunagu::cli {

void AddPrescriptionConvert(CLI::App* group, Program* program);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_PRESCRIPTION_CONVERT_H_
