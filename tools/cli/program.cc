#include "tools/cli/program.h"

#include <google/protobuf/util/json_util.h>
#include <openssl/sha.h>

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "services/platform/access/metadata.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"
#include "tools/cli/card.h"
#include "tools/cli/error_text.h"

namespace tsunagu::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kDefaultGateway[] = "127.0.0.1:8443";

// Given to CLI11 as a setter, because protobuf fields cannot be bound.
void AddText(CLI::App* command, const char* name, const char* help,
             std::function<void(const std::string&)> set) {
  command->add_option_function<std::string>(name, std::move(set), help);
}

// What --json prints: the answer, {"answers": [...]} of several, and an error beside the answers
// that came before it.
std::string Document(const std::vector<std::string>& answers, const absl::Status& status,
                     const std::string& command_id) {
  if (answers.empty()) return status.ok() ? "" : ErrorJson(status, command_id);
  if (answers.size() == 1 && status.ok()) {
    return absl::StrCat(absl::StripTrailingAsciiWhitespace(answers[0]), "\n");
  }
  Json document = {{"answers", Json::array()}};
  for (const std::string& answer : answers) document["answers"].push_back(Json::parse(answer));
  if (!status.ok()) document.update(Json::parse(ErrorJson(status, command_id)));
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

// CL-001, CL-002
bool IsWrongUsage(const absl::Status& status) {
  const std::string rule = RuleOf(status);
  return rule == "CL-001" || rule == "CL-002";
}

int ExitStatus(const absl::Status& status) {
  if (status.ok()) return Program::kDone;
  if (IsWrongUsage(status)) return Program::kWrongUsage;
  return IsToBeRepeated(status) ? Program::kAgain : Program::kRefused;
}

std::string JsonOf(const google::protobuf::Message& message, bool lines) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = lines;
  options.always_print_primitive_fields = true;
  options.preserve_proto_field_names = true;
  std::string json;
  // It fails only for texts that are no UTF-8, which protobuf does not let through.
  const auto converted = google::protobuf::util::MessageToJsonString(message, &json, options);
  return converted.ok() ? json : ErrorJson(absl::InternalError("the answer cannot be shown"));
}

}  // namespace

Program::Program(CLI::App* app) {
  app->add_option("--as", as_, "identity: a name in DIR/pki/identities, or a folder");
  app->add_option("--dir", folder_, "folder that tools/up fills")->capture_default_str();
  app->add_option("--gateway", gateway_, "host:port; default: what DIR/gateway.address says");
  app->add_option("--user", user_, "account that an organisation acts for")->capture_default_str();
  app->add_option("--facility", facility_, "10 digits, for who works at several facilities");
  app->add_option("--deadline", deadline_s_, "seconds that a call may take")
      ->capture_default_str()
      ->check(CLI::Range(0.001, 600.0));
  app->add_flag("--json", json_, "answers and errors as JSON on standard output");
}

int Program::Finish() {
  const absl::Status status = action_();
  if (json_) {
    std::cout << Document(answers_, status, command_id_);
  } else if (!status.ok()) {
    std::cerr << ErrorText(status, command_id_);
  }
  return exit_status_.value_or(ExitStatus(status));
}

int Program::RefuseUsage(const std::string& what, bool json) {
  const absl::Status status =
      ErrorBuilder(absl::StatusCode::kInvalidArgument, "USAGE", what).Rule("CL-001");
  (json ? std::cout : std::cerr) << (json ? ErrorJson(status) : ErrorText(status));
  return kWrongUsage;
}

absl::StatusOr<Session> Program::Connect() const {
  if (as_.empty()) {
    return ErrorBuilder(absl::StatusCode::kInvalidArgument, "IDENTITY_NOT_GIVEN",
                        "who calls? give --as, e.g. --as clinic-1-doctor")
        .Rule("CL-002");
  }
  const std::pair<const char*, std::string> metadata[] = {{"--user", user_},
                                                          {"--facility", facility_}};
  for (const auto& [option, text] : metadata) {
    if (std::all_of(text.begin(), text.end(), absl::ascii_isgraph)) continue;
    return ErrorBuilder(absl::StatusCode::kInvalidArgument, "OPTION_MALFORMED",
                        absl::StrCat(option, " goes into the call's metadata"))
        .Rule("CL-001")
        .Field(option, "半角の英数字と記号のみ ASCII letters, digits and signs only, no spaces");
  }
  SessionOptions options;
  options.identity = IdentityFolder();
  options.ca_file = folder_ + "/pki/internal/ca.pem";
  options.user = user_;
  options.facility = facility_;
  options.deadline = absl::Seconds(deadline_s_);
  options.gateway = gateway_;
  if (options.gateway.empty()) {
    const auto address = ReadFile(folder_ + "/gateway.address");
    options.gateway =
        address.ok() ? std::string(absl::StripAsciiWhitespace(*address)) : kDefaultGateway;
  }
  ASSIGN_OR_RETURN(const std::string certificate, ReadFile(options.identity + "/cert.pem"));
  ASSIGN_OR_RETURN(const std::string key, ReadFile(options.identity + "/key.pem"));
  RETURN_IF_ERROR(CheckCard(certificate, absl::Now()));
  RETURN_IF_ERROR(CheckAuthentication(certificate, key));
  return Session::Open(options);
}

