#include "tools/cli/audit_text.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/cli/table.h"
#include "tools/cli/words.h"

namespace tsunagu::cli {
namespace {

using google::protobuf::util::MessageDifferencer;

struct ActionText {
  absl::string_view action;
  const char* words;
};

constexpr ActionText kActions[] = {
    {"audit.history.disclose", "アクセス履歴の開示 access history disclosed"},
    {"audit.history.read", "アクセス履歴の閲覧 access history read"},
    {"eligibility.check", "資格確認 eligibility checked"},
    {"eligibility.check_in", "受付（資格確認と同意） checked in"},
    {"eligibility.insured.load", "資格情報の登録 registered by the insurer"},
    {"emergency.summary.read", "救急用サマリーの閲覧 emergency summary read"},
    {"ltc.package.acknowledge", "ケアプランデータの受領通知 care-plan data acknowledged"},
    {"ltc.package.fetch", "ケアプランデータの取得 care-plan data fetched"},
    {"ltc.package.send", "ケアプランデータの送信 care-plan data sent"},
    {"medication.history.read", "薬剤情報の閲覧 medication history read"},
    {"medication.receipts.submit", "レセプトの登録 receipts submitted"},
    {"prescription.accept", "処方箋の受付 prescription accepted"},
    {"prescription.accept.listed", "一覧からの受付 prescription accepted from the list"},
    {"prescription.cancel", "処方箋の取消 prescription cancelled"},
    {"prescription.cancel.undo", "処方箋の取消の取消 cancellation undone"},
    {"prescription.change", "処方箋の変更 prescription changed"},
    {"prescription.change.undo", "処方箋の変更の取消 change undone"},
    {"prescription.collect", "処方箋の回収 prescription collected"},
    {"prescription.collect.undo", "回収の取消 collection undone"},
    {"prescription.command.read", "操作結果の照会 outcome of a command read"},
    {"prescription.copy.read", "処方箋の控えの取得 copy for the patient fetched"},
    {"prescription.dispense", "調剤結果の登録 dispensing registered"},
    {"prescription.dispense.together",
     "複数処方箋の調剤結果の登録 dispensing of several prescriptions registered"},
    {"prescription.duplication.acceptance",
     "重複投薬等チェック（受付時） duplication checked at acceptance"},
    {"prescription.duplication.draft",
     "重複投薬等チェック（処方時） duplication checked of a draft"},
    {"prescription.duplication.prepare", "重複投薬等チェックの準備 duplication check prepared"},
    {"prescription.duplication.result",
     "重複投薬等チェック（調剤時） duplication checked of a dispensing"},
    {"prescription.dispensed.list", "調剤済み処方箋の一覧 dispensed prescriptions listed"},
    {"prescription.erasure.read", "処方箋の保存・消去の照会 retention of documents read"},
    {"prescription.given.cancel", "院内・紙の投薬記録の取消 record of given drugs cancelled"},
    {"prescription.given.change", "院内・紙の投薬記録の変更 record of given drugs changed"},
    {"prescription.given.read", "院内・紙の投薬記録の閲覧 record of given drugs read"},
    {"prescription.given.search",
     "処方箋によらない投薬の検索 drugs without a prescription searched"},
    {"prescription.given.register", "院内・紙の投薬記録の登録 given drugs registered"},
    {"prescription.issued.list", "発行した処方箋の一覧 issued prescriptions listed"},
    {"prescription.open.list", "未調剤の処方箋の一覧 open prescriptions listed"},
    {"prescription.register", "処方箋の登録 prescription registered"},
    {"prescription.release", "処方箋の受付取消 acceptance given back"},
    {"prescription.result.cancel", "調剤結果の取消 dispensing cancelled"},
    {"prescription.result.change", "調剤結果の変更 dispensing corrected"},
    {"prescription.result.read", "調剤結果の閲覧 dispensing result read"},
    {"prescription.status.read", "処方箋の状態の照会 prescription status read"},
    {"prescription.watch", "処方箋の変化の通知 prescription followed"},
};

// Its number, and its name where enrolment told one.
std::string Where(const audit::v1::Record& record) {
  if (record.facility_name().empty()) return record.facility();
  return absl::StrCat(record.facility(), " ", record.facility_name());
}

std::string Who(const audit::v1::Record& record) {
  const std::string roles = Roles(record.roles());
  return roles.empty() ? record.local_user() : roles;
}

// Whether both are of one call, which leaves a record for each identity of the person. No id says
// so, but no two calls have all of this in common.
bool AreOfOneCall(audit::v1::Record a, audit::v1::Record b) {
  if (a.outcome() != b.outcome() && a.outcome() != audit::v1::OUTCOME_NOTHING &&
      b.outcome() != audit::v1::OUTCOME_NOTHING) {
    return false;
  }
  for (audit::v1::Record* record : {&a, &b}) {
    record->clear_id();
    record->clear_subject();
    record->clear_outcome();
    record->clear_items();
  }
  return MessageDifferencer::Equals(a, b);
}

void Merge(const audit::v1::Record& from, audit::v1::Record& into) {
  if (into.outcome() == audit::v1::OUTCOME_NOTHING) into.set_outcome(from.outcome());
  for (const std::string& item : from.items()) {
    if (std::ranges::find(into.items(), item) == into.items().end()) into.add_items(item);
  }
}

// AU-018. Records of one call have one time, so they stand together.
std::vector<audit::v1::Record> Calls(const AuditRecords& records) {
  std::vector<audit::v1::Record> calls;
  for (const auto& record : records) {
    auto call = calls.rbegin();
    while (call != calls.rend() && MessageDifferencer::Equals(call->time(), record.time()) &&
           !AreOfOneCall(*call, record)) {
      ++call;
    }
    if (call != calls.rend() && AreOfOneCall(*call, record)) {
      Merge(record, *call);
    } else {
      calls.push_back(record);
    }
  }
  return calls;
}

}  // namespace

std::string ActionWord(absl::string_view action) {
  const auto* found = std::ranges::find_if(
      kActions, [action](const ActionText& text) { return text.action == action; });
  return found == std::end(kActions) ? std::string(action) : found->words;
}

std::string RecordsText(const AuditRecords& records, const std::string& next_page) {
  std::vector<Row> rows;
  for (const auto& record : Calls(records)) {
    rows.push_back({Time(record.time()), ActionWord(record.action()), Word(record.outcome()),
                    Word(record.purpose()), Where(record), Word(record.facility_kind()),
                    Who(record), absl::StrJoin(record.items(), " "), record.reason()});
  }
  std::string text =
      FormatTable({"時刻 time", "行為 action", "結果 outcome", "目的 purpose", "機関 facility",
                   "種別 kind", "資格 role", "対象 items", "理由 reason"},
                  rows);
  if (!next_page.empty()) absl::StrAppend(&text, "続き more: --page ", next_page, "\n");
  return text;
}

std::string DisclosureText(const AuditRecords& records, const std::string& next_page) {
  const char* none =
      records.empty() ? "この番号へのアクセスの記録はありません (no access is recorded)。" : "";
  return absl::StrCat(RecordsText(records, next_page), none,
                      "アクセスの記録だけを示します。この番号の人がいるかどうかは分かりません "
                      "(records of access only: they do not tell whether anybody has this "
                      "number)\n");
}

}  // namespace tsunagu::cli
