#include "tools/cli/prescription_list.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/status/macros.h"
#include "tools/cli/files.h"
#include "tools/cli/prescription_notes.h"
#include "tools/cli/prescription_text.h"
#include "tools/cli/table.h"
#include "tools/cli/words.h"
#include "tsunagu/prescription/v1/facility.grpc.pb.h"

namespace tsunagu::cli {
namespace {

using Stub = prescription::v1::FacilityPrescriptions::Stub;

absl::Status Open(const std::string& file, Program* program) {
  ASSIGN_OR_RETURN(const std::string context, ReadContext(file));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  const prescription::v1::ListOpenRequest request;
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::ListOpen, request, context));
  std::vector<Row> rows;
  for (const auto& open : response.prescriptions()) {
    const std::string& from = open.accept_from().empty() ? open.issued_on() : open.accept_from();
    rows.push_back({open.prescription_id(), Word(open.status()), open.held() ? "この薬局" : "",
                    Day(open.issued_on()), absl::StrCat(Day(from), " – ", Day(open.accept_until())),
                    UseText(open.course(), open.use()), open.issuer(),
                    Printable(open.issuer_name())});
  }
  program->Print(response,
                 FormatTable({"処方箋ID id", "状態 status", "受付 held", "交付日 issued",
                              "受付期間 accept", "回 use", "医療機関 issuer", "名称 name"},
                             rows));
  return absl::OkStatus();
}

void AddOpen(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand(
      "open", "a pharmacy lists the open prescriptions of who showed the card (accept --context)");
  const auto context = std::make_shared<std::string>();
  command->add_option("--context", *context, "care context, from check-in")->required();
  command->callback([=] { program->Choose([=] { return Open(*context, program); }); });
}

std::string ResultIds(const prescription::v1::FacilityPrescription& one) {
  std::vector<std::string> ids;
  for (const auto& result : one.results()) {
    ids.push_back(
        absl::StrCat(result.result_id(), " ", Day(result.dispensed_on()), " ", result.pharmacy()));
  }
  return absl::StrJoin(ids, ", ");
}

template <typename Response>
std::string ListText(const Response& response) {
  std::vector<Row> rows;
  for (const auto& one : response.prescriptions()) {
    rows.push_back({one.prescription_id(), Word(one.status()), Day(one.issued_on()),
                    Day(one.use_by()), one.issuer(), one.holder(), ResultIds(one)});
  }
  std::string text = FormatTable({"処方箋ID id", "状態 status", "交付日 issued", "使用期限 use by",
                                  "医療機関 issuer", "薬局 pharmacy", "調剤結果 results"},
                                 rows);
  if (response.left_off() > 0) {
    absl::StrAppend(&text,
                    "【注意】一覧に入りきらない処方箋があります not listed: ", response.left_off(),
                    "\n");
  }
  if (!response.next_page_token().empty()) {
    absl::StrAppend(&text, "続き more: --page ", response.next_page_token(), "\n");
  }
  return text;
}

template <typename Request, typename Response>
void AddList(CLI::App* group, const char* name, const char* help,
             grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
             Program* program) {
  CLI::App* command = group->add_subcommand(name, help);
  const auto request = std::make_shared<Request>();
  command->add_option_function<std::string>(
      "--from", [=](const std::string& day) { request->set_from_day(day); },
      "YYYYMMDD; default: --to");
  command->add_option_function<std::string>(
      "--to", [=](const std::string& day) { request->set_to_day(day); },
      "YYYYMMDD; default: today in Japan; at most 31 days");
  command->add_option_function<int>(
      "--page-size", [=](int size) { request->set_page_size(size); }, "at most 100");
  command->add_option_function<std::string>(
      "--page", [=](const std::string& token) { request->set_page_token(token); },
      "as the page before told");
  command->callback([=] {
    program->Choose([=]() -> absl::Status {
      ASSIGN_OR_RETURN(Session session, program->Connect());
      ASSIGN_OR_RETURN(const auto response, session.Call(method, *request));
      program->Print(response, ListText(response));
      return absl::OkStatus();
    });
  });
}

struct ResultOptions {
  prescription::v1::GetResultRequest request;
  OutFile out;
};

