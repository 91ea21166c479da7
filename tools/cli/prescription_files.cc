#include "tools/cli/prescription_files.h"

#include <iostream>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "services/platform/hpki/role.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/verify.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"
#include "services/prescription/record/check.h"
#include "tools/cli/document_text.h"
#include "tools/cli/draft.h"
#include "tools/cli/files.h"
#include "tools/cli/local_document.h"
#include "tools/cli/local_findings.h"
#include "tools/cli/recognise.h"
#include "tools/cli/signing_key.h"

namespace tsunagu::cli {
namespace {

struct SignOptions {
  std::string file;
  OutFile out;
  SigningKeyOptions key;
  bool anyway = false;
};

struct DispenseFileOptions {
  std::string file;
  OutFile out;
  SigningKeyOptions key;
  bool anyway = false;
  std::string day;
  std::vector<std::string> with;
  DraftOptions draft;
};

constexpr Format kAccepted[] = {Format::kPrescription};
constexpr Format kDocuments[] = {Format::kPrescription, Format::kDispensing};

// RX-026, as the service has it.
constexpr hpki::Role kPrescribers[] = {hpki::Role::kMedicalDoctor, hpki::Role::kDentist};
constexpr hpki::Role kDispensers[] = {hpki::Role::kPharmacist};

absl::Status Sign(const SignOptions& options, Program* program) {
  RETURN_IF_ERROR(CheckWritable(options.out));
  ASSIGN_OR_RETURN(const std::string record, ReadFile(options.file));
  if (!options.anyway) {
    const auto checked = prescription::record::CheckPrescription(record, nullptr);
    RETURN_IF_ERROR(RefuseErrors(options.file, checked.findings));
    RETURN_IF_ERROR(RefuseCutOff(options.file, checked.findings));
  }
  const auto licences = options.anyway ? std::span<const hpki::Role>() : kPrescribers;
  ASSIGN_OR_RETURN(const SigningKey key, SigningKey::Open(*program, options.key, licences));
  ASSIGN_OR_RETURN(const std::string document, xades::BuildPrescription(record, ""));
  RETURN_IF_ERROR(ReadLocalDocument(options.file, document).status());  // what is too large
  ASSIGN_OR_RETURN(const std::string signed_document,
                   key.Sign(document, xades::DocumentKind::kPrescription, absl::Now()));
  RETURN_IF_ERROR(WriteFile(options.out, signed_document));
  program->PrintWritten("署名済み signed", options.out.path, DocumentTextIfAny(signed_document));
  return absl::OkStatus();
}

// CL-014, CL-018. A copy of a paper original has no signature: there the paper counts.
absl::Status CheckOriginal(const std::string& file, const std::string& prescription) {
  ASSIGN_OR_RETURN(const auto document, ReadLocalDocument(file, prescription));
  const auto checked = prescription::record::CheckPrescription(document.payload, nullptr);
  RETURN_IF_ERROR(RefuseCutOff(file, checked.findings));
  if (!document.is_signed) return absl::OkStatus();
  return RefuseSignature(file,
                         xades::Verify(prescription, xades::DocumentKind::kPrescription).findings);
}

absl::Status DispenseFile(const DispenseFileOptions& options, Program* program) {
  RETURN_IF_ERROR(CheckWritable(options.out));
  ASSIGN_OR_RETURN(const std::string prescription, ReadFile(options.file));
  RETURN_IF_ERROR(CheckFormat(options.file, prescription, kAccepted));
  if (!options.anyway) RETURN_IF_ERROR(CheckOriginal(options.file, prescription));
  DraftOptions draft_options = options.draft;
  for (const std::string& file : options.with) {
    ASSIGN_OR_RETURN(draft_options.with.emplace_back(), ReadFile(file));
    RETURN_IF_ERROR(CheckFormat(file, draft_options.with.back(), kAccepted));
    if (!options.anyway) RETURN_IF_ERROR(CheckOriginal(file, draft_options.with.back()));
  }
  draft_options.day = national::JstDay(absl::Now());
  if (!options.day.empty()) {
    const auto day = national::ParseDay(options.day);
    if (!day.has_value()) {
      return ErrorBuilder(absl::StatusCode::kInvalidArgument, "OPTION_MALFORMED",
                          "the day of dispensing is no day")
          .Rule("CL-001")
          .Field("--day", "YYYYMMDD");
    }
    draft_options.day = *day;
  }
  ASSIGN_OR_RETURN(const std::string draft, DraftDispensing(prescription, draft_options));
  ASSIGN_OR_RETURN(const SigningKey key, SigningKey::Open(*program, options.key, kDispensers));
  ASSIGN_OR_RETURN(const std::string signed_document,
                   key.Sign(draft, xades::DocumentKind::kDispensing, absl::Now()));
  RETURN_IF_ERROR(WriteFile(options.out, signed_document));
  program->PrintWritten("調剤結果 dispensing result", options.out.path);
  return absl::OkStatus();
}

absl::Status Show(const std::string& file) {
  ASSIGN_OR_RETURN(const std::string document, ReadFile(file));
  RETURN_IF_ERROR(CheckFormat(file, document, kDocuments));
  ASSIGN_OR_RETURN(const std::string text, DocumentText(document));
  std::cout << text;
  return absl::OkStatus();
}

void AddSign(CLI::App* group, Program* program) {
  CLI::App* sign = group->add_subcommand(
      "sign", "makes a prescription document of an SJ1 record and signs it as --as or with a card");
  const auto options = std::make_shared<SignOptions>();
  sign->add_option("file", options->file, "SJ1 record")->required();
  AddOutFile(sign, "file for the document", &options->out)->required();
  AddSigningKeyOptions(sign, &options->key);
  sign->add_flag("--anyway", options->anyway, "sign what breaks rules, too");
  sign->callback([=] { program->Choose([=] { return Sign(*options, program); }); });
}

void AddDispenseFile(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand(
      "dispense-file",
      "makes the result of dispensing as prescribed and signs it as --as or with a card");
  const auto options = std::make_shared<DispenseFileOptions>();
  DraftOptions& draft = options->draft;
  command->add_option("file", options->file, "prescription, from accept")->required();
  command->add_option("--pharmacy", draft.pharmacy_code, "its code, 10 digits")->required();
  command->add_option("--pharmacy-name", draft.pharmacy_name, "its name")->required();
  command->add_option("--pharmacist", draft.pharmacist_name, "name of who dispensed")->required();
  command->add_option("--refill-use", draft.refill_use,
                      "of a refill: which use this is; default: 1");
  command->add_option("--part", draft.part,
                      "of a divided dispensing (分割調剤): which part this is; default: 1");
  command
      ->add_option("--with", options->with,
                   "another prescription, from accept, whose drugs stand in this result too "
                   "(for: dispense-together); may be repeated")
      ->allow_extra_args(false);
  command
      ->add_option("--inquiry", draft.inquiries,
                   "疑義照会: what the issuer answered; may be repeated")
      ->allow_extra_args(false);
  command->add_option("--message", draft.messages, "to the issuer; may be repeated")
      ->allow_extra_args(false);
  command->add_option("--day", options->day, "of dispensing, YYYYMMDD; default: today in Japan");
  AddOutFile(command, "file for the document", &options->out)->required();
  AddSigningKeyOptions(command, &options->key);
  command->add_flag("--anyway", options->anyway,
                    "also of a prescription whose own signature does not verify, or that may have "
                    "been cut off");
  command->callback([=] { program->Choose([=] { return DispenseFile(*options, program); }); });
}

void AddShow(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand(
      "show", "a prescription or dispensing result in words (for programs: check)");
  const auto file = std::make_shared<std::string>();
  command->add_option("file", *file, "prescription or dispensing XML")->required();
  command->callback([=] { program->Choose([=] { return Show(*file); }); });
}

}  // namespace

void AddPrescriptionFiles(CLI::App* group, Program* program) {
  AddSign(group, program);
  AddDispenseFile(group, program);
  AddShow(group, program);
}

}  // namespace tsunagu::cli
