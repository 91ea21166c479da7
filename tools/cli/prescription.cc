#include "tools/cli/prescription.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"
#include "tools/cli/document_text.h"
#include "tools/cli/duplication.h"
#include "tools/cli/duplication_text.h"
#include "tools/cli/files.h"
#include "tools/cli/prescription_convert.h"
#include "tools/cli/prescription_copy.h"
#include "tools/cli/prescription_course.h"
#include "tools/cli/prescription_erasure.h"
#include "tools/cli/prescription_files.h"
#include "tools/cli/prescription_given.h"
#include "tools/cli/prescription_list.h"
#include "tools/cli/prescription_notes.h"
#include "tools/cli/prescription_text.h"
#include "tools/cli/prescription_watch.h"
#include "tools/cli/words.h"
#include "tsunagu/prescription/v1/facility.grpc.pb.h"
#include "tsunagu/prescription/v1/prescription.grpc.pb.h"

namespace tsunagu::cli {
namespace {

using Stub = prescription::v1::Prescriptions::Stub;

// register and status.
struct CommandOptions {
  std::string id;
  std::string file;
  OutFile out;  // of register: for the copy
  bool paper = false;
  bool insured_confirmed = false;
  std::vector<std::string> reasons;
  std::shared_ptr<CommandId> command_id;
};

struct AcceptOptions {
  prescription::v1::AcceptRequest request;
  std::string context;
  bool own_facility = false;
  OutFile out;
  std::shared_ptr<CommandId> command_id;
};

// CL-053: a patient who holds a copy goes to a pharmacy with it. Empty: there may be one.
std::string NoCopyNotice(prescription::v1::Status status) {
  const bool cancelled = status == prescription::v1::STATUS_CANCELLED;
  if (!cancelled && status != prescription::v1::STATUS_EXPIRED) return "";
  return absl::StrCat("【注意】控えは作成していません: 処方箋は",
                      cancelled ? "取り消されています" : "使用期限が過ぎています",
                      " (no copy was made: the prescription ",
                      cancelled ? "is cancelled" : "has expired", ")\n");
}

absl::Status Register(const CommandOptions& options, Program* program) {
  const bool wants_copy = !options.out.path.empty();
  if (wants_copy) RETURN_IF_ERROR(CheckWritable(options.out));
  prescription::v1::RegisterRequest request;
  ASSIGN_OR_RETURN(*request.mutable_document(), ReadFile(options.file));
  request.set_issue_type(options.paper ? prescription::v1::ISSUE_TYPE_PAPER
                                       : prescription::v1::ISSUE_TYPE_ELECTRONIC);
  request.set_insured_confirmed(options.insured_confirmed);
  RETURN_IF_ERROR(ReadReasons(options.reasons, request.mutable_accepted_alerts()));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  // What is confirmed, or has a reason, is another command than what was not.
  const char* confirmed = request.insured_confirmed() ? "\nconfirmed" : "";
  request.set_command_id(options.command_id->TakeFor(
      absl::StrCat(request.issue_type(), confirmed, "\n", absl::StrJoin(options.reasons, "\n"),
                   options.reasons.empty() ? "" : "\n", request.document())));
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::Register, request));
  const std::string no_copy = wants_copy ? NoCopyNotice(response.status()) : "";
  const bool has_copy = wants_copy && no_copy.empty();
  if (has_copy) {
    RETURN_IF_ERROR(WriteCopy(
        options.out, request.document(),
        {response.prescription_id(), response.access_code(), options.paper, absl::Now()}));
  }
  program->Print(response,
                 absl::StrCat(RepeatNotice(response.repeated(), response.status()), no_copy,
                              WarningNotice(response.findings()),
                              FormatPairs({{"処方箋ID id", response.prescription_id()},
                                           {"引換番号 access code", response.access_code()},
                                           {"使用期限 use by", Day(response.use_by())},
                                           {"状態 status", Word(response.status())},
                                           {"控え copy", has_copy ? options.out.path : ""}}),
                              DocumentTextIfAny(request.document())));
  return absl::OkStatus();
}

// With a care context, which stands for number and insurance data.
absl::StatusOr<prescription::v1::AcceptResponse> AcceptListed(
    const Session& session, const prescription::v1::AcceptRequest& from,
    const std::string& context) {
  using ListStub = prescription::v1::FacilityPrescriptions::Stub;
  prescription::v1::AcceptListedRequest request;
  request.set_command_id(from.command_id());
  request.set_prescription_id(from.prescription_id());
  return session.Call(&ListStub::AcceptListed, request, context);
}

