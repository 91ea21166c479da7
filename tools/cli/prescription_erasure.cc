#include "tools/cli/prescription_erasure.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/platform/status/macros.h"
#include "tools/cli/table.h"
#include "tools/cli/words.h"
#include "tsunagu/prescription/v1/erasure.grpc.pb.h"

namespace tsunagu::cli {
namespace {

using prescription::v1::ErasedDocument;
using prescription::v1::GetErasureRequest;
using prescription::v1::GetErasureResponse;

std::string NameOf(const ErasedDocument& document) {
  switch (document.kind()) {
    case ErasedDocument::KIND_PRESCRIPTION:
      return "処方箋 prescription";
    case ErasedDocument::KIND_BEFORE_LAST_CHANGE:
      return "変更前の処方箋 before the last change";
    case ErasedDocument::KIND_RESULT:
      return absl::StrCat("調剤結果 result ", document.use());
    default:
      return "文書 document";
  }
}

std::string TextOf(const GetErasureResponse& response) {
  if (!response.has_erased()) {
    return response.erase_from().empty()
               ? "調剤が終わっていないため、文書は保存されています (not completed: kept)\n"
               : absl::StrCat("文書は保存されています。", Day(response.erase_from()),
                              " 以降に消去されます (kept, to be erased from that day on)\n");
  }
  const auto& erased = response.erased();
  std::vector<Row> rows;
  for (const ErasedDocument& document : erased.documents()) {
    rows.push_back({NameOf(document), absl::StrCat(document.bytes()),
                    absl::BytesToHexString(document.sha256())});
  }
  const std::string rule =
      erased.rule_from().empty() ? "" : absl::StrCat(" (", Day(erased.rule_from()), " から)");
  return absl::StrCat(
      FormatPairs({{"消去日 erased on", Day(erased.on())},
                   {"完了日 completed on", Day(erased.completed_on())},
                   {"保存期間 kept for", absl::StrCat(erased.years(), " 年 years", rule)},
                   {"記録 entry after version", absl::StrCat(erased.version())}}),
      "\n", FormatTable({"文書 document", "bytes", "SHA-256"}, rows));
}

absl::Status Erasure(const GetErasureRequest& request, Program* program) {
  ASSIGN_OR_RETURN(const Session session, program->Connect());
  ASSIGN_OR_RETURN(const auto response,
                   session.Call(&prescription::v1::PrescriptionErasure::Stub::GetErasure, request));
  program->Print(response, TextOf(response));
  return absl::OkStatus();
}

}  // namespace

void AddPrescriptionErasure(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand(
      "erasure", "until when documents are kept; of erased ones what they were (sha256sum)");
  const auto request = std::make_shared<GetErasureRequest>();
  command
      ->add_option_function<std::string>(
          "id", [=](const std::string& id) { request->set_prescription_id(id); }, "処方箋ID")
      ->required();
  command->callback([=] { program->Choose([=] { return Erasure(*request, program); }); });
}

}  // namespace tsunagu::cli
