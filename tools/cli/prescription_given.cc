#include "tools/cli/prescription_given.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"
#include "tools/cli/document_text.h"
#include "tools/cli/files.h"
#include "tools/cli/table.h"
#include "tools/cli/words.h"
#include "tsunagu/prescription/v1/given.grpc.pb.h"

namespace tsunagu::cli {
namespace {

using Stub = prescription::v1::GivenDrugs::Stub;

const char* StatusWord(prescription::v1::GivenStatus status) {
  return status == prescription::v1::GIVEN_STATUS_CANCELLED ? "取消 (cancelled)"
                                                            : "登録済み (registered)";
}

const char* KindWord(prescription::v1::GivenKind kind) {
  return kind == prescription::v1::GIVEN_KIND_IN_HOUSE ? "院内処方 (in house)"
                                                       : "番号のない紙の処方箋 (paper, no number)";
}

std::string Repeat(bool repeated) {
  if (!repeated) return "";
  return "【再送】この操作は前に行われています。今回は何も変わっていません (done before, nothing "
         "changed now)\n";
}

// The same record has the same command id: what was cancelled since is not registered again by it.
std::string CancelledSince(bool repeated, prescription::v1::GivenStatus status) {
  if (!repeated || status != prescription::v1::GIVEN_STATUS_CANCELLED) return "";
  return "【注意】取り消した記録は登録されません。登録し直すには別の --command-id を付けて (a "
         "record "
         "that was cancelled is not registered again: to do so, give another --command-id)\n";
}

struct GivenOptions {
  std::string id;
  std::string file;
  std::string issuer;
  std::string issued_on;
  bool insured_confirmed = false;
  OutFile out;
  std::shared_ptr<CommandId> command_id;
};

// A record file gets the document around it that the service takes; all else is sent as it is.
absl::StatusOr<std::string> ReadGiven(const std::string& file) {
  ASSIGN_OR_RETURN(std::string bytes, ReadFile(file));
  if (absl::StartsWith(bytes, "SJ1")) return xades::BuildPrescription(bytes, "");
  if (absl::StartsWith(bytes, "CJ1")) return xades::BuildDispensing({bytes, "", ""});
  return bytes;
}

std::string Confirmed(const GivenOptions& options) {
  return options.insured_confirmed ? "\nconfirmed" : "";
}

absl::Status Register(const GivenOptions& options, Program* program) {
  prescription::v1::RegisterGivenRequest request;
  ASSIGN_OR_RETURN(*request.mutable_document(), ReadGiven(options.file));
  request.set_issuer(options.issuer);
  request.set_issued_on(options.issued_on);
  request.set_insured_confirmed(options.insured_confirmed);
  ASSIGN_OR_RETURN(Session session, program->Connect());
  request.set_command_id(
      options.command_id->TakeFor(absl::StrCat("given\n", options.issuer, "\n", options.issued_on,
                                               Confirmed(options), "\n", request.document())));
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::RegisterGiven, request));
  program->Print(response,
                 absl::StrCat(Repeat(response.repeated()),
                              CancelledSince(response.repeated(), response.status()),
                              WarningNotice(response.findings()),
                              FormatPairs({{"記録ID id", response.given_id()},
                                           {"種別 kind", KindWord(response.kind())},
                                           {"状態 status", StatusWord(response.status())}}),
                              DocumentTextIfAny(request.document())));
  return absl::OkStatus();
}

absl::Status Change(const GivenOptions& options, Program* program) {
  prescription::v1::ChangeGivenRequest request;
  ASSIGN_OR_RETURN(*request.mutable_document(), ReadGiven(options.file));
  request.set_given_id(options.id);
  request.set_insured_confirmed(options.insured_confirmed);
  ASSIGN_OR_RETURN(Session session, program->Connect());
  request.set_command_id(options.command_id->TakeFor(
      absl::StrCat("change-given\n", options.id, Confirmed(options), "\n", request.document())));
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::ChangeGiven, request));
  program->Print(response,
                 absl::StrCat(Repeat(response.repeated()), WarningNotice(response.findings()),
                              "記録を変更しました changed\n",
                              FormatPairs({{"状態 status", StatusWord(response.status())}}),
                              DocumentTextIfAny(request.document())));
  return absl::OkStatus();
}

absl::Status Cancel(const GivenOptions& options, Program* program) {
  prescription::v1::CancelGivenRequest request;
  request.set_given_id(options.id);
  ASSIGN_OR_RETURN(Session session, program->Connect());
  request.set_command_id(options.command_id->Take());
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::CancelGiven, request));
  program->Print(response,
                 absl::StrCat(Repeat(response.repeated()), "記録を取り消しました cancelled\n",
                              FormatPairs({{"状態 status", StatusWord(response.status())}})));
  return absl::OkStatus();
}

