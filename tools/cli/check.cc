#include "tools/cli/check.h"

#include <iostream>
#include <memory>
#include <vector>

#include "tools/cli/check_report.h"
#include "tools/cli/files.h"

namespace tsunagu::cli {
namespace {

absl::Status Check(const std::vector<std::string>& paths, Program* program) {
  std::vector<CheckInput> files;
  bool all_read = true;
  for (const std::string& path : paths) {
    auto bytes = ReadFile(path);
    if (bytes.ok()) {
      files.push_back({BaseName(path), *std::move(bytes)});
    } else {
      std::cerr << bytes.status().message() << "\n";
      all_read = false;
    }
  }
  const std::vector<CheckReport> reports = CheckFiles(files);
  program->PrintJson(ToJson(reports));
  program->set_exit_status(all_read ? ExitStatus(reports) : kUnrecognised);
  return absl::OkStatus();
}

}  // namespace

void AddCheck(CLI::App* app, Program* program) {
  CLI::App* check = app->add_subcommand(
      "check",
      "Reads receipts, prescription records and documents, care plans, eligibility messages and "
      "insurers' files; prints all findings as JSON. Exit status 0: clean, 1: findings, 2: "
      "unreadable or of no known format");
  const auto paths = std::make_shared<std::vector<std::string>>();
  check->add_option("files", *paths, "files; the files of one care-plan package together")
      ->required();
  check->callback([=] { program->Choose([=] { return Check(*paths, program); }); });
}

}  // namespace tsunagu::cli
