#include "tools/cli/prescription_copy.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "services/platform/status/macros.h"
#include "services/prescription/copy/pdf.h"
#include "services/prescription/record/check.h"
#include "tools/cli/local_document.h"
#include "tools/cli/local_findings.h"
#include "tools/cli/recognise.h"
#include "tsunagu/prescription/v1/copy.grpc.pb.h"

namespace tsunagu::cli {
namespace {

using prescription::copy::Registration;

struct CopyOptions {
  std::string file;
  Registration registration;
  OutFile out;
};

constexpr Format kAccepted[] = {Format::kPrescription};

// CL-059
constexpr char kNotLookedAt[] =
    "【注意】登録の状態は確認していません。番号・引換番号は指定のとおりで、取り消された処方箋かもし"
    "れま"
    "せん。登録済みの控えはファイルなしの copy --id で (the registration was not looked at: id and "
    "code are as given, and it may be cancelled; without a file the service makes the copy)\n";

// CL-047: all at once.
std::string Missing(const CopyOptions& options) {
  std::vector<std::string> missing;
  if (options.registration.prescription_id.empty()) missing.push_back("--id");
  const bool needs_code = !options.file.empty() && options.registration.access_code.empty();
  if (needs_code) missing.push_back("--code");
  if (options.out.path.empty()) missing.push_back("--out");
  return absl::StrJoin(missing, ", ");
}

absl::StatusOr<std::string> CopyOf(absl::string_view what, absl::string_view document,
                                   const Registration& registration) {
  ASSIGN_OR_RETURN(const auto read, ReadLocalDocument(what, document));
  const auto checked = prescription::record::CheckPrescription(read.payload, nullptr);
  RETURN_IF_ERROR(RefuseErrors(what, checked.findings));
  return prescription::copy::MakePdf(
      prescription::copy::MakeContent(*checked.prescription, registration));
}

// The issuer's own, from the service.
absl::StatusOr<std::string> FetchCopy(const std::string& id, Program* program) {
  prescription::v1::GetCopyRequest request;
  request.set_prescription_id(id);
  ASSIGN_OR_RETURN(Session session, program->Connect());
  ASSIGN_OR_RETURN(auto response,
                   session.Call(&prescription::v1::PrescriptionCopy::Stub::GetCopy, request));
  return std::move(*response.mutable_pdf());
}

absl::Status Copy(const CopyOptions& options, Program* program) {
  RETURN_IF_ERROR(CheckWritable(options.out));
  if (options.file.empty()) {
    ASSIGN_OR_RETURN(const std::string pdf,
                     FetchCopy(options.registration.prescription_id, program));
    RETURN_IF_ERROR(WriteFile(options.out, pdf));
    program->PrintWritten("控え copy for the patient", options.out.path);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const std::string document, ReadFile(options.file));
  RETURN_IF_ERROR(CheckFormat(options.file, document, kAccepted));
  Registration registration = options.registration;
  registration.made_at = absl::Now();
  ASSIGN_OR_RETURN(const std::string pdf, CopyOf(options.file, document, registration));
  RETURN_IF_ERROR(WriteFile(options.out, pdf));
  program->PrintWritten("控え copy for the patient", options.out.path, kNotLookedAt);
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteCopy(const OutFile& out, absl::string_view document,
                       const Registration& registration) {
  const auto pdf = CopyOf("the prescription", document, registration);
  return pdf.ok() ? WriteAnswer(out, *pdf) : AnswerNotWritten(pdf.status());
}

void AddPrescriptionCopy(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand(
      "copy", "the patient's copy (控え) of a registered prescription, as PDF");
  const auto options = std::make_shared<CopyOptions>();
  command->add_option("--code", options->registration.access_code,
                      "引換番号, from register; with a file");
  CLI::Option* file =
      command->add_option("file", options->file,
                          "prescription XML; without it the service makes the copy for its issuer");
  command
      ->add_flag("--paper", options->registration.paper,
                 "the original is paper, its data were registered; with a file")
      ->needs(file);
  command->add_option("--id", options->registration.prescription_id, "処方箋ID, from register");
  AddOutFile(command, "file for the PDF", &options->out);
  command->callback([=] {
    const std::string missing = Missing(*options);
    if (!missing.empty()) throw CLI::RequiredError(missing);
    program->Choose([=] { return Copy(*options, program); });
  });
}

}  // namespace tsunagu::cli
