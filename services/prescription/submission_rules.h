// The rules of docs/requirements/prescription.md that a submitted document can break, with their
// texts. Internal to what judges documents.
#ifndef SERVICES_PRESCRIPTION_SUBMISSION_RULES_H_
#define SERVICES_PRESCRIPTION_SUBMISSION_RULES_H_

#include "absl/strings/string_view.h"
#include "services/platform/national/finding.h"

namespace tsunagu::prescription {

using national::Rule;

inline constexpr auto kError = national::Severity::kError;
inline constexpr auto kWarning = national::Severity::kWarning;

inline constexpr Rule kRuleIssueDay = {"RX-014", kError,
                                       "交付年月日が未来か、使用期限が過ぎています。",
                                       "The issue day lies ahead, or the last day of use is over."};
inline constexpr Rule kRuleBranch = {"RX-015", kError, "被保険者証の枝番が必要です。",
                                     "The branch number of the insurance is needed."};
inline constexpr Rule kRuleIssuer = {"RX-020", kError,
                                     "処方箋の医療機関が送信元の医療機関と異なります。",
                                     "The issuer in the prescription is not the sender."};
inline constexpr Rule kRuleNumber = {
    "RX-579", kError,
    "処方箋番号(82)は登録する処方箋のものではありません。引換番号は登録時に発行されます。",
    "The number (82) is not this prescription's: registering it gives the number."};
inline constexpr Rule kRuleManagement = {"RX-023", kError,
                                         "PrescriptionManagement 要素が必要です。",
                                         "The element PrescriptionManagement is needed."};
inline constexpr Rule kRuleLevel = {
    "RX-024", kError, "提出する署名に非署名属性（タイムスタンプなど）は付けられません。",
    "A submitted signature has no unsigned properties: the service stamps it."};
inline constexpr Rule kRuleSigner = {"RX-025", kError, "署名者の証明書が有効ではありません。",
                                     "The signer's certificate is not valid."};
inline constexpr Rule kRuleLicence = {"RX-026", kError, "署名者の資格では署名できません。",
                                      "The signer's licence does not allow to sign this."};
inline constexpr Rule kRuleCaller = {"RX-027", kError, "署名者の資格が送信者の資格と異なります。",
                                     "The signer has none of the sender's licences."};
inline constexpr Rule kRuleEmbedded = {
    "RX-031", kError, "調剤結果に含まれる処方箋が登録された処方箋と一致しません。",
    "The prescription inside the result is not the registered one."};
inline constexpr Rule kRulePharmacy = {"RX-032", kError,
                                       "調剤結果の薬局が送信元の薬局と異なります。",
                                       "The pharmacy in the result is not the sender."};
inline constexpr Rule kRuleResultId = {"RX-033", kError, "調剤結果の処方箋 ID が異なります。",
                                       "The result names another prescription id."};
inline constexpr Rule kRulePatient = {
    "RX-034", kWarning, "調剤結果の保険情報が処方箋と異なります。",
    "The insurance in the result is not that of the prescription."};
inline constexpr Rule kRuleDispensedDay = {
    "RX-035", kError, "調剤年月日が交付年月日より前か、未来です。",
    "The day of dispensing lies before the issue day or ahead."};

inline constexpr Rule kRuleUse = {
    "RX-065", kError, "リフィルの調剤回数、終了区分または次回調剤予定日が処方箋と合いません。",
    "Count, end or next day of the refill do not fit the prescription."};
inline constexpr Rule kRulePart = {"RX-067", kError, "分割調剤の回数が処方箋と合いません。",
                                   "The part does not fit the divided prescription."};

inline constexpr Rule kRuleBirthDate = {
    "RX-045", kError, "生年月日が保険者の登録と異なります。",
    "The birth date is not the one that the insurer registered."};
inline constexpr Rule kRuleSex = {"RX-046", kError, "性別が保険者の登録と異なります。",
                                  "The sex is not the one that the insurer registered."};
inline constexpr Rule kRuleName = {"RX-047", kWarning, "氏名が保険者の登録と異なります。",
                                   "The name is not the one that the insurer registered."};
inline constexpr Rule kRuleResultBirthDate = {
    "RX-548", kError, "調剤結果の患者の生年月日が処方箋と異なります。",
    "The birth date in the result is not that of the prescription."};
inline constexpr Rule kRuleResultSex = {"RX-549", kError,
                                        "調剤結果の患者の性別が処方箋と異なります。",
                                        "The sex in the result is not that of the prescription."};
inline constexpr Rule kRuleResultName = {"RX-550", kWarning,
                                         "調剤結果の患者の氏名が処方箋と異なります。",
                                         "The name in the result is not that of the prescription."};
inline constexpr Rule kRuleParts = {
    "RX-551", kError, "分割調剤の調剤済み数量の合計が、処方された数量を超えています。",
    "The parts of the divided dispensing exceed what was prescribed."};
inline constexpr Rule kRuleSameContent = {
    "RX-552", kWarning,
    "同じ内容の処方箋がこの患者に登録済みです。二重に登録していないかお確かめください。",
    "A prescription of the same content is registered for this patient: is it meant twice?"};
inline constexpr Rule kRuleKnown = {
    "RX-048", kWarning,
    "被保険者を確認できないため、患者の生年月日・性別・氏名を照合していません。",
    "The insured person is not known here: birth date, sex and name were not compared."};
inline constexpr Rule kRuleSignerName = {
    "RX-051", kWarning, "記載された医師・薬剤師の氏名が、署名者の証明書の氏名と異なります。",
    "The doctor or pharmacist who is named is not the signer by the name in the certificate."};
inline constexpr Rule kRuleDental = {
    "RX-199", kWarning, "歯科の医療機関（点数表 3）の処方箋に、歯科医師以外が署名しています。",
    "The prescription of a dental institution (fee table 3) is signed by a doctor who is no "
    "dentist."};
inline constexpr Rule kRuleNotValid = {
    "RX-052", kWarning,
    "交付年月日に有効な資格ではありません（資格喪失後か取得前）。保険証をお確かめください。",
    "The qualification is not valid on the issue day: look at the card."};
inline constexpr Rule kRuleNobody = {
    "RX-053", kError,
    "この保険者に、この記号・番号・枝番の被保険者はいません。番号をお確かめください。"
    "正しいと確認できた場合は、確認済み（insured_confirmed）として登録してください。",
    "Nobody at this insurer has this number. Check it; if it is right, register it as confirmed "
    "(insured_confirmed)."};

// Adds a finding at that field; empty for the whole document.
inline void Report(const Rule& rule, absl::string_view field, national::Findings& findings) {
  national::Add(rule, 0, field, findings);
}

}  // namespace tsunagu::prescription

#endif  // SERVICES_PRESCRIPTION_SUBMISSION_RULES_H_
