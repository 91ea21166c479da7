#include "tools/cli/emergency.h"

#include <memory>

#include "services/platform/status/macros.h"
#include "tools/cli/care_text.h"
#include "tsunagu/emergency/v1/emergency.grpc.pb.h"

namespace tsunagu::cli {
namespace {

using Stub = emergency::v1::Emergency::Stub;

struct SummaryOptions {
  emergency::v1::GetSummaryRequest request;
  std::string context;
};

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
  CLI::Option* context =
      summary->add_option("--context", options->context,
                          "care context of a check-in with consent to the emergency scope");
  // It says whom it is about, and why.
  for (CLI::Option* option : summary->get_options()) {
    if (option != context && option != summary->get_help_ptr()) context->excludes(option);
  }
  summary->callback([=] { program->Choose([=] { return Summary(*options, program); }); });
}

}  // namespace tsunagu::cli
