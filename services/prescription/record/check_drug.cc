#include "services/prescription/record/check_drug.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "services/platform/national/cp932.h"
#include "services/prescription/record/decimal.h"
#include "services/prescription/record/drug_name.h"

namespace tsunagu::prescription::record {
namespace {

constexpr absl::string_view kDummyCodes[] = {"666660000", "2000000X0000", "777770000"};
constexpr absl::string_view kMaterialWithoutCode = "777770000";
// A longer code is RX-125 already.
constexpr size_t kLongestCode = 13;
constexpr absl::string_view kGenericEnd = "ZZZ";

bool AllDigits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isdigit(c); });
}

bool CodeFits(DrugCodeKind kind, absl::string_view code) {
  switch (kind) {
    case DrugCodeKind::kReceipt:
      return code.size() == 9 && AllDigits(code);
    case DrugCodeKind::kPriceList:
    case DrugCodeKind::kYj:
      return code.size() == 12;
    case DrugCodeKind::kHot:
      return (code.size() == 9 || code.size() == 13) && AllDigits(code);
    case DrugCodeKind::kGeneric:
      return code.size() == 12 && absl::EndsWith(code, kGenericEnd);
    case DrugCodeKind::kNone:
      return true;
  }
  return true;  // an unknown kind is RX-128
}

void CheckCode(const Record& drug, DrugCodeKind kind, Format format, Report& report) {
  const absl::string_view code = drug.Get("code");
  const bool dummy =
      std::find(std::begin(kDummyCodes), std::end(kDummyCodes), code) != std::end(kDummyCodes);
  if (dummy && format == Format::kSj1) {
    report.Add(Rule::kDummyCode, drug.line, "201.code");
  } else if (!code.empty() && code.size() <= kLongestCode && !CodeFits(kind, code)) {
    report.Add(Rule::kDrugCode, drug.line, "201.code");
  } else if (code.empty() && format == Format::kJahis && kind != DrugCodeKind::kNone &&
             kind != DrugCodeKind::kGeneric) {
    report.Add(Rule::kDrugCodeMissing, drug.line, "201.code");
  }
  const bool name_may_miss = kind == DrugCodeKind::kReceipt && !code.empty();
  if (drug.Get("name").empty() && (!name_may_miss || code == kMaterialWithoutCode)) {
    report.Add(Rule::kDrugName, drug.line, "201.name");
  }
}

void CheckDoses(const Record& drug, const DrugGroup& group, Report& report) {
  const std::optional<Decimal> dose = ParseDecimal(drug.Get("dose"));
  if (dose == Decimal{}) report.Add(Rule::kZero, drug.line, "201.dose");
  const Record* conversion = FindRecord(group.records, 211);
  if (conversion != nullptr && ParseDecimal(conversion->Get("factor")) == Decimal{}) {
    report.Add(Rule::kZero, conversion->line, "211.factor");
  }
  const Record* uneven = FindRecord(group.records, 221);
  if (uneven == nullptr || uneven->spoiled || !dose.has_value()) return;
  Decimal sum;
  for (const absl::string_view field : {"dose1", "dose2", "dose3", "dose4", "dose5"}) {
    if (uneven->Get(field).empty()) continue;
    const std::optional<Decimal> part = ParseDecimal(uneven->Get(field));
    if (!part.has_value()) return;
    sum.scaled += part->scaled;
  }
  if (sum != *dose) report.Add(Rule::kUnevenSum, uneven->line, "221.dose1");
}

// A quantity, or a fraction of whole numbers, in steps of a Decimal.
struct Portion {
  int64_t scaled = 0;
  int64_t parts = 1;
};

std::optional<Portion> ParsePortion(absl::string_view text) {
  if (const std::optional<Decimal> whole = ParseDecimal(text)) return Portion{whole->scaled, 1};
  const std::vector<absl::string_view> halves = absl::StrSplit(text, '/');
  if (halves.size() != 2) return std::nullopt;
  for (const absl::string_view half : halves) {
    const int64_t scaled = ParseDecimal(half).value_or(Decimal{}).scaled;
    if (scaled == 0 || scaled % kDecimalScale != 0) return std::nullopt;
  }
  return Portion{ParseDecimal(halves[0])->scaled, ParseDecimal(halves[1])->scaled / kDecimalScale};
}

// Record 241 against 221 and the dose of the day. Whoever divides the dose rounds each portion by
// less than a step.
void CheckSingleDose(const Record& drug, const DrugGroup& group, const DrugContext& context,
                     Report& report) {
  constexpr int kMostTimes = 99;
  const Record* single = FindRecord(group.records, 241);
  if (single == nullptr || single->spoiled) return;
  if (FindRecord(group.records, 221) != nullptr) {
    report.Add(Rule::kSingleAndUneven, single->line, "241");
    return;
  }
  const std::optional<Decimal> dose = ParseDecimal(drug.Get("dose"));
  const std::optional<Portion> portion = ParsePortion(single->Get("dose"));
  const int64_t times = single->GetInt("times").value_or(context.times.value_or(0));
  if (!context.daily || !dose || !portion || times < 1 || times > kMostTimes) return;
  const int64_t difference = portion->scaled * times - dose->scaled * portion->parts;
  if (std::abs(difference) >= times * portion->parts) {
    report.Add(Rule::kSingleDoseSum, single->line, "241.dose");
  }
}

