#include "tools/cli/duplication.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "services/platform/status/macros.h"
#include "tools/cli/duplication_text.h"
#include "tools/cli/error_text.h"
#include "tools/cli/files.h"
#include "tsunagu/prescription/v1/duplication.grpc.pb.h"

namespace tsunagu::cli {
namespace {

using Stub = prescription::v1::DuplicationCheck::Stub;

// A request, with what stands beside it.
template <typename Request>
struct Options {
  Request request;
  std::string file;
  std::string context;
};

template <typename Request>
using Method = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&,
                                      prescription::v1::CheckReport*);

template <typename Request>
absl::Status Check(Method<Request> method, const Options<Request>& options, Program* program) {
  Request request = options.request;
  if constexpr (requires { request.mutable_document(); }) {
    ASSIGN_OR_RETURN(*request.mutable_document(), ReadFile(options.file));
  }
  ASSIGN_OR_RETURN(const std::string context, ReadContext(options.context));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  ASSIGN_OR_RETURN(const auto report, session.Call(method, request, context));
  program->Print(report, ReportText(report));
  return absl::OkStatus();
}

template <typename Request>
std::shared_ptr<Options<Request>> AddCheck(CLI::App* command, Method<Request> method,
                                           Program* program) {
  const auto options = std::make_shared<Options<Request>>();
  auto* check = options->request.mutable_options();
  command->add_option("--context", options->context,
                      "care context, from check-in (scope medication): names what is being taken");
  command->add_flag_callback(
      "--own-facility", [check] { check->set_own_facility(true); },
      "compares with what the prescribing facility itself (処方した医療機関) prescribed, too");
  command->add_option_function<int>(
      "--page-size", [check](int size) { check->set_page_size(size); }, "default: 20, at most 50");
  command->add_option_function<std::string>(
      "--page", [check](const std::string& token) { check->set_page_token(token); },
      "as the page before told it");
  command->callback([=] { program->Choose([=] { return Check(method, *options, program); }); });
  return options;
}

absl::Status Prepare(const Options<prescription::v1::PrepareRequest>& options, Program* program) {
  prescription::v1::PrepareRequest request = options.request;
  ASSIGN_OR_RETURN(const std::string context, ReadContext(options.context));
  if (!context.empty()) request.clear_identity();
  ASSIGN_OR_RETURN(Session session, program->Connect());
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::Prepare, request, context));
  program->Print(response, PreparedText(response, !context.empty()));
  return absl::OkStatus();
}

void AddPrepare(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand(
      "prepare", "at reception: how many drugs the person takes; by identity or --context");
  const auto options = std::make_shared<Options<prescription::v1::PrepareRequest>>();
  AddIdentityOptions(command, options->request.mutable_identity());
  command->add_option("--context", options->context, "care context, from check-in");
  command->callback([=] { program->Choose([=] { return Prepare(*options, program); }); });
}

void AddDraft(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand(
      "check-draft", "重複投薬等チェック of a prescription that is not registered yet");
  const auto options = AddCheck(command, &Stub::CheckDraft, program);
  command->add_option("file", options->file, "SJ1 record file or prescription XML; signed or not")
      ->required();
  command->add_option_function<std::string>(
      "--replaces", [=](const std::string& id) { options->request.set_replaces(id); },
      "処方箋ID of what it is to replace");
}

void AddAcceptance(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand(
      "check-acceptance", "重複投薬等チェック of a prescription that the pharmacy holds");
  const auto options = AddCheck(command, &Stub::CheckAcceptance, program);
  command
      ->add_option_function<std::string>(
          "id", [=](const std::string& id) { options->request.set_prescription_id(id); },
          "処方箋ID")
      ->required();
}

void AddDraftResult(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand(
      "check-result", "重複投薬等チェック of a dispensing that is not registered yet");
  const auto options = AddCheck(command, &Stub::CheckDraftResult, program);
  command
      ->add_option_function<std::string>(
          "id", [=](const std::string& id) { options->request.set_prescription_id(id); },
          "処方箋ID")
      ->required();
  command->add_option("file", options->file, "CJ1 record file or dispensing XML; signed or not")
      ->required();
}

}  // namespace

void AddDuplication(CLI::App* group, Program* program) {
  AddPrepare(group, program);
  AddDraft(group, program);
  AddAcceptance(group, program);
  AddDraftResult(group, program);
}

std::string AcceptanceText(const Session& session, const std::string& id,
                           const std::string& context, bool own_facility) {
  prescription::v1::CheckAcceptanceRequest request;
  request.set_prescription_id(id);
  if (own_facility) request.mutable_options()->set_own_facility(true);
  const auto report = session.Call(&Stub::CheckAcceptance, request, context);
  if (report.ok()) return ReportText(*report) + "\n";
  return absl::StrCat(
      "【注意】重複投薬等チェックができませんでした。受付は済んでいます。prescription "
      "check-acceptance ",
      id, " でもう一度 (the check failed, the acceptance stands)\n", ErrorText(report.status()),
      "\n");
}

}  // namespace tsunagu::cli
