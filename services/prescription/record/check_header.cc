#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/platform/national/insured.h"
#include "services/platform/national/jst.h"
#include "services/prescription/record/check_content.h"

namespace tsunagu::prescription::record {
namespace {

constexpr int kMaxParts = 3;
constexpr int kMinUses = 2;
constexpr int kMaxUses = 3;
constexpr int kMaxDaysToUse = 366;
constexpr int kPrefectures = 47;
constexpr int kWholePercent = 100;
constexpr size_t kFacilityCodeDigits = 7;

std::optional<absl::CivilDay> DayOf(const Record* record, absl::string_view field) {
  return record == nullptr ? std::nullopt : national::ParseDay(record->Get(field));
}

void CheckFacility(const Record* record, Report& report) {
  if (record == nullptr || record->spoiled) return;
  const absl::string_view prefecture = record->Get("prefecture");
  const int number = record->GetInt("prefecture").value_or(0);
  if (!prefecture.empty() && (prefecture.size() != 2 || number < 1 || number > kPrefectures)) {
    report.Add(Rule::kPrefecture, record->line, "1.prefecture");
  }
  const absl::string_view code = record->Get("code");
  const bool digits =
      std::all_of(code.begin(), code.end(), [](char c) { return absl::ascii_isdigit(c); });
  if (!code.empty() && (code.size() != kFacilityCodeDigits || !digits)) {
    report.Add(Rule::kIssuerCode, record->line, "1.code");
  }
}

void CheckDays(const Structure& structure, Report& report) {
  const std::optional<absl::CivilDay> day = FileDay(structure);
  if (!day.has_value()) return;
  const Record* use_by = FindRecord(structure.file, 52);
  const std::optional<absl::CivilDay> last = DayOf(use_by, "day");
  if (last.has_value() && *last < *day) report.Add(Rule::kUseBy, use_by->line, "52.day");
  if (last.has_value() && *last > *day + kMaxDaysToUse) {
    report.Add(Rule::kUseByTooLate, use_by->line, "52.day");
  }
  const Record* birth = FindRecord(structure.file, 13);
  const std::optional<absl::CivilDay> born = DayOf(birth, "birth");
  if (born.has_value() && *born > *day) report.Add(Rule::kBornLater, birth->line, "13.birth");
}

void CheckDigitOf(const Record* record, absl::string_view field, Report& report) {
  if (record == nullptr) return;
  const std::string number(record->Get(field));
  if (number.empty() || national::CheckDigitHolds(number)) return;
  report.Add(Rule::kCheckDigit, record->line, absl::StrCat(record->number(), ".", field));
}

void CheckIdentity(const RecordFile& file, const Structure& structure, Report& report) {
  if (file.format == Format::kJahis) return;  // it identifies nobody here: it is not registered
  for (const int payer : {27, 28, 29}) {
    CheckDigitOf(FindRecord(structure.file, payer), "payer", report);
  }
  const Record* insurer = FindRecord(structure.file, 22);
  const Record* insured = FindRecord(structure.file, 23);
  CheckDigitOf(insurer, "insurer", report);
  if (insurer == nullptr || insured == nullptr) return;
  if (insured->spoiled || insurer->spoiled) return;
  const Record* payer = FindRecord(structure.file, 27);
  const bool by_insurer = !insurer->Get("insurer").empty() && !insured->Get("number").empty();
  const bool by_payer = insurer->Get("insurer").empty() && payer != nullptr &&
                        (payer->spoiled || !payer->Get("beneficiary").empty());
  if (!by_insurer && !by_payer) report.Add(Rule::kIdentity, insured->line, "23.number");
}

// What an electronic prescription is not written for.
void CheckInsuranceKind(const RecordFile& file, const Structure& structure, Report& report) {
  constexpr int kWorkersAccident = 3, kTraffic = 4, kSelfPay = 6;
  const Record* record = FindRecord(structure.file, 21);
  if (file.format != Format::kSj1 || record == nullptr) return;
  const int kind = record->GetInt("kind").value_or(0);
  if (kind == kWorkersAccident || kind == kTraffic || kind == kSelfPay) {
    report.Add(Rule::kExcludedPayer, record->line, "21.kind");
  }
}

void CheckRates(const Structure& structure, Report& report) {
  const Record* rates = FindRecord(structure.file, 24);
  if (rates == nullptr) return;
  bool sound = true;
  int sum = 0;
  for (const absl::string_view field : {"patient_percent", "insurer_percent"}) {
    const std::optional<int> percent = rates->GetInt(field);
    sound &= percent.has_value() && *percent <= kWholePercent;
    sum += percent.value_or(0);
    if (percent.value_or(0) > kWholePercent) {
      report.Add(Rule::kPercent, rates->line, absl::StrCat("24.", field));
    }
  }
  if (sound && sum != kWholePercent) report.Add(Rule::kPercentSum, rates->line, "24");
}

void CheckSplitAndRefill(const Structure& structure, Report& report) {
  const Record* split = FindRecord(structure.file, 63);
  const Record* refill = FindRecord(structure.file, 64);
  if (split != nullptr) {
    const std::optional<int> total = split->GetInt("total");
    const std::optional<int> index = split->GetInt("index");
    if (total && index && (*index < 1 || *index > *total || *total > kMaxParts)) {
      report.Add(Rule::kSplitRange, split->line, "63.index");
    }
  }
  if (refill == nullptr) return;
  const std::optional<int> uses = refill->GetInt("total");
  if (uses && (*uses < kMinUses || *uses > kMaxUses)) {
    report.Add(Rule::kRefillRange, refill->line, "64.total");
  }
  if (split != nullptr) report.Add(Rule::kRefillAndSplit, refill->line, "64");
}

void CheckRefillUse(const Structure& structure, Report& report) {
  const Record* use = FindRecord(structure.file, 521);
  if (use == nullptr || use->spoiled) return;
  constexpr int kGoesOn = 2;
  if (use->GetInt("end") == kGoesOn && use->Get("next_day").empty()) {
    report.Add(Rule::kNextDay, use->line, "521.next_day");
  }
}

}  // namespace

std::optional<absl::CivilDay> FileDay(const Structure& structure) {
  return DayOf(FindRecord(structure.file, 51), "day");
}

void CheckHeader(const RecordFile& file, const Structure& structure, Report& report) {
  CheckFacility(FindRecord(structure.file, 1), report);
  CheckIdentity(file, structure, report);
  CheckInsuranceKind(file, structure, report);
  CheckRates(structure, report);
  CheckDays(structure, report);
  CheckSplitAndRefill(structure, report);
  CheckRefillUse(structure, report);
}

}  // namespace tsunagu::prescription::record
