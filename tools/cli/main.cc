// tsunagu: the command line of people and scripts. Everything it can do is a subcommand.
#include <CLI/CLI.hpp>

#include "tools/cli/audit.h"
#include "tools/cli/check.h"
#include "tools/cli/eligibility.h"
#include "tools/cli/emergency.h"
#include "tools/cli/ltc.h"
#include "tools/cli/medication.h"
#include "tools/cli/prescription.h"
#include "tools/cli/program.h"

int main(int argc, char** argv) {
  CLI::App app("tsunagu 繋ぐ: Japan's care data, from who has it to who needs it", "tsunagu");
  app.require_subcommand(1);
  tsunagu::cli::Program program(&app);
  tsunagu::cli::AddEligibility(&app, &program);
  tsunagu::cli::AddMedication(&app, &program);
  tsunagu::cli::AddPrescription(&app, &program);
  tsunagu::cli::AddEmergency(&app, &program);
  tsunagu::cli::AddLtc(&app, &program);
  tsunagu::cli::AddAudit(&app, &program);
  tsunagu::cli::AddCheck(&app, &program);
  CLI11_PARSE(app, argc, argv);
  return program.Finish();
}
