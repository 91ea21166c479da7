#include "services/platform/drug_master/master.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/platform/drug_master/csv.h"
#include "services/platform/national/cp932.h"
#include "services/platform/national/jst.h"

namespace tsunagu::drug_master {
namespace {

using national::Finding;
using national::Findings;
using national::Severity;

// Columns of y.csv, counted from 1.
constexpr int kChange = 1, kMaster = 2, kCode = 3, kName = 5, kUnit = 10, kControl = 14,
              kGeneric = 17, kForm = 28, kSince = 30, kWithdrawn = 31, kPriceCode = 32,
              kTransition = 34, kGenericCode = 37, kGenericName = 38;
// Columns of a row until 2024-03, until 2024-08, and since 2024-09.
constexpr size_t kColumnCounts[] = {35, 40, 42};
constexpr uint32_t kNever = 99999999;
constexpr size_t kCodeDigits = 9;
constexpr size_t kMaxFindings = 1000;

// 変更区分.
constexpr absl::string_view kNone = "0", kDeleted = "1", kNew = "3", kChanged = "5",
                            kDiscontinued = "9";

bool IsCode(absl::string_view code) {
  return code.size() == kCodeDigits && code[0] == '6' &&
         std::all_of(code.begin(), code.end(), absl::ascii_isdigit);
}

uint32_t Number(absl::string_view digits) {
  uint32_t value = 0;
  return absl::SimpleAtoi(digits, &value) ? value : 0;
}

// Null for what is no 変更区分.
size_t RowCounts::*CountOf(absl::string_view change) {
  if (change == kNone) return &RowCounts::unchanged;
  if (change == kDeleted) return &RowCounts::deleted;
  if (change == kNew) return &RowCounts::added;
  if (change == kChanged) return &RowCounts::changed;
  if (change == kDiscontinued) return &RowCounts::discontinued;
  return nullptr;
}

DrugForm FormOf(absl::string_view form) {
  if (form == "1") return DrugForm::kOral;
  if (form == "3") return DrugForm::kOther;
  if (form == "4") return DrugForm::kInjection;
  if (form == "6") return DrugForm::kExternal;
  if (form == "8") return DrugForm::kDental;
  return DrugForm::kUnknown;
}

DrugControl ControlOf(absl::string_view control) {
  if (control == "1") return DrugControl::kNarcotic;
  if (control == "2") return DrugControl::kPoison;
  if (control == "3") return DrugControl::kStimulantMaterial;
  if (control == "5") return DrugControl::kPsychotropic;
  return DrugControl::kNone;
}

uint32_t DayNumber(absl::CivilDay day) {
  if (day.year() < 0 || day.year() > 9999) return day.year() < 0 ? 0 : kNever;
  return static_cast<uint32_t>(day.year() * 10000 + day.month() * 100 + day.day());
}

}  // namespace

// One row of a file.
struct DrugMaster::Row {
  const std::vector<std::string>& columns;
  int line;

