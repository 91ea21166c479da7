// `tsunagu terminal`: the exchange of files that facility systems use.
#ifndef TOOLS_CLI_TERMINAL_H_
#define TOOLS_CLI_TERMINAL_H_

#include "tools/cli/program.h"

namespace tsunagu::cli {

void AddTerminal(CLI::App* app, Program* program);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_TERMINAL_H_
