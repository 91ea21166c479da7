#include "tools/cli/draft.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/national/insured.h"
#include "services/platform/status/error.h"
#include "services/platform/status/macros.h"
#include "services/prescription/record/check.h"
#include "services/prescription/record/dispensing.h"
#include "services/prescription/record/prescription.h"
#include "services/prescription/record/write.h"
#include "tools/cli/local_document.h"
#include "tools/cli/local_findings.h"

namespace tsunagu::cli {
namespace {

using prescription::record::Dispensing;
using prescription::record::Facility;
using prescription::record::Prescription;
using prescription::record::RefillUse;

constexpr size_t kFacilityDigits = 10;
constexpr int kPharmacyFeeTable = 4;
constexpr int kFinished = 1;
constexpr int kGoesOn = 2;
constexpr int kOralForm = 1;
constexpr int kOtherMessage = 99;  // of record 411
constexpr int kInquiryKind = 999;  // the only one of record 511

absl::Status WrongOption(const char* option, const char* what, const char* wanted) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "OPTION_MALFORMED", what)
      .Rule("CL-001")
      .Field(option, wanted);
}

absl::StatusOr<Facility> Pharmacy(const DraftOptions& options) {
  const std::string& code = options.pharmacy_code;
  if (code.size() != kFacilityDigits || code[2] != '4') {
    return WrongOption("--pharmacy",
                       "the pharmacy's code has 10 digits, the third of them 4 (pharmacy)",
                       "10 digits");
  }
  Facility pharmacy;
  pharmacy.fee_table = kPharmacyFeeTable;
  pharmacy.prefecture = code.substr(0, 2);
  pharmacy.code = code.substr(3);
  pharmacy.name = options.pharmacy_name;
  return pharmacy;
}

// Of oral drugs only the figure is days; 0: there are none.
int LongestDays(const Prescription& prescription) {
  int days = 0;
  for (const auto& rp : prescription.rps) {
    if (rp.form == kOralForm) days = std::max(days, rp.amount);
  }
  return days;
}

// CL-050: by their insured identity and, where both state it, their birth date.
template <typename One, typename Other>
absl::Status CheckOnePatient(const One& one, const Other& other, absl::string_view option,
                             absl::string_view file) {
  const bool same_identity = national::Normalise(one.insurance.Subject()) ==
                             national::Normalise(other.insurance.Subject());
  const auto born = one.patient.BirthDay(), other_born = other.patient.BirthDay();
  const bool same_birth = !born.has_value() || !other_born.has_value() || born == other_born;
  if (same_identity && same_birth) return absl::OkStatus();
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "PATIENTS_DIFFER",
                      absl::StrCat(file, " is of another patient than the prescription"))
      .Rule("CL-050")
      .Field(option, absl::StrCat(file, same_identity ? ": 生年月日が異なります another birth date"
                                                      : ": 被保険者が異なります another insured "
                                                        "identity"));
}

absl::Status WrongNext(const char* option, const char* what, const char* wanted) {
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "OPTION_MALFORMED", what)
      .Rule("CL-049")
      .Field(option, wanted);
}

// CL-049
absl::StatusOr<RefillUse> UseOf(const Prescription& prescription, const DraftOptions& options) {
  RefillUse use;
  use.count = options.refill_use.value_or(1);
  use.end = options.last || use.count >= prescription.refill_total ? kFinished : kGoesOn;
  if (use.Finished()) {
    if (!options.next.has_value()) return use;
    return WrongNext("--next", "after the last use of a refill comes no other",
                     "最後の回では指定できません not of the last use");
  }
  const int days = LongestDays(prescription);
  use.next_day = options.next.value_or(options.day + days);
  if (*use.next_day > options.day) return use;
  if (options.next.has_value()) {
    return WrongNext("--next", "the next use comes after the day of dispensing",
                     "調剤日より後の日 a day after that of dispensing");
  }
  return WrongNext("--next",
                   "no drug is oral, so nothing tells for how many days they are: when is the next "
                   "use of the refill due?",
                   "次回調剤予定日 YYYYMMDD（内服薬がないため日数がわかりません）, or --last to "
                   "end the refill");
}

absl::Status CheckRefillOptions(const Prescription& prescription, const DraftOptions& options) {
  if (prescription.refill_total > 0) return absl::OkStatus();
  const char* option = options.refill_use.has_value() ? "--refill-use"
                       : options.next.has_value()     ? "--next"
                       : options.last                 ? "--last"
                                                      : nullptr;
  if (option == nullptr) return absl::OkStatus();
  return WrongOption(option, "the prescription is no refill",
                     "リフィル処方箋のみ of a refill only");
}

// The records of this part; the registered ones are of the first.
void MakePart(int part, Dispensing& dispensing) {
  dispensing.split->index = part;
  if (part < dispensing.split->total) return;
  for (auto& rp : dispensing.rps) {
    if (!rp.split_amount.has_value()) continue;
    const int left = rp.split_amount->total - (part - 1) * rp.split_amount->part;
    if (left > 0) rp.split_amount->part = left;
  }
}

