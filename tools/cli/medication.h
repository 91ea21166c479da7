// `tsunagu medication ...`: 薬剤情報.
#ifndef TOOLS_CLI_MEDICATION_H_
#define TOOLS_CLI_MEDICATION_H_

#include "tools/cli/program.h"

namespace tsunagu::cli {

void AddMedication(CLI::App* app, Program* program);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_MEDICATION_H_