  absl::string_view Get(int column) const {
    return static_cast<size_t>(column) <= columns.size() ? absl::string_view(columns[column - 1])
                                                         : absl::string_view();
  }
  void Report(const char* rule, Severity severity, int column, const char* text_ja,
              const char* text_en, Findings* findings) const {
    if (findings->size() >= kMaxFindings) return;
    findings->push_back({rule, severity, line, column == 0 ? "y" : absl::StrCat("y[", column, "]"),
                         text_ja, text_en});
  }
  // Whether the row has the shape of the master; reports where it has not.
  bool IsSound(Findings* findings) const;
  bool DatesAreSound(Findings* findings) const;
};

bool DrugMaster::Row::IsSound(Findings* findings) const {
  const size_t count = findings->size();
  if (std::find(std::begin(kColumnCounts), std::end(kColumnCounts), columns.size()) ==
      std::end(kColumnCounts)) {
    Report("MH-080", Severity::kError, 0, "列数が35・40・42のいずれでもありません",
           "the row has neither 35 nor 40 nor 42 columns", findings);
    return false;
  }
  if (Get(kMaster) != "Y") {
    Report("MH-081", Severity::kError, kMaster, "医薬品マスターの行ではありません",
           "not a row of the drug master", findings);
    return false;
  }
  if (!IsCode(Get(kCode))) {
    Report("MH-082", Severity::kError, kCode, "医薬品コードは6で始まる9桁の数字です",
           "a drug code is nine digits and begins with 6", findings);
  }
  if (CountOf(Get(kChange)) == nullptr) {
    Report("MH-083", Severity::kError, kChange, "変更区分は0・1・3・5・9のいずれかです",
           "the class of change is 0, 1, 3, 5 or 9", findings);
  }
  return DatesAreSound(findings) && findings->size() == count;
}

bool DrugMaster::Row::DatesAreSound(Findings* findings) const {
  bool sound = true;
  for (const int column : {kSince, kWithdrawn, kTransition}) {
    const absl::string_view day = Get(column);
    if (day.empty() || day == "0" || day == "99999999") continue;
    if (day.size() == 8 && national::ParseDay(day).has_value()) continue;
    Report("MH-084", Severity::kError, column, "存在しない年月日です", "no such day", findings);
    sound = false;
  }
  return sound;
}

Findings DrugMaster::Load(absl::string_view bytes) {
  Findings findings;
  const auto text = national::DecodeText(bytes);
  if (!text.ok()) {
    findings.push_back({"MH-085", Severity::kError, 0, "", "文字コードが正しくありません",
                        "the file is neither CP932 nor UTF-8"});
    return findings;
  }
  CsvReader reader(*text);
  std::vector<std::string> columns;
  while (reader.Next(&columns)) {
    const Row row = {columns, reader.line()};
    if (!row.IsSound(&findings)) continue;
    ++(rows_.*CountOf(row.Get(kChange)));
    Apply(row, &findings);
  }
  return findings;
}

bool DrugMaster::IsDifference() const {
  return rows_.unchanged == 0 &&
         rows_.deleted + rows_.added + rows_.changed + rows_.discontinued > 0;
}

void DrugMaster::Apply(const Row& row, Findings* findings) {
  const absl::string_view change = row.Get(kChange);
  const Version* known = At(row.Get(kCode), kNever);
  const bool partial = change == kChanged || change == kDeleted || change == kDiscontinued;
  if (known == nullptr && row.Get(kName).empty()) {
    row.Report("MH-086", Severity::kWarning, kCode, "知らない医薬品の変更です",
               "a change of a drug that no file before has named", findings);
    return;
  }
  Version version;
  if (known != nullptr) version = *known;
  version.code = Number(row.Get(kCode));
  Overlay(row, !partial, &version);
  // A deleted row names no last day of use: it is the day of the change.
  if (change == kDeleted && row.Get(kWithdrawn).empty())
    version.withdrawn = Number(row.Get(kSince));
  if (known == nullptr || !known->SaysTheSame(version)) Insert(version);
}

bool DrugMaster::Version::SaysTheSame(const Version& other) const {
  return withdrawn == other.withdrawn && transition == other.transition && name == other.name &&
         unit == other.unit && price_code == other.price_code &&
         generic_code == other.generic_code && generic_name == other.generic_name &&
         form == other.form && control == other.control && is_generic == other.is_generic;
}

void DrugMaster::Overlay(const Row& row, bool blank_clears, Version* version) {
  const auto set = [&](int column, auto* target, auto&& value) {
    if (blank_clears || !row.Get(column).empty()) *target = value(row.Get(column));
  };
  const auto text = [&](absl::string_view value) { return strings_.Add(value); };
  set(kName, &version->name, text);
  set(kUnit, &version->unit, text);
  set(kPriceCode, &version->price_code, text);
  set(kGenericCode, &version->generic_code, text);
  set(kGenericName, &version->generic_name, text);
  set(kForm, &version->form, FormOf);
  set(kControl, &version->control, ControlOf);
  set(kGeneric, &version->is_generic, [](absl::string_view value) { return value == "1"; });
  set(kSince, &version->since, Number);
  set(kTransition, &version->transition, Number);
  set(kWithdrawn, &version->withdrawn, [](absl::string_view value) {
    const uint32_t day = Number(value);
    return day == 0 ? kNever : day;
  });
}

void DrugMaster::Insert(const Version& version) {
  const auto index = static_cast<uint32_t>(versions_.size());
  const auto [first, is_new] = first_.try_emplace(version.code, index);
  if (is_new) {
    versions_.push_back(version);
    versions_.back().next = 0;
    return;
  }
  uint32_t previous = 0;
  uint32_t at = first->second;
  while (at != 0 && versions_[at].since < version.since) {
    previous = at;
    at = versions_[at].next;
  }
  if (at != 0 && versions_[at].since == version.since) {
    const uint32_t next = versions_[at].next;
    versions_[at] = version;
    versions_[at].next = next;
    return;
  }
  versions_.push_back(version);
  versions_.back().next = at;
  (previous == 0 ? first->second : versions_[previous].next) = index;
}

const DrugMaster::Version* DrugMaster::At(absl::string_view code, uint32_t on) const {
  if (!IsCode(code)) return nullptr;
  const auto first = first_.find(Number(code));
  if (first == first_.end()) return nullptr;
  const Version* version = &versions_[first->second];
  while (version->next != 0 && versions_[version->next].since <= on) {
    version = &versions_[version->next];
  }
  return version;
}

Drug DrugMaster::Describe(const Version& version) const {
  Drug drug;
  drug.name = strings_.Get(version.name);
  drug.unit = strings_.Get(version.unit);
  drug.price_code = strings_.Get(version.price_code);
  drug.generic_code = strings_.Get(version.generic_code);
  drug.generic_name = strings_.Get(version.generic_name);
  drug.form = version.form;
  drug.control = version.control;
  drug.is_generic = version.is_generic;
  return drug;
}

std::optional<Drug> DrugMaster::Find(absl::string_view code, absl::CivilDay on) const {
  const uint32_t day = DayNumber(on);
  const Version* version = At(code, day);
  if (version == nullptr) return std::nullopt;
  Drug drug = Describe(*version);
  drug.in_use =
      day <= version->withdrawn && (version->transition == 0 || day <= version->transition);
  return drug;
}

void DrugMaster::ForEachVersion(
    absl::FunctionRef<void(absl::string_view, const Drug&)> call) const {
  for (size_t i = 1; i < versions_.size(); ++i) {  // 0 stands for "none"
    call(absl::StrCat(versions_[i].code), Describe(versions_[i]));
  }
}

}  // namespace tsunagu::drug_master
