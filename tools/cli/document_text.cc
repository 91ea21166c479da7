#include "tools/cli/document_text.h"

#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/record/check.h"
#include "services/prescription/record/decimal.h"
#include "tools/cli/drug_text.h"
#include "tools/cli/local_findings.h"
#include "tools/cli/table.h"
#include "tools/cli/words.h"

namespace tsunagu::cli {
namespace {

using prescription::record::Dispensing;
using prescription::record::Drug;
using prescription::record::Facility;
using prescription::record::Patient;
using prescription::record::Prescription;
using prescription::record::Rp;

std::string DayText(absl::CivilDay day) { return Day(national::FormatDay(day)); }

std::string BirthText(const Patient& patient) {
  const std::optional<absl::CivilDay> day = patient.BirthDay();
  return day.has_value() ? DayText(*day) : patient.birth;
}

std::vector<Row> PatientPairs(const Patient& patient) {
  return {{"患者 patient", patient.name},
          {"カナ kana", patient.kana},
          {"生年月日 birth", BirthText(patient)},
          {"性別 sex", SexWord(absl::StrCat(patient.sex))}};
}

std::string FacilityText(const Facility& facility) {
  return absl::StrCat(facility.name, " ", facility.FullCode());
}

// What the issuer adds to the usage and to the drug, e.g. that no generic may be given.
std::string Notes(const Rp& rp, const Drug& drug) {
  std::string notes;
  const auto add = [&notes](const std::string& text) {
    absl::StrAppend(&notes, notes.empty() ? "" : "、", text);
  };
  for (const auto& supplement : rp.supplements) add(supplement.text);
  for (const auto& supplement : drug.supplements) add(supplement.text);
  return notes;
}

std::string DrugsTable(const std::vector<Rp>& rps) {
  std::vector<Row> rows;
  for (const Rp& rp : rps) {
    for (const Drug& drug : rp.drugs) {
      rows.push_back({absl::StrCat(rp.number), drug.name.empty() ? drug.code : drug.name,
                      absl::StrCat(prescription::record::FormatDecimal(drug.dose), drug.unit),
                      Quantity(rp.form, rp.amount),
                      rp.usage.text.empty() ? rp.usage.code : rp.usage.text, Notes(rp, drug)});
    }
  }
  return FormatTable(
      {"RP", "薬品 drug", "用量 amount", "数量 quantity", "用法 usage", "補足 notes"}, rows);
}

std::string Text(const Prescription& prescription) {
  std::vector<Row> pairs = PatientPairs(prescription.patient);
  pairs.push_back({"医療機関 issuer", FacilityText(prescription.issuer)});
  pairs.push_back({"医師 doctor", prescription.doctor.name});
  pairs.push_back({"交付日 issued", DayText(prescription.issue_day)});
  pairs.push_back({"使用期限 use by", DayText(prescription.UseBy())});
  for (const auto& remark : prescription.remarks) pairs.push_back({"備考 remark", remark.text});
  return absl::StrCat(FormatPairs(pairs), DrugsTable(prescription.rps));
}

std::string Text(const Dispensing& dispensing) {
  std::vector<Row> pairs = PatientPairs(dispensing.patient);
  pairs.push_back({"薬局 pharmacy", FacilityText(dispensing.pharmacy)});
  pairs.push_back({"薬剤師 pharmacist", dispensing.pharmacist.name});
  pairs.push_back({"調剤日 dispensed", DayText(dispensing.dispensed_day)});
  for (const std::string& remark : dispensing.remarks) pairs.push_back({"備考 remark", remark});
  return absl::StrCat(FormatPairs(pairs), DrugsTable(dispensing.rps));
}

}  // namespace

absl::StatusOr<std::string> DocumentText(absl::string_view xml) {
  ASSIGN_OR_RETURN(const auto document, xades::ReadDocument(xml));
  if (document.kind == xades::DocumentKind::kDispensing) {
    const auto checked = prescription::record::CheckDispensing(document.payload, nullptr);
    RETURN_IF_ERROR(RefuseErrors("the dispensing result", checked.findings));
    return Text(*checked.dispensing);
  }
  const auto checked = prescription::record::CheckPrescription(document.payload, nullptr);
  RETURN_IF_ERROR(RefuseErrors("the prescription", checked.findings));
  return Text(*checked.prescription);
}

}  // namespace tsunagu::cli
