// `tsunagu audit ...`: アクセス履歴.
#ifndef TOOLS_CLI_AUDIT_H_
#define TOOLS_CLI_AUDIT_H_

#include "tools/cli/program.h"

namespace tsunagu::cli {

void AddAudit(CLI::App* app, Program* program);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_AUDIT_H_
