#include "tools/cli/prescription_course.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/status/macros.h"
#include "tools/cli/document_text.h"
#include "tools/cli/duplication_text.h"
#include "tools/cli/files.h"
#include "tools/cli/prescription_text.h"
#include "tools/cli/words.h"
#include "tsunagu/prescription/v1/prescription.grpc.pb.h"

namespace tsunagu::cli {
namespace {

using Stub = prescription::v1::Prescriptions::Stub;

template <typename Request, typename Response>
using Method = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&, Response*);

// With what other prescriptions it was done.
template <typename Response>
std::string TogetherText(const Response& response) {
  if constexpr (requires { response.prescription_ids(); }) {
    return absl::StrJoin(response.prescription_ids(), " ");
  }
  return "";
}

// Calls a command that is answered with `repeated` and `status`, and prints that it is done.
template <typename Request, typename Response>
absl::Status Run(Method<Request, Response> method, const Request& request, const char* done,
                 Program* program) {
  ASSIGN_OR_RETURN(Session session, program->Connect());
  ASSIGN_OR_RETURN(const auto response, session.Call(method, request));
  program->Print(response,
                 absl::StrCat(RepeatNotice(response.repeated(), response.status()), done, "\n",
                              FormatPairs({{"状態 status", Word(response.status())},
                                           {"まとめて together", TogetherText(response)}})));
  return absl::OkStatus();
}

// A subcommand that names its prescription and nothing else.
template <typename Request, typename Response>
void AddSimple(CLI::App* group, const char* name, const char* help,
               Method<Request, Response> method, const char* done, Program* program) {
  CLI::App* command = group->add_subcommand(name, help);
  const auto id = std::make_shared<std::string>();
  const auto command_id = std::make_shared<CommandId>(command, program);
  command->add_option("id", *id, "処方箋ID")->required();
  command->callback([=] {
    program->Choose([=] {
      Request request;
      request.set_prescription_id(*id);
      request.set_command_id(command_id->Take());
      return Run(method, request, done, program);
    });
  });
}

struct CancelOptions {
  prescription::v1::CancelRequest request;
  std::shared_ptr<CommandId> command_id;
};

absl::Status Cancel(const CancelOptions& options, Program* program) {
  prescription::v1::CancelRequest request = options.request;
  if (request.register_command_id().empty()) request.clear_identity();
  request.set_command_id(options.command_id->Take());
  return Run(&Stub::Cancel, request, "処方箋を取り消しました cancelled", program);
}

void AddCancel(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand(
      "cancel",
      "the issuer cancels it: by its id, or by --register and identity when the answer "
      "of register is not known");
  const auto options = std::make_shared<CancelOptions>();
  options->command_id = std::make_shared<CommandId>(command, program);
  auto* id = command->add_option_function<std::string>(
      "id", [=](const std::string& value) { options->request.set_prescription_id(value); },
      "処方箋ID");
  auto* registered = command->add_option_function<std::string>(
      "--register",
      [=](const std::string& value) { options->request.set_register_command_id(value); },
      "command id of the register; it is cancelled also when it comes within three days");
  id->excludes(registered);
  AddIdentityOptions(command, options->request.mutable_identity());
  command->callback([=] { program->Choose([=] { return Cancel(*options, program); }); });
}

struct DocumentOptions {
  std::string id;
  std::string file;
  OutFile out;
  bool paper = false;
  bool insured_confirmed = false;
  std::vector<std::string> reasons;
  std::shared_ptr<CommandId> command_id;
};

std::shared_ptr<DocumentOptions> AddDocument(CLI::App* command, const char* file,
                                             Program* program) {
  auto options = std::make_shared<DocumentOptions>();
  options->command_id = std::make_shared<CommandId>(command, program);
  command->add_option("id", options->id, "処方箋ID")->required();
  command->add_option("file", options->file, file)->required();
  return options;
}

absl::Status Change(const DocumentOptions& options, Program* program) {
  prescription::v1::ChangeRequest request;
  ASSIGN_OR_RETURN(*request.mutable_document(), ReadFile(options.file));
  request.set_prescription_id(options.id);
  request.set_issue_type(options.paper ? prescription::v1::ISSUE_TYPE_PAPER
                                       : prescription::v1::ISSUE_TYPE_ELECTRONIC);
  request.set_insured_confirmed(options.insured_confirmed);
  RETURN_IF_ERROR(ReadReasons(options.reasons, request.mutable_accepted_alerts()));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  const char* confirmed = request.insured_confirmed() ? "\nconfirmed" : "";
  request.set_command_id(options.command_id->TakeFor(
      absl::StrCat("change\n", options.id, "\n", request.issue_type(), confirmed, "\n",
                   absl::StrJoin(options.reasons, "\n"), options.reasons.empty() ? "" : "\n",
                   request.document())));
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::Change, request));
  program->Print(response,
                 absl::StrCat(RepeatNotice(response.repeated(), response.status()),
                              WarningNotice(response.findings()), "処方箋を変更しました changed\n",
                              FormatPairs({{"使用期限 use by", Day(response.use_by())},
                                           {"状態 status", Word(response.status())}}),
                              DocumentTextIfAny(request.document())));
  return absl::OkStatus();
}

