// `tsunagu check FILE...`: no server, no identity.
#ifndef TOOLS_CLI_CHECK_H_
#define TOOLS_CLI_CHECK_H_

#include "tools/cli/program.h"

namespace tsunagu::cli {

void AddCheck(CLI::App* app, Program* program);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_CHECK_H_
