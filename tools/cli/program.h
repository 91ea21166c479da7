// What the groups of subcommands share: the options of every command, and how an answer or an
// error is printed.
#ifndef TOOLS_CLI_PROGRAM_H_
#define TOOLS_CLI_PROGRAM_H_

#include <google/protobuf/message.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/cli/files.h"
#include "tools/cli/session.h"
#include "tsunagu/common/v1/common.pb.h"

namespace tsunagu::cli {

class Program {
 public:
  // Exit statuses of commands that call the gateway or work on a file.
  static constexpr int kDone = 0;
  static constexpr int kRefused = 1;
  static constexpr int kAgain = 3;  // CL-015, CL-017: not known, not now, or not written
  static constexpr int kWrongUsage = 64;

  // Adds the options of every command.
  explicit Program(CLI::App* app);

  // Runs what the chosen subcommand asked for; prints its error, and with --json everything that
  // was to be printed, as one document. Returns the exit status.
  int Finish();

  // CL-001: prints what is wrong with the arguments. Returns the exit status.
  static int RefuseUsage(const std::string& what, bool json);

  // To be called by a subcommand's callback: the action runs after all arguments are read.
  void Choose(std::function<absl::Status()> action) { action_ = std::move(action); }

  // Connects as --as, with a certificate that is valid now, is for this and has its key.
  absl::StatusOr<Session> Connect() const;

  // The folder of --as.
  std::string IdentityFolder() const;

  // Prints the message as JSON (--json: names as in the proto, unset numbers and texts included) or
  // `text`.
  void Print(const google::protobuf::Message& message, const std::string& text);

  // The same at once, and with --json a line of its own: for what has no end.
  void PrintNow(const google::protobuf::Message& message, const std::string& text);

  // Prints `json` with --json, else `text`.
  void PrintEither(const std::string& json, const std::string& text);

  // Prints JSON, with --json.
  void PrintJson(const std::string& json);

  // Says what was written to a file, and for people its `content` in words.
  void PrintWritten(const std::string& what, const std::string& path,
                    const std::string& content = "");

  // Whether a program reads what is printed.
  bool json() const { return json_; }

  // As if --json were given.
  void set_json() { json_ = true; }

  // The exit status of this action instead of those above, also when it fails.
  void set_exit_status(int status) { exit_status_ = status; }

  // The id of the command that is sent, to stand in its error (CL-016).
  void set_command_id(const std::string& id) { command_id_ = id; }

 private:
  std::string as_;
  std::string folder_ = ".run";
  std::string gateway_;
  std::string user_ = "operator-1";
  std::string facility_;
  double deadline_s_ = 30;
  bool json_ = false;
  std::vector<std::string> answers_;  // JSON, with --json
  std::string command_id_;
  std::optional<int> exit_status_;
  std::function<absl::Status()> action_;
};

// The options of an insured identity: --insurer --symbol --number --branch.
void AddIdentityOptions(CLI::App* command, common::v1::InsuredIdentity* identity);

// The options --out, with that help, and --force.
CLI::Option* AddOutFile(CLI::App* command, const char* help, OutFile* file);

// The option --command-id. What is taken is printed to standard error before the call, so that it
// is known when the answer is lost, and stands in the error (CL-016).
class CommandId {
 public:
  CommandId(CLI::App* command, Program* program);
  // Unset: a random UUID.
  std::string Take();
  // Unset: made from what is sent, so that sending the same again is the same command.
  std::string TakeFor(absl::string_view content);

 private:
  Program* program_;
  std::string id_;
};

// A random UUID (version 4).
std::string RandomUuid();

// The care context of --context FILE; empty for an empty path.
absl::StatusOr<std::string> ReadContext(const std::string& path);

}  // namespace tsunagu::cli

#endif  // TOOLS_CLI_PROGRAM_H_