void AddTexts(const DraftOptions& options, Dispensing& dispensing) {
  for (const std::string& text : options.messages) {
    dispensing.messages.push_back({kOtherMessage, text});
  }
  for (const std::string& text : options.inquiries) {
    const int seq = static_cast<int>(dispensing.inquiries.size()) + 1;
    dispensing.inquiries.push_back({seq, kInquiryKind, text});
  }
}

absl::StatusOr<Dispensing> AsPrescribed(const Prescription& prescription,
                                        const DraftOptions& options) {
  Dispensing dispensing;
  dispensing.pharmacist.name = options.pharmacist_name;
  dispensing.patient = prescription.patient;
  dispensing.insurance = prescription.insurance;
  dispensing.dispensed_day = options.day;
  dispensing.split = prescription.split;
  dispensing.rps = prescription.rps;
  if (prescription.refill_total > 0) {
    ASSIGN_OR_RETURN(dispensing.refill, UseOf(prescription, options));
  }
  if (dispensing.split.has_value()) MakePart(options.part.value_or(1), dispensing);
  AddTexts(options, dispensing);
  return dispensing;
}

// RX-502: the drugs of all stand with the first.
absl::Status AddDrugsOf(const NamedDocument& prescription, Dispensing& dispensing) {
  ASSIGN_OR_RETURN(const auto document, ReadLocalDocument(prescription.file, prescription.bytes));
  const auto checked = prescription::record::CheckPrescription(document.payload, nullptr);
  RETURN_IF_ERROR(RefuseErrors(prescription.file, checked.findings));
  RETURN_IF_ERROR(CheckOnePatient(dispensing, *checked.prescription, "--with", prescription.file));
  for (auto rp : checked.prescription->rps) {
    rp.number = static_cast<int>(dispensing.rps.size()) + 1;
    dispensing.rps.push_back(std::move(rp));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> DraftDispensing(absl::string_view prescription,
                                            const DraftOptions& options) {
  ASSIGN_OR_RETURN(const Facility pharmacy, Pharmacy(options));
  ASSIGN_OR_RETURN(const auto document, ReadLocalDocument("the prescription", prescription));
  const auto checked = prescription::record::CheckPrescription(document.payload, nullptr);
  RETURN_IF_ERROR(RefuseErrors("the prescription", checked.findings));
  RETURN_IF_ERROR(CheckRefillOptions(*checked.prescription, options));
  const auto& split = checked.prescription->split;
  const int parts = split.has_value() ? split->total : 0;
  const int part = options.part.value_or(1);
  if (options.part.has_value() && (part < 1 || part > parts)) {
    return WrongOption("--part", "the prescription has no such part",
                       "分割調剤の回 of a divided dispensing, from 1");
  }
  ASSIGN_OR_RETURN(Dispensing dispensing, AsPrescribed(*checked.prescription, options));
  dispensing.pharmacy = pharmacy;
  dispensing.prescription_id = document.id;
  for (const NamedDocument& other : options.with) RETURN_IF_ERROR(AddDrugsOf(other, dispensing));
  const std::string record = prescription::record::WriteDispensing(dispensing);
  const auto result = prescription::record::CheckDispensing(record, nullptr);
  RETURN_IF_ERROR(RefuseErrors("the dispensing result", result.findings));
  return xades::BuildDispensing({record, part < parts ? "" : prescription, ""});
}

absl::StatusOr<std::string> EmbedRecord(absl::string_view prescription,
                                        const NamedDocument& record) {
  ASSIGN_OR_RETURN(const auto document, ReadLocalDocument("the prescription", prescription));
  const auto prescribed = prescription::record::CheckPrescription(document.payload, nullptr);
  RETURN_IF_ERROR(RefuseErrors("the prescription", prescribed.findings));
  const auto result = prescription::record::CheckDispensing(record.bytes, nullptr);
  RETURN_IF_ERROR(RefuseErrors(record.file, result.findings));
  const Dispensing& dispensing = *result.dispensing;
  RETURN_IF_ERROR(CheckOnePatient(*prescribed.prescription, dispensing, "--record", record.file));
  if (!dispensing.prescription_id.empty() && dispensing.prescription_id != document.id) {
    return ErrorBuilder(absl::StatusCode::kInvalidArgument, "RECORD_OF_OTHER_PRESCRIPTION",
                        absl::StrCat(record.file, " names another prescription than the document"))
        .Rule("CL-051")
        .Field("--record", "レコードの処方箋IDが処方箋と異なります another prescription id");
  }
  const auto& split = dispensing.split;
  const bool more = split.has_value() && split->index < split->total;
  return xades::BuildDispensing({record.bytes, more ? "" : prescription, ""});
}

}  // namespace tsunagu::cli
