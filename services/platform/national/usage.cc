#include "services/platform/national/usage.h"

#include <algorithm>
#include <array>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"

namespace tsunagu::national {
namespace {

constexpr size_t kReceiptUsageDigits = 3;
constexpr size_t kPrescriptionUsageCharacters = 16;

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
absl::string_view ReceiptUsage(absl::string_view code) {
  size_t number = 0;
  if (code.size() != kReceiptUsageDigits || !absl::SimpleAtoi(code, &number)) return "";
  return number < kUsages.size() ? kUsages[number] : "";
}

bool IsCode(absl::string_view usage) {
  if (usage.size() == kReceiptUsageDigits) {
    return std::all_of(usage.begin(), usage.end(), absl::ascii_isdigit);
  }
  return usage.size() == kPrescriptionUsageCharacters &&
         std::all_of(usage.begin(), usage.end(), absl::ascii_isalnum);
}

}  // namespace

void AddUsageText(tsunagu::common::v1::Drug& drug) {
  if (!IsCode(drug.usage())) return;
  if (drug.usage_code().empty()) drug.set_usage_code(drug.usage());
  if (drug.usage_code() != drug.usage()) return;
  const absl::string_view text = ReceiptUsage(drug.usage());
  if (!text.empty()) drug.set_usage(std::string(text));
}

}  // namespace tsunagu::national
