// `tsunagu emergency ...`: 救急時医療情報閲覧.
#ifndef TOOLS_CLI_EMERGENCY_H_
#define TOOLS_CLI_EMERGENCY_H_

#include "tools/cli/program.h"

namespace tsunagu::cli {

void AddEmergency(CLI::App* app, Program* program);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_EMERGENCY_H_
