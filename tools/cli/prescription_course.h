// prescription dispense, change, cancel, release, collect, change-result, cancel-result and what
// takes them back.
#ifndef TOOLS_CLI_PRESCRIPTION_COURSE_H_
#define TOOLS_CLI_PRESCRIPTION_COURSE_H_

#include "tools/cli/program.h"

namespace tsunagu::cli {

// Adds the subcommands to the group "prescription".
void AddPrescriptionCourse(CLI::App* group, Program* program);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_PRESCRIPTION_COURSE_H_
