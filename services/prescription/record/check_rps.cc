#include <array>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/prescription/record/check_content.h"
#include "services/prescription/record/check_drug.h"

namespace tsunagu::prescription::record {
namespace {

constexpr size_t kUsageCodeLength = 16;
constexpr int kOral = 1;
constexpr int kExternal = 3;
constexpr int kUnknownForm = 9;
constexpr int kFirstPayerRecord = 27;

// Record 102 against 63 and 101.
void CheckSplitAmount(const RpGroup& rp, bool is_split, Report& report) {
  const Record* form = FindRecord(rp.records, 101);
  const Record* amount = FindRecord(rp.records, 102);
  if (amount == nullptr) {
    if (is_split && form != nullptr) report.Add(Rule::kSplitAmountMissing, form->line, "102");
    return;
  }
  if (!is_split) {
    report.Add(Rule::kSplitAmountAlone, amount->line, "102");
    return;
  }
  const std::optional<int> part = amount->GetInt("part");
  const std::optional<int> total = amount->GetInt("total");
  const std::optional<int> grand = form == nullptr ? std::nullopt : form->GetInt("amount");
  if (grand && total && *grand != *total) report.Add(Rule::kSplitTotal, amount->line, "102.total");
  if (part && total && (*part < 1 || *part > *total)) {
    report.Add(Rule::kSplitPart, amount->line, "102.part");
  }
}

void CheckUsage(const RpGroup& rp, Report& report) {
  for (const Record* record : rp.records) {
    if (record->spoiled) continue;
    if (record->number() == 101) {
      if (record->GetInt("form") == kUnknownForm && record->Get("form_name").empty()) {
        report.Add(Rule::kFormName, record->line, "101.form_name");
      }
      const int amount = record->GetInt("amount").value_or(1);
      if (amount == 0) report.Add(Rule::kZero, record->line, "101.amount");
      if (record->GetInt("form") == kExternal && amount > 1) {
        report.Add(Rule::kExternalAmount, record->line, "101.amount");
      }
    }
    if (record->number() == 111) {
      const std::optional<int> kind = record->GetInt("code_kind");
      const size_t length = record->Get("code").size();
      // Where the layout requires the code, an empty one is reported already; so is a longer one.
      const bool missing = length == 0 && kind == 2;
      if (missing || (length != 0 && kind.value_or(1) != 1 && length < kUsageCodeLength)) {
        report.Add(Rule::kUsageCode, record->line, "111.code");
      }
    }
    if (record->number() == 181) {
      const std::optional<int> kind = record->GetInt("kind");
      if (kind == 8 && record->Get("supplement_code").empty()) {
        report.Add(Rule::kUsageSupplementCode, record->line, "181.supplement_code");
      }
      if (kind == 9 && record->Get("site_code").empty()) {
        report.Add(Rule::kUsageSupplementCode, record->line, "181.site_code");
      }
    }
  }
}

// Record 231: all drugs or none, and only for payers that the header has.
void CheckCostShares(const Structure& structure, Report& report) {
  static constexpr std::array<absl::string_view, 4> kFields = {"public1", "public2", "public3",
                                                               "special"};
  bool any = false;
  for (const RpGroup& rp : structure.rps) {
    for (const DrugGroup& drug : rp.drugs) any |= FindRecord(drug.records, 231) != nullptr;
  }
  if (!any) return;
  for (const RpGroup& rp : structure.rps) {
    for (const DrugGroup& drug : rp.drugs) {
      const Record* share = FindRecord(drug.records, 231);
      if (share == nullptr) {
        if (drug.drug() != nullptr) report.Add(Rule::kCostShareAll, drug.drug()->line, "201");
        continue;
      }
      for (size_t i = 0; i < kFields.size(); ++i) {
        const int payer = kFirstPayerRecord + static_cast<int>(i);
        if (share->GetInt(kFields[i]).value_or(0) == 0) continue;
        if (FindRecord(structure.file, payer) != nullptr) continue;
        report.Add(Rule::kCostSharePayer, share->line, absl::StrCat("231.", kFields[i]));
      }
    }
  }
}

}  // namespace

void CheckRps(const RecordFile& file, const Structure& structure, const DrugCatalogue* catalogue,
              Report& report) {
  const bool is_split = FindRecord(structure.file, 63) != nullptr;
  DrugContext context = {file.format, FileDay(structure), catalogue};
  context.refill = FindRecord(structure.file, 64) != nullptr;
  context.has_narcotic_record = FindRecord(structure.file, 60) != nullptr ||
                                FindRecord(structure.file, 61) != nullptr ||
                                file.format == Format::kCj1;
  for (const RpGroup& rp : structure.rps) {
    CheckSplitAmount(rp, is_split, report);
    CheckUsage(rp, report);
    const Record* form = FindRecord(rp.records, 101);
    const Record* usage = FindRecord(rp.records, 111);
    context.daily = form != nullptr && form->GetInt("form") == kOral;
    context.times = usage == nullptr ? std::nullopt : usage->GetInt("times");
    for (const DrugGroup& drug : rp.drugs) CheckDrug(drug, context, report);
  }
  CheckCostShares(structure, report);
}

}  // namespace tsunagu::prescription::record
