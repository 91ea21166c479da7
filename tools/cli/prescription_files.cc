#include "tools/cli/prescription_files.h"

#include <iostream>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
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
  std::string next;
  std::vector<std::string> with;
  std::string record;  // instead of a draft
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

absl::StatusOr<std::string> ReadPrescription(const std::string& file, bool anyway) {
  ASSIGN_OR_RETURN(std::string prescription, ReadFile(file));
  RETURN_IF_ERROR(CheckFormat(file, prescription, kAccepted));
  if (!anyway) RETURN_IF_ERROR(CheckOriginal(file, prescription));
  return prescription;
}

absl::StatusOr<absl::CivilDay> DayOf(const char* option, const std::string& digits) {
  const auto day = national::ParseDay(digits);
  if (day.has_value()) return *day;
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "OPTION_MALFORMED", "that is no day")
      .Rule("CL-001")
      .Field(option, "YYYYMMDD");
}

absl::StatusOr<std::string> Draft(const std::string& prescription,
                                  const DispenseFileOptions& options) {
  DraftOptions draft = options.draft;
  for (const std::string& file : options.with) {
    ASSIGN_OR_RETURN(std::string other, ReadPrescription(file, options.anyway));
    draft.with.push_back({file, std::move(other)});
  }
  draft.day = national::JstDay(absl::Now());
  if (!options.day.empty()) {
    ASSIGN_OR_RETURN(draft.day, DayOf("--day", options.day));
  }
  if (!options.next.empty()) {
    ASSIGN_OR_RETURN(draft.next, DayOf("--next", options.next));
  }
  return DraftDispensing(prescription, draft);
}

// CL-051: what the pharmacy's own record says was dispensed.
absl::StatusOr<std::string> Embed(const std::string& prescription,
                                  const DispenseFileOptions& options) {
  NamedDocument record{options.record, ""};
  ASSIGN_OR_RETURN(record.bytes, ReadFile(options.record));
  if (!options.anyway) {
    const auto checked = prescription::record::CheckDispensing(record.bytes, nullptr);
    RETURN_IF_ERROR(RefuseErrors(record.file, checked.findings));
    RETURN_IF_ERROR(RefuseCutOff(record.file, checked.findings));
  }
  return EmbedRecord(prescription, record);
}

absl::Status DispenseFile(const DispenseFileOptions& options, Program* program) {
  RETURN_IF_ERROR(CheckWritable(options.out));
  ASSIGN_OR_RETURN(const std::string prescription, ReadPrescription(options.file, options.anyway));
  ASSIGN_OR_RETURN(const std::string draft, options.record.empty() ? Draft(prescription, options)
                                                                   : Embed(prescription, options));
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

// Of a draft, all at once.
std::string MissingOf(const DispenseFileOptions& options) {
  if (!options.record.empty()) return "";
  std::vector<std::string> missing;
  if (options.draft.pharmacy_code.empty()) missing.push_back("--pharmacy");
  if (options.draft.pharmacy_name.empty()) missing.push_back("--pharmacy-name");
  if (options.draft.pharmacist_name.empty()) missing.push_back("--pharmacist");
  return absl::StrJoin(missing, ", ");
}

// What is made of the prescription.
void AddDraftOptions(CLI::App* command, DispenseFileOptions* options) {
  DraftOptions& draft = options->draft;
  command->add_option("--pharmacy", draft.pharmacy_code, "its code, 10 digits");
  command->add_option("--pharmacy-name", draft.pharmacy_name, "its name");
  command->add_option("--pharmacist", draft.pharmacist_name, "name of who dispensed");
  command->add_option("--refill-use", draft.refill_use,
                      "of a refill: which use this is; default: 1");
  CLI::Option* next = command->add_option(
      "--next", options->next,
      "of a refill: 次回調剤予定日 YYYYMMDD; default: when the longest oral drug is used up");
  command
      ->add_flag("--last", draft.last,
                 "of a refill: it ends with this use, or earlier than it "
                 "might")
      ->excludes(next);
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
}

void AddDispenseFile(CLI::App* group, Program* program) {
  CLI::App* command = group->add_subcommand(
      "dispense-file",
      "makes the result of dispensing, as prescribed or of --record, and signs it as --as or with "
      "a card");
  const auto options = std::make_shared<DispenseFileOptions>();
  command->add_option("file", options->file, "prescription, from accept")->required();
  AddDraftOptions(command, options.get());
  CLI::Option* record = command->add_option(
      "--record", options->record,
      "CJ1 record of what was really dispensed; it stands in the result as it is");
  // It says all that these would.
  for (CLI::Option* option : command->get_options()) {
    const bool other = option != record && option != command->get_help_ptr();
    if (other && option->get_name() != "file") record->excludes(option);
  }
  AddOutFile(command, "file for the document", &options->out)->required();
  AddSigningKeyOptions(command, &options->key);
  command->add_flag("--anyway", options->anyway,
                    "also of a prescription whose own signature does not verify, or that may have "
                    "been cut off");
  command->callback([=] {
    const std::string missing = MissingOf(*options);
    if (!missing.empty()) throw CLI::RequiredError(missing);
    program->Choose([=] { return DispenseFile(*options, program); });
  });
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
