#include "tools/cli/eligibility.h"

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"
#include "tools/cli/care_text.h"
#include "tools/cli/eligibility_xml.h"
#include "tools/cli/files.h"
#include "tools/cli/insured_parts.h"
#include "tools/cli/local_findings.h"
#include "tools/cli/recognise.h"
#include "tools/cli/words.h"
#include "tsunagu/eligibility/v1/eligibility.grpc.pb.h"

namespace tsunagu::cli {
namespace {

using Stub = eligibility::v1::Eligibility::Stub;

// LoadInsuredRequest takes 1 MiB (EL-001); smaller parts show progress.
constexpr size_t kLoadBytes = 256 * 1024;

constexpr Format kMessage[] = {Format::kEligibilityRequest};

struct CheckOptions {
  eligibility::v1::CheckRequest request;
  std::string request_file;
  bool xml = false;
};

struct CheckInOptions {
  eligibility::v1::CheckInRequest request;
  std::vector<std::string> scopes;
  bool oral = false;
  OutFile out;
};

const std::map<std::string, access::v1::Scope>& Scopes() {
  static const auto& scopes = *new std::map<std::string, access::v1::Scope>{
      {"medication", access::v1::SCOPE_MEDICATION},
      {"treatment", access::v1::SCOPE_TREATMENT},
      {"checkup", access::v1::SCOPE_CHECKUP},
      {"prescription", access::v1::SCOPE_PRESCRIPTION},
      {"emergency", access::v1::SCOPE_EMERGENCY},
      {"history", access::v1::SCOPE_ACCESS_HISTORY},
  };
  return scopes;
}

absl::Status Load(const std::string& path, Program* program) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
  const absl::CivilDay today = national::JstDay(absl::Now());
  ASSIGN_OR_RETURN(const auto parts, CutInsuredFile(path, bytes, today, kLoadBytes));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  eligibility::v1::LoadInsuredResponse all;
  absl::Status status;
  for (size_t i = 0; i < parts.size(); ++i) {
    eligibility::v1::LoadInsuredRequest request;
    request.set_file(parts[i].bytes);
    const auto response = session.Call(&Stub::LoadInsured, request);
    if (!response.ok()) {
      status = ExplainLoading(response.status(), parts, i);
      break;
    }
    all.set_loaded(all.loaded() + response->loaded());
    all.mutable_findings()->MergeFrom(FindingsOfFile(response->findings(), parts, i));
    std::cerr << "part " << i + 1 << " of " << parts.size() << ": " << all.loaded() << " rows\n";
  }
  if (status.ok() || all.loaded() > 0) {
    const char* what = status.ok() ? "登録 loaded: " : "一部のみ登録 loaded in part: ";
    program->Print(all, absl::StrCat(what, all.loaded(), "\n", FindingsTable(all.findings())));
  }
  return status;
}

// The check of a national request message; the answer comes as one with --xml.
absl::Status CheckMessage(const CheckOptions& options, Program* program) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadFile(options.request_file));
  const auto read = eligibility::oqs::ReadRequest(bytes);
  RETURN_IF_ERROR(CheckFormat(options.request_file, bytes, kMessage));
  RETURN_IF_ERROR(RefuseErrors(options.request_file, read.findings));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::Check, ToCheck(*read.request)));
  if (!options.xml) {
    program->Print(response, CheckText(response));
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const std::string xml, AnswerXml(*read.request, response, absl::Now()));
  std::cout << xml;
  return absl::OkStatus();
}

absl::Status Check(const CheckOptions& options, Program* program) {
  if (!options.request_file.empty()) return CheckMessage(options, program);
  ASSIGN_OR_RETURN(Session session, program->Connect());
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::Check, options.request));
  program->Print(response, CheckText(response));
  return absl::OkStatus();
}

// A context may take the place of another, nothing else (CL-007).
absl::Status CheckContextFile(OutFile file) {
  if (std::filesystem::is_regular_file(file.path)) {
    ASSIGN_OR_RETURN(const std::string present, ReadFile(file.path));
    access::v1::SignedToken token;
    file.force |= token.ParseFromString(present) && !token.key_id().empty();
  }
  return CheckWritable(file);
}

absl::Status NotCheckedIn() {
  return ErrorBuilder(absl::StatusCode::kFailedPrecondition, "NOT_CHECKED_IN",
                      "nothing was opened: the qualification is not valid")
      .Rule("EL-021");
}

