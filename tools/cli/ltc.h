// `tsunagu ltc ...`: 介護情報連携, care plans from office to office.
#ifndef TOOLS_CLI_LTC_H_
#define TOOLS_CLI_LTC_H_

#include "tools/cli/program.h"

namespace tsunagu::cli {

void AddLtc(CLI::App* app, Program* program);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_LTC_H_
