#include "tools/cli/care_text.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/cli/drug_text.h"
#include "tools/cli/table.h"
#include "tools/cli/words.h"

namespace tsunagu::cli {
namespace {

using emergency::v1::Feed;
using emergency::v1::GetSummaryResponse;
using emergency::v1::Medicine;

// Names of feeds.
constexpr char kQualifications[] = "eligibility";
constexpr char kReceipts[] = "medication";
constexpr char kPrescriptions[] = "prescription";

// Right person: whose data this is, against who is there.
constexpr char kCompare[] =
    "目の前の本人と照合してください (compare with the person who is there)\n";
constexpr char kWhoIsNotKnown[] =
    "！誰の記録か確かめられません：氏名の登録がここに届いていません (cannot tell whose record this "
    "is: the registration has not arrived here)\n";

std::string FeedWord(const std::string& name) {
  if (name == kQualifications) return "資格 eligibility";
  if (name == kReceipts) return "レセプト receipts";
  if (name == kPrescriptions) return "電子処方箋 e-prescriptions";
  return name;
}

// What a feed never holds, or holds late (CL-062).
std::string FeedNote(const std::string& name) {
  if (name == kReceipts) return "診療の翌月11日以降に到着 (come from the 11th of the next month)";
  if (name == kPrescriptions) {
    return "紙の処方箋・院内投薬は施設が登録した分だけ (of paper and of what was given in house "
           "only "
           "what was registered)";
  }
  return "";
}

// Whether the feed can be relied on for what it does not say.
bool IsWhole(const Feed& feed) {
  return feed.state() == emergency::v1::FEED_STATE_CURRENT ||
         feed.state() == emergency::v1::FEED_STATE_NONE;
}

std::string FeedsText(const GetSummaryResponse& response) {
  std::vector<Row> rows;
  for (const Feed& feed : response.feeds()) {
    const bool receipts = feed.name() == kReceipts;
    rows.push_back({FeedWord(feed.name()), Word(feed.state()),
                    receipts ? Month(feed.newest()) : Day(feed.newest()), FeedNote(feed.name())});
  }
  return absl::StrCat(
      "\n情報源 sources\n",
      FormatTable({"", "状態 state", "最新 newest of this person", "注 note"}, rows));
}

// What may be concluded from what is not shown.
std::string ConclusionText(const GetSummaryResponse& response) {
  std::vector<std::string> doubtful;
  for (const char* name : {kQualifications, kReceipts, kPrescriptions}) {
    const auto feed = std::find_if(response.feeds().begin(), response.feeds().end(),
                                   [name](const Feed& one) { return one.name() == name; });
    // A service that does not tell of a source has not vouched for it.
    if (feed == response.feeds().end() || !IsWhole(*feed)) doubtful.push_back(FeedWord(name));
  }
  if (!doubtful.empty()) {
    return absl::StrCat("！「なし」とは判断できません (cannot tell: more may exist): ",
                        absl::StrJoin(doubtful, ", "), "\n");
  }
  if (!response.medicines().empty() || !response.undispensed().empty()) return "";
  return "薬剤の記録なし：情報源はすべて読めました (none recorded; every source was read)\n";
}

std::string WindowText(const GetSummaryResponse& response) {
  std::vector<std::string> windows;
  for (const Feed& feed : response.feeds()) {
    if (feed.since().empty()) continue;
    const bool receipts = feed.name() == kReceipts;
    windows.push_back(absl::StrCat(FeedWord(feed.name()), " ",
                                   receipts ? "過去3か月 3 months" : "過去45日 45 days", " (",
                                   Day(feed.since()), " から since)"));
  }
  return absl::StrJoin(windows, ", ");
}

// The cells of the lines of the last day, one after the other.
std::string Cells(const Medicine& medicine, std::string (*cell)(const common::v1::Drug&)) {
  return absl::StrJoin(medicine.latest(), " / ", [cell](std::string* out, const auto& drug) {
    absl::StrAppend(out, cell(drug));
  });
}

std::string MedicinesTable(const GetSummaryResponse& response) {
  if (response.medicines().empty() && !response.undispensed().empty()) {
    return "調剤された薬剤は見あたりません：下の処方を参照 (none found dispensed; see what is "
           "prescribed below)\n";
  }
  std::vector<Row> rows;
  for (const Medicine& medicine : response.medicines()) {
    const bool nameless = medicine.name().empty() && medicine.latest_size() > 0;
    rows.push_back({nameless ? DrugName(medicine.latest(0)) : medicine.name(),
                    medicine.generic_name(), Day(medicine.dispensed_on()), Cells(medicine, Amount),
                    Cells(medicine, Quantity), Cells(medicine, Usage),
                    absl::StrCat(medicine.times(), " 回"),
                    absl::StrJoin(medicine.facilities(), " ")});
  }
  return FormatTable({"薬品 drug", "一般名 generic", "最終 last", "用量 amount", "数量 quantity",
                      "用法 usage", "回数 times", "機関 facility"},
                     rows);
}

// EM-024. What was prescribed and is not known to be dispensed; empty when there is none.
std::string UndispensedText(const GetSummaryResponse& response) {
  std::vector<Row> rows;
  for (const auto& prescribed : response.undispensed()) {
    const auto add = [&](std::string name, const common::v1::Drug& drug) {
      rows.push_back({std::move(name), Day(prescribed.prescribed_on()), Amount(drug),
                      Quantity(drug), Usage(drug), prescribed.prescriber(),
                      prescribed.prescription_id()});
    };
    for (const auto& drug : prescribed.drugs()) add(DrugName(drug), drug);
    if (prescribed.drugs().empty()) add("薬品不明 drugs not known here", {});
  }
  if (rows.empty()) return "";
  return absl::StrCat(
      "\n", Word(medication::v1::SOURCE_PRESCRIPTION),
      ": 調剤の記録なし、期限切れのこともある (not known to be dispensed; may be expired)\n",
      FormatTable({"薬品 drug", "処方日 prescribed", "用量 amount", "数量 quantity", "用法 usage",
                   "医療機関 institution", "処方箋ID prescription"},
                  rows));
}

std::string VisitsText(const GetSummaryResponse& response) {
  std::vector<Row> visits;
  for (const auto& visit : response.visits()) {
    visits.push_back({Day(visit.date()), visit.facility()});
  }
  return absl::StrCat("\n受診歴 visits: 過去3か月 3 months (", Day(response.visits_since()),
                      " から since)\n", FormatTable({"日 day", "機関 facility"}, visits));
}

// Of a summary, what follows the person.
std::string BodyText(const GetSummaryResponse& response) {
  return absl::StrCat(FeedsText(response), ConclusionText(response),
                      "\n薬剤 medication: ", WindowText(response), "\n", MedicinesTable(response),
                      UndispensedText(response), VisitsText(response));
}

// The identity that was asked for, where it is not the person's present one.
std::string AskedForText(const GetSummaryResponse& response) {
  const std::string asked_for = IdentityText(response.asked_for());
  if (!response.has_asked_for() || asked_for == IdentityText(response.person().identity())) {
    return "";
  }
  return FormatPairs({{"照会した被保険者 asked for", asked_for}});
}

std::string PersonText(const medication::v1::GetHistoryResponse& response) {
  if (!response.has_person()) return kWhoIsNotKnown;
  const auto& person = response.person();
  return absl::StrCat(FormatPairs({{"氏名 name", person.name()},
                                   {"カナ kana", person.name_kana()},
                                   {"生年月日 birth", Day(person.birth_date())},
                                   {"性別 sex", SexWord(person.sex())},
                                   {"被保険者 identity", IdentityText(person.identity())}}),
                      kCompare);
}

}  // namespace

std::string CheckText(const eligibility::v1::CheckResponse& response) {
  std::vector<Row> pairs = {{"資格 validity", Word(response.validity())},
                            {"基準日 on", Day(response.date())}};
  if (!response.as_known_on().empty()) {
    pairs.push_back(
        {"注意 note", absl::StrCat("基準日は未来です。", Day(response.as_known_on()),
                                   " に分かっている内容で答えています (as known on that "
                                   "day; it may change)")});
  }
  for (Row& pair : QualificationPairs(response.qualification())) {
    if (response.has_qualification()) pairs.push_back(std::move(pair));
  }
  return FormatPairs(pairs);
}

std::string ConsentText(const eligibility::v1::CheckInResponse& response, const std::string& file) {
  std::vector<std::string> scopes;
  for (const int scope : response.granted()) {
    scopes.push_back(Word(static_cast<access::v1::Scope>(scope)));
  }
  return FormatPairs({{"同意 consent to", absl::StrJoin(scopes, ", ")},
                      {"有効期限 until", Time(response.expires_at())},
                      {"保存先 care context", file}});
}

std::string HistoryText(const medication::v1::GetHistoryRequest& request,
                        const medication::v1::GetHistoryResponse& response) {
  std::string text =
      absl::StrCat(PersonText(response), "期間 period: ", Month(response.from_month()), " から ",
                   Month(response.to_month()), " まで\n");
  if (request.to_month() > response.to_month()) {
    absl::StrAppend(&text, Month(response.to_month()), " より後から ", Month(request.to_month()),
                    " まで: 期間がまだ来ていません (in the future)\n");
  }
  return text + DispensingsTable(response.dispensings());
}

std::string SummaryText(const GetSummaryResponse& response) {
  const auto& person = response.person();
  if (!response.has_person()) {
    return absl::StrCat(kWhoIsNotKnown, AskedForText(response), BodyText(response));
  }
  std::vector<Row> pairs = {{"性別 sex", SexWord(person.sex())}};
  if (!person.birth_date().empty()) {
    pairs.insert(pairs.begin(), {"年齢 age", absl::StrCat(response.age(), " 歳")});
  }
  for (Row& pair : QualificationPairs(person)) pairs.push_back(std::move(pair));
  return absl::StrCat(FormatPairs(pairs), AskedForText(response), kCompare, BodyText(response));
}

}  // namespace tsunagu::cli