std::string DrugNames(const prescription::v1::Given& given) {
  std::vector<std::string> names;
  for (const auto& drug : given.drugs()) {
    names.push_back(Printable(drug.name().empty() ? drug.code() : drug.name()));
  }
  return absl::StrJoin(names, ", ");
}

Row RowOf(const prescription::v1::Given& given) {
  return {given.id(),
          StatusWord(given.status()),
          KindWord(given.kind()),
          Day(given.given_on()),
          given.issuer(),
          DrugNames(given)};
}

const Row& Header() {
  static const auto* const header =
      new Row{"記録ID id",          "状態 status",     "種別 kind",
              "投与・調剤日 given", "医療機関 issuer", "医薬品 drugs"};
  return *header;
}

absl::Status Search(const prescription::v1::SearchGivenRequest& request, Program* program) {
  if (!request.identity().number().empty() && request.identity().insurer().empty()) {
    return ErrorBuilder(absl::StatusCode::kInvalidArgument, "OPTION_MALFORMED",
                        "a number tells nobody without its insurer")
        .Rule("CL-058")
        .Field("--insurer", "--number とともに必要です wanted with --number");
  }
  ASSIGN_OR_RETURN(Session session, program->Connect());
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::SearchGiven, request));
  std::vector<Row> rows;
  for (const auto& given : response.given()) rows.push_back(RowOf(given));
  program->Print(response, FormatTable(Header(), rows));
  return absl::OkStatus();
}

absl::Status Get(const GivenOptions& options, Program* program) {
  prescription::v1::GetGivenRequest request;
  request.set_given_id(options.id);
  if (!options.out.path.empty()) RETURN_IF_ERROR(CheckWritable(options.out));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::GetGiven, request));
  if (!options.out.path.empty()) RETURN_IF_ERROR(WriteAnswer(options.out, response.document()));
  program->Print(response, absl::StrCat(FormatTable(Header(), {RowOf(response.given())}),
                                        DocumentTextIfAny(response.document())));
  return absl::OkStatus();
}

using Action = absl::Status (*)(const GivenOptions& options, Program* program);

std::shared_ptr<GivenOptions> Add(CLI::App* group, const char* name, const char* help,
                                  Action action, Program* program, CLI::App** command) {
  *command = group->add_subcommand(name, help);
  auto options = std::make_shared<GivenOptions>();
  (*command)->callback([=] { program->Choose([=] { return action(*options, program); }); });
  return options;
}

void AddSearch(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand("search", "what this facility registered of a person");
  const auto request = std::make_shared<prescription::v1::SearchGivenRequest>();
  AddIdentityOptions(command, request->mutable_identity());
  command->add_option_function<std::string>(
      "--from", [=](const std::string& day) { request->set_from_day(day); }, "YYYYMMDD");
  command->add_option_function<std::string>(
      "--to", [=](const std::string& day) { request->set_to_day(day); }, "YYYYMMDD");
  command->callback([=] { program->Choose([=] { return Search(*request, program); }); });
}

void AddCommands(CLI::App* group, Program* program) {
  constexpr char kFile[] =
      "CJ1 record (a pharmacy) or SJ1 record (in house), or the XML around it, unsigned";
  CLI::App* command = nullptr;
  auto options = Add(group, "register", "what was given; of paper with --issuer and --issued-on",
                     Register, program, &command);
  options->command_id = std::make_shared<CommandId>(command, program);
  command->add_option("file", options->file, kFile)->required();
  command->add_option("--issuer", options->issuer, "10 digits: who issued the paper");
  command->add_option("--issued-on", options->issued_on, "YYYYMMDD: when");
  command->add_flag("--insured-confirmed", options->insured_confirmed, "as of register");
  options = Add(group, "change", "puts another document in its place", Change, program, &command);
  options->command_id = std::make_shared<CommandId>(command, program);
  command->add_option("id", options->id, "記録ID")->required();
  command->add_option("file", options->file, kFile)->required();
  command->add_flag("--insured-confirmed", options->insured_confirmed, "as of register");
  options = Add(group, "cancel", "takes it out of the history", Cancel, program, &command);
  options->command_id = std::make_shared<CommandId>(command, program);
  command->add_option("id", options->id, "記録ID")->required();
  options = Add(group, "get", "one record with its document", Get, program, &command);
  command->add_option("id", options->id, "記録ID")->required();
  AddOutFile(command, "file for the document", &options->out);
}

}  // namespace

void AddPrescriptionGiven(CLI::App* prescription, Program* program) {
  CLI::App* group = prescription->add_subcommand(
      "given",
      "院内処方・番号のない紙の処方箋: drugs given without a prescription that is registered here");
  group->require_subcommand(1);
  AddCommands(group, program);
  AddSearch(group, program);
}

}  // namespace tsunagu::cli
