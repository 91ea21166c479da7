#include "services/prescription/duplication/pairs.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/platform/national/jst.h"
#include "services/prescription/duplication/ingredient.h"

namespace tsunagu::prescription::duplication {
namespace {

constexpr size_t kFields = 5;
constexpr absl::string_view kAsOf = "as-of,";
constexpr absl::string_view kExample = "example";
constexpr size_t kMaxSourceBytes = 600;
constexpr size_t kDayDigits = 8;
constexpr size_t kMaxFindings = 100;

constexpr national::Rule kRulePair = {
    "RX-403", national::Severity::kError,
    "併用禁忌表の行は「成分,成分,開始日,終了日,出典」で、成分は数字7桁、日付は YYYYMMDD です。",
    "A line of the pairs is ingredient,ingredient,from,until,source: seven digits, YYYYMMDD."};
constexpr national::Rule kRuleTwice = {"RX-403", national::Severity::kError,
                                       "同じ組み合わせの期間が重なっています。",
                                       "The pair stands in the table twice for the same days."};

constexpr national::Rule kRuleAsOf = {
    "RX-560", national::Severity::kError, "表の時点は「as-of,YYYYMMDD」の1行です。",
    "As of when the table is stands in one line, as-of,YYYYMMDD."};

// The whole of it must be a day; empty: `open`.
std::optional<absl::CivilDay> DayOf(absl::string_view digits, absl::CivilDay open) {
  if (digits.empty()) return open;
  if (digits.size() != kDayDigits) return std::nullopt;
  return national::ParseDay(digits);
}

std::string KeyOf(absl::string_view a, absl::string_view b) {
  return a < b ? absl::StrCat(a, b) : absl::StrCat(b, a);
}

}  // namespace

void PairTable::ReadAsOf(absl::string_view digits, int number, national::Findings& findings) {
  if (as_of_.has_value()) return national::Add(kRuleAsOf, number, "1", findings, kMaxFindings);
  if (digits.size() == kDayDigits) as_of_ = national::ParseDay(digits);
  if (!as_of_.has_value()) national::Add(kRuleAsOf, number, "2", findings, kMaxFindings);
}

void PairTable::ReadLine(absl::string_view line, int number, national::Findings& findings) {
  const auto wrong = [&](const char* field) {
    national::Add(kRulePair, number, field, findings, kMaxFindings);
  };
  if (absl::ConsumePrefix(&line, kAsOf)) return ReadAsOf(line, number, findings);
  if (line == kExample) {
    is_example_ = true;
    return;
  }
  std::vector<absl::string_view> fields = absl::StrSplit(line, ',');
  if (fields.size() != kFields) return wrong("");
  if (!IsIngredient(fields[0])) return wrong("1");
  // One with itself is a duplicate, no pair.
  if (!IsIngredient(fields[1]) || fields[1] == fields[0]) return wrong("2");
  const auto from = DayOf(fields[2], absl::CivilDay::min());
  if (!from.has_value()) return wrong("3");
  const auto until = DayOf(fields[3], absl::CivilDay::max());
  if (!until.has_value() || *until < *from) return wrong("4");
  if (fields[4].empty() || fields[4].size() > kMaxSourceBytes) return wrong("5");
  std::vector<Pair>& known = pairs_[KeyOf(fields[0], fields[1])];
  if (std::ranges::any_of(
          known, [&](const Pair& other) { return other.from <= *until && *from <= other.until; })) {
    return national::Add(kRuleTwice, number, "", findings, kMaxFindings);
  }
  known.push_back({*from, *until, std::string(fields[4])});
  ++size_;
}

national::Findings PairTable::Read(absl::string_view text) {
  national::Findings findings;
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    absl::ConsumeSuffix(&line, "\r");
    if (!line.empty() && line[0] != '#') ReadLine(line, number, findings);
  }
  return findings;
}

const Pair* PairTable::Find(absl::string_view a, absl::string_view b, absl::CivilDay day) const {
  const auto at = pairs_.find(KeyOf(a, b));
  if (at == pairs_.end()) return nullptr;
  for (const Pair& pair : at->second) {
    if (pair.from <= day && day <= pair.until) return &pair;
  }
  return nullptr;
}

absl::StatusOr<std::unique_ptr<const PairTable>> OpenPairs(const std::string& path) {
  if (path.empty()) return nullptr;
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat(path, ": cannot be read"));
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto table = std::make_unique<PairTable>();
  const national::Findings findings = table->Read(text);
  if (findings.empty()) return table;
  return absl::InvalidArgumentError(absl::StrCat(path, ":", findings[0].record, ": ",
                                                 findings[0].rule, " ", findings[0].text_en, " (",
                                                 findings.size(), " lines are wrong)"));
}

}  // namespace tsunagu::prescription::duplication
