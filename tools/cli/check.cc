#include "tools/cli/check.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/status/macros.h"
#include "tools/cli/check_report.h"
#include "tools/cli/check_trust.h"
#include "tools/cli/files.h"
#include "tools/cli/master.h"

namespace tsunagu::cli {
namespace {

struct CheckOptions {
  std::vector<std::string> paths;
  std::string master;
  std::vector<std::string> signers;
  std::vector<std::string> authorities;
  bool no_content = false;
};

absl::Status Check(const CheckOptions& options, Program* program) {
  program->set_json();                      // CL-021
  program->set_exit_status(kUnrecognised);  // when it ends here
  ASSIGN_OR_RETURN(const auto master, LoadMaster(options.master));
  std::vector<CheckInput> files;
  for (const std::string& path : options.paths) {
    auto bytes = ReadFile(path);
    const std::string unreadable(bytes.status().message());
    files.push_back({BaseName(path), bytes.ok() ? *std::move(bytes) : "", unreadable});
  }
  CheckContext context;
  context.catalogue = master.get();
  context.content = !options.no_content;
  ASSIGN_OR_RETURN(context.anchors, ReadAnchors(options.signers, options.authorities));
  const std::vector<CheckReport> reports = CheckFiles(files, context);
  program->PrintJson(ToJson(reports));
  program->set_exit_status(ExitStatus(reports));
  return absl::OkStatus();
}

}  // namespace

void AddCheck(CLI::App* app, Program* program) {
  CLI::App* check = app->add_subcommand(
      "check",
      "Reads receipts, prescription records, documents and messages (XmlMsg), care plans, "
      "eligibility messages, insurers' files and drug masters; prints all findings, or its error, "
      "as JSON. Exit status 0: clean, 1: findings, 2: unreadable or of no known format");
  const auto options = std::make_shared<CheckOptions>();
  check->add_option("files", options->paths, "files; the files of one care-plan package together")
      ->required();
  check->add_option("--master", options->master,
                    "医薬品マスター (y.csv): look up the drugs of prescriptions and dispensing "
                    "results");
  check->add_flag("--no-content", options->no_content,
                  "leave out what stands in the records: for a report that others may read");
  check
      ->add_option("--trust", options->signers,
                   "PEM file, or folder of such: roots, CAs and revocation lists by which to judge "
                   "who signed")
      ->allow_extra_args(false);
  check
      ->add_option("--trust-tsa", options->authorities,
                   "PEM file, or folder of such: time-stamp authorities to believe, or their CAs")
      ->allow_extra_args(false);
  check->callback([=] { program->Choose([=] { return Check(*options, program); }); });
}

}  // namespace tsunagu::cli