absl::Status CheckIn(const CheckInOptions& options, Program* program) {
  eligibility::v1::CheckInRequest request = options.request;
  for (const std::string& scope : options.scopes) request.add_consented(Scopes().at(scope));
  request.set_source(options.oral ? access::v1::CONTEXT_SOURCE_ORAL
                                  : access::v1::CONTEXT_SOURCE_CARD_READER);
  RETURN_IF_ERROR(CheckContextFile(options.out));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::CheckIn, request));
  std::string text = CheckText(response.check());
  if (response.has_long_term_care()) {
    absl::StrAppend(&text, "介護保険 long-term care:\n", CheckText(response.long_term_care()));
  }
  if (response.care_context().empty()) {
    // A context of somebody else must not stay under the name that was given for this person's.
    std::remove(options.out.path.c_str());
    program->Print(response, text);
    return NotCheckedIn();
  }
  RETURN_IF_ERROR(WriteAnswer(OutFile{options.out.path, true}, response.care_context()));
  // Last, where it is seen.
  absl::StrAppend(&text, ConsentText(response, options.out.path),
                  WarningNotice(response.findings()));
  program->Print(response, text);
  return absl::OkStatus();
}

void AddPersonOptions(CLI::App* command, eligibility::v1::CheckRequest* request) {
  AddIdentityOptions(command, request->mutable_identity());
  command->add_option_function<std::string>(
      "--birth", [request](const std::string& day) { request->set_birth_date(day); },
      "生年月日, YYYYMMDD");
  command->add_option_function<std::string>(
      "--date", [request](const std::string& day) { request->set_date(day); },
      "day of the check, YYYYMMDD; default: today in Japan");
}

void AddCareCardOptions(CLI::App* command, eligibility::v1::CheckInRequest* request) {
  CLI::Option* number = command->add_option_function<std::string>(
      "--care-number",
      [request](const std::string& text) { request->mutable_long_term_care()->set_number(text); },
      "介護保険 被保険者番号 of a long-term-care card that the person presents too");
  command
      ->add_option_function<std::string>(
          "--care-insurer",
          [request](const std::string& text) {
            request->mutable_long_term_care()->set_insurer(text);
          },
          "its 保険者番号, 6 digits")
      ->needs(number);
}

void AddLoad(CLI::App* group, Program* program) {
  CLI::App* load = group->add_subcommand("load", "an insurer loads its insured persons");
  const auto path = std::make_shared<std::string>();
  load->add_option("file", *path, "CSV, docs/decisions/0003-insurer-file.md")->required();
  load->callback([=] { program->Choose([=] { return Load(*path, program); }); });
}

void AddCheckCommand(CLI::App* group, Program* program) {
  CLI::App* check = group->add_subcommand("check", "is this person insured");
  const auto options = std::make_shared<CheckOptions>();
  AddPersonOptions(check, &options->request);
  CLI::Option* file = check->add_option("request", options->request_file,
                                        "OQSsiquc01req file, instead of the options");
  for (CLI::Option* option : check->get_options()) {
    if (option != file && option != check->get_help_ptr()) file->excludes(option);
  }
  check->add_flag("--xml", options->xml, "with a file: answer as OQSsiquc01res")->needs(file);
  check->callback([=] { program->Choose([=] { return Check(*options, program); }); });
}

void AddCheckIn(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand("check-in", "check a person in, with their consent");
  const auto options = std::make_shared<CheckInOptions>();
  AddPersonOptions(command, options->request.mutable_check());
  AddCareCardOptions(command, &options->request);
  command
      ->add_option("--scope", options->scopes,
                   "what the person consented to; may be repeated. emergency is for emergency "
                   "hospitals and ambulance crews")
      ->required()
      ->check(CLI::IsMember([] {
        std::vector<std::string> names;
        for (const auto& scope : Scopes()) names.push_back(scope.first);
        return names;
      }()));
  command->add_flag("--oral", options->oral, "oral consent instead of the card reader");
  AddOutFile(command, "file for the care context; replaces another context", &options->out)
      ->required();
  command->callback([=] { program->Choose([=] { return CheckIn(*options, program); }); });
}

}  // namespace

void AddEligibility(CLI::App* app, Program* program) {
  CLI::App* group = app->add_subcommand("eligibility", "オンライン資格確認");
  group->require_subcommand(1);
  AddLoad(group, program);
  AddCheckCommand(group, program);
  AddCheckIn(group, program);
}

}  // namespace tsunagu::cli
