#include "tools/cli/drug_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace tsunagu::cli {
namespace {

// 剤形 of common.v1.Drug.
constexpr int kOral = 1;
constexpr int kAsNeeded = 2;

}  // namespace

std::string DrugName(const common::v1::Drug& drug) {
  if (!drug.name().empty()) return drug.name();
  return absl::StrCat("名称不明 no name, コード code ", drug.code());
}

std::string Amount(int form, absl::string_view amount, absl::string_view unit) {
  if (amount.empty()) return "";
  const absl::string_view each = form == kOral ? "1日 " : form == kAsNeeded ? "1回 " : "";
  return absl::StrCat(each, amount, unit);
}

std::string Amount(const common::v1::Drug& drug) {
  return Amount(drug.form(), drug.amount(), drug.unit());
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
  if (drug.usage_code().empty()) return drug.usage();
  const bool in_words = !drug.usage().empty() && drug.usage() != drug.usage_code();
  return in_words ? absl::StrCat(drug.usage(), " (", drug.usage_code(), ")")
                  : absl::StrCat("用法コード code ", drug.usage_code());
}

}  // namespace tsunagu::cli