std::string Program::IdentityFolder() const {
  if (as_.find('/') != std::string::npos) return as_;
  return absl::StrCat(folder_, "/pki/identities/", as_);
}

void Program::Print(const google::protobuf::Message& message, const std::string& text) {
  if (!json_) {
    std::cout << text;
    return;
  }
  PrintJson(JsonOf(message, /*lines=*/true));
}

void Program::PrintNow(const google::protobuf::Message& message, const std::string& text) {
  std::cout << (json_ ? JsonOf(message, /*lines=*/false) + "\n" : text) << std::flush;
}

void Program::PrintEither(const std::string& json, const std::string& text) {
  if (json_) return PrintJson(json);
  std::cout << text;
}

void Program::PrintJson(const std::string& json) { answers_.push_back(json); }

void Program::PrintWritten(const std::string& what, const std::string& path,
                           const std::string& content) {
  if (json_) {
    PrintJson(Json({{"file", path}}).dump(2, ' ', false, Json::error_handler_t::replace));
  } else {
    std::cout << what << ": " << path << "\n" << content;
  }
}

void AddIdentityOptions(CLI::App* command, common::v1::InsuredIdentity* identity) {
  AddText(command, "--insurer", "保険者番号, 6 or 8 digits",
          [identity](const std::string& value) { identity->set_insurer(value); });
  AddText(command, "--symbol", "記号",
          [identity](const std::string& value) { identity->set_symbol(value); });
  AddText(command, "--number", "番号",
          [identity](const std::string& value) { identity->set_number(value); });
  AddText(command, "--branch", "枝番, 2 digits",
          [identity](const std::string& value) { identity->set_branch(value); });
}

CLI::Option* AddOutFile(CLI::App* command, const char* help, OutFile* file) {
  command->add_flag("--force", file->force, "replace the file of --out if it is there");
  return command->add_option("--out", file->path, help);
}

CommandId::CommandId(CLI::App* command, Program* program) : program_(program) {
  command->add_option("--command-id", id_,
                      "id of this intent, 8 to 64 of [0-9A-Za-z-]: repeat it to repeat the command "
                      "safely; default: a random UUID, or for a signed file one made from it");
}

std::string CommandId::Take() {
  if (id_.empty()) id_ = RandomUuid();
  program_->set_command_id(id_);
  std::cerr << "command id: " << id_ << "\n";
  return id_;
}

std::string CommandId::TakeFor(absl::string_view content) {
  if (id_.empty()) {
    // Of the digest: a number may still follow, and an id has at most 64 characters.
    constexpr size_t kIdBytes = 16;
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(content.data()), content.size(), digest);
    id_ = absl::BytesToHexString({reinterpret_cast<const char*>(digest), kIdBytes});
  }
  return Take();
}

std::string RandomUuid() {
  std::random_device random;
  const uint64_t high = static_cast<uint64_t>(random()) << 32 | random();
  const uint64_t low = static_cast<uint64_t>(random()) << 32 | random();
  return absl::StrFormat("%08x-%04x-4%03x-%04x-%012x", high >> 32, high >> 16 & 0xFFFF,
                         high & 0xFFF, (low >> 48 & 0x3FFF) | 0x8000, low & 0xFFFFFFFFFFFF);
}

absl::StatusOr<std::string> ReadContext(const std::string& path) {
  if (path.empty()) return std::string();
  ASSIGN_OR_RETURN(std::string token, ReadFile(path));
  if (token.size() > access::kMaxCareContextBytes) {
    return ErrorBuilder(absl::StatusCode::kInvalidArgument, "NOT_A_CARE_CONTEXT",
                        absl::StrCat(path, " is no care context: it is too long"))
        .Rule("CL-005");
  }
  return token;
}

}  // namespace tsunagu::cli
