#include "tools/cli/drug_text.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace tsunagu::cli {
namespace {

// 剤形 of common.v1.Drug.
constexpr int kOral = 1;
constexpr int kAsNeeded = 2;

constexpr size_t kReceiptUsageDigits = 3;

// 用法コード 001 to 048 of 調剤 receipts (SH.用法), the table of 2019 as public programs quote it.
// 900 is not among them: it comes with a text.
constexpr std::array<absl::string_view, 49> kUsages = {
    "",
    "１日３回食前",
    "１日３回食間",
    "１日３回食後",
    "１日１回朝",
    "１日１回朝食前",
    "１日１回朝食後",
    "１日１回昼",
    "１日１回昼食前",
    "１日１回昼食後",
    "１日１回夕",
    "１日１回夕食前",
    "１日１回夕食後",
    "１日１回就寝前",
    "授乳時",
    "１日２回朝昼食前",
    "１日２回朝昼食後",
    "１日２回朝夕食前",
    "１日２回朝夕食後",
    "１日２回昼夕食前",
    "１日２回昼夕食後",
    "１日４回食後・就寝前",
    "毎１時間",
    "毎２時間",
    "毎３時間",
    "毎４時間",
    "毎５時間",
    "毎６時間",
    "毎７時間",
    "毎８時間",
    "毎９時間",
    "毎１０時間",
    "毎１１時間",
    "毎１２時間",
    "毎２４時間",
    "１日２回朝食前・就寝前",
    "１日２回朝食後・就寝前",
    "１日２回昼食前・就寝前",
    "１日２回昼食後・就寝前",
    "１日２回夕食前・就寝前",
    "１日２回夕食後・就寝前",
    "１日３回朝昼食前・就寝前",
    "１日３回朝昼食後・就寝前",
    "１日３回朝夕食前・就寝前",
    "１日３回朝夕食後・就寝前",
    "１日３回昼夕食前・就寝前",
    "１日３回昼夕食後・就寝前",
    "１日４回食前・就寝前",
    "起床時",
};

// The text of a receipt's usage code; empty when it is none that we know.
absl::string_view ReceiptUsage(const std::string& usage) {
  size_t code = 0;
  if (usage.size() != kReceiptUsageDigits || !absl::SimpleAtoi(usage, &code)) return "";
  return code < kUsages.size() ? kUsages[code] : "";
}

}  // namespace

std::string DrugName(const common::v1::Drug& drug) {
  if (!drug.name().empty()) return drug.name();
  return absl::StrCat("名称不明 no name, コード code ", drug.code());
}

std::string Amount(const common::v1::Drug& drug) {
  if (drug.amount().empty()) return "";
  const absl::string_view each = drug.form() == kOral       ? "1日 "
                                 : drug.form() == kAsNeeded ? "1回 "
                                                            : "";
  return absl::StrCat(each, drug.amount(), drug.unit());
}

std::string Quantity(int form, int amount) {
  if (amount == 0) return "";
  if (form == kOral) return absl::StrCat(amount, " 日分");
  if (form == kAsNeeded) return absl::StrCat(amount, " 回分");
  return absl::StrCat("x", amount);
}

std::string Quantity(const common::v1::Drug& drug) {
  return Quantity(drug.form(), drug.quantity());
}

std::string Usage(const common::v1::Drug& drug) {
  const std::string& usage = drug.usage();
  const absl::string_view known = ReceiptUsage(usage);
  if (!known.empty()) return std::string(known);
  const bool code = !usage.empty() && std::all_of(usage.begin(), usage.end(), absl::ascii_isalnum);
  return code ? absl::StrCat("用法コード code ", usage) : usage;
}

}  // namespace tsunagu::cli
