#include "tools/cli/words.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "services/platform/national/jst.h"
#include "tools/cli/drug_text.h"

namespace tsunagu::cli {
std::string IdentityText(const common::v1::InsuredIdentity& identity) {
  std::string text = identity.insurer();
  if (!identity.symbol().empty()) absl::StrAppend(&text, " / ", identity.symbol());
  absl::StrAppend(&text, " / ", identity.number());
  if (!identity.branch().empty()) absl::StrAppend(&text, " / ", identity.branch());
  return text;
}

std::string Word(eligibility::v1::Validity validity) {
  switch (validity) {
    case eligibility::v1::VALIDITY_VALID:
      return "有効 (valid)";
    case eligibility::v1::VALIDITY_INVALID:
      return "無効 (invalid)";
    case eligibility::v1::VALIDITY_INVALID_NEWER_EXISTS:
      return "無効・新しい資格あり (invalid, a newer one exists)";
    case eligibility::v1::VALIDITY_NONE:
      return "該当資格なし (none found; this does not mean that the person is not insured)";
    case eligibility::v1::VALIDITY_SEVERAL:
      return "複数該当 (several match: ask for the branch number)";
    default:
      return "不明 (unknown)";
  }
}

std::string Word(prescription::v1::Status status) {
  switch (status) {
    case prescription::v1::STATUS_REGISTERED:
      return "薬局未受付 (registered)";
    case prescription::v1::STATUS_IN_DISPENSING:
      return "調剤中 (in dispensing)";
    case prescription::v1::STATUS_DISPENSED:
      return "調剤済み (dispensed)";
    case prescription::v1::STATUS_CANCELLED:
      return "取消 (cancelled)";
    case prescription::v1::STATUS_COLLECTED:
      return "回収 (collected)";
    case prescription::v1::STATUS_EXPIRED:
      return "期限切れ (expired)";
    default:
      return "不明 (unknown)";
  }
}

std::string Word(prescription::v1::IssueType type) {
  switch (type) {
    case prescription::v1::ISSUE_TYPE_ELECTRONIC:
      return "電子 (electronic)";
    case prescription::v1::ISSUE_TYPE_PAPER:
      return "紙 (paper)";
    default:
      return "不明 (unknown)";
  }
}

std::string Word(medication::v1::Source source) {
  switch (source) {
    case medication::v1::SOURCE_RECEIPT:
      return "レセプト from receipt";
    case medication::v1::SOURCE_DISPENSING:
      return "調剤済み dispensed";
    case medication::v1::SOURCE_PRESCRIPTION:
      return "処方・未調剤 prescribed, not yet dispensed";
    default:
      return "不明 unknown";
  }
}

std::string Word(audit::v1::Outcome outcome) {
  switch (outcome) {
    case audit::v1::OUTCOME_DISCLOSED:
      return "閲覧 disclosed";
    case audit::v1::OUTCOME_CHANGED:
      return "変更 changed";
    case audit::v1::OUTCOME_NOTHING:
      return "該当なし nothing";
    case audit::v1::OUTCOME_REPEATED:
      return "再送・変更なし repeat, nothing changed";
    case audit::v1::OUTCOME_REFUSED:
      return "拒否 refused";
    default:
      return "不明 unknown";
  }
}

std::string Word(access::v1::Scope scope) {
  switch (scope) {
    case access::v1::SCOPE_MEDICATION:
      return "薬剤情報 (medication)";
    case access::v1::SCOPE_TREATMENT:
      return "診療情報 (treatment)";
    case access::v1::SCOPE_CHECKUP:
      return "健診情報 (checkup)";
    case access::v1::SCOPE_PRESCRIPTION:
      return "処方・調剤情報 (prescription)";
    case access::v1::SCOPE_EMERGENCY:
      return "救急用サマリー (emergency)";
    case access::v1::SCOPE_ACCESS_HISTORY:
      return "閲覧履歴 (history)";
    default:
      return "不明 (unknown)";
  }
}

std::string Word(emergency::v1::FeedState state) {
  switch (state) {
    case emergency::v1::FEED_STATE_CURRENT:
      return "記録あり (current)";
    case emergency::v1::FEED_STATE_NONE:
      return "記録なし (none: all that has come was read)";
    case emergency::v1::FEED_STATE_BEHIND:
      return "取込み遅延・最新分が欠ける可能性 (behind: the newest may be missing)";
    case emergency::v1::FEED_STATE_UNREADABLE:
      return "読取り不能・「なし」ではない (unreadable: not \"nothing\")";
    default:
      return "不明 (unknown)";
  }
}

std::string SexWord(absl::string_view code) {
  if (code == "1") return "男 (male)";
  if (code == "2") return "女 (female)";
  return "不明 (unknown)";
}

std::string Word(access::v1::Role role) {
  switch (role) {
    case access::v1::ROLE_MEDICAL_DOCTOR:
      return "医師 doctor";
    case access::v1::ROLE_DENTIST:
      return "歯科医師 dentist";
    case access::v1::ROLE_PHARMACIST:
      return "薬剤師 pharmacist";
    case access::v1::ROLE_GENERAL_NURSE:
      return "看護師 nurse";
    case access::v1::ROLE_PUBLIC_HEALTH_NURSE:
      return "保健師 public health nurse";
    case access::v1::ROLE_CERTIFIED_SOCIAL_WORKER:
      return "社会福祉士 social worker";
    case access::v1::ROLE_CERTIFIED_CARE_WORKER:
      return "介護福祉士 care worker";
    case access::v1::ROLE_EMERGENCY_MEDICAL_TECHNICIAN:
      return "救急救命士 paramedic";
    case access::v1::ROLE_PSYCHIATRIC_SOCIAL_WORKER:
      return "精神保健福祉士 psychiatric social worker";
    default:
      return "不明 unknown";
  }
}

std::string Word(access::v1::FacilityKind kind) {
  switch (kind) {
    case access::v1::FACILITY_KIND_HOSPITAL:
      return "病院 hospital";
    case access::v1::FACILITY_KIND_EMERGENCY_HOSPITAL:
      return "救急病院 emergency hospital";
    case access::v1::FACILITY_KIND_CLINIC:
      return "診療所 clinic";
    case access::v1::FACILITY_KIND_DENTAL_CLINIC:
      return "歯科診療所 dental clinic";
    case access::v1::FACILITY_KIND_PHARMACY:
      return "薬局 pharmacy";
    case access::v1::FACILITY_KIND_FIRE_DEPARTMENT:
      return "消防本部 fire department";
    case access::v1::FACILITY_KIND_CARE_PLAN_OFFICE:
      return "居宅介護支援事業所 care-plan office";
    case access::v1::FACILITY_KIND_CARE_SERVICE_OFFICE:
      return "介護サービス事業所 care-service office";
    case access::v1::FACILITY_KIND_INSURER:
      return "保険者 insurer";
    case access::v1::FACILITY_KIND_PAYER:
      return "審査支払機関 payer";
    default:
      return "不明 unknown";
  }
}

std::string Word(access::v1::Purpose purpose) {
  switch (purpose) {
    case access::v1::PURPOSE_TREATMENT:
      return "診療 treatment";
    case access::v1::PURPOSE_EMERGENCY:
      return "救急 emergency";
    case access::v1::PURPOSE_CARE:
      return "介護 care";
    case access::v1::PURPOSE_ADMINISTRATION:
      return "事務 administration";
    default:
      return "不明 unknown";
  }
}

std::string Roles(const google::protobuf::RepeatedField<int>& roles) {
  return absl::StrJoin(roles, ", ", [](std::string* out, int role) {
    absl::StrAppend(out, Word(static_cast<access::v1::Role>(role)));
  });
}

std::string Day(absl::string_view yyyymmdd) {
  if (yyyymmdd.size() != 8) return std::string(yyyymmdd);
  return absl::StrCat(yyyymmdd.substr(0, 4), "-", yyyymmdd.substr(4, 2), "-", yyyymmdd.substr(6));
}

std::string Month(absl::string_view yyyymm) {
  if (yyyymm.size() != 6) return std::string(yyyymm);
  return absl::StrCat(yyyymm.substr(0, 4), "-", yyyymm.substr(4));
}

std::string Time(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0) return "";
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(time.seconds()),
                          national::Jst());
}

