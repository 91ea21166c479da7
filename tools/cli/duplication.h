// prescription prepare, check-draft, check-acceptance, check-result: 重複投薬等チェック.
#ifndef TOOLS_CLI_DUPLICATION_H_
#define TOOLS_CLI_DUPLICATION_H_

#include <string>

#include "tools/cli/program.h"
#include "tools/cli/session.h"

namespace tsunagu::cli {

// Adds the subcommands to the group "prescription".
void AddDuplication(CLI::App* group, Program* program);

// What the check of a prescription that was just accepted says. It advises: a check that fails is
// told in words, too, since the prescription is accepted (RX-422). `context`: a care context;
// empty: none. `own_facility`: compares with what the prescribing facility itself prescribed, too.
std::string AcceptanceText(const Session& session, const std::string& id,
                           const std::string& context, bool own_facility);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_DUPLICATION_H_
