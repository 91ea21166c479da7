#include "tools/cli/app.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>

#include "tools/cli/audit.h"
#include "tools/cli/check.h"
#include "tools/cli/eligibility.h"
#include "tools/cli/emergency.h"
#include "tools/cli/ltc.h"
#include "tools/cli/medication.h"
#include "tools/cli/prescription.h"
#include "tools/cli/program.h"

namespace tsunagu::cli {
namespace {

constexpr char kFooter[] =
    "Exit status: 0 done, 1 refused, 3 not known or not now: the same call again is right, of a\n"
    "command with the same --command-id. 64 wrong usage. Of check: 0 clean, 1 findings, 2 a file "
    "is\n"
    "unreadable or of no known format.\n"
    "With --json standard output holds one JSON document: the answer as the proto names it,\n"
    "{\"answers\": [...]} when there are several, {\"error\": {...}} when something was refused; "
    "of a\n"
    "command it tells the command_id.";

}  // namespace

int Main(int argc, const char* const* argv) {
  CLI::App app("tsunagu 繋ぐ: Japan's care data, from who has it to who needs it", "tsunagu");
  app.require_subcommand(1);
  app.footer(kFooter);
  Program program(&app);
  AddEligibility(&app, &program);
  AddMedication(&app, &program);
  AddPrescription(&app, &program);
  AddEmergency(&app, &program);
  AddLtc(&app, &program);
  AddAudit(&app, &program);
  AddCheck(&app, &program);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == Program::kDone) return app.exit(error);  // --help
    // What --json would set is not set when other arguments are wrong.
    const bool json = std::any_of(argv + 1, argv + argc,
                                  [](const char* word) { return std::string(word) == "--json"; });
    return Program::RefuseUsage(error.what(), json);
  }
  return program.Finish();
}

}  // namespace tsunagu::cli
