#include "tools/cli/app.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tools/cli/audit.h"
#include "tools/cli/check.h"
#include "tools/cli/eligibility.h"
#include "tools/cli/emergency.h"
#include "tools/cli/ltc.h"
#include "tools/cli/medication.h"
#include "tools/cli/prescription.h"
#include "tools/cli/program.h"
#include "tools/cli/terminal.h"

namespace tsunagu::cli {
namespace {

constexpr char kFooter[] =
    "Exit status: 0 done, 1 refused, 3 not known, not now, or done and the answer not written to\n"
    "--out: the same call again is right, of a command with the same --command-id. 64 wrong "
    "usage.\n"
    "Of check: 0 clean, 1 findings, 2 a file is unreadable or of no known format.\n"
    "With --json standard output holds one JSON document: the answer as the proto names it,\n"
    "{\"answers\": [...]} when there are several, {\"error\": {...}} when something was refused; "
    "of a\n"
    "command it tells the command_id.";

// CLI11 asks for what is missing before it tells of a word that it does not know, which is more
// often why.
std::string WhatIsWrong(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<std::string> unknown = app.remaining(/*recurse=*/true);
  if (unknown.empty() || error.get_name() != "RequiredError") return error.what();
  return absl::StrCat(error.what(), "; not known: ", unknown.front());
}

}  // namespace

int Main(int argc, const char* const* argv) {
  CLI::App app("tsunagu 繋ぐ: Japan's care data, from who has it to who needs it", "tsunagu");
  app.require_subcommand(1);
  app.fallthrough();  // the options of every command may stand behind its own
  app.footer(kFooter);
  Program program(&app);
  AddEligibility(&app, &program);
  AddMedication(&app, &program);
  AddPrescription(&app, &program);
  AddEmergency(&app, &program);
  AddLtc(&app, &program);
  AddAudit(&app, &program);
  AddTerminal(&app, &program);
  AddCheck(&app, &program);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == Program::kDone) return app.exit(error);  // --help
    // What --json would set is not set when other arguments are wrong.
    const bool json = std::any_of(argv + 1, argv + argc,
                                  [](const char* word) { return std::string(word) == "--json"; });
    return Program::RefuseUsage(WhatIsWrong(app, error), json);
  }
  return program.Finish();
}

}  // namespace tsunagu::cli
