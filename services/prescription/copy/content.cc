#include "services/prescription/copy/content.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/national/jst.h"
#include "services/prescription/record/decimal.h"
#include "services/prescription/record/parts.h"

namespace tsunagu::prescription::copy {
namespace {

using record::Drug;
using record::FormatDecimal;
using record::Insurance;
using record::Prescription;
using record::Rp;

constexpr int kOral = 1, kAsNeeded = 2;
constexpr int kPotency = 2;
constexpr int kPatientWish = 8;

// Adds what is there.
void Add(absl::string_view label, std::string text, std::vector<Line>& lines) {
  if (!text.empty()) lines.push_back({std::string(label), std::move(text)});
}

// The parts that are not empty.
std::string Join(const std::vector<std::string>& parts, absl::string_view between) {
  std::vector<std::string> filled;
  for (const std::string& part : parts) {
    if (!part.empty()) filled.push_back(part);
  }
  return absl::StrJoin(filled, between);
}

const char* SexText(int sex) { return sex == 1 ? "男" : sex == 2 ? "女" : ""; }

const char* RelationText(int relation) {
  return relation == 1 ? "被保険者" : relation == 2 ? "被扶養者" : "";
}

const char* FormText(const Rp& rp) {
  static constexpr const char* kForms[] = {"",         "内服", "頓服",    "外用",
                                           "内服滴剤", "注射", "医療材料"};
  if (rp.form >= 1 && rp.form <= 6) return kForms[rp.form];
  return rp.form_name.c_str();
}

// Remarks, notes and amounts are written as the record has them.
std::string QuantityText(const Rp& rp) {
  if (rp.amount == 0) return "";
  if (rp.form == kOral) return absl::StrCat(rp.amount, "日分");
  if (rp.form == kAsNeeded) return absl::StrCat(rp.amount, "回分");
  return rp.amount == 1 ? "" : absl::StrCat("×", rp.amount);
}

std::string AmountText(int form, const Drug& drug) {
  const char* each = form == kOral ? "1日 " : form == kAsNeeded ? "1回 " : "全量 ";
  return absl::StrCat(each, FormatDecimal(drug.dose), drug.unit,
                      drug.strength == kPotency ? "（力価）" : "");
}

std::string UnevenText(const record::UnevenDoses& uneven) {
  std::vector<std::string> doses;
  for (const auto& dose : uneven.doses) {
    if (dose.has_value()) doses.push_back(FormatDecimal(*dose));
  }
  return absl::StrCat("不均等 ", absl::StrJoin(doses, "-"));
}

// RX-223: what the pharmacy may not replace stands out.
std::string SupplementText(const record::DrugSupplement& supplement) {
  const bool no_change = supplement.kind >= 3 && supplement.kind <= 6;
  const char* mark = no_change                         ? "【変更不可】"
                     : supplement.kind == kPatientWish ? "【患者希望】"
                                                       : "";
  return absl::StrCat(mark, supplement.text);
}

// RX-572
std::string FactorText(const Drug& drug) {
  return absl::StrCat("換算係数 ", FormatDecimal(*drug.factor), "（用量×係数＝",
                      FormatDecimal(record::Product(drug.dose, *drug.factor)),
                      "、薬価基準の単位で）");
}

DrugLine DrugText(int form, const Drug& drug) {
  DrugLine line = {drug.name.empty() ? absl::StrCat("薬品コード ", drug.code) : drug.name,
                   AmountText(form, drug),
                   {}};
  if (drug.factor.has_value()) line.notes.push_back(FactorText(drug));
  if (drug.uneven.has_value()) line.notes.push_back(UnevenText(*drug.uneven));
  if (drug.single_dose.has_value()) {
    line.notes.push_back(absl::StrCat("1回 ", drug.single_dose->dose, drug.unit));
  }
  for (const auto& supplement : drug.supplements) line.notes.push_back(SupplementText(supplement));
  return line;
}

RpBlock RpText(const Rp& rp) {
  RpBlock block;
  block.heading = Join({absl::StrCat("RP", rp.number), FormText(rp), QuantityText(rp)}, "　");
  for (const Drug& drug : rp.drugs) block.drugs.push_back(DrugText(rp.form, drug));
  if (rp.split_amount.has_value()) {
    Add("分割", absl::StrCat("今回 ", rp.split_amount->part, "／全 ", rp.split_amount->total),
        block.lines);
  }
  Add("用法", rp.usage.text, block.lines);
  for (const auto& supplement : rp.supplements) Add("用法補足", supplement.text, block.lines);
  return block;
}

// A birth date of which only the year or month is known stays as it was written.
std::string BirthText(const record::Patient& patient) {
  const std::optional<absl::CivilDay> day = patient.BirthDay();
  return day.has_value() ? BothDays(*day) : patient.birth;
}

void AddInsurance(const Insurance& insurance, std::vector<Line>& lines) {
  Add("保険者番号", insurance.identity.insurer, lines);
  const std::string branch = insurance.identity.branch;
  Add("記号・番号",
      Join({insurance.identity.symbol, insurance.identity.number,
            branch.empty() ? "" : absl::StrCat("（枝番 ", branch, "）")},
           "　"),
      lines);
  if (!insurance.identity.insurer.empty()) Add("区分", RelationText(insurance.relation), lines);
  if (insurance.patient_percent.has_value()) {
    Add("負担割合", absl::StrCat(*insurance.patient_percent, "％"), lines);
  }
  static constexpr const char* kPayers[] = {"第一公費", "第二公費", "第三公費", "特殊公費"};
  for (size_t i = 0; i < insurance.payers.size(); ++i) {
    const auto& payer = insurance.payers[i];
    if (!payer.has_value()) continue;
    Add(kPayers[i],
        Join({absl::StrCat("負担者番号 ", payer->payer),
              payer->beneficiary.empty() ? "" : absl::StrCat("受給者番号 ", payer->beneficiary)},
             "　"),
        lines);
  }
}

void AddIssuer(const Prescription& prescription, std::vector<Line>& lines) {
  const record::Facility& issuer = prescription.issuer;
  Add("医療機関", Join({issuer.name, absl::StrCat("（", issuer.FullCode(), "）")}, ""), lines);
  Add("所在地",
      Join({issuer.postal_code.empty() ? "" : absl::StrCat("〒", issuer.postal_code),
            issuer.address},
           " "),
      lines);
  Add("電話", issuer.phone, lines);
  Add("診療科", prescription.department.name, lines);
  Add("処方医", prescription.doctor.name, lines);
}

bool IsOnce(const Prescription& prescription) {
  return prescription.refill_total == 0 && !prescription.split.has_value();
}

// RX-562, RX-563: until when drugs are had.
std::string UntilText(const Prescription& prescription) {
  if (prescription.refill_total > 0) {
    return absl::StrCat(
        "リフィル処方箋で、全部で", prescription.refill_total,
        "回使えます。使用期間は1回目のもので、過ぎると受け取れません。2回目からは、薬局"
        "が伝える次回の予定日の前後7日以内に受け取ります。");
  }
  if (prescription.split.has_value()) {
    return absl::StrCat(
        "分割調剤で、", prescription.split->total,
        "回に分けて受け取ります。使用期間は1回目のもので、過ぎると受け取れません。2回目"
        "からは、薬局の案内に従ってください。");
  }
  return "使用期間を過ぎると受け取れません。";
}

// RX-564: pages that came apart, and copies of before and after a change, can be told.
std::string FooterText(const Prescription& prescription, const Registration& registration,
                       absl::string_view what) {
  const record::Patient& patient = prescription.patient;
  const std::string& name = patient.name.empty() ? patient.kana : patient.name;
  const std::string number =
      registration.access_code.empty() ? "" : absl::StrCat("引換番号 ", registration.access_code);
  return absl::StrCat(
      Join({number, name.empty() ? "" : absl::StrCat(name, " 様")}, "　"), "\n", what, "　",
      absl::FormatTime("%Y年%-m月%-d日 %H:%M", registration.made_at, national::Jst()), " 作成");
}

void AddTerms(const Prescription& prescription, std::vector<Line>& lines) {
  Add("交付年月日", BothDays(prescription.issue_day), lines);
  Add("使用期間",
      absl::StrCat(BothDays(prescription.UseBy()), "まで", IsOnce(prescription) ? "" : "（1回目）"),
      lines);
  if (prescription.refill_total > 0) {
    Add("リフィル", absl::StrCat("リフィル可　使用回数 ", prescription.refill_total, "回"), lines);
  }
  if (prescription.split.has_value()) {
    Add("分割調剤",
        absl::StrCat(prescription.split->total, "回のうち", prescription.split->index, "回目"),
        lines);
  }
  const bool ask = prescription.leftover == record::Leftover::kAskThenDispense;
  const bool inform = prescription.leftover == record::Leftover::kInform;
  Add("残薬確認",
      ask      ? "医療機関へ疑義照会したうえで調剤"
      : inform ? "医療機関へ情報提供"
               : "",
      lines);
  if (prescription.narcotic.has_value()) {
    Add("麻薬施用者免許", prescription.narcotic->licence, lines);
    Add("患者住所", Join({prescription.narcotic->address, prescription.narcotic->phone}, "　"),
        lines);
  }
}

Content ElectronicHead() {
  Content content;
  content.title = "電子処方箋の控え";
  content.notice =
      "この控えは処方箋ではありません。お薬は、薬局で引換番号と被保険者資格の情報を伝えて受け取りま"
      "す。";
  content.footer = "電子処方箋の控え（処方箋ではありません）";
  return content;
}

// RX-546
Content PaperHead() {
  Content content;
  content.title = "紙の処方箋の登録内容の控え";
  content.notice =
      "この控えは処方箋ではありません。処方箋の原本は紙です。お薬は、紙の処方箋を薬局に渡して受け取"
      "り"
      "ます。";
  content.footer = "紙の処方箋の登録内容の控え（処方箋ではありません）";
  return content;
}

}  // namespace

std::string BothDays(absl::CivilDay day) {
  struct Era {
    absl::CivilDay first;
    const char* name;
  };
  static const Era kEras[] = {{absl::CivilDay(2019, 5, 1), "令和"},
                              {absl::CivilDay(1989, 1, 8), "平成"},
                              {absl::CivilDay(1926, 12, 25), "昭和"},
                              {absl::CivilDay(1912, 7, 30), "大正"},
                              {absl::CivilDay(1873, 1, 1), "明治"}};
  const std::string western = absl::StrCat(day.year(), "年", day.month(), "月", day.day(), "日");
  for (const Era& era : kEras) {
    if (day < era.first) continue;
    // Meiji began in 1868.
    const int64_t first_year = era.first == absl::CivilDay(1873, 1, 1) ? 1868 : era.first.year();
    const int64_t year = day.year() - first_year + 1;
    return absl::StrCat(era.name, year == 1 ? "元" : absl::StrCat(year), "年", day.month(), "月",
                        day.day(), "日（", western, "）");
  }
  return western;
}

Content MakeContent(const Prescription& prescription, const Registration& registration) {
  Content content = registration.paper ? PaperHead() : ElectronicHead();
  absl::StrAppend(&content.notice, UntilText(prescription));
  content.footer = FooterText(prescription, registration, content.footer);
  content.access_code = registration.access_code;
  content.made_at = registration.made_at;
  std::vector<Line>& lines = content.lines;
  const record::Patient& patient = prescription.patient;
  Add("患者氏名",
      Join({patient.name, patient.name.empty() || patient.kana.empty()
                              ? patient.kana
                              : absl::StrCat("（", patient.kana, "）")},
           ""),
      lines);
  Add("生年月日", Join({BirthText(patient), SexText(patient.sex)}, "　"), lines);
  AddInsurance(prescription.insurance, lines);
  AddIssuer(prescription, lines);
  AddTerms(prescription, lines);
  Add("処方箋ID", registration.prescription_id, lines);
  for (const Rp& rp : prescription.rps) content.rps.push_back(RpText(rp));
  for (const auto& remark : prescription.remarks) Add("備考", remark.text, content.remarks);
  return content;
}

}  // namespace tsunagu::prescription::copy
