#include "tools/cli/emergency.h"

#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/status/macros.h"
#include "tools/cli/words.h"
#include "tsunagu/emergency/v1/emergency.grpc.pb.h"

namespace tsunagu::cli {
namespace {

using Stub = emergency::v1::Emergency::Stub;

struct SummaryOptions {
  emergency::v1::GetSummaryRequest request;
  std::string context;
};

std::string SummaryText(const emergency::v1::GetSummaryResponse& response) {
  std::string text = FormatPairs(QualificationPairs(response.person()));
  if (!response.incomplete().empty()) {
    absl::StrAppend(&text, "未取得（「なし」ではありません） not yet known, not \"nothing\": ",
                    absl::StrJoin(response.incomplete(), ", "), "\n");
  }
  absl::StrAppend(&text, "\n薬剤 medication\n", DispensingsTable(response.dispensings()));
  std::vector<Row> visits;
  for (const auto& visit : response.visits())
    visits.push_back({Day(visit.date()), visit.facility()});
  absl::StrAppend(&text, "\n受診歴 visits\n", FormatTable({"日 day", "機関 facility"}, visits));
  return text;
}

absl::Status Summary(const SummaryOptions& options, Program* program) {
  ASSIGN_OR_RETURN(const std::string context, ReadContext(options.context));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  emergency::v1::GetSummaryRequest request = options.request;
  if (request.identity().insurer().empty() && request.identity().number().empty()) {
    request.clear_identity();
  }
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::GetSummary, request, context));
  program->Print(response, SummaryText(response));
  return absl::OkStatus();
}

}  // namespace

void AddEmergency(CLI::App* app, Program* program) {
  CLI::App* group = app->add_subcommand("emergency", "救急時医療情報閲覧");
  group->require_subcommand(1);
  CLI::App* summary = group->add_subcommand(
      "summary", "what a crew needs at once: by --context, or by identity, --birth and --reason");
  const auto options = std::make_shared<SummaryOptions>();
  AddIdentityOptions(summary, options->request.mutable_identity());
  summary->add_option_function<std::string>(
      "--birth", [=](const std::string& day) { options->request.set_birth_date(day); },
      "生年月日, YYYYMMDD");
  summary->add_option_function<std::string>(
      "--reason",
      [=](const std::string& text) { options->request.mutable_break_glass()->set_reason(text); },
      "同意を得られない理由: why consent cannot be had, 4 to 200 characters; kept in the audit "
      "record");
  summary->add_option("--context", options->context, "care context with the emergency scope");
  summary->callback([=] { program->Choose([=] { return Summary(*options, program); }); });
}

}  // namespace tsunagu::cli
