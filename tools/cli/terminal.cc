#include "tools/cli/terminal.h"

#include <memory>
#include <optional>
#include <string>

#include "absl/time/clock.h"
#include "services/platform/status/macros.h"
#include "tools/cli/files.h"
#include "tools/terminal/interface_text.h"
#include "tools/terminal/names.h"
#include "tools/terminal/run.h"
#include "tools/terminal/session_gateway.h"

namespace tsunagu::cli {
namespace {

constexpr int kMaxParallel = 64;
constexpr double kMaxPatience = 3600;

struct TerminalOptions {
  terminal::RunOptions run;
  std::string institution;
  std::string names_file;
  std::optional<int> interfaces;  // only these are told; 0: all
  bool example = false;
  bool status = false;
  bool erase = false;
  double incomplete_s = 20;
};

absl::Status ShowStatus(const TerminalOptions& options, Program* program) {
  ASSIGN_OR_RETURN(const terminal::Standing standing, terminal::StandingOf(options.run.folder));
  program->PrintEither(standing.json, standing.text);
  return absl::OkStatus();
}

// TM-031, TM-032
absl::Status ShowInterfaces(const TerminalOptions& options, const terminal::Names& names,
                            Program* program) {
  ASSIGN_OR_RETURN(const auto interfaces, terminal::InterfacesOf(*options.interfaces));
  if (!options.example) {
    program->PrintEither(terminal::InterfacesJson(interfaces, names),
                         terminal::InterfacesText(interfaces, names));
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const std::string example, terminal::ExampleOf(interfaces.front()));
  program->PrintEither(terminal::ExampleJson(example), example);
  return absl::OkStatus();
}

absl::Status RunTerminal(const TerminalOptions& options, Program* program) {
  if (options.status) return ShowStatus(options, program);
  terminal::Names names;
  if (!options.names_file.empty()) {
    ASSIGN_OR_RETURN(const std::string text, ReadFile(options.names_file));
    ASSIGN_OR_RETURN(names, terminal::Names::Read(text));
  }
  if (options.interfaces.has_value()) return ShowInterfaces(options, names, program);
  terminal::HoldSignals();
  ASSIGN_OR_RETURN(const Session session, program->Connect());
  terminal::SessionGateway gateway(&session);
  terminal::GatewayExchange exchange(&gateway, options.institution, [] { return absl::Now(); });
  terminal::RunOptions run = options.run;
  run.keep = !options.erase;
  run.patience.incomplete = absl::Seconds(options.incomplete_s);
  return terminal::Run(run, names, exchange);
}

}  // namespace

void AddTerminal(CLI::App* app, Program* program) {
  CLI::App* command = app->add_subcommand(
      "terminal", "takes the requests of a facility's system from DIR/req, answers into DIR/res");
  const auto options = std::make_shared<TerminalOptions>();
  CLI::Option* folder =
      command->add_option("--folder", options->run.folder, "the folder of the exchange");
  command->add_flag("--status", options->status, "only say how it stands")->needs(folder);
  CLI::Option* interfaces =
      command
          ->add_option("--interfaces", options->interfaces,
                       "only print what can be asked: files, fields, forms; of all, or of that "
                       "number")
          ->expected(0, 1)
          ->default_str("0")
          ->excludes(folder);
  command
      ->add_flag("--example", options->example,
                 "with the number of an interface: only print a request of it")
      ->needs(interfaces);
  command->add_option("--institution", options->institution,
                      "医療機関等コード, 10 digits: puts the requests of others aside");
  command->add_option("--names", options->names_file,
                      "file of lines \"id request answer\": other names of files");
  command->add_flag("--erase", options->erase, "answered requests are removed, not kept in done/");
  command->add_option("--parallel", options->run.parallel, "requests at the same time")
      ->capture_default_str()
      ->check(CLI::Range(1, kMaxParallel));
  command
      ->add_option("--patience", options->incomplete_s,
                   "seconds that a file may stay unfinished before it is put aside")
      ->capture_default_str()
      ->check(CLI::Range(0.0, kMaxPatience));
  command->callback([=] {
    if (!options->interfaces.has_value() && options->run.folder.empty()) {
      throw CLI::RequiredError("--folder");
    }
    if (options->example && options->interfaces.value_or(0) == 0) {
      throw CLI::RequiredError("the number of an interface");
    }
    program->Choose([=] { return RunTerminal(*options, program); });
  });
}

}  // namespace tsunagu::cli
