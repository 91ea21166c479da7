// `tsunagu eligibility ...`: オンライン資格確認.
#ifndef TOOLS_CLI_ELIGIBILITY_H_
#define TOOLS_CLI_ELIGIBILITY_H_

#include "tools/cli/program.h"

namespace tsunagu::cli {

void AddEligibility(CLI::App* app, Program* program);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_ELIGIBILITY_H_