std::string FindingsTable(const google::protobuf::RepeatedPtrField<common::v1::Finding>& findings) {
  if (findings.empty()) return "";
  std::vector<Row> rows;
  for (const auto& finding : findings) {
    rows.push_back({finding.severity() == common::v1::SEVERITY_WARNING ? "警告" : "エラー",
                    finding.rule(), absl::StrCat(finding.record()), finding.field(),
                    absl::StrCat(finding.text_ja(), " ", finding.text_en())});
  }
  return FormatTable({"", "規則 rule", "行 line", "項目 field", "内容 text"}, rows);
}

std::string WarningNotice(const google::protobuf::RepeatedPtrField<common::v1::Finding>& warnings) {
  if (warnings.empty()) return "";
  std::string text = absl::StrCat("【警告】", warnings.size(),
                                  " 件あります。必ずお確かめください (warnings: look at each)\n");
  for (const auto& warning : warnings) {
    absl::StrAppend(&text, "  ! ", Printable(warning.text_ja()), "\n    ",
                    Printable(warning.text_en()), " (", Printable(warning.rule()), ", 項目 field ",
                    Printable(warning.field()), ")\n");
  }
  return text;
}

std::string DispensingsTable(
    const google::protobuf::RepeatedPtrField<medication::v1::Dispensing>& dispensings) {
  std::vector<Row> rows;
  for (const auto& dispensing : dispensings) {
    const bool here = dispensing.in_house();
    const std::string& issuer = here ? dispensing.facility() : dispensing.prescriber();
    const std::string pharmacy = here ? "院内 in house" : dispensing.facility();
    for (const auto& drug : dispensing.drugs()) {
      rows.push_back({Word(dispensing.source()), Day(dispensing.prescribed_on()), issuer,
                      Day(dispensing.dispensed_on()), pharmacy, DrugName(drug), Amount(drug),
                      Quantity(drug), Usage(drug), dispensing.prescription_id()});
    }
  }
  return FormatTable({"状態 state", "処方日 prescribed", "医療機関 institution", "調剤日 dispensed",
                      "薬局 pharmacy", "薬品 drug", "用量 amount", "数量 quantity", "用法 usage",
                      "処方箋ID prescription"},
                     rows);
}

std::vector<Row> QualificationPairs(const eligibility::v1::Qualification& q) {
  return {{"氏名 name", q.name()},
          {"カナ kana", q.name_kana()},
          {"生年月日 birth", Day(q.birth_date())},
          {"被保険者 identity", IdentityText(q.identity())},
          {"保険者名 insurer", q.insurer_name()},
          {"有効期間 valid", absl::StrCat(Day(q.valid_from()), " - ", Day(q.valid_to()))},
          {"負担割合 copay", q.copay_percent().empty() ? "" : q.copay_percent() + " %"}};
}

}  // namespace tsunagu::cli