void AddChange(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand(
      "change", "the issuer puts another document in its place; id and access code stay");
  const auto options = AddDocument(command, "prescription XML, signed (see: sign)", program);
  command->add_flag("--paper", options->paper, "the original is on paper");
  command->add_flag("--insured-confirmed", options->insured_confirmed, "as of register");
  command->add_option("--reason", options->reasons, "as of register")->allow_extra_args(false);
  command->callback([=] { program->Choose([=] { return Change(*options, program); }); });
}

// The same file has the same command id: what was cancelled since is not registered again by it.
std::string CancelledSince(bool repeated, prescription::v1::Status status) {
  if (!repeated || status != prescription::v1::STATUS_IN_DISPENSING) return "";
  return "【注意】取り消した調剤結果は登録されません。登録し直すには別の --command-id を付けて "
         "(a result that was cancelled is not registered again: to do so, give another "
         "--command-id)\n";
}

// `kind` tells the command from others that send the same; empty for dispense.
template <typename Request, typename Response>
absl::Status SubmitResult(Method<Request, Response> method, const char* kind,
                          const DocumentOptions& options, Program* program) {
  Request request;
  ASSIGN_OR_RETURN(*request.mutable_document(), ReadFile(options.file));
  request.set_prescription_id(options.id);
  if (!options.out.path.empty()) RETURN_IF_ERROR(CheckWritable(options.out));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  request.set_command_id(
      options.command_id->TakeFor(absl::StrCat(kind, options.id, "\n", request.document())));
  ASSIGN_OR_RETURN(const auto response, session.Call(method, request));
  if (!options.out.path.empty()) {
    RETURN_IF_ERROR(WriteAnswer(options.out, response.stamped_document()));
  }
  program->Print(response,
                 absl::StrCat(RepeatNotice(response.repeated(), response.status()),
                              CancelledSince(response.repeated(), response.status()),
                              WarningNotice(response.findings()),
                              FormatPairs({{"調剤結果ID result", response.result_id()},
                                           {"調剤済み処方箋 stamped", options.out.path},
                                           {"状態 status", Word(response.status())},
                                           {"回 use", UseText(response.course(), response.use())},
                                           {"次回受付 next from", Day(response.accept_from())},
                                           {"次回受付期限 until", Day(response.accept_until())}})));
  return absl::OkStatus();
}

template <typename Request, typename Response>
void AddResult(CLI::App* group, const char* name, const char* help,
               Method<Request, Response> method, const char* kind, Program* program) {
  CLI::App* command = group->add_subcommand(name, help);
  const auto options = AddDocument(command, "dispensing XML, signed (see: dispense-file)", program);
  AddOutFile(command, "file for the result with its time-stamp", &options->out);
  command->callback(
      [=] { program->Choose([=] { return SubmitResult(method, kind, *options, program); }); });
}

}  // namespace

void AddPrescriptionCourse(CLI::App* group, Program* program) {
  AddResult(group, "dispense", "the pharmacy registers what it dispensed", &Stub::Dispense, "",
            program);
  AddSimple(group, "release", "the pharmacy gives it back", &Stub::Release,
            "受付を取り消しました released", program);
  AddSimple(group, "collect", "回収: the pharmacy closes it without dispensing", &Stub::Collect,
            "処方箋を回収しました collected", program);
  AddSimple(group, "undo-collect", "the pharmacy takes the collection back", &Stub::UndoCollect,
            "回収を取り消しました collection undone", program);
  AddResult(group, "change-result", "the pharmacy corrects what it registered as dispensed",
            &Stub::ChangeResult, "change-result\n", program);
  AddSimple(group, "cancel-result", "the pharmacy cancels its result and holds it again",
            &Stub::CancelResult, "調剤結果を取り消しました result cancelled", program);
  AddChange(group, program);
  AddSimple(group, "undo-change", "the issuer takes the change back", &Stub::UndoChange,
            "変更を取り消しました change undone", program);
  AddCancel(group, program);
  AddSimple(group, "undo-cancel", "the issuer takes the cancellation back", &Stub::UndoCancel,
            "取消を取り消しました cancellation undone", program);
}

}  // namespace tsunagu::cli
