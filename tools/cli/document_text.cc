#include "tools/cli/document_text.h"

#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/hpki/certificate.h"
#include "services/platform/hpki/xades/document.h"
#include "services/platform/hpki/xades/verify.h"
#include "services/platform/national/jst.h"
#include "services/platform/status/macros.h"
#include "services/prescription/record/check.h"
#include "services/prescription/record/decimal.h"
#include "services/prescription/signer_name.h"
#include "tools/cli/drug_text.h"
#include "tools/cli/local_document.h"
#include "tools/cli/local_findings.h"
#include "tools/cli/prescription_text.h"
#include "tools/cli/table.h"
#include "tools/cli/words.h"

namespace tsunagu::cli {
namespace {

using prescription::record::Dispensing;
using prescription::record::Drug;
using prescription::record::Facility;
using prescription::record::FormatDecimal;
using prescription::record::Insurance;
using prescription::record::Leftover;
using prescription::record::Patient;
using prescription::record::Prescription;
using prescription::record::Rp;

constexpr int kPotency = 2;  // 力価フラグ

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

// Doses of one day that differ, e.g. "不均等 2-1-1".
std::string Doses(const prescription::record::UnevenDoses& uneven) {
  std::string text;
  for (const auto& dose : uneven.doses) {
    if (!dose.has_value()) continue;
    absl::StrAppend(&text, text.empty() ? "不均等 " : "-", FormatDecimal(*dose));
  }
  return text;
}

// RX-572: what the dose is in the official unit, which the record does not name.
std::string Factor(const Drug& drug) {
  using prescription::record::Product;
  return absl::StrCat("換算係数 factor ", FormatDecimal(*drug.factor), " (用量×係数 ",
                      FormatDecimal(Product(drug.dose, *drug.factor)), ")");
}

// What the issuer adds to the usage and to the drug, e.g. that no generic may be given.
std::string Notes(const Rp& rp, const Drug& drug) {
  std::string notes;
  const auto add = [&notes](const std::string& text) {
    if (!text.empty()) absl::StrAppend(&notes, notes.empty() ? "" : "、", text);
  };
  if (rp.split_amount.has_value()) {
    add(absl::StrCat("今回 (this part) ", Quantity(rp.form, rp.split_amount->part)));
  }
  if (drug.strength == kPotency) add("力価 (potency)");
  if (drug.factor.has_value()) add(Factor(drug));
  if (drug.uneven.has_value()) add(Doses(*drug.uneven));
  if (drug.single_dose.has_value()) add(absl::StrCat("1回 ", drug.single_dose->dose, drug.unit));
  for (const auto& supplement : rp.supplements) add(supplement.text);
  for (const auto& supplement : drug.supplements) add(supplement.text);
  for (const std::string& caution : rp.cautions) add(caution);
  for (const std::string& caution : drug.cautions) add(caution);
  return notes;
}

std::string DrugsTable(const std::vector<Rp>& rps) {
  std::vector<Row> rows;
  for (const Rp& rp : rps) {
    for (const Drug& drug : rp.drugs) {
      rows.push_back({absl::StrCat(rp.number), drug.name.empty() ? drug.code : drug.name,
                      Amount(rp.form, FormatDecimal(drug.dose), drug.unit),
                      Quantity(rp.form, rp.amount),
                      rp.usage.text.empty() ? rp.usage.code : rp.usage.text, Notes(rp, drug)});
    }
  }
  return FormatTable(
      {"RP", "薬品 drug", "用量 amount", "数量 quantity", "用法 usage", "補足 notes"}, rows);
}

std::string InsuranceText(const Insurance& insurance) {
  const national::InsuredIdentity identity = insurance.Subject();
  std::string text = absl::StrCat("保険者 ", identity.insurer);
  if (!identity.symbol.empty()) absl::StrAppend(&text, " 記号 ", identity.symbol);
  absl::StrAppend(&text, " 番号 ", identity.number);
  if (!identity.branch.empty()) absl::StrAppend(&text, " 枝番 ", identity.branch);
  return text;
}

std::string RefillText(int uses) { return uses == 0 ? "" : absl::StrCat(uses, "回 (uses)"); }

std::string RefillText(const std::optional<prescription::record::RefillUse>& refill) {
  if (!refill.has_value()) return "";
  if (refill->Finished()) return absl::StrCat(refill->count, "回目、終了 (the last)");
  const std::string next = refill->next_day.has_value() ? DayText(*refill->next_day) : "";
  return absl::StrCat(refill->count, "回目、次回 next ", next);
}

std::string SplitText(const std::optional<prescription::record::Split>& split) {
  return split.has_value() ? absl::StrCat(split->index, " / ", split->total) : "";
}

const char* LeftoverText(Leftover leftover) {
  switch (leftover) {
    case Leftover::kAskThenDispense:
      return "医療機関に確認のうえ調剤 (ask, then dispense)";
    case Leftover::kInform:
      return "医療機関に情報提供 (inform)";
    case Leftover::kUnset:
      break;
  }
  return "";
}

// Who signed, beside `stated`, and whether the signature fits the document.
struct Signed {
  std::string name;
  std::string state;
  std::string notice;
};

Signed ReadSigner(absl::string_view xml, xades::DocumentKind kind, const std::string& stated) {
  const xades::Verification verification = xades::Verify(xml, kind);
  national::Findings ignored;
  const auto signer = prescription::DescribeSigner(
      hpki::Certificate::FromDer(verification.signature.signer_certificate), stated, "", ignored);
  const bool valid = verification.valid();
  return {
      absl::StrCat(signer.certificate_name(), " (証明書の氏名 of the certificate)"),
      valid ? "文書と一致 (fits the document)" : "文書と一致しません (does not fit)",
      absl::StrCat(valid ? "" : "【注意】署名が文書と一致しません (the signature does not fit)\n",
                   SignerNotice(signer))};
}

void AddSigner(const Signed& who, std::vector<Row>& pairs) {
  pairs.push_back({"署名者 signer", who.name});
  pairs.push_back({"署名 signature", who.state});
}

Signed Unsigned() { return {"", "なし (none)", ""}; }

std::string CutOffNotice(const national::Findings& findings) {
  return IsCutOff(findings)
             ? "【注意】記録の最後の行に改行がなく、途中で切れているおそれがあります "
               "(RX-109: the record may have been cut off)\n"
             : "";
}

std::string Text(const Prescription& prescription, const Signed& who) {
  std::vector<Row> pairs = PatientPairs(prescription.patient);
  pairs.push_back({"保険 insurance", InsuranceText(prescription.insurance)});
  pairs.push_back({"医療機関 issuer", FacilityText(prescription.issuer)});
  pairs.push_back({"診療科 department", prescription.department.name});
  pairs.push_back({"医師 doctor", prescription.doctor.name});
  AddSigner(who, pairs);
  pairs.push_back({"交付日 issued", DayText(prescription.issue_day)});
  pairs.push_back({"使用期限 use by", DayText(prescription.UseBy())});
  pairs.push_back({"リフィル refill", RefillText(prescription.refill_total)});
  pairs.push_back({"分割調剤 divided", SplitText(prescription.split)});
  if (prescription.narcotic.has_value()) {
    pairs.push_back({"麻薬施用者免許 narcotics", prescription.narcotic->licence});
  }
  pairs.push_back({"残薬 leftovers", LeftoverText(prescription.leftover)});
  for (const auto& remark : prescription.remarks) pairs.push_back({"備考 remark", remark.text});
  for (const auto& note : prescription.clinical_notes) {
    pairs.push_back({"臨床情報 clinical", absl::StrCat(note.drug_name, " ", note.text)});
  }
  for (const auto& value : prescription.laboratory_values) {
    pairs.push_back({"検査値 laboratory", value.text});
  }
  return absl::StrCat(who.notice, FormatPairs(pairs), DrugsTable(prescription.rps));
}

std::string Text(const Dispensing& dispensing, const Signed& who) {
  std::vector<Row> pairs = PatientPairs(dispensing.patient);
  pairs.push_back({"保険 insurance", InsuranceText(dispensing.insurance)});
  pairs.push_back({"薬局 pharmacy", FacilityText(dispensing.pharmacy)});
  pairs.push_back({"薬剤師 pharmacist", dispensing.pharmacist.name});
  AddSigner(who, pairs);
  pairs.push_back({"調剤日 dispensed", DayText(dispensing.dispensed_day)});
  pairs.push_back({"リフィル refill", RefillText(dispensing.refill)});
  pairs.push_back({"分割調剤 divided", SplitText(dispensing.split)});
  for (const auto& inquiry : dispensing.inquiries) {
    pairs.push_back({"疑義照会 inquiry", inquiry.text});
  }
  for (const auto& message : dispensing.messages) pairs.push_back({"連絡 message", message.text});
  for (const std::string& caution : dispensing.cautions) pairs.push_back({"注意 caution", caution});
  for (const std::string& remark : dispensing.remarks) pairs.push_back({"備考 remark", remark});
  return absl::StrCat(who.notice, FormatPairs(pairs), DrugsTable(dispensing.rps));
}

}  // namespace

absl::StatusOr<std::string> DocumentText(absl::string_view xml) {
  ASSIGN_OR_RETURN(const auto document, ReadLocalDocument("the document", xml));
  const auto who = [&](const std::string& stated) {
    return document.is_signed ? ReadSigner(xml, document.kind, stated) : Unsigned();
  };
  if (document.kind == xades::DocumentKind::kDispensing) {
    const auto checked = prescription::record::CheckDispensing(document.payload, nullptr);
    RETURN_IF_ERROR(RefuseErrors("the dispensing result", checked.findings));
    return CutOffNotice(checked.findings) +
           Text(*checked.dispensing, who(checked.dispensing->pharmacist.name));
  }
  const auto checked = prescription::record::CheckPrescription(document.payload, nullptr);
  RETURN_IF_ERROR(RefuseErrors("the prescription", checked.findings));
  return CutOffNotice(checked.findings) +
         Text(*checked.prescription, who(checked.prescription->doctor.name));
}

std::string DocumentTextIfAny(absl::string_view xml) {
  return DocumentText(xml).value_or("処方箋を表示できません (the prescription cannot be shown)\n");
}

}  // namespace tsunagu::cli
