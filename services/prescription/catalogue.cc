#include "services/prescription/catalogue.h"

#include <string>

namespace tsunagu::prescription {

bool MasterCatalogue::Holds(record::DrugCodeKind kind) const {
  return kind == record::DrugCodeKind::kReceipt;
}

std::optional<record::CatalogueDrug> MasterCatalogue::Find(record::DrugCodeKind kind,
                                                           absl::string_view code,
                                                           absl::CivilDay day) const {
  if (!Holds(kind)) return std::nullopt;
  const std::optional<drug_master::Drug> drug = master_->Find(code, day);
  if (!drug.has_value() || !drug->in_use) return std::nullopt;
  return record::CatalogueDrug{std::string(drug->name), std::string(drug->unit)};
}

}  // namespace tsunagu::prescription
