#include "tools/cli/duplication_text.h"

#include "absl/strings/str_cat.h"
#include "services/platform/status/error.h"
#include "tools/cli/drug_text.h"
#include "tools/cli/table.h"
#include "tools/cli/words.h"

namespace tsunagu::cli {
namespace {

using prescription::v1::AcceptedAlert;
using prescription::v1::AlertGroup;
using prescription::v1::CheckReport;
using prescription::v1::PastDrug;

constexpr char kMasked[] = "非表示 masked";

// CL-052: what an earlier card would tell is not there.
constexpr char kOneIdentity[] =
    "【注意】この被保険者資格の記録だけを見ています。以前の保険証の分は含みません。見るには、カード"
    "と同"
    "意で check-in して --context を付けて (only the records of this insured identity were looked "
    "at, not those of earlier insurance: check in with card and consent, then --context)\n";

std::string Word(prescription::v1::AlertCategory category) {
  return category == prescription::v1::ALERT_CATEGORY_CONTRAINDICATED
             ? "【併用禁忌 CONTRAINDICATED】"
             : "【重複 DUPLICATE】";
}

// What --reason takes.
std::string KeyOf(const AlertGroup& group) {
  const bool pair = group.category() == prescription::v1::ALERT_CATEGORY_CONTRAINDICATED;
  return pair ? absl::StrCat(group.ingredient(), "/", group.other()) : group.ingredient();
}

std::string StateOf(const PastDrug& past) {
  if (past.in_house()) return "院内 in house";
  return past.dispensed() ? "調剤 dispensed" : "処方 prescribed";
}

std::string Facility(const std::string& code, const std::string& name, bool masked) {
  if (masked) return kMasked;
  return name.empty() ? code : absl::StrCat(name, " ", code);
}

Row RowOf(const PastDrug& past, bool masked) {
  return {masked ? kMasked : DrugName(past.drug()),
          masked ? "" : Amount(past.drug()),
          StateOf(past),
          Day(past.start()),
          absl::StrCat(Day(past.end()), past.estimated() ? " (14日とみなす)" : ""),
          absl::StrCat(past.overlapping_days(), "日"),
          Facility(past.issuer(), past.issuer_name(), masked),
          past.pharmacy().empty() && !masked
              ? ""
              : Facility(past.pharmacy(), past.pharmacy_name(), masked)};
}

std::string GroupText(const AlertGroup& group, bool masked) {
  std::string text =
      absl::StrCat("\n", Word(group.category()), Printable(group.ingredient_name()), " (",
                   KeyOf(group), ")\n  ", group.message_ja(), "\n  ", group.message_en(), "\n");
  if (!group.source().empty()) {
    absl::StrAppend(&text, "  出典 source: ", Printable(group.source()), "\n");
  }
  for (const auto& drug : group.drugs()) {
    absl::StrAppend(&text, "  この処方 this: ", Printable(DrugName(drug)), " ",
                    Printable(Amount(drug)), " ", Quantity(drug), "\n");
  }
  if (!group.reason().empty()) {
    absl::StrAppend(&text, "  医師の理由 reason: ", Printable(group.reason()), "\n");
  }
  std::vector<Row> rows;
  for (const PastDrug& past : group.past()) rows.push_back(RowOf(past, masked));
  absl::StrAppend(&text,
                  FormatTable({"服用中 being taken", "量 amount", "状態", "開始 from", "終了 until",
                               "重なり overlap", "医療機関 issuer", "薬局 pharmacy"},
                              rows));
  const int more = group.past_count() - group.past_size();
  if (more > 0) absl::StrAppend(&text, "  ほか ", more, " 件 (and ", more, " more)\n");
  return text;
}

std::string HeadOf(const CheckReport& report) {
  if (report.result() == prescription::v1::CHECK_RESULT_NONE) {
    return "重複投薬等チェック: 該当なし (no alert)\n";
  }
  const bool approved = report.result() == prescription::v1::CHECK_RESULT_APPROVED;
  return absl::StrCat("重複投薬等チェック: ", report.group_count(), " 成分、", report.alert_count(),
                      " 件 (", report.group_count(), " groups, ", report.alert_count(), " alerts)",
                      approved ? "、医師承認済み (approved by the prescriber)" : "", "\n");
}

// Until when what was compared is whole.
std::string AsOf(bool known, const google::protobuf::Timestamp& time) {
  return known ? Time(time) : "不明 unknown";
}

std::string FreshnessText(const prescription::v1::Freshness& freshness,
                          const std::string& look_back_from) {
  const std::string receipts =
      freshness.without_receipts()
          ? "読めないため照合していません (cannot be read now: not compared)"
          : AsOf(freshness.has_receipts(), freshness.receipts());
  return FormatPairs({{"照合した期間 compared from", Day(look_back_from)},
                      {"処方・調剤の時点 prescriptions as of",
                       AsOf(freshness.has_prescriptions(), freshness.prescriptions())},
                      {"院内投薬（レセプト）の時点 in-house as of", receipts}});
}

// RX-560
std::string PairsText(const CheckReport& report) {
  if (!report.has_pairs_table()) return "";
  const auto& table = report.pairs_table();
  std::string text =
      FormatPairs({{"併用禁忌の表 pairs table",
                    absl::StrCat(table.pairs(), " 組 pairs、時点 as of ",
                                 table.as_of().empty() ? "不明 unknown" : Day(table.as_of()))}});
  if (table.example()) {
    absl::StrAppend(
        &text,
        "【注意】併用禁忌の表は見本です。ほかの併用禁忌は確認していません (the table of "
        "contraindicated pairs is an example: others were not looked for)\n");
  }
  return text;
}

// What was not compared, so that no alert is not taken for safe.
std::string LimitsText(const CheckReport& report) {
  std::string text = PairsText(report);
  if (report.without_pairs()) {
    absl::StrAppend(&text,
                    "【注意】併用禁忌の表がないため、併用禁忌は確認していません (no table of "
                    "contraindicated pairs: they were not looked for)\n");
  }
  for (const auto& drug : report.not_compared()) {
    absl::StrAppend(&text,
                    "【注意】照合できない薬剤 not compared: ", Printable(DrugName(drug.drug())),
                    ": ", drug.reason_ja(), " (", drug.reason_en(), ")\n");
  }
  if (report.past_not_compared() > 0) {
    absl::StrAppend(&text, "【注意】服用中の薬剤のうち ", report.past_not_compared(),
                    " 件は成分がわからず照合していません (ingredient not known: not compared)\n");
  }
  if (report.left_out() > 0) {
    absl::StrAppend(&text, "処方した医療機関自身の処方 ", report.left_out(),
                    " 件は除いています (of the prescribing facility itself, left out: "
                    "--own-facility)\n");
  }
  if (report.masked()) {
    absl::StrAppend(&text,
                    "同意がないため薬剤名と施設名は表示しません (without consent names are "
                    "masked: --context)\n",
                    kOneIdentity);
  }
  return text;
}

}  // namespace

std::string ReportText(const CheckReport& report) {
  std::string text = HeadOf(report);
  for (const AlertGroup& group : report.groups()) {
    absl::StrAppend(&text, GroupText(group, report.masked()));
  }
  absl::StrAppend(&text, report.groups().empty() ? "" : "\n", LimitsText(report),
                  FreshnessText(report.freshness(), report.look_back_from()));
  if (!report.next_page_token().empty()) {
    absl::StrAppend(&text, "続きがあります more: --page ", report.next_page_token(), "\n");
  }
  return text;
}

std::string PreparedText(const prescription::v1::PrepareResponse& response, bool with_context) {
  return absl::StrCat("服用中の薬剤 being taken: ", response.drugs(), "\n",
                      with_context ? "" : kOneIdentity,
                      FreshnessText(response.freshness(), response.look_back_from()));
}

std::string AcceptedText(const google::protobuf::RepeatedPtrField<AcceptedAlert>& alerts) {
  std::string text;
  for (const AcceptedAlert& alert : alerts) {
    absl::StrAppend(&text, Word(alert.category()), alert.ingredient(),
                    alert.other().empty() ? "" : "/", alert.other(),
                    " 医師の理由 reason: ", Printable(alert.reason()), "\n");
  }
  return text;
}

absl::Status ReadReasons(const std::vector<std::string>& reasons,
                         google::protobuf::RepeatedPtrField<AcceptedAlert>* to) {
  for (const std::string& reason : reasons) {
    const size_t end = reason.find('=');
    if (end == std::string::npos || end == 0 || end + 1 == reason.size()) {
      return ErrorBuilder(absl::StatusCode::kInvalidArgument, "OPTION_MALFORMED",
                          "a reason is KEY=text, with the key of an alert")
          .Rule("CL-023")
          .Field("--reason", "must be KEY=text");
    }
    AcceptedAlert& alert = *to->Add();
    const std::string key = reason.substr(0, end);
    const size_t slash = key.find('/');
    alert.set_category(slash == std::string::npos
                           ? prescription::v1::ALERT_CATEGORY_DUPLICATE
                           : prescription::v1::ALERT_CATEGORY_CONTRAINDICATED);
    alert.set_ingredient(key.substr(0, slash));
    if (slash != std::string::npos) alert.set_other(key.substr(slash + 1));
    alert.set_reason(reason.substr(end + 1));
  }
  return absl::OkStatus();
}

}  // namespace tsunagu::cli