// CL-056: who has another card than the prescription names is not found by number.
absl::Status WithHint(const absl::Status& status, const prescription::v1::AcceptRequest& request) {
  if (ReasonOf(status) != "PRESCRIPTION_NOT_FOUND" || !request.has_identity()) return status;
  return ErrorBuilder(status.code(), "PRESCRIPTION_NOT_FOUND", status.message())
      .Rule(RuleOf(status))
      .Field(
          request.access_code().empty() ? "--id" : "--code",
          "番号・引換番号をお確かめください。交付後に保険が変わったときは、以前の保険証の番号で受"
          "け付けるか、カードで check-in して prescription open で探してください (check number "
          "and code; if the insurance changed since, give the former card's numbers, or check "
          "in with the card and look with open)");
}

absl::Status Accept(const AcceptOptions& options, Program* program) {
  prescription::v1::AcceptRequest request = options.request;
  const bool by_id = !request.prescription_id().empty();
  if (by_id && request.identity().number().empty()) request.clear_identity();
  ASSIGN_OR_RETURN(const std::string context, ReadContext(options.context));
  // Beside number and insurance data the context shows that they are the same person's.
  const bool listed = !context.empty() && by_id && !request.has_identity();
  RETURN_IF_ERROR(CheckWritable(options.out));  // before the pharmacy holds it
  ASSIGN_OR_RETURN(Session session, program->Connect());
  request.set_command_id(options.command_id->Take());
  const auto accepted = listed ? AcceptListed(session, request, context)
                               : session.Call(&Stub::Accept, request, context);
  RETURN_IF_ERROR(WithHint(accepted.status(), request));
  const prescription::v1::AcceptResponse& response = *accepted;
  RETURN_IF_ERROR(WriteAnswer(options.out, response.document()));
  // A program asks for the check itself, and gets its answer as a document of its own.
  const bool electronic =
      response.issue_type() == prescription::v1::ISSUE_TYPE_ELECTRONIC && !program->json();
  program->Print(response,
                 absl::StrCat(RepeatNotice(response.repeated(), response.status()),
                              electronic ? AcceptanceText(session, response.prescription_id(),
                                                          context, options.own_facility)
                                         : "",
                              WarningNotice(response.findings()),
                              FormatPairs({{"処方箋ID id", response.prescription_id()},
                                           {"状態 status", Word(response.status())},
                                           {"発行形態 issue type", Word(response.issue_type())},
                                           {"回 use", UseText(response.course(), response.use())},
                                           {"処方箋 document", options.out.path}}),
                              AcceptedText(response.accepted_alerts()),
                              DocumentTextIfAny(response.document())));
  return absl::OkStatus();
}

std::string ResultText(const std::string& out, bool has_result) {
  if (out.empty()) return "";
  return has_result ? out : "なし、何も書き込みません (none; nothing was written)";
}

// Of what goes on after a use or part.
std::string NextUntil(const prescription::v1::GetStatusResponse& response) {
  const bool goes_on =
      response.uses() > 0 && response.uses() < std::max(1, response.course().total());
  return goes_on ? Day(response.accept_until()) : "";
}

absl::Status Status(const CommandOptions& options, Program* program) {
  prescription::v1::GetStatusRequest request;
  request.set_prescription_id(options.id);
  if (!options.out.path.empty()) RETURN_IF_ERROR(CheckWritable(options.out));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::GetStatus, request));
  const bool has_result = !response.dispensing_document().empty();
  if (!options.out.path.empty() && has_result) {
    RETURN_IF_ERROR(WriteAnswer(options.out, response.dispensing_document()));
  }
  const auto& prescriber = response.prescriber();
  program->Print(
      response,
      absl::StrCat(
          WarningNotice(response.findings()), SignerNotice(prescriber, response.findings()),
          NotesText(response),
          FormatPairs({{"状態 status", Word(response.status())},
                       {"使用期限 use by", response.uses() == 0 ? Day(response.use_by()) : ""},
                       {"調剤済みの回 dispensed", UseText(response.course(), response.uses())},
                       {"次回受付 next from", Day(response.accept_from())},
                       {"次回受付期限 until", NextUntil(response)},
                       {"変更 changed", Time(response.changed_at())},
                       {"医師 doctor", prescriber.stated_name()},
                       {"署名者 signer", prescriber.certificate_name()},
                       {"薬局 pharmacy", response.holder()},
                       {"調剤結果 result", ResultText(options.out.path, has_result)}})));
  return absl::OkStatus();
}

// CL-057: of a person registrations are known only.
const char* UnknownCommand(const prescription::v1::GetCommandRequest& request) {
  if (!request.prescription_id().empty()) {
    return "この処方箋にはこの操作の記録がありません。番号をお確かめのうえ、再送するときは同じ "
           "--command-id で (no such command of this prescription is known; check the id, and send "
           "it again with the same --command-id only)\n";
  }
  return "この人の処方箋の登録（register）の中に、この操作はありません。受付・調剤などほかの操作は "
         "--id で処方箋を指定してください。登録なら番号をお確かめのうえ、再送するときは同じ "
         "--command-id で (no such registration of this person is known; acceptances, results and "
         "others are looked for with --id. Check the numbers, and send a registration again with "
         "the same --command-id only)\n";
}

