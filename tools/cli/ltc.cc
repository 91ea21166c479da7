#include "tools/cli/ltc.h"

#include <filesystem>
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/status/macros.h"
#include "tools/cli/files.h"
#include "tools/cli/ltc_sending.h"
#include "tools/cli/words.h"
#include "tsunagu/ltc/v1/ltc.grpc.pb.h"

namespace tsunagu::cli {
namespace {

using Stub = ltc::v1::LongTermCare::Stub;
using Packages = std::vector<ltc::v1::SendPackageRequest>;

struct SendOptions {
  std::vector<std::string> paths;
  std::shared_ptr<CommandId> command_id;
};

absl::StatusOr<Packages> ReadPackages(const std::vector<std::string>& paths) {
  std::vector<ltc::v1::File> files;
  for (const std::string& path : paths) {
    files.emplace_back().set_name(BaseName(path));
    ASSIGN_OR_RETURN(*files.back().mutable_content(), ReadFile(path));
  }
  return MakePackages(std::move(files));
}

absl::Status Send(const SendOptions& options, Program* program) {
  ASSIGN_OR_RETURN(Packages packages, ReadPackages(options.paths));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  std::string content;
  for (const auto& package : packages) content += package.SerializeAsString();
  const std::string command_id = options.command_id->TakeFor(content);
  for (size_t i = 0; i < packages.size(); ++i) {
    // Several packages are several intents: a number makes an id of each.
    packages[i].set_command_id(packages.size() == 1 ? command_id
                                                    : absl::StrCat(command_id, "-", i + 1));
    const auto response = session.Call(&Stub::SendPackage, packages[i]);
    if (!response.ok()) return ExplainSending(response.status(), packages, i);
    const char* what = response->sent_before() ? "送信済み sent before: " : "送信 sent: ";
    program->Print(*response,
                   absl::StrCat(what, response->package_id(), " (", packages[i].files_size(),
                                " files)\n", FindingsTable(response->findings())));
  }
  return absl::OkStatus();
}

absl::Status List(const ltc::v1::ListPackagesRequest& request, Program* program) {
  ASSIGN_OR_RETURN(Session session, program->Connect());
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::ListPackages, request));
  std::vector<Row> rows;
  for (const auto& info : response.packages()) {
    rows.push_back({info.package_id(), info.timestamp(), Month(info.month()), info.sender(),
                    info.sender_name(), info.destination(), absl::StrJoin(info.kinds(), " "),
                    absl::StrCat(info.persons()), Time(info.fetched_at()),
                    Time(info.acknowledged_at())});
  }
  program->Print(response, FormatTable({"ID", "日時 timestamp", "対象年月 month", "送信元 sender",
                                        "送信元名 sender name", "宛先 to", "種類 kinds",
                                        "人数 persons", "取得 fetched", "受領 acknowledged"},
                                       rows));
  return absl::OkStatus();
}

absl::Status Fetch(const std::string& id, const OutFile& folder, Program* program) {
  std::error_code error;
  std::filesystem::create_directories(folder.path, error);  // CheckWritable tells what is wrong
  RETURN_IF_ERROR(CheckWritable(absl::StrCat(folder.path, "/.tsunagu")));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  ltc::v1::FetchPackageRequest request;
  request.set_package_id(id);
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::FetchPackage, request));
  std::vector<OutFile> files;
  for (const auto& file : response.files()) {
    // Only the last part of a name: a file must not leave the folder.
    files.push_back({absl::StrCat(folder.path, "/", BaseName(file.name())), folder.force});
    const absl::Status writable = CheckWritable(files.back());  // before the first is written
    if (!writable.ok()) return AnswerNotWritten(writable);
  }
  std::string text;
  for (size_t i = 0; i < files.size(); ++i) {
    RETURN_IF_ERROR(WriteAnswer(files[i], response.files(static_cast<int>(i)).content()));
    absl::StrAppend(&text, files[i].path, "\n");
  }
  program->Print(response, text);
  return absl::OkStatus();
}

absl::Status Acknowledge(const std::string& id, CommandId* command_id, Program* program) {
  ASSIGN_OR_RETURN(Session session, program->Connect());
  ltc::v1::AcknowledgePackageRequest request;
  request.set_command_id(command_id->Take());
  request.set_package_id(id);
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::AcknowledgePackage, request));
  program->Print(response, "受領を通知しました acknowledged\n");
  return absl::OkStatus();
}

void AddSend(CLI::App* group, Program* program) {
  CLI::App* send = group->add_subcommand("send", "send care-plan packages");
  const auto options = std::make_shared<SendOptions>();
  options->command_id = std::make_shared<CommandId>(send, program);
  send->add_option("files", options->paths, "CSV files; those of one timestamp are one package")
      ->required();
  send->callback([=] { program->Choose([=] { return Send(*options, program); }); });
}

void AddList(CLI::App* group, Program* program) {
  CLI::App* list = group->add_subcommand("list", "the mailbox of this office, or what it sent");
  const auto request = std::make_shared<ltc::v1::ListPackagesRequest>();
  CLI::Option* to = list->add_option_function<std::string>(
      "--to", [=](const std::string& office) { request->set_destination(office); },
      "office number, with --sent");
  CLI::Option* sent = list->add_flag_callback(
      "--sent", [=] { request->set_sent(true); }, "what this office sent");
  sent->needs(to);
  to->needs(sent);  // else it would be ignored
  list->add_flag_callback(
      "--all", [=] { request->set_include_acknowledged(true); }, "acknowledged ones too");
  list->callback([=] { program->Choose([=] { return List(*request, program); }); });
}

void AddFetch(CLI::App* group, Program* program) {
  CLI::App* fetch = group->add_subcommand("fetch", "the files of a package");
  const auto id = std::make_shared<std::string>();
  const auto folder = std::make_shared<OutFile>();
  fetch->add_option("id", *id, "package id")->required();
  AddOutFile(fetch, "folder for the files; --force replaces those that are there", folder.get())
      ->required();
  fetch->callback([=] { program->Choose([=] { return Fetch(*id, *folder, program); }); });
}

void AddAcknowledge(CLI::App* group, Program* program) {
  CLI::App* ack = group->add_subcommand("ack", "say that a package is imported");
  const auto id = std::make_shared<std::string>();
  const auto command_id = std::make_shared<CommandId>(ack, program);
  ack->add_option("id", *id, "package id")->required();
  ack->callback(
      [=] { program->Choose([=] { return Acknowledge(*id, command_id.get(), program); }); });
}

}  // namespace

void AddLtc(CLI::App* app, Program* program) {
  CLI::App* group = app->add_subcommand("ltc", "介護情報連携: care plans from office to office");
  group->require_subcommand(1);
  AddSend(group, program);
  AddList(group, program);
  AddFetch(group, program);
  AddAcknowledge(group, program);
}

}  // namespace tsunagu::cli
