#include "tools/cli/medication.h"

#include <iostream>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"
#include "tools/cli/care_text.h"
#include "tools/cli/files.h"
#include "tools/cli/words.h"
#include "tsunagu/medication/v1/medication.grpc.pb.h"

namespace tsunagu::cli {
namespace {

using Stub = medication::v1::Medication::Stub;

// How often a submission of many files says where it is.
constexpr size_t kFilesPerLine = 20;

struct HistoryOptions {
  medication::v1::GetHistoryRequest request;
  std::string context;
};

absl::Status Submit(const std::vector<std::string>& paths, Program* program) {
  ASSIGN_OR_RETURN(Session session, program->Connect());
  medication::v1::SubmitReceiptsResponse all;
  for (size_t i = 0; i < paths.size(); ++i) {
    medication::v1::SubmitReceiptsRequest request;
    ASSIGN_OR_RETURN(*request.mutable_file(), ReadFile(paths[i]));
    const auto response = session.Call(&Stub::SubmitReceipts, request);
    if (!response.ok()) std::cerr << paths[i] << "\n";
    RETURN_IF_ERROR(response.status());
    all.set_receipts(all.receipts() + response->receipts());
    all.set_linked(all.linked() + response->linked());
    all.set_held(all.held() + response->held());
    all.mutable_findings()->MergeFrom(response->findings());
    if ((i + 1) % kFilesPerLine == 0 || i + 1 == paths.size()) {
      std::cerr << i + 1 << " of " << paths.size() << " files: " << all.receipts() << " receipts\n";
    }
  }
  program->Print(
      all, absl::StrCat("レセプト receipts: ", all.receipts(), ", 紐付け linked: ", all.linked(),
                        ", 保留 held: ", all.held(), "\n", FindingsTable(all.findings())));
  return absl::OkStatus();
}

absl::Status History(const HistoryOptions& options, Program* program) {
  ASSIGN_OR_RETURN(const std::string context, ReadContext(options.context));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  const auto response = session.Call(&Stub::GetHistory, options.request, context);
  if (ReasonOf(response.status()) == "MONTHS_TO_COME") {
    program->Say("期間がまだ来ていません (in the future)\n");
  }
  RETURN_IF_ERROR(response.status());
  program->Print(*response, HistoryText(options.request, *response));
  return absl::OkStatus();
}

void AddSubmit(CLI::App* group, Program* program) {
  CLI::App* submit = group->add_subcommand("submit", "the payer hands in receipt files");
  const auto paths = std::make_shared<std::vector<std::string>>();
  submit->add_option("files", *paths, "UKE and CYO files")->required();
  submit->callback([=] { program->Choose([=] { return Submit(*paths, program); }); });
}

void AddHistory(CLI::App* group, Program* program) {
  CLI::App* history =
      group->add_subcommand("history", "the medication history of who is checked in");
  const auto options = std::make_shared<HistoryOptions>();
  history->add_option("--context", options->context, "care context, from check-in")->required();
  history->add_option_function<std::string>(
      "--from", [=](const std::string& month) { options->request.set_from_month(month); },
      "YYYYMM; default: 36 months before --to");
  history->add_option_function<std::string>(
      "--to", [=](const std::string& month) { options->request.set_to_month(month); },
      "YYYYMM; default: this month in Japan");
  history->callback([=] { program->Choose([=] { return History(*options, program); }); });
}

}  // namespace

void AddMedication(CLI::App* app, Program* program) {
  CLI::App* group = app->add_subcommand("medication", "薬剤情報");
  group->require_subcommand(1);
  AddSubmit(group, program);
  AddHistory(group, program);
}

}  // namespace tsunagu::cli