absl::Status Result(const ResultOptions& options, Program* program) {
  if (!options.out.path.empty()) RETURN_IF_ERROR(CheckWritable(options.out));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::GetResult, options.request));
  if (!options.out.path.empty()) RETURN_IF_ERROR(WriteAnswer(options.out, response.document()));
  program->Print(response,
                 absl::StrCat(FormatPairs({{"処方箋ID id", response.prescription_id()},
                                           {"状態 status", Word(response.status())},
                                           {"薬局 pharmacy", response.pharmacy()},
                                           {"調剤日 dispensed", Day(response.dispensed_on())},
                                           {"調剤結果 result", options.out.path}}),
                              NotesText(response.notes())));
  return absl::OkStatus();
}

void AddResult(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand(
      "result", "one dispensing result, for its pharmacy and for who issued the prescription");
  const auto options = std::make_shared<ResultOptions>();
  command
      ->add_option_function<std::string>(
          "id", [=](const std::string& id) { options->request.set_result_id(id); }, "調剤結果ID")
      ->required();
  AddOutFile(command, "file for the result with its time-stamp", &options->out);
  command->callback([=] { program->Choose([=] { return Result(*options, program); }); });
}

struct TogetherOptions {
  std::string file;
  std::vector<std::string> ids;
  OutFile out;
  std::shared_ptr<CommandId> command_id;
};

// The first that is not dispensed any more, if there is one.
prescription::v1::Status StatusOf(const prescription::v1::DispenseTogetherResponse& response) {
  for (const int status : response.statuses()) {
    if (status == prescription::v1::STATUS_DISPENSED) continue;
    return static_cast<prescription::v1::Status>(status);
  }
  return prescription::v1::STATUS_DISPENSED;
}

// A word for each prescription, or one where they are the same.
std::string StatusWords(const prescription::v1::DispenseTogetherResponse& response) {
  std::vector<std::string> words;
  for (const int status : response.statuses()) {
    words.push_back(Word(static_cast<prescription::v1::Status>(status)));
  }
  const bool all_same = !words.empty() && std::ranges::count(words, words[0]) == std::ssize(words);
  return all_same ? words[0] : absl::StrJoin(words, ", ");
}

absl::Status Together(const TogetherOptions& options, Program* program) {
  prescription::v1::DispenseTogetherRequest request;
  ASSIGN_OR_RETURN(*request.mutable_document(), ReadFile(options.file));
  for (const std::string& id : options.ids) request.add_prescription_ids(id);
  if (!options.out.path.empty()) RETURN_IF_ERROR(CheckWritable(options.out));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  request.set_command_id(options.command_id->TakeFor(
      absl::StrCat("together\n", absl::StrJoin(options.ids, "\n"), "\n", request.document())));
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::DispenseTogether, request));
  if (!options.out.path.empty()) {
    RETURN_IF_ERROR(WriteAnswer(options.out, response.stamped_document()));
  }
  program->Print(
      response,
      absl::StrCat(RepeatNotice(response.repeated(), StatusOf(response)),
                   WarningNotice(response.findings()),
                   FormatPairs({{"調剤結果ID results", absl::StrJoin(response.result_ids(), ", ")},
                                {"調剤済み処方箋 stamped", options.out.path},
                                {"状態 status", StatusWords(response)}})));
  return absl::OkStatus();
}

void AddTogether(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand(
      "dispense-together",
      "one result for several prescriptions of one person, issuer and issue day");
  const auto options = std::make_shared<TogetherOptions>();
  options->command_id = std::make_shared<CommandId>(command, program);
  command->add_option("file", options->file, "dispensing XML around the first of them, signed")
      ->required();
  command->add_option("ids", options->ids, "処方箋ID, 2 to 10")->required();
  AddOutFile(command, "file for the result with its time-stamp", &options->out);
  command->callback([=] { program->Choose([=] { return Together(*options, program); }); });
}

}  // namespace

void AddPrescriptionLists(CLI::App* group, Program* program) {
  AddOpen(group, program);
  AddList(group, "issued", "what this facility issued, with status and results", &Stub::ListIssued,
          program);
  AddList(group, "dispensed", "what this pharmacy dispensed", &Stub::ListDispensed, program);
  AddResult(group, program);
  AddTogether(group, program);
}

}  // namespace tsunagu::cli
