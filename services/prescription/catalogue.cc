#include "services/prescription/catalogue.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "services/prescription/record/drug_name.h"

namespace tsunagu::prescription {
namespace {

using drug_master::Drug;
using drug_master::DrugControl;
using record::DrugCodeKind;

// Class 4, route and ingredient 3, form 1, strength 1.
constexpr size_t kStrengthCharacters = 9;
constexpr size_t kIngredientCharacters = 7;
constexpr size_t kFormCharacter = 7;

absl::string_view Strength(absl::string_view price_code) {
  return price_code.substr(0, kStrengthCharacters);
}

bool IsLimitedPatch(const Drug& drug) {
  const absl::string_view code = drug.price_code;
  return drug.form == drug_master::DrugForm::kExternal && absl::StartsWith(code, "264") &&
         code.size() > kFormCharacter && code[kFormCharacter] == 'S';
}

void AddOnce(absl::string_view text, std::vector<std::string>& texts) {
  if (text.empty() || std::find(texts.begin(), texts.end(), text) != texts.end()) return;
  texts.emplace_back(text);
}

// What all of these drugs say together; there is one. `name`: which of their names.
record::CatalogueDrug Together(const std::vector<Drug>& drugs, absl::string_view Drug::*name) {
  record::CatalogueDrug together = {.narcotic = true, .refill_excluded = true};
  for (const Drug& drug : drugs) {
    AddOnce(drug.*name, together.names);
    AddOnce(drug.unit, together.units);
    const bool narcotic = drug.control == DrugControl::kNarcotic;
    together.narcotic &= narcotic;
    together.refill_excluded &=
        narcotic || drug.control == DrugControl::kPsychotropic || IsLimitedPatch(drug);
  }
  return together;
}

// Those of them that have that text there.
std::vector<Drug> With(absl::string_view Drug::*member, absl::string_view text,
                       std::vector<Drug> drugs) {
  std::erase_if(drugs, [&](const Drug& drug) { return drug.*member != text; });
  return drugs;
}

template <class Products>
std::vector<Drug> DrugsOf(const Products& products) {
  std::vector<Drug> drugs;
  for (const auto& product : products) drugs.push_back(product.drug);
  return drugs;
}

}  // namespace

MasterCatalogue::MasterCatalogue(std::unique_ptr<const drug_master::DrugMaster> master)
    : master_(std::move(master)) {
  const auto add = [](Index& index, absl::string_view key, absl::string_view code) {
    if (!key.empty()) AddOnce(code, index[std::string(key)]);
  };
  master_->ForEachVersion([&](absl::string_view code, const Drug& drug) {
    add(by_strength_, Strength(drug.price_code), code);
    add(by_generic_, drug.generic_code, code);
    add(by_name_, record::ComparableName(drug.name), code);
    add(by_generic_name_, record::ComparableName(drug.generic_name), code);
  });
}

bool MasterCatalogue::Holds(DrugCodeKind kind) const {
  switch (kind) {
    case DrugCodeKind::kReceipt:
      return true;
    case DrugCodeKind::kPriceList:
    case DrugCodeKind::kYj:
      return !by_strength_.empty();
    case DrugCodeKind::kGeneric:
      return !by_generic_.empty();  // masters of before 2024-03 have none
    case DrugCodeKind::kNone:
    case DrugCodeKind::kHot:
      return false;
  }
  return false;
}

std::vector<MasterCatalogue::Product> MasterCatalogue::InUse(const Index& index,
                                                             absl::string_view key,
                                                             absl::CivilDay day) const {
  std::vector<Product> products;
  const auto codes = index.find(std::string(key));
  if (codes == index.end()) return products;
  for (const std::string& code : codes->second) {
    const std::optional<Drug> drug = master_->Find(code, day);
    if (drug.has_value() && drug->in_use) products.push_back({code, *drug});
  }
  return products;
}

std::optional<record::CatalogueDrug> MasterCatalogue::Find(DrugCodeKind kind,
                                                           absl::string_view code,
                                                           absl::CivilDay day) const {
  if (!Holds(kind)) return std::nullopt;
  if (kind == DrugCodeKind::kReceipt) {
    const std::optional<Drug> drug = master_->Find(code, day);
    if (!drug.has_value() || !drug->in_use) return std::nullopt;
    return Together({*drug}, &Drug::name);
  }
  if (kind == DrugCodeKind::kGeneric) {
    const auto drugs = With(&Drug::generic_code, code, DrugsOf(InUse(by_generic_, code, day)));
    if (drugs.empty()) return std::nullopt;
    return Together(drugs, &Drug::generic_name);
  }
  std::vector<Drug> drugs = DrugsOf(InUse(by_strength_, Strength(code), day));
  std::erase_if(drugs, [&](const Drug& d) { return Strength(d.price_code) != Strength(code); });
  const std::vector<Drug> exact = With(&Drug::price_code, code, drugs);
  if (!exact.empty()) return Together(exact, &Drug::name);
  if (drugs.empty() || kind == DrugCodeKind::kPriceList) return std::nullopt;
  record::CatalogueDrug brand = Together(drugs, &Drug::name);
  brand.other_names = true;
  return brand;
}

bool MasterCatalogue::NamesAnother(absl::string_view code, absl::string_view name,
                                   absl::CivilDay day) const {
  const auto ingredient = [](absl::string_view price_code) {
    return price_code.substr(0, kIngredientCharacters);
  };
  const std::string written = record::ComparableName(name);
  bool known = false;
  for (const Index* index : {&by_name_, &by_generic_name_}) {
    const auto codes = index->find(written);
    if (codes == index->end()) continue;
    for (const std::string& receipt_code : codes->second) {
      const std::optional<Drug> drug = master_->Find(receipt_code, day);
      if (!drug.has_value() || drug->price_code.empty()) continue;
      if (ingredient(drug->price_code) == ingredient(code)) return false;
      known = true;
    }
  }
  return known;
}

std::optional<record::DrugCode> MasterCatalogue::FindCode(DrugCodeKind kind, absl::string_view code,
                                                          absl::string_view name,
                                                          absl::CivilDay day) const {
  const std::string written = record::ComparableName(name);
  // A name that begins with the mark is no product's.
  const bool generic =
      kind == DrugCodeKind::kGeneric ||
      (kind == DrugCodeKind::kNone && absl::StartsWith(name, record::kGenericMark));
  std::vector<std::string> codes;
  if (generic) {
    for (const Product& product : InUse(by_generic_name_, written, day)) {
      if (record::ComparableName(product.drug.generic_name) != written) continue;
      AddOnce(product.drug.generic_code, codes);
    }
  } else {
    const bool by_code = kind == DrugCodeKind::kPriceList;
    const auto products =
        by_code ? InUse(by_strength_, Strength(code), day) : InUse(by_name_, written, day);
    for (const Product& product : products) {
      if (by_code && product.drug.price_code != code) continue;
      if (!written.empty() && record::ComparableName(product.drug.name) != written) continue;
      AddOnce(product.receipt_code, codes);
    }
  }
  if (codes.size() != 1) return std::nullopt;
  return record::DrugCode{generic ? DrugCodeKind::kGeneric : DrugCodeKind::kReceipt,
                          std::move(codes[0])};
}

}  // namespace tsunagu::prescription
