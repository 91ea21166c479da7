#include "tools/cli/draft.h"

#include <utility>

#include "services/platform/hpki/xades/document.h"
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

// The longest course of oral drugs tells when the next use is due.
int LongestDays(const Prescription& prescription) {
  int days = 1;
  for (const auto& rp : prescription.rps) {
    if (rp.form == kOralForm && rp.amount > days) days = rp.amount;
  }
  return days;
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

Dispensing AsPrescribed(const Prescription& prescription, const DraftOptions& options) {
  Dispensing dispensing;
  dispensing.pharmacist.name = options.pharmacist_name;
  dispensing.patient = prescription.patient;
  dispensing.insurance = prescription.insurance;
  dispensing.dispensed_day = options.day;
  dispensing.split = prescription.split;
  dispensing.rps = prescription.rps;
  if (prescription.refill_total > 0) {
    auto& refill = dispensing.refill.emplace();
    refill.count = options.refill_use.value_or(1);
    refill.end = refill.count >= prescription.refill_total ? kFinished : kGoesOn;
    if (!refill.Finished()) refill.next_day = options.day + LongestDays(prescription);
  }
  if (dispensing.split.has_value()) MakePart(options.part.value_or(1), dispensing);
  AddTexts(options, dispensing);
  return dispensing;
}

// RX-502: the drugs of all stand with the first.
absl::Status AddDrugsOf(const std::string& prescription, Dispensing& dispensing) {
  ASSIGN_OR_RETURN(const auto document, ReadLocalDocument("--with", prescription));
  const auto checked = prescription::record::CheckPrescription(document.payload, nullptr);
  RETURN_IF_ERROR(RefuseErrors("--with", checked.findings));
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
  if (options.refill_use.has_value() && checked.prescription->refill_total == 0) {
    return WrongOption("--refill-use", "the prescription is no refill",
                       "リフィル処方箋のみ of a refill only");
  }
  const auto& split = checked.prescription->split;
  const int parts = split.has_value() ? split->total : 0;
  const int part = options.part.value_or(1);
  if (options.part.has_value() && (part < 1 || part > parts)) {
    return WrongOption("--part", "the prescription has no such part",
                       "分割調剤の回 of a divided dispensing, from 1");
  }
  Dispensing dispensing = AsPrescribed(*checked.prescription, options);
  dispensing.pharmacy = pharmacy;
  dispensing.prescription_id = document.id;
  for (const std::string& other : options.with) RETURN_IF_ERROR(AddDrugsOf(other, dispensing));
  const std::string record = prescription::record::WriteDispensing(dispensing);
  const auto result = prescription::record::CheckDispensing(record, nullptr);
  RETURN_IF_ERROR(RefuseErrors("the dispensing result", result.findings));
  return xades::BuildDispensing({record, part < parts ? "" : prescription, ""});
}

}  // namespace tsunagu::cli
