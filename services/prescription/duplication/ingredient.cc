#include "services/prescription/duplication/ingredient.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace tsunagu::prescription::duplication {
namespace {

// 薬品コード種別.
constexpr int kReceipt = 2;
constexpr int kPriceList = 3;
constexpr int kYj = 4;
constexpr int kGeneric = 7;

constexpr int kFormMaterial = 6;
constexpr size_t kListedCode = 12;
constexpr char kMaterialCodes = '7';  // receipt codes of materials begin with it
constexpr char kDummy[] = "2000000";  // of the code that stands for drugs without one (RX-160)

Ingredient Not(Obstacle obstacle) { return {"", obstacle}; }

Ingredient OfListed(absl::string_view code, Obstacle otherwise) {
  const absl::string_view key = code.substr(0, kIngredientDigits);
  if (code.size() != kListedCode || !IsIngredient(key) || key == kDummy) return Not(otherwise);
  return {std::string(key), Obstacle::kNone};
}

Ingredient OfReceipt(absl::string_view code, const drug_master::DrugMaster* master,
                     absl::CivilDay day) {
  if (!code.empty() && code[0] == kMaterialCodes) return Not(Obstacle::kMaterial);
  if (master == nullptr) return Not(Obstacle::kNoMaster);
  const auto drug = master->Find(code, day);
  if (!drug.has_value()) return Not(Obstacle::kUnknown);
  Ingredient listed = OfListed(drug->price_code, Obstacle::kUnknown);
  return listed.key.empty() ? OfListed(drug->generic_code, Obstacle::kUnknown) : listed;
}

}  // namespace

bool IsIngredient(absl::string_view key) {
  return key.size() == kIngredientDigits &&
         std::ranges::all_of(key, [](char c) { return absl::ascii_isdigit(c); });
}

Ingredient IngredientOf(const tsunagu::common::v1::Drug& drug,
                        const drug_master::DrugMaster* master, absl::CivilDay day) {
  if (drug.form() == kFormMaterial) return Not(Obstacle::kMaterial);
  switch (drug.code_kind()) {
    case kReceipt:
      return OfReceipt(drug.code(), master, day);
    case kPriceList:
    case kYj:
    case kGeneric:
      return OfListed(drug.code(), Obstacle::kNoCode);
    default:
      return Not(Obstacle::kNoCode);
  }
}

}  // namespace tsunagu::prescription::duplication