absl::Status Command(const prescription::v1::GetCommandRequest& request, Program* program) {
  ASSIGN_OR_RETURN(Session session, program->Connect());
  prescription::v1::GetCommandRequest call = request;
  if (!call.prescription_id().empty()) call.clear_identity();
  if (call.prescription_id().empty() && call.identity().number().empty()) {
    return ErrorBuilder(absl::StatusCode::kInvalidArgument, "OPTION_MALFORMED",
                        "a command is looked for among those of a person or of a prescription")
        .Rule("CL-001")
        .Field("--id", "or --insurer, --symbol, --number and --branch, of a register");
  }
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::GetCommand, call));
  program->Print(response, response.known()
                               ? FormatPairs({{"結果 outcome", "実行済み (done)"},
                                              {"現在の状態 status now", Word(response.status())},
                                              {"処方箋ID id", response.prescription_id()},
                                              {"引換番号 access code", response.access_code()}})
                               : UnknownCommand(call));
  return absl::OkStatus();
}

void AddRegister(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand("register", "a doctor registers a prescription");
  const auto options = std::make_shared<CommandOptions>();
  options->command_id = std::make_shared<CommandId>(command, program);
  command->add_option("file", options->file, "prescription XML, signed (see: sign)")->required();
  command->add_flag("--paper", options->paper, "the original is on paper");
  command->add_option("--copy", options->out.path, "file for the patient's copy (控え), as PDF");
  command->add_flag("--force", options->out.force, "replace the file of --copy");
  command->add_flag("--insured-confirmed", options->insured_confirmed,
                    "I have seen the card or asked the insurer: register a number that nobody has "
                    "(goes on record)");
  command
      ->add_option("--reason", options->reasons,
                   "KEY=text: why in spite of the alert that check-draft shows with that key; may "
                   "be repeated")
      ->allow_extra_args(false);
  command->callback([=] { program->Choose([=] { return Register(*options, program); }); });
}

void AddAccept(CLI::App* group, Program* program) {
  CLI::App* command =
      group->add_subcommand("accept",
                            "a pharmacy takes a prescription: by --code or --id and identity, or "
                            "by --id and --context (see: open); who holds it, by --id");
  const auto options = std::make_shared<AcceptOptions>();
  options->command_id = std::make_shared<CommandId>(command, program);
  AddIdentityOptions(command, options->request.mutable_identity());
  command->add_option_function<std::string>(
      "--code", [=](const std::string& code) { options->request.set_access_code(code); },
      "引換番号");
  command->add_option_function<std::string>(
      "--id", [=](const std::string& id) { options->request.set_prescription_id(id); }, "処方箋ID");
  command->add_option("--context", options->context,
                      "care context: from check-in with the card it stands for number and "
                      "insurance data; it names what is being taken in the check of an electronic "
                      "one");
  command->add_flag("--own-facility", options->own_facility,
                    "the check compares with what the prescribing facility itself (処方した医療機"
                    "関) prescribed, too");
  AddOutFile(command, "file for the prescription", &options->out)->required();
  command->callback([=] { program->Choose([=] { return Accept(*options, program); }); });
}

void AddStatus(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand("status", "where a prescription is");
  const auto options = std::make_shared<CommandOptions>();
  command->add_option("id", options->id, "処方箋ID")->required();
  AddOutFile(command, "file for the dispensing result", &options->out);
  command->callback([=] { program->Choose([=] { return Status(*options, program); }); });
}

void AddGetCommand(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand(
      "command", "what became of a command whose answer was lost; of a register by the identity");
  const auto request = std::make_shared<prescription::v1::GetCommandRequest>();
  AddIdentityOptions(command, request->mutable_identity());
  command
      ->add_option_function<std::string>(
          "command-id", [=](const std::string& id) { request->set_command_id(id); }, "its id")
      ->required();
  command->add_option_function<std::string>(
      "--id", [=](const std::string& id) { request->set_prescription_id(id); }, "処方箋ID");
  command->callback([=] { program->Choose([=] { return Command(*request, program); }); });
}

}  // namespace

void AddPrescription(CLI::App* app, Program* program) {
  CLI::App* group = app->add_subcommand("prescription", "電子処方箋");
  group->require_subcommand(1);
  AddPrescriptionFiles(group, program);
  AddPrescriptionConvert(group, program);
  AddPrescriptionCopy(group, program);
  AddRegister(group, program);
  AddAccept(group, program);
  AddDuplication(group, program);
  AddPrescriptionCourse(group, program);
  AddPrescriptionLists(group, program);
  AddPrescriptionGiven(group, program);
  AddStatus(group, program);
  AddPrescriptionErasure(group, program);
  AddPrescriptionWatch(group, program);
  AddGetCommand(group, program);
}

}  // namespace tsunagu::cli