void CheckSupplements(const DrugGroup& group, Report& report) {
  constexpr int kJamiSupplement = 7;
  for (const Record* record : group.records) {
    if (record->number() != 281 || record->GetInt("kind") != kJamiSupplement) continue;
    if (record->Get("supplement_code").empty()) {
      report.Add(Rule::kDrugSupplementCode, record->line, "281.supplement_code");
    }
  }
}

bool IsOneOf(absl::string_view text, const std::vector<std::string>& known) {
  return std::any_of(known.begin(), known.end(), [text](const std::string& one) {
    return ComparableName(text) == ComparableName(one);
  });
}

// How many `to` one `from` is, where both are metric and of one kind; nothing where not.
std::optional<Decimal> MetricFactor(absl::string_view from, absl::string_view to) {
  struct Pair {
    absl::string_view from, to, factor;
  };
  static constexpr Pair kPairs[] = {{"mg", "g", "0.001"}, {"g", "mg", "1000"}, {"kg", "g", "1000"},
                                    {"l", "ml", "1000"},  {"dl", "ml", "100"}, {"cc", "ml", "1"},
                                    {"ml", "l", "0.001"}};
  const auto normal = [](absl::string_view unit) {
    return absl::AsciiStrToLower(national::ToHalfWidth(unit));
  };
  for (const Pair& pair : kPairs) {
    if (normal(from) == pair.from && normal(to) == pair.to) return ParseDecimal(pair.factor);
  }
  return std::nullopt;
}

// Unit and conversion (211) against the official units. A dose in potency is converted by the
// drug's strength, and a box by what it holds, which the master does not tell.
void CheckUnit(const Record& drug, const DrugGroup& group, const std::vector<std::string>& official,
               Report& report) {
  const absl::string_view unit = drug.Get("unit");
  const Record* conversion = FindRecord(group.records, 211);
  if (conversion == nullptr) {
    if (!IsOneOf(unit, official)) report.Add(Rule::kUnit, drug.line, "201.unit");
    return;
  }
  const std::optional<Decimal> factor = ParseDecimal(conversion->Get("factor"));
  constexpr int kOfProduct = 1;
  const std::optional<int> strength = drug.GetInt("strength");
  if (!factor.has_value() || factor == Decimal{} || !strength.has_value()) return;
  const bool of_product = strength == kOfProduct;
  if (of_product && IsOneOf(unit, official)) {
    if (*factor != ParseDecimal("1")) {
      report.Add(Rule::kNeedlessFactor, conversion->line, "211.factor");
    }
    return;
  }
  const bool one = of_product && official.size() == 1;
  const std::optional<Decimal> metric = one ? MetricFactor(unit, official[0]) : std::nullopt;
  if (!metric.has_value()) {
    report.Add(Rule::kUncheckedFactor, conversion->line, "211.factor");
  } else if (*metric != *factor) {
    report.Add(Rule::kMetricFactor, conversion->line, "211.factor");
  }
}

void CheckMaster(const Record& drug, DrugCodeKind kind, const DrugGroup& group,
                 const DrugContext& context, Report& report) {
  const absl::string_view code = drug.Get("code");
  if (context.catalogue == nullptr || !context.day.has_value() || code.empty()) return;
  if (code == kMaterialWithoutCode || !context.catalogue->Holds(kind)) return;
  const std::optional<CatalogueDrug> master = context.catalogue->Find(kind, code, *context.day);
  if (!master.has_value()) {
    report.Add(Rule::kUnknownDrug, drug.line, "201.code");
    return;
  }
  const absl::string_view name = drug.Get("name");
  if (!name.empty() && !master->names.empty() && !IsOneOf(name, master->names)) {
    const bool may_be =
        master->other_names && !context.catalogue->NamesAnother(code, name, *context.day);
    report.Add(may_be ? Rule::kBrandName : Rule::kDrugNameDiffers, drug.line, "201.name");
  }
  if (!master->units.empty()) CheckUnit(drug, group, master->units, report);
  if (master->narcotic && !context.has_narcotic_record)
    report.Add(Rule::kNarcotic, drug.line, "201");
  if (master->refill_excluded && context.refill)
    report.Add(Rule::kRefillExcluded, drug.line, "201");
}

}  // namespace

void CheckDrug(const DrugGroup& group, const DrugContext& context, Report& report) {
  CheckSupplements(group, report);
  const Record* drug = group.drug();
  if (drug == nullptr || drug->spoiled) return;
  const std::optional<int> kind_number = drug->GetInt("code_kind");
  CheckDoses(*drug, group, report);
  CheckSingleDose(*drug, group, context, report);
  if (!kind_number.has_value()) return;
  const auto kind = static_cast<DrugCodeKind>(*kind_number);
  CheckCode(*drug, kind, context.format, report);
  CheckMaster(*drug, kind, group, context, report);
}

}  // namespace tsunagu::prescription::record
