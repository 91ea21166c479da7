#include "tools/cli/audit.h"

#include <memory>

#include "services/platform/status/macros.h"
#include "tools/cli/audit_text.h"
#include "tsunagu/audit/v1/audit.grpc.pb.h"

namespace tsunagu::cli {
namespace {

using Stub = audit::v1::Audit::Stub;

template <typename Request>
struct PageOptions {
  Request request;
  std::string context;
};

absl::Status History(const PageOptions<audit::v1::GetAccessHistoryRequest>& options,
                     Program* program) {
  ASSIGN_OR_RETURN(const std::string context, ReadContext(options.context));
  ASSIGN_OR_RETURN(Session session, program->Connect());
  ASSIGN_OR_RETURN(const auto response,
                   session.Call(&Stub::GetAccessHistory, options.request, context));
  program->Print(response, RecordsText(response.records(), response.next_page_token()));
  return absl::OkStatus();
}

absl::Status Disclose(const audit::v1::DiscloseAccessHistoryRequest& request, Program* program) {
  ASSIGN_OR_RETURN(Session session, program->Connect());
  ASSIGN_OR_RETURN(const auto response, session.Call(&Stub::DiscloseAccessHistory, request));
  program->Print(response, DisclosureText(response.records(), response.next_page_token()));
  return absl::OkStatus();
}

template <typename Request>
void AddPageOptions(CLI::App* command, Request* request) {
  command->add_option_function<int>(
      "--page-size", [request](int size) { request->set_page_size(size); }, "default: 100");
  command->add_option_function<std::string>(
      "--page", [request](const std::string& token) { request->set_page_token(token); },
      "where the page before ended");
}

}  // namespace

void AddAudit(CLI::App* app, Program* program) {
  CLI::App* group = app->add_subcommand("audit", "アクセス履歴: who read or wrote what");
  group->require_subcommand(1);

  CLI::App* history = group->add_subcommand("history", "the access history of who is checked in");
  const auto options = std::make_shared<PageOptions<audit::v1::GetAccessHistoryRequest>>();
  history->add_option("--context", options->context, "care context, from check-in")->required();
  AddPageOptions(history, &options->request);
  history->callback([=] { program->Choose([=] { return History(*options, program); }); });

  CLI::App* disclose =
      group->add_subcommand("disclose", "the same for an insurer that answers a person (開示請求)");
  const auto request = std::make_shared<audit::v1::DiscloseAccessHistoryRequest>();
  AddIdentityOptions(disclose, request->mutable_identity());
  AddPageOptions(disclose, request.get());
  disclose->callback([=] { program->Choose([=] { return Disclose(*request, program); }); });
}

}  // namespace tsunagu::cli
